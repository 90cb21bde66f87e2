//! From a bearer token to a caller.

use std::sync::Arc;

use callboard_service_kit::{clock::SharedClock, identity::Caller};
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use super::{
    identity_store::IdentityStore,
    jwt::Unverified,
    static_tokens::StaticTokens,
    user_tokens::{LIMITED_USER_TYPE, USER_TYPE, UserTokens},
};
use crate::error::ApiError;

/// Verified tokens kept, so that a signature is checked once and not at every request.
const REMEMBERED_TOKENS: u64 = 10_000;

/// A caller as their token shows them.
#[derive(Clone, Debug)]
pub(crate) struct Verified {
    pub(crate) caller: Arc<Caller>,
    /// Plugins the token is good for; absent, all.
    pub(crate) plugins: Option<Arc<[String]>>,
    /// Seconds since 1970; absent, it does not expire.
    pub(crate) expires_at: Option<i64>,
}

/// Verifies bearer tokens of every kind.
pub(crate) struct Verifier {
    user_tokens: Arc<UserTokens>,
    static_tokens: StaticTokens,
    store: IdentityStore,
    clock: SharedClock,
    remembered: Cache<[u8; 32], Verified>,
}

impl Verifier {
    pub(crate) fn new(
        user_tokens: Arc<UserTokens>,
        static_tokens: StaticTokens,
        store: IdentityStore,
        clock: SharedClock,
    ) -> Self {
        Self {
            user_tokens,
            static_tokens,
            store,
            clock,
            remembered: Cache::new(REMEMBERED_TOKENS),
        }
    }

    /// Who bears the token.
    pub(crate) async fn verify(&self, token: &str) -> Result<Verified, ApiError> {
        let digest: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        if let Some(verified) = self.remembered.get(&digest) {
            if verified.expires_at.is_none_or(|expires_at| expires_at > self.now()) {
                return Ok(verified);
            }
            self.remembered.invalidate(&digest);
        }
        let verified = match Unverified::parse(token) {
            Some(unverified) if unverified.header.typ == USER_TYPE => self.verify_user(&unverified).await?,
            Some(unverified) if unverified.header.typ == LIMITED_USER_TYPE => {
                return Err(ApiError::authentication("Illegal limited user token"));
            }
            _ => self.verify_static(token)?,
        };
        self.remembered.insert(digest, verified.clone());
        Ok(verified)
    }

    /// Seconds since 1970.
    fn now(&self) -> i64 {
        i64::try_from(self.clock.unix_seconds()).unwrap_or(i64::MAX)
    }

    async fn verify_user(&self, token: &Unverified<'_>) -> Result<Verified, ApiError> {
        let user = self
            .user_tokens
            .verify(token)
            .await
            .ok_or_else(|| ApiError::authentication("Failed user token verification"))?;
        // A user whose memberships cannot be looked up is still that user, with nothing but their own.
        let ownership_refs = self
            .store
            .ownership_entity_refs(&user.entity_ref)
            .await
            .unwrap_or_else(|error| {
                tracing::warn!(%error, "the memberships of a user could not be read");
                None
            });
        let ownership_refs = ownership_refs.unwrap_or_else(|| vec![user.entity_ref.clone()]);
        Ok(Verified {
            caller: Arc::new(Caller::user(user.entity_ref, ownership_refs)),
            plugins: None,
            expires_at: Some(user.expires_at),
        })
    }

    fn verify_static(&self, token: &str) -> Result<Verified, ApiError> {
        let entry = self
            .static_tokens
            .find(token)
            .ok_or_else(|| ApiError::authentication("Illegal token"))?;
        Ok(Verified {
            caller: Arc::new(Caller::service(entry.subject.clone())),
            plugins: entry.plugins.as_deref().map(Arc::from),
            expires_at: None,
        })
    }
}
