//! TLS between units, each side showing a certificate: `backend.grpc.tls`.
//!
//! The files are read again when they have changed, at the next connection, so that certificates may be short-lived: whoever
//! renews them replaces the files.

mod connector;
mod incoming;

use std::{fmt, fs, io, path::PathBuf, sync::Arc, time::SystemTime};

use parking_lot::RwLock;
use rustls::{
    ClientConfig, RootCertStore, ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::WebPkiClientVerifier,
};
use schemars::JsonSchema;
use serde::Deserialize;

pub(super) use self::{connector::connector, incoming::incoming};
use super::GrpcSection;
use crate::config::{Config, ConfigError};

const SECTION: &str = "backend.grpc.tls";
const HTTP2: &[u8] = b"h2";

/// Certificates of units.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TlsSection {
    /// PEM file of this unit's certificate and those between it and the authority. It is shown to callers, who check that it is
    /// for the name in `backend.services.<unit>.address`, and to the units that this one calls.
    certificate_file: PathBuf,
    /// PEM file of its private key.
    key_file: PathBuf,
    /// PEM file of the authorities that the other units' certificates are checked against. Those of the system do not count.
    ca_file: PathBuf,
    /// Refuses callers that show no certificate.
    #[serde(default = "yes")]
    require_client_certificate: bool,
}

fn yes() -> bool {
    true
}

/// What is needed on both sides of a connection between units. Clones share it.
#[derive(Clone)]
pub(crate) struct Tls {
    shared: Arc<Shared>,
}

struct Shared {
    section: TlsSection,
    current: RwLock<Current>,
}

/// What the files held when they were last read.
struct Current {
    stamp: Option<Stamp>,
    server: Arc<ServerConfig>,
    client: Arc<ClientConfig>,
}

/// By which a change of the files is noticed.
type Stamp = [(SystemTime, u64); 3];

/// A key of the section and what is wrong with it.
type Mistake = (&'static str, String);

impl fmt::Debug for Tls {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Tls")
            .field("section", &self.shared.section)
            .finish_non_exhaustive()
    }
}

impl Tls {
    /// What `backend.grpc.tls` says; `None` when it is absent and units speak in clear.
    pub(crate) fn from_config(config: &Config) -> Result<Option<Self>, ConfigError> {
        let Some(section) = GrpcSection::from_config(config)?.tls else {
            return Ok(None);
        };
        let current =
            Current::read(&section).map_err(|(key, message)| config.invalid(&format!("{SECTION}.{key}"), message))?;
        Ok(Some(Self {
            shared: Arc::new(Shared {
                section,
                current: RwLock::new(current),
            }),
        }))
    }

    fn server(&self) -> Arc<ServerConfig> {
        self.refresh();
        self.shared.current.read().server.clone()
    }

    fn client(&self) -> Arc<ClientConfig> {
        self.refresh();
        self.shared.current.read().client.clone()
    }

    /// Reads the files again when they have changed. Connections are rare enough for asking the file system each time. While the
    /// new files make no sense, one of them being written still perhaps, the last good ones stay.
    fn refresh(&self) {
        let stamp = self.shared.section.stamp();
        let mut current = self.shared.current.write();
        if stamp.is_none() || current.stamp == stamp {
            return;
        }
        match Current::read(&self.shared.section) {
            Ok(fresh) => {
                tracing::info!("read the certificates of backend.grpc.tls again");
                *current = fresh;
            }
            Err((key, message)) => {
                tracing::warn!(
                    key,
                    message,
                    "the changed files of backend.grpc.tls cannot be used; the former are"
                );
                // Once per change, not once per connection.
                current.stamp = stamp;
            }
        }
    }
}

impl TlsSection {
    fn stamp(&self) -> Option<Stamp> {
        let stamp_of = |path: &PathBuf| {
            let metadata = fs::metadata(path).ok()?;
            Some((metadata.modified().ok()?, metadata.len()))
        };
        Some([
            stamp_of(&self.certificate_file)?,
            stamp_of(&self.key_file)?,
            stamp_of(&self.ca_file)?,
        ])
    }
}

impl Current {
    fn read(section: &TlsSection) -> Result<Self, Mistake> {
        crate::tls::install_provider();
        let stamp = section.stamp();
        let chain = certificates("certificateFile", &section.certificate_file)?;
        let key = PrivateKeyDer::from_pem_file(&section.key_file)
            .map_err(|error| ("keyFile", format!("{}: {error}", section.key_file.display())))?;
        let mut roots = RootCertStore::empty();
        for certificate in certificates("caFile", &section.ca_file)? {
            roots.add(certificate).map_err(|error| ("caFile", error.to_string()))?;
        }
        let roots = Arc::new(roots);

        let verifier = WebPkiClientVerifier::builder(roots.clone());
        let verifier = if section.require_client_certificate {
            verifier
        } else {
            verifier.allow_unauthenticated()
        };
        let verifier = verifier.build().map_err(|error| ("caFile", error.to_string()))?;
        let mut server = ServerConfig::builder()
            .with_client_cert_verifier(verifier)
            .with_single_cert(chain.clone(), key.clone_key())
            .map_err(|error| ("keyFile", error.to_string()))?;
        server.alpn_protocols = vec![HTTP2.to_vec()];
        let mut client = ClientConfig::builder()
            .with_root_certificates(roots)
            .with_client_auth_cert(chain, key)
            .map_err(|error| ("keyFile", error.to_string()))?;
        client.alpn_protocols = vec![HTTP2.to_vec()];
        Ok(Self {
            stamp,
            server: Arc::new(server),
            client: Arc::new(client),
        })
    }
}

fn certificates(key: &'static str, path: &PathBuf) -> Result<Vec<CertificateDer<'static>>, Mistake> {
    let mistake = |message: String| (key, format!("{}: {message}", path.display()));
    let found: Vec<_> = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect)
        .map_err(|error| mistake(error.to_string()))?;
    if found.is_empty() {
        return Err(mistake("there is no certificate in it".to_owned()));
    }
    Ok(found)
}

fn other(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::other(error)
}
