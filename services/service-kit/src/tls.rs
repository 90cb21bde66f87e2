//! TLS for outgoing connections.

/// Makes `ring` the cryptography of this process's TLS. Calling it again changes nothing.
pub fn install_provider() {
    // An error says that a provider is installed already, which is all that is wanted.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
