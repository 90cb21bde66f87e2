//! TLS of the front door.

use std::sync::Arc;

use rustls::{
    ServerConfig,
    crypto::ring::default_provider,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, pem::PemObject},
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

/// What connections are served with: HTTP/2 where the client can, else HTTP/1.1.
pub(crate) fn server_config(config: &HttpsConfig) -> Result<Arc<ServerConfig>, TlsError> {
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
    let mut server = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(server))
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

    fn load(yaml: &str) -> Result<Arc<ServerConfig>, TlsError> {
        let config = Config::from_yaml(yaml).expect(yaml);
        server_config(&HttpsConfig::load(&config).expect(yaml).expect("https"))
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
