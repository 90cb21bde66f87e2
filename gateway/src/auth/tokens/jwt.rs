//! Compact JSON Web Tokens signed with ES256.
//!
//! Upstream's user tokens hold, as a claim, the bare signature of another token that is never written out; a general token
//! library has no way to make one, so the few lines of encoding are here.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    error::{KeyRejected, Unspecified},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, UnparsedPublicKey},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Upstream refuses longer tokens.
const LONGEST_TOKEN: usize = 32_768;

/// The header of a token.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Header {
    #[serde(default)]
    pub(crate) typ: String,
    pub(crate) alg: String,
    #[serde(default)]
    pub(crate) kid: String,
}

/// A key that signs, and verifies what it signed.
pub(crate) struct SigningKey {
    pub(crate) key_id: String,
    pair: EcdsaKeyPair,
    random: SystemRandom,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SigningKey")
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}

impl SigningKey {
    /// Makes a new key; returns its PKCS#8 form.
    pub(crate) fn generate() -> Result<Vec<u8>, Unspecified> {
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())?;
        Ok(document.as_ref().to_vec())
    }

    /// Reads a key in PKCS#8 form.
    pub(crate) fn from_pkcs8(key_id: String, pkcs8: &[u8]) -> Result<Self, KeyRejected> {
        let random = SystemRandom::new();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8, &random)?;
        Ok(Self { key_id, pair, random })
    }

    /// The public half as a JSON Web Key.
    pub(crate) fn public_jwk(&self) -> Value {
        // An uncompressed point: a tag byte, then both coordinates.
        let (x, y) = self.pair.public_key().as_ref()[1..].split_at(32);
        json!({
            "kty": "EC",
            "crv": "P-256",
            "x": URL_SAFE_NO_PAD.encode(x),
            "y": URL_SAFE_NO_PAD.encode(y),
            "use": "sig",
            "kid": self.key_id,
            "alg": "ES256",
        })
    }

    /// Signs a header of type `typ` and claims; returns header and claims encoded, and the signature.
    pub(crate) fn sign(&self, typ: &str, claims: &impl Serialize) -> Result<(String, String), SigningError> {
        let header = Header {
            typ: typ.to_owned(),
            alg: "ES256".to_owned(),
            kid: self.key_id.clone(),
        };
        let signed = encode(&header, claims)?;
        let signature = self.pair.sign(&self.random, signed.as_bytes())?;
        Ok((signed, URL_SAFE_NO_PAD.encode(signature.as_ref())))
    }

    /// Whether this key made the signature over `signed`.
    pub(crate) fn verifies(&self, signed: &str, signature: &str) -> bool {
        let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else {
            return false;
        };
        let public_key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, self.pair.public_key().as_ref());
        public_key.verify(signed.as_bytes(), &signature).is_ok()
    }
}

/// Header and claims as they are signed.
pub(super) fn encode(header: &Header, claims: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut signed = URL_SAFE_NO_PAD.encode(serde_json::to_vec(header)?);
    signed.push('.');
    URL_SAFE_NO_PAD.encode_string(serde_json::to_vec(claims)?, &mut signed);
    Ok(signed)
}

/// Why a token could not be signed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SigningError {
    #[error("the claims cannot be serialised: {0}")]
    Claims(#[from] serde_json::Error),
    #[error("the key refused to sign")]
    Key,
}

impl From<Unspecified> for SigningError {
    fn from(_: Unspecified) -> Self {
        Self::Key
    }
}

/// A token taken apart, nothing of it verified yet.
#[derive(Debug)]
pub(crate) struct Unverified<'a> {
    pub(crate) header: Header,
    /// Header and claims as they were signed.
    pub(crate) signed: &'a str,
    claims: &'a str,
    pub(crate) signature: &'a str,
}

impl<'a> Unverified<'a> {
    /// Takes a token apart; `None` when it is not one.
    pub(crate) fn parse(token: &'a str) -> Option<Self> {
        if token.len() > LONGEST_TOKEN {
            return None;
        }
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let header = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
        Some(Self {
            header,
            signed,
            claims,
            signature,
        })
    }

    /// The claims. They mean something only after the signature was verified.
    pub(crate) fn claims<T: for<'de> Deserialize<'de>>(&self) -> Option<T> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(self.claims).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SigningKey {
        SigningKey::from_pkcs8("k".to_owned(), &SigningKey::generate().expect("a key")).expect("a key")
    }

    #[test]
    fn verifies_what_it_signed_and_nothing_else() {
        let key = key();
        let (signed, signature) = key.sign("test", &json!({"sub": "a"})).expect("signs");
        assert!(key.verifies(&signed, &signature));
        assert!(!key.verifies(&format!("{signed}x"), &signature));
        assert!(!key.verifies(&signed, "AAAA"));
        assert!(!self::key().verifies(&signed, &signature));
    }

    #[test]
    fn takes_tokens_apart() {
        let (signed, signature) = key().sign("test", &json!({"sub": "a"})).expect("signs");
        let token = format!("{signed}.{signature}");
        let parsed = Unverified::parse(&token).expect("a token");
        assert_eq!((parsed.header.typ.as_str(), parsed.header.kid.as_str()), ("test", "k"));
        assert_eq!(parsed.claims::<Value>(), Some(json!({"sub": "a"})));
        for broken in ["", "a", "a.b", "a.b.c", &"a".repeat(40_000)] {
            assert!(Unverified::parse(broken).is_none());
        }
    }
}
