//! A transport, and a session on it: several mails, one after the other.

use std::fmt::Display;

use kaizend_core::domain::Mail;

use crate::{
    Attempt, Settings, SettingsError,
    directory::{Directory, DirectorySession},
    sendmail::Sendmail,
    smtp::{Smtp, SmtpSession},
};

/// How mails leave; cheap to clone, holds no connection.
#[derive(Clone, Debug)]
pub struct Transport(Way);

#[derive(Clone, Debug)]
enum Way {
    Smtp(Smtp),
    Sendmail(Sendmail),
    Directory(Directory),
}

/// One mail at a time. An SMTP connection is opened by the first mail and kept while all goes well.
#[derive(Debug)]
pub struct Session(Talk);

#[derive(Debug)]
enum Talk {
    Smtp(Box<SmtpSession>),
    Sendmail(Sendmail),
    Directory(DirectorySession),
}

impl Transport {
    pub fn new(settings: Settings) -> Result<Self, SettingsError> {
        Ok(Self(match settings {
            Settings::Smtp(settings) => Way::Smtp(Smtp::new(settings)?),
            Settings::Sendmail(settings) => Way::Sendmail(Sendmail::new(settings)),
            Settings::Directory(path) => Way::Directory(Directory::new(path)),
        }))
    }

    /// How many sessions may be open at the same time: as many connections as the server shall see, and one
    /// where nothing is waited for.
    pub fn at_once(&self) -> usize {
        match &self.0 {
            Way::Smtp(smtp) => smtp.at_once(),
            Way::Sendmail(_) | Way::Directory(_) => 1,
        }
    }

    pub fn session(&self) -> Session {
        Session(match &self.0 {
            Way::Smtp(smtp) => Talk::Smtp(Box::new(smtp.session())),
            Way::Sendmail(sendmail) => Talk::Sendmail(sendmail.clone()),
            Way::Directory(directory) => Talk::Directory(directory.session()),
        })
    }
}

impl Session {
    /// Hands one mail over.
    ///
    /// `on_data_started` is awaited when the next server is ready for the mail and before it can have all of
    /// it. The caller commits `data-started` there; if that fails, nothing is handed over. It is not called
    /// when the attempt ends earlier.
    pub async fn deliver<Recorded, E>(
        &mut self,
        mail: &Mail,
        on_data_started: impl FnOnce() -> Recorded + Send,
    ) -> Attempt
    where
        Recorded: Future<Output = Result<(), E>> + Send,
        E: Display,
    {
        match &mut self.0 {
            Talk::Smtp(session) => session.deliver(mail, on_data_started).await,
            Talk::Sendmail(sendmail) => sendmail.deliver(mail, on_data_started).await,
            Talk::Directory(session) => session.deliver(mail, on_data_started).await,
        }
    }

    /// Ends politely. Dropping a session is safe too: every mail's outcome is already known.
    pub async fn close(self) {
        if let Talk::Smtp(session) = self.0 {
            session.close().await;
        }
    }
}
