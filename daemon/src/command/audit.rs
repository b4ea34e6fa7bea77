//! `kaizend audit …`: whether the store is as kaizend wrote it, and the digest that proves it later.

use clap::{Args, Subcommand};
use kaizend_store::{AuditDigest, AuditDigestError, AuditFault, AuditVerdict, Sound};
use serde_json::{Value, json};

use super::{Ended, Exit, Format, Stop, print, scene::Scene, scene::block_on};

#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 nothing is wrong; 1 the chain or a row was changed by somebody else; 3 it could not be \
looked at.\n\nExamples:\n  kaizend audit head\n  kaizend audit verify --expect \
5bce9c57b3d193d103237bd0ab2434e8540391e07f72ae3119a0f16b63205124"
)]
pub(super) struct Audit {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Compare the whole store with the chain of its changes; says the first thing that is wrong
    Verify(Verify),
    /// The newest row of the chain: number, time, digest. Keep it elsewhere
    Head,
}

#[derive(Debug, Args)]
struct Verify {
    /// A digest that was kept elsewhere (the daemon logs one each day): it must still be in the chain
    #[arg(long, value_name = "DIGEST")]
    expect: Option<String>,
}

impl Audit {
    pub(super) fn run(self, scene: &Scene) -> Ended {
        match self.verb {
            Verb::Verify(verb) => verb.run(scene),
            Verb::Head => head(scene),
        }
    }
}

impl Verify {
    fn run(self, scene: &Scene) -> Ended {
        let expect: Option<AuditDigest> = self
            .expect
            .map(|text| text.parse())
            .transpose()
            .map_err(|why: AuditDigestError| Stop::Usage(why.to_string()))?;
        let (_, store) = scene.store()?;
        let bar = print::progress(0, "verifying");
        let hears = bar.clone();
        let verdict = block_on(store.audit_verify(expect, move |done, total| {
            hears.set_length(total);
            hears.set_position(done);
        }))?;
        bar.finish_and_clear();
        match (verdict?, scene.format) {
            (AuditVerdict::Sound(sound), Format::Json) => print::json(&sound_json(&sound))?,
            (AuditVerdict::Sound(sound), Format::Text) => print_sound(&sound),
            (AuditVerdict::Broken(fault), format) => {
                match format {
                    Format::Json => print::json(&fault_json(&fault))?,
                    Format::Text => print_fault(&fault),
                }
                return Ok(Exit::Attention);
            }
        }
        Ok(Exit::Done)
    }
}

fn head(scene: &Scene) -> Ended {
    let (_, store) = scene.store()?;
    let head = block_on(store.audit_head())??;
    match (head, scene.format) {
        (head, Format::Json) => print::json(&head)?,
        (Some(head), Format::Text) => {
            print::line(&format!("row {}  {:.0}  {}", head.seq, head.at, head.digest));
        }
        (None, Format::Text) => print::line(&"the audit has no row yet: nothing was ever written"),
    }
    Ok(Exit::Done)
}

fn sound_json(sound: &Sound) -> Value {
    json!({
        "sound": true, "head": sound.head, "rows": sound.rows, "changes": sound.changes,
        "compared": sound.compared,
    })
}

fn fault_json(fault: &AuditFault) -> Value {
    json!({ "sound": false, "fault": fault, "sentence": fault.to_string() })
}

fn print_sound(sound: &Sound) {
    print::line(&format!(
        "nothing is wrong: {} rows vouch for {} changes, and {} rows of the store are as the last change left them",
        sound.rows, sound.changes, sound.compared
    ));
    if let Some(head) = &sound.head {
        print::line(&format!("row {}  {:.0}  {}", head.seq, head.at, head.digest));
    }
}

fn print_fault(fault: &AuditFault) {
    print::line(&fault);
    print::remark(&ADVICE);
}

const ADVICE: &str = "\
Somebody else wrote to the store, or the disk damaged it. What to do:
  1. Keep the file as it is: copy it with its -wal before anything else.
  2. The daemon logs a digest each day (and the sign of life carries one): the newest that `audit verify --expect`
     still finds tells up to when the chain is whole.
  3. Compare with a backup, verified in a place of its own, before `kaizend restore` puts it back.";
