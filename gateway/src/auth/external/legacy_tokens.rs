//! Tokens that a program signs with a secret it shares with the portal, as Backstage had them first.

use std::{fmt, sync::Arc};

use callboard_service_kit::{config::Secret, identity::Caller};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use serde_json::Value;

use crate::{auth::credentials::Credentials, config::auth::external_access::AccessRestriction};

/// The subject that every such token has.
const SUBJECT: &str = "backstage-server";

/// A shared secret, and whose it is.
pub(super) struct LegacyKey {
    key: DecodingKey,
    subject: String,
    restrictions: Option<Arc<[AccessRestriction]>>,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    exp: i64,
    // The tokens that units show each other are made with the same keys and have an audience: they are no way in.
    aud: Option<Value>,
}

impl fmt::Debug for LegacyKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("LegacyKey")
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}

impl LegacyKey {
    pub(super) fn new(secret: &Secret<Vec<u8>>, subject: &str, restrictions: Option<Arc<[AccessRestriction]>>) -> Self {
        Self {
            key: DecodingKey::from_secret(secret.expose()),
            subject: subject.to_owned(),
            restrictions,
        }
    }

    /// Whose token it is, when it was made with this secret and has not expired.
    pub(super) fn verify(&self, token: &str, now: i64) -> Option<Credentials> {
        let mut validation = Validation::new(Algorithm::HS256);
        // Times are compared below, with our own clock.
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        let claims = jsonwebtoken::decode::<Claims>(token, &self.key, &validation)
            .ok()?
            .claims;
        let is_good = claims.sub == SUBJECT && claims.aud.is_none() && claims.exp > now;
        is_good.then(|| {
            Credentials::new(
                Caller::service(self.subject.clone()),
                self.restrictions.clone(),
                Some(claims.exp),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::{EncodingKey, Header};
    use serde_json::json;

    use super::*;

    const SECRET: &[u8] = b"a shared secret";

    fn token(claims: &Value, secret: &[u8]) -> String {
        jsonwebtoken::encode(
            &Header::new(Algorithm::HS256),
            claims,
            &EncodingKey::from_secret(secret),
        )
        .expect("signs")
    }

    #[test]
    fn takes_upstreams_tokens_and_no_others() {
        let key = LegacyKey::new(&Secret::new(SECRET.to_vec()), "old", None);
        let good = token(&json!({"sub": "backstage-server", "exp": 100}), SECRET);
        let credentials = key.verify(&good, 99).expect("is good");
        assert_eq!(*credentials.caller, Caller::service("old"));
        assert_eq!(credentials.expires_at, Some(100));
        assert!(key.verify(&good, 100).is_none(), "has expired");
        let bad = [
            token(&json!({"sub": "backstage-server", "exp": 100}), b"another secret"),
            token(&json!({"sub": "somebody", "exp": 100}), SECRET),
            token(&json!({"sub": "backstage-server"}), SECRET),
            token(
                &json!({"sub": "backstage-server", "exp": 100, "aud": "catalog"}),
                SECRET,
            ),
            "nonsense".to_owned(),
        ];
        for token in bad {
            assert!(key.verify(&token, 1).is_none(), "{token}");
        }
    }
}
