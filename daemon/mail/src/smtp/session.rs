//! One connection to the relay, used for one mail after another while all goes well.

use std::fmt::{self, Display};

use kaizend_core::domain::Mail;
use lettre::transport::smtp::{
    client::{AsyncSmtpConnection, TlsParameters},
    commands::{self, Data, Rcpt},
    extension::{ClientId, Extension, MailBodyParameter, MailParameter},
};
use tokio::time::timeout;

use super::{
    Phase, Reply,
    body::write_body,
    confirm::{Confirmed, confirm},
    login::log_in,
    patience::{Broken, expect, step},
};
use crate::{
    Attempt, DeferredBecause, MailAddress, Patience, SettingsError, SmtpSettings, Tls,
    compose::envelope_address,
};

/// A relay that starts afresh now and then keeps its own bounds: reconnect after so many mails.
const MAILS_PER_CONNECTION: u32 = 100;

#[derive(Clone)]
pub(crate) struct Smtp {
    settings: SmtpSettings,
    tls: Option<TlsParameters>,
}

/// A conversation with the relay; connected by its first mail.
pub(crate) struct SmtpSession {
    smtp: Smtp,
    open: Option<Open>,
}

struct Open {
    connection: AsyncSmtpConnection,
    mails: u32,
}

impl Smtp {
    pub(crate) fn new(settings: SmtpSettings) -> Result<Self, SettingsError> {
        settings.verify()?;
        let tls = match settings.tls {
            Tls::None => None,
            Tls::Implicit | Tls::StartTls => Some(settings.roots.parameters(&settings.host)?),
        };
        Ok(Self { settings, tls })
    }

    pub(crate) fn at_once(&self) -> usize {
        self.settings.at_once.max(1)
    }

    pub(crate) fn session(&self) -> SmtpSession {
        SmtpSession { smtp: self.clone(), open: None }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Broken> {
        let Patience { connect, greeting, command, .. } = self.settings.patience;
        let hello = ClientId::Domain(self.settings.hello_name.clone());
        let server = (self.settings.host.as_str(), self.settings.port);
        let at_once = self.tls.clone().filter(|_| self.settings.tls == Tls::Implicit);
        // One call of lettre's: name, TCP, TLS, greeting and EHLO.
        let opening = AsyncSmtpConnection::connect_tokio1(server, Some(connect), &hello, at_once, None);
        let mut connection = step(Phase::Greeting, connect + greeting + command, opening).await?;
        if let (Tls::StartTls, Some(tls)) = (self.settings.tls, self.tls.clone()) {
            if !connection.can_starttls() {
                let why = "the server offers no STARTTLS, and nothing is sent without it";
                return Err(Broken::Unable(why.to_owned()));
            }
            step(Phase::Tls, connect + command, connection.starttls(tls, &hello)).await?;
        }
        if let Some(login) = &self.settings.login {
            log_in(&mut connection, login, command).await?;
        }
        Ok(connection)
    }
}

impl SmtpSession {
    pub(crate) async fn deliver<Recorded, E>(
        &mut self,
        mail: &Mail,
        on_data_started: impl FnOnce() -> Recorded,
    ) -> Attempt
    where
        Recorded: Future<Output = Result<(), E>>,
        E: Display,
    {
        let addresses = envelope_address(&mail.envelope_from)
            .and_then(|from| Ok((from, envelope_address(&mail.envelope_to)?)));
        let (from, to) = match addresses {
            Ok(addresses) => addresses,
            Err(reason) => return Attempt::Failed { bounce: None, reason },
        };
        let mut connection = match self.ready(&from, mail).await {
            Ok(open) => open,
            Err(broken) => return broken.before_the_end(),
        };
        if let Err(broken) = self.address(&mut connection.connection, &to).await {
            self.part(connection, broken.in_step()).await;
            return broken.before_the_end();
        }
        if let Err(error) = on_data_started().await {
            // Between DATA and the dot there is no polite end; without the dot the server keeps nothing.
            return Attempt::deferred(DeferredBecause::NotRecorded, error.to_string());
        }
        let attempt = self.hand_over(&mut connection.connection, &mail.bytes).await;
        if !matches!(attempt, Attempt::Sent { .. }) {
            return attempt;
        }
        match confirm(&mut connection.connection, self.patience().quit).await {
            Confirmed::InStep => self.keep(connection).await,
            Confirmed::Gone => {}
            Confirmed::OutOfStep(broken) => return broken.after_the_end(),
        }
        attempt
    }

