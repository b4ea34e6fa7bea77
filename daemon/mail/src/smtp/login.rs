//! Who we are to the server: a password, or a token that is read anew for each connection.

use std::time::Duration;

use lettre::transport::smtp::{
    authentication::{Credentials, Mechanism},
    client::AsyncSmtpConnection,
};

use super::{
    Phase,
    patience::{Broken, expect, step},
    token,
};
use crate::{Login, Proof};

pub(super) async fn log_in(
    connection: &mut AsyncSmtpConnection,
    login: &Login,
    patience: Duration,
) -> Result<(), Broken> {
    let (mechanisms, names): (&[Mechanism], _) = match &login.proof {
        Proof::Password(_) => (&[Mechanism::Plain, Mechanism::Login], "PLAIN, LOGIN"),
        Proof::Token(_) => (&[Mechanism::Xoauth2], "XOAUTH2"),
    };
    if connection.server_info().get_auth_mechanism(mechanisms).is_none() {
        return Err(Broken::Unable(format!(
            "the server offers no login that the settings ask for ({names})"
        )));
    }
    let secret = match &login.proof {
        Proof::Password(password) => password.clone(),
        Proof::Token(from) => token::read(from).await.map_err(Broken::NoToken)?,
    };
    let credentials = Credentials::new(login.username.clone(), secret.reveal().to_owned());
    match step(Phase::Login, patience, connection.auth(mechanisms, &credentials)).await {
        Ok(reply) => expect(Phase::Login, &reply, &[235]),
        // The server says in a challenge why it refuses a token, and lettre knows no answer to it.
        Err(Broken::Network(_, why)) if why.contains("does not expect a challenge") => Err(Broken::Unable(
            "the server refuses the token, which may have ended or lack a right".to_owned(),
        )),
        Err(broken) => Err(broken),
    }
}
