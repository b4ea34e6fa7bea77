//! Authorities that are trusted besides those of this machine: a company that signs its own certificates.

use lettre::transport::smtp::client::{Certificate, CertificateStore, TlsParameters};

use crate::SettingsError;

/// Certificates of authorities; none by default.
#[derive(Clone, Debug, Default)]
pub struct Roots(Vec<Certificate>);

impl Roots {
    /// Reads the text of a PEM file, which may hold several.
    pub fn from_pem(pem: &[u8]) -> Result<Self, SettingsError> {
        let refused = |why: &str| SettingsError::Roots { why: why.to_owned() };
        if !pem.windows(BEGIN.len()).any(|part| part == BEGIN) {
            return Err(refused("it holds no certificate in PEM form (`-----BEGIN CERTIFICATE-----`)"));
        }
        let certificate =
            Certificate::from_pem(pem).map_err(|_| refused("a certificate in it is damaged"))?;
        // What looks like a certificate is read as one only when it is to be trusted.
        let trial = TlsParameters::builder("localhost".to_owned())
            .certificate_store(CertificateStore::None)
            .add_root_certificate(certificate.clone());
        trial.build().map_err(|_| refused("a certificate in it cannot be that of an authority"))?;
        Ok(Self(vec![certificate]))
    }

    /// What a connection to this server trusts: the machine's own authorities, and these.
    pub(crate) fn parameters(&self, server: &str) -> Result<TlsParameters, SettingsError> {
        let builder = TlsParameters::builder(server.to_owned());
        let builder = self.0.iter().cloned().fold(builder, |all, root| all.add_root_certificate(root));
        builder.build().map_err(|error| SettingsError::Tls { why: error.to_string() })
    }
}

const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_certificate_is_refused() {
        for (pem, said) in [
            ("", "holds no certificate"),
            ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "holds no certificate"),
            ("-----BEGIN CERTIFICATE-----\n§§\n-----END CERTIFICATE-----\n", "is damaged"),
            (
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                "cannot be that of an authority",
            ),
        ] {
            let refused = Roots::from_pem(pem.as_bytes()).unwrap_err().to_string();
            assert!(refused.contains(said), "{pem}: {refused}");
        }
    }
}
