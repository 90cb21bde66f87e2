//! A session's secret: what the browser holds, what the database knows of it, and the key it gives.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::RngCore;
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    error::Unspecified,
    hkdf::{HKDF_SHA256, Salt},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

const SECRET_BYTES: usize = 32;

/// Random bytes that only one browser holds. It has no `Debug`.
#[derive(Clone)]
pub(crate) struct SessionSecret([u8; SECRET_BYTES]);

impl SessionSecret {
    /// A new one.
    pub(crate) fn random() -> Self {
        let mut bytes = [0; SECRET_BYTES];
        rand::rng().fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// Reads one as a cookie holds it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// As a cookie holds it.
    pub(crate) fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What the database finds it by.
    pub(crate) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }

    /// Another secret that whoever has this one can make, and that does not tell this one.
    pub(crate) fn derive(&self, purpose: &str) -> Result<[u8; 32], Unspecified> {
        let pseudo_random = Salt::new(HKDF_SHA256, b"callboard").extract(&self.0);
        let purpose = [purpose.as_bytes()];
        let mut key = [0; 32];
        pseudo_random.expand(&purpose, HKDF_SHA256)?.fill(&mut key)?;
        Ok(key)
    }

    /// Encrypts what belongs to a session.
    pub(crate) fn seal(&self, session_id: Uuid, plain: &[u8]) -> Result<Vec<u8>, Unspecified> {
        let mut nonce = [0; NONCE_LEN];
        rand::rng().fill_bytes(&mut nonce);
        let mut sealed = plain.to_vec();
        let associated = Aad::from(*session_id.as_bytes());
        self.key()?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), associated, &mut sealed)?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Decrypts what [`seal`](Self::seal) made.
    pub(crate) fn open(&self, session_id: Uuid, sealed: &[u8]) -> Result<Vec<u8>, Unspecified> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN).ok_or(Unspecified)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce)?;
        let mut plain = sealed.to_vec();
        let associated = Aad::from(*session_id.as_bytes());
        let length = self.key()?.open_in_place(nonce, associated, &mut plain)?.len();
        plain.truncate(length);
        Ok(plain)
    }

    fn key(&self) -> Result<LessSafeKey, Unspecified> {
        Ok(LessSafeKey::new(UnboundKey::new(
            &AES_256_GCM,
            &self.derive("session grant")?,
        )?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_what_it_sealed_for_the_same_session_only() {
        let secret = SessionSecret::random();
        let session = Uuid::new_v4();
        let sealed = secret.seal(session, b"refresh token").expect("seals");
        assert!(!sealed.windows(7).any(|window| window == b"refresh"));
        assert_eq!(secret.open(session, &sealed).expect("opens"), b"refresh token");
        assert!(secret.open(Uuid::new_v4(), &sealed).is_err());
        assert!(SessionSecret::random().open(session, &sealed).is_err());
        assert!(secret.open(session, &sealed[..4]).is_err());
        let mut tampered = sealed.clone();
        *tampered.last_mut().expect("a byte") ^= 1;
        assert!(secret.open(session, &tampered).is_err());
    }

    #[test]
    fn survives_a_cookie() {
        let secret = SessionSecret::random();
        let parsed = SessionSecret::parse(&secret.encode()).expect("parses");
        assert_eq!(parsed.hash(), secret.hash());
        assert_ne!(
            secret.derive("a").expect("derives"),
            secret.derive("b").expect("derives")
        );
        for text in ["", "short", "%%%"] {
            assert!(SessionSecret::parse(text).is_none(), "{text}");
        }
    }
}
