//! User tokens as Backstage issues them.

use std::{sync::Arc, time::Duration};

use callboard_service_kit::clock::SharedClock;
use serde::{Deserialize, Serialize};

use super::{
    jwt::{SigningError, Unverified},
    signing_keys::{KeyError, SigningKeys},
};

/// `typ` of a token that says who a user is.
pub(crate) const USER_TYPE: &str = "vnd.backstage.user";
/// `typ` of a token cut down to what cookies may carry.
pub(crate) const LIMITED_USER_TYPE: &str = "vnd.backstage.limited-user";

const AUDIENCE: &str = "backstage";

/// The claims of a user token.
#[derive(Debug, Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'static str,
    iat: i64,
    exp: i64,
    /// Signature of the limited token with the same subject and times: whoever holds this token can make that one.
    uip: String,
}

/// The claims of a limited token, in upstream's order.
#[derive(Debug, Serialize)]
struct LimitedClaims<'a> {
    sub: &'a str,
    iat: i64,
    exp: i64,
}

#[derive(Deserialize)]
struct VerifiedClaims {
    sub: String,
    exp: i64,
}

/// A user that a token stands for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TokenUser {
    pub(crate) entity_ref: String,
    /// Seconds since 1970.
    pub(crate) expires_at: i64,
}

/// Why a token could not be issued.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IssueError {
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error(transparent)]
    Signing(#[from] SigningError),
}

/// Issues and verifies user tokens.
pub(crate) struct UserTokens {
    keys: Arc<SigningKeys>,
    clock: SharedClock,
    issuer: String,
    lifetime: Duration,
}

impl UserTokens {
    pub(crate) fn new(keys: Arc<SigningKeys>, clock: SharedClock, issuer: String, lifetime: Duration) -> Self {
        Self {
            keys,
            clock,
            issuer,
            lifetime,
        }
    }

    /// Seconds since 1970.
    fn now(&self) -> i64 {
        i64::try_from(self.clock.unix_seconds()).unwrap_or(i64::MAX)
    }

    /// Seconds a new token is good for.
    pub(crate) fn lifetime_seconds(&self) -> u64 {
        self.lifetime.as_secs()
    }

    /// A new token of a user.
    pub(crate) async fn issue(&self, user_entity_ref: &str) -> Result<String, IssueError> {
        let key = self.keys.current().await?;
        let iat = self.now();
        let exp = iat + i64::try_from(self.lifetime.as_secs()).unwrap_or(0);
        let (_, uip) = key.sign(
            LIMITED_USER_TYPE,
            &LimitedClaims {
                sub: user_entity_ref,
                iat,
                exp,
            },
        )?;
        let claims = Claims {
            iss: &self.issuer,
            sub: user_entity_ref,
            aud: AUDIENCE,
            iat,
            exp,
            uip,
        };
        let (signed, signature) = key.sign(USER_TYPE, &claims)?;
        Ok(format!("{signed}.{signature}"))
    }

    /// Who a token of type [`USER_TYPE`] stands for; `None` when its signature or its time is not good.
    pub(crate) async fn verify(&self, token: &Unverified<'_>) -> Option<TokenUser> {
        if token.header.alg != "ES256" || token.header.typ != USER_TYPE {
            return None;
        }
        let key = self.keys.find(&token.header.kid).await?;
        if !key.verifies(token.signed, token.signature) {
            return None;
        }
        let claims: VerifiedClaims = token.claims()?;
        let is_current = claims.exp > self.now();
        is_current.then_some(TokenUser {
            entity_ref: claims.sub,
            expires_at: claims.exp,
        })
    }
}
