//! User tokens as Backstage issues them.

use std::{sync::Arc, time::Duration};

use callboard_service_kit::clock::SharedClock;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    jwt::{Header, SigningError, Unverified, encode},
    signing_keys::{KeyError, SigningKeys},
};
use crate::config::auth::AuthConfig;

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
    #[serde(skip_serializing_if = "Option::is_none")]
    ent: Option<&'a [String]>,
    /// Ours: the session it was issued in. Ending the session ends the token.
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<Uuid>,
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
struct CuttableClaims {
    sub: String,
    iat: i64,
    exp: i64,
    uip: String,
}

#[derive(Deserialize)]
struct VerifiedClaims {
    sub: String,
    iat: i64,
    exp: i64,
    #[serde(default)]
    sid: Option<Uuid>,
}

/// A new token.
#[derive(Debug)]
pub(crate) struct IssuedToken {
    pub(crate) token: String,
    /// The same cut down to what cookies may carry.
    pub(crate) limited: String,
    /// Seconds since 1970.
    pub(crate) issued_at: i64,
    /// Seconds since 1970.
    pub(crate) expires_at: i64,
}

/// A user that a token stands for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TokenUser {
    pub(crate) entity_ref: String,
    /// Seconds since 1970.
    pub(crate) issued_at: i64,
    /// Seconds since 1970.
    pub(crate) expires_at: i64,
    pub(crate) session_id: Option<Uuid>,
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
    omits_ownership: bool,
}

impl UserTokens {
    pub(crate) fn new(keys: Arc<SigningKeys>, clock: SharedClock, config: &AuthConfig) -> Self {
        Self {
            keys,
            clock,
            issuer: config.issuer.clone(),
            lifetime: config.token_lifetime,
            omits_ownership: config.omits_ownership_claim,
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
    pub(crate) async fn issue(
        &self,
        user_entity_ref: &str,
        ownership_refs: &[String],
        session_id: Option<Uuid>,
    ) -> Result<IssuedToken, IssueError> {
        let key = self.keys.current().await?;
        let iat = self.now();
        let exp = iat + i64::try_from(self.lifetime.as_secs()).unwrap_or(0);
        let limited_claims = LimitedClaims {
            sub: user_entity_ref,
            iat,
            exp,
        };
        let (limited, uip) = key.sign(LIMITED_USER_TYPE, &limited_claims)?;
        let limited = format!("{limited}.{uip}");
        let claims = Claims {
            iss: &self.issuer,
            sub: user_entity_ref,
            aud: AUDIENCE,
            iat,
            exp,
            ent: (!self.omits_ownership).then_some(ownership_refs),
            sid: session_id,
            uip,
        };
        let (signed, signature) = key.sign(USER_TYPE, &claims)?;
        Ok(IssuedToken {
            token: format!("{signed}.{signature}"),
            limited,
            issued_at: iat,
            expires_at: exp,
        })
    }

    /// A user token cut down to what cookies may carry; `None` when it holds no signature for that.
    pub(crate) fn cut_down(token: &Unverified<'_>) -> Option<String> {
        let header = Header {
            typ: LIMITED_USER_TYPE.to_owned(),
            alg: token.header.alg.clone(),
            kid: token.header.kid.clone(),
        };
        let claims: CuttableClaims = token.claims()?;
        let limited_claims = LimitedClaims {
            sub: &claims.sub,
            iat: claims.iat,
            exp: claims.exp,
        };
        let signed = encode(&header, &limited_claims).ok()?;
        Some(format!("{signed}.{}", claims.uip))
    }

    /// Who a token of type `typ` stands for; `None` when its type, its signature or its time is not good.
    pub(crate) async fn verify(&self, token: &Unverified<'_>, typ: &str) -> Option<TokenUser> {
        if token.header.alg != "ES256" || token.header.typ != typ {
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
            issued_at: claims.iat,
            expires_at: claims.exp,
            session_id: claims.sid,
        })
    }
}
