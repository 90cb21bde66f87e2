//! TLS of the front door.

use std::sync::Arc;

use parking_lot::{Mutex, RwLock};
use rustls::{
    ServerConfig,
    crypto::ring::default_provider,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, pem::PemObject},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};

use crate::config::https::HttpsConfig;

/// Names a certificate of our own making is good for.
const OWN_NAMES: [&str; 2] = ["localhost", "127.0.0.1"];

/// Why there is no TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// `certificate.cert` is not a certificate.
    #[error("backend.https.certificate.cert is no PEM certificate: {0}")]
    Certificate(String),
    /// `certificate.key` is not a key.
    #[error("backend.https.certificate.key is no PEM private key: {0}")]
    Key(String),
    /// The two do not fit together, or cannot be used.
    #[error("backend.https: {0}")]
    Unusable(#[from] rustls::Error),
    /// A certificate of our own cannot be made.
    #[error("backend.https: no certificate can be made: {0}")]
    OwnCertificate(#[from] rcgen::Error),
}

/// TLS of the front door, whose certificate can be replaced.
#[derive(Debug)]
pub(crate) struct Tls {
    server: Arc<ServerConfig>,
    certificate: Arc<Certificate>,
    made_from: Mutex<HttpsConfig>,
}

/// The certificate that connections are served with from now on.
#[derive(Debug)]
struct Certificate(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.read().clone())
    }
}

impl Tls {
    /// HTTP/2 where the client can, else HTTP/1.1.
    pub(crate) fn new(config: &HttpsConfig) -> Result<Self, TlsError> {
        let certificate = Arc::new(Certificate(RwLock::new(Arc::new(certified_key(config)?))));
        let mut server = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(certificate.clone());
        server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self {
            server: Arc::new(server),
            certificate,
            made_from: Mutex::new(config.clone()),
        })
    }

    /// What new connections are served with.
    pub(crate) fn server(&self) -> Arc<ServerConfig> {
        self.server.clone()
    }

    /// Takes another certificate for new connections, where the configuration has one; whether it has.
    pub(crate) fn replace(&self, config: &HttpsConfig) -> Result<bool, TlsError> {
        let mut made_from = self.made_from.lock();
        if *made_from == *config {
            return Ok(false);
        }
        *self.certificate.0.write() = Arc::new(certified_key(config)?);
        *made_from = config.clone();
        Ok(true)
    }
}

fn certified_key(config: &HttpsConfig) -> Result<CertifiedKey, TlsError> {
    let (chain, key) = match config {
        HttpsConfig::SelfSigned => own_certificate()?,
        HttpsConfig::Certificate { cert, key } => {
            let chain: Vec<_> = CertificateDer::pem_slice_iter(cert.as_bytes())
                .collect::<Result<_, _>>()
                .map_err(|error| TlsError::Certificate(error.to_string()))?;
            if chain.is_empty() {
                return Err(TlsError::Certificate("there is none in it".to_owned()));
            }
            let key = PrivateKeyDer::from_pem_slice(key.expose().as_bytes())
                .map_err(|error| TlsError::Key(error.to_string()))?;
            (chain, key)
        }
    };
    // It checks that the two fit together.
    Ok(CertifiedKey::from_der(chain, key, &default_provider())?)
}

fn own_certificate() -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), TlsError> {
    let own = rcgen::generate_simple_self_signed(OWN_NAMES.map(str::to_owned))?;
    let key = PrivatePkcs8KeyDer::from(own.signing_key.serialize_der());
    Ok((vec![own.cert.der().clone()], key.into()))
}

#[cfg(test)]
mod tests {
    use callboard_service_kit::config::Config;

    use super::*;

    fn config(yaml: &str) -> HttpsConfig {
        let config = Config::from_yaml(yaml).expect(yaml);
        HttpsConfig::load(&config).expect(yaml).expect("https")
    }

    fn load(yaml: &str) -> Result<Tls, TlsError> {
        Tls::new(&config(yaml))
    }

    /// A certificate of a name, with its key, as the configuration has them.
    fn issued(name: &str) -> String {
        let own = rcgen::generate_simple_self_signed([name.to_owned()]).expect("a certificate");
        let [cert, key] = [own.cert.pem(), own.signing_key.serialize_pem()].map(|pem| pem.replace('\n', "\\n"));
        format!("backend: {{https: {{certificate: {{cert: \"{cert}\", key: \"{key}\"}}}}}}")
    }

    #[test]
    fn another_certificate_takes_the_place_of_the_first_and_a_broken_one_does_not() {
        let (first, second) = (issued("one.example"), issued("two.example"));
        let tls = load(&first).expect("loads");
        let now = || tls.certificate.0.read().cert[0].clone();
        let before = now();
        assert!(!tls.replace(&config(&first)).expect("is the same"));
        assert!(tls.replace(&config(&first.replace("BEGIN CERT", "BEGIN NO"))).is_err());
        assert_eq!(now(), before);
        assert!(tls.replace(&config(&second)).expect("loads"));
        assert_ne!(now(), before);
    }

    #[test]
    fn makes_a_certificate_when_asked_to() {
        assert!(load("backend: {https: true}").is_ok());
    }

    #[test]
    fn says_what_is_wrong_without_the_key() {
        let error =
            load("backend: {https: {certificate: {cert: nonsense, key: secret-text}}}").expect_err("is refused");
        assert!(error.to_string().contains("certificate.cert"), "{error}");
        let own = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let pem = own.cert.pem().replace('\n', "\\n");
        let error = load(&format!(
            "backend: {{https: {{certificate: {{cert: \"{pem}\", key: secret-text}}}}}}"
        ))
        .expect_err("is refused");
        assert!(
            error.to_string().contains("certificate.key") && !error.to_string().contains("secret-text"),
            "{error}"
        );
    }
}
