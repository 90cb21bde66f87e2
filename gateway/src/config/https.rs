//! `backend.https`.

use callboard_service_kit::config::{Config, ConfigError, Secret};
use serde::Deserialize;

/// How the gateway proves to browsers who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HttpsConfig {
    /// `true`: a certificate of its own making, for trying things out. Browsers warn about it.
    SelfSigned,
    /// `certificate.cert` and `certificate.key`: PEM texts, as a rule by `$file`.
    Certificate {
        /// The certificate, and those between it and the root.
        cert: String,
        /// Its private key.
        key: Secret<String>,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Spelling {
    Switch(bool),
    Parts { certificate: Certificate },
}

#[derive(Deserialize)]
struct Certificate {
    cert: String,
    key: Secret<String>,
}

impl HttpsConfig {
    /// Reads the section; `None` means plain HTTP.
    pub fn load(config: &Config) -> Result<Option<Self>, ConfigError> {
        Ok(match config.get::<Spelling>("backend.https")? {
            None | Some(Spelling::Switch(false)) => None,
            Some(Spelling::Switch(true)) => Some(Self::SelfSigned),
            Some(Spelling::Parts {
                certificate: Certificate { cert, key },
            }) => Some(Self::Certificate { cert, key }),
        })
    }
}
