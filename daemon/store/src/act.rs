//! A person's word about a finding: read, decided and written in one transaction, so that two words at the same
//! time are two words in a row.

use jiff::Timestamp;
use kaizend_core::{
    domain::{Decision, Finding, Fingerprint},
    policy::climb::Word,
};

use crate::{
    Store, StoreError, advance,
    close::{Closed, Scene, write_decision},
    finding,
};

impl Store {
    /// Decides one finding and writes the decision. The inner error is `decide`'s: then nothing is written.
    pub async fn act<E: Send + 'static>(
        &self,
        fingerprint: Fingerprint,
        at: Timestamp,
        decide: impl FnOnce(&Finding) -> Result<Decision, E> + Send + 'static,
    ) -> Result<Option<Result<Finding, E>>, StoreError> {
        self.write(move |connection| {
            let Some(known) = finding::one(connection, &fingerprint)? else { return Ok(None) };
            let decision = match decide(&known) {
                Ok(decision) => decision,
                Err(refused) => return Ok(Some(Err(refused))),
            };
            let scene = Scene { connection, check: &known.check, run: known.changed_by, at };
            write_decision(&scene, &decision, &mut Closed::default())?;
            Ok(Some(Ok(decision.finding)))
        })
        .await
    }

    /// The notices of a finding's present episode, as climbing needs them.
    pub async fn words(&self, finding: &Finding) -> Result<Vec<Word>, StoreError> {
        let finding = finding.clone();
        self.read(move |connection| advance::words(connection, &finding)).await
    }
}
