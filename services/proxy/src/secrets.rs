//! Secrets of endpoints at rest: encrypted with a key derived from the configuration, bound to their endpoint.
//!
//! AES-256-GCM; the key comes from a configured secret by HKDF-SHA256. A stored value is one byte for its form, four to find the
//! key again, twelve of nonce, then the ciphertext. Several keys allow rotation: the first encrypts, all of them decrypt.

use callboard_service_kit::config::Secret;
use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    digest, hkdf,
    rand::{SecureRandom, SystemRandom},
};

const FORM: u8 = 1;
const ID_BYTES: usize = 4;
const HEAD_BYTES: usize = 1 + ID_BYTES + NONCE_LEN;
/// Keys for other purposes that are derived from the same secret are other keys.
const PURPOSE: &[u8] = b"callboard proxy endpoint secrets v1";

/// Why secrets cannot be stored or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// No key is configured.
    #[error("there is no secret to encrypt with: set proxy.secretKeys or backend.auth.keys")]
    NoKey,
    /// The value was encrypted with a key that is not configured any more, or it was tampered with.
    #[error("the stored secrets cannot be decrypted with the keys of this configuration")]
    Unreadable,
    /// The system's cryptography fails.
    #[error("the system has no randomness")]
    System,
}

/// Encrypts and decrypts.
pub struct Vault {
    keys: Vec<(LessSafeKey, [u8; ID_BYTES])>,
    random: SystemRandom,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Vault")
            .field("keys", &self.keys.len())
            .finish_non_exhaustive()
    }
}

impl Vault {
    /// A vault with keys derived from these secrets.
    pub fn new(secrets: &[Secret<String>]) -> Self {
        Self {
            keys: secrets
                .iter()
                .filter_map(|secret| derive(secret.expose().trim().as_bytes()))
                .collect(),
            random: SystemRandom::new(),
        }
    }

    /// Encrypts; the value can be read again only for the same `owner`.
    pub fn encrypt(&self, owner: &str, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        let (key, id) = self.keys.first().ok_or(VaultError::NoKey)?;
        let mut nonce = [0; NONCE_LEN];
        self.random.fill(&mut nonce).map_err(|_| VaultError::System)?;
        let mut sealed = plain.to_vec();
        key.seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(owner.as_bytes()),
            &mut sealed,
        )
        .map_err(|_| VaultError::System)?;
        let mut stored = Vec::with_capacity(HEAD_BYTES + sealed.len());
        stored.push(FORM);
        stored.extend_from_slice(id);
        stored.extend_from_slice(&nonce);
        stored.extend_from_slice(&sealed);
        Ok(stored)
    }

    /// Decrypts what was encrypted for this owner.
    pub fn decrypt(&self, owner: &str, stored: &[u8]) -> Result<Vec<u8>, VaultError> {
        let (head, sealed) = stored.split_at_checked(HEAD_BYTES).ok_or(VaultError::Unreadable)?;
        let (id, nonce) = head[1..].split_at(ID_BYTES);
        let nonce: [u8; NONCE_LEN] = nonce.try_into().map_err(|_| VaultError::Unreadable)?;
        let (key, _) = self
            .keys
            .iter()
            .find(|(_, known)| known == id)
            .ok_or(VaultError::Unreadable)?;
        if head[0] != FORM {
            return Err(VaultError::Unreadable);
        }
        let mut plain = sealed.to_vec();
        let length = key
            .open_in_place(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(owner.as_bytes()),
                &mut plain,
            )
            .map_err(|_| VaultError::Unreadable)?
            .len();
        plain.truncate(length);
        Ok(plain)
    }
}

fn derive(secret: &[u8]) -> Option<(LessSafeKey, [u8; ID_BYTES])> {
    let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, PURPOSE);
    let mut bytes = [0; 32];
    salt.extract(secret)
        .expand(&[b"key"], &AES_256_GCM)
        .ok()?
        .fill(&mut bytes)
        .ok()?;
    // The id tells nothing about the key: it is a hash of it, and four bytes of that.
    let digest = digest::digest(&digest::SHA256, &bytes);
    let id = digest.as_ref().first_chunk::<ID_BYTES>()?;
    Some((LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &bytes).ok()?), *id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault(secrets: &[&str]) -> Vault {
        let secrets: Vec<Secret<String>> = secrets.iter().map(|secret| Secret::new((*secret).to_owned())).collect();
        Vault::new(&secrets)
    }

    #[test]
    fn secrets_are_read_by_their_owner_with_their_key_alone() {
        let one = vault(&["first"]);
        let stored = one.encrypt("endpoint-1", b"hunter2").unwrap();
        assert!(!stored.windows(7).any(|window| window == b"hunter2"));
        assert_eq!(one.decrypt("endpoint-1", &stored).unwrap(), b"hunter2");
        assert_eq!(one.decrypt("endpoint-2", &stored), Err(VaultError::Unreadable));
        assert_eq!(
            vault(&["other"]).decrypt("endpoint-1", &stored),
            Err(VaultError::Unreadable)
        );
        let again = one.encrypt("endpoint-1", b"hunter2").unwrap();
        assert_ne!(stored, again, "a nonce is used once");
    }

    #[test]
    fn keys_rotate_and_tampering_shows() {
        let stored = vault(&["first"]).encrypt("e", b"x").unwrap();
        assert_eq!(vault(&["second", "first"]).decrypt("e", &stored).unwrap(), b"x");
        for position in 0..stored.len() {
            let mut broken = stored.clone();
            broken[position] ^= 1;
            assert_eq!(
                vault(&["first"]).decrypt("e", &broken),
                Err(VaultError::Unreadable),
                "{position}"
            );
        }
        assert_eq!(vault(&["first"]).decrypt("e", b"short"), Err(VaultError::Unreadable));
        assert_eq!(vault(&[]).encrypt("e", b"x"), Err(VaultError::NoKey));
    }
}