    pub(crate) async fn close(mut self) {
        if let Some(open) = self.open.take() {
            self.part(open, true).await;
        }
    }

    /// A connection as it is after an earlier mail.
    #[cfg(test)]
    pub(super) async fn open_idle(&mut self) {
        let connection = self.smtp.connect().await.expect("the test's server greets");
        self.open = Some(Open { connection, mails: 1 });
    }

    /// A connection that has taken MAIL FROM. One that the server had closed meanwhile is replaced once.
    async fn ready(&mut self, from: &MailAddress, mail: &Mail) -> Result<Open, Broken> {
        if let Some(mut open) = self.open.take() {
            match self.sender(&mut open.connection, from, mail).await {
                Ok(()) => return Ok(open),
                Err(broken) if broken.gone() => {}
                Err(broken) => {
                    self.part(open, broken.in_step()).await;
                    return Err(broken);
                }
            }
        }
        let connection = self.smtp.connect().await?;
        let mut open = Open { connection, mails: 0 };
        match self.sender(&mut open.connection, from, mail).await {
            Ok(()) => Ok(open),
            Err(broken) => {
                self.part(open, broken.in_step()).await;
                Err(broken)
            }
        }
    }

    async fn sender(
        &self,
        connection: &mut AsyncSmtpConnection,
        from: &MailAddress,
        mail: &Mail,
    ) -> Result<(), Broken> {
        let eight_bit = connection.server_info().supports_feature(Extension::EightBitMime);
        let options = match (mail.bytes.is_ascii(), eight_bit) {
            (true, _) => Vec::new(),
            (false, true) => vec![MailParameter::Body(MailBodyParameter::EightBitMime)],
            (false, false) => {
                return Err(Broken::Unable(
                    "the server takes only 7-bit mails, and this one is not".to_owned(),
                ));
            }
        };
        let command = commands::Mail::new(Some(from.for_lettre()), options);
        let reply = step(Phase::Sender, self.patience().command, connection.command(command)).await?;
        expect(Phase::Sender, &reply, &[250])
    }

    /// RCPT and DATA. Only 354 says that server and client mean the same command.
    async fn address(&self, connection: &mut AsyncSmtpConnection, to: &MailAddress) -> Result<(), Broken> {
        let command = Rcpt::new(to.for_lettre(), Vec::new());
        let reply = step(Phase::Recipient, self.patience().command, connection.command(command)).await?;
        expect(Phase::Recipient, &reply, &[250, 251])?;
        let reply = step(Phase::Data, self.patience().data, connection.command(Data)).await?;
        expect(Phase::Data, &reply, &[354])
    }

    async fn hand_over(&self, connection: &mut AsyncSmtpConnection, bytes: &[u8]) -> Attempt {
        let (all_written, outcome) = write_body(connection, bytes, self.patience()).await;
        match outcome {
            Ok(reply) if u16::from(reply.code()) == 250 => {
                Attempt::Sent { reply: Reply::of(&reply).to_string() }
            }
            Ok(reply) => Broken::OutOfStep(Phase::End, Reply::of(&reply).to_string()).after_the_end(),
            Err(broken) if all_written => broken.after_the_end(),
            Err(broken) => broken.before_the_end(),
        }
    }

    async fn keep(&mut self, mut open: Open) {
        open.mails += 1;
        if open.mails < MAILS_PER_CONNECTION {
            self.open = Some(open);
        } else {
            self.part(open, true).await;
        }
    }

    fn patience(&self) -> &Patience {
        &self.smtp.settings.patience
    }

    async fn part(&self, mut open: Open, in_step: bool) {
        if in_step {
            // A courtesy: the mail's outcome is known, whatever becomes of this.
            let _ = timeout(self.patience().quit, open.connection.quit()).await;
        }
    }
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl fmt::Debug for SmtpSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpSession").field("connected", &self.open.is_some()).finish_non_exhaustive()
    }
}
