//! Who bears a token, of whatever kind it is.

use std::{sync::Arc, time::Duration};

use callboard_service_kit::{clock::SharedClock, identity::Caller};
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use super::{
    jwt::Unverified,
    user_tokens::{LIMITED_USER_TYPE, TokenUser, USER_TYPE, UserTokens},
};
use crate::{
    auth::{
        credentials::Credentials,
        external::{
            ExternalTokens,
            plugin_tokens::{PLUGIN_TYPE, PluginTokens},
        },
        identity_store::IdentityStore,
        sessions::{session_store::SessionStore, token_store::TokenStore},
    },
    error::ApiError,
};

/// Verified tokens kept, so that a signature is checked once and not at every request.
const REMEMBERED_TOKENS: u64 = 10_000;
/// For how long: ended sessions and new memberships show at every replica after this at the latest.
const REMEMBERED_FOR: Duration = Duration::from_mins(1);

/// Verifies bearer tokens of every kind, and the tokens in cookies.
pub(crate) struct Verifier {
    user_tokens: Arc<UserTokens>,
    external: ExternalTokens,
    plugins: PluginTokens,
    store: IdentityStore,
    sessions: SessionStore,
    session_tokens: TokenStore,
    clock: SharedClock,
    remembered: Cache<[u8; 32], Arc<Credentials>>,
}

impl Verifier {
    pub(crate) fn new(
        user_tokens: Arc<UserTokens>,
        external: ExternalTokens,
        plugins: PluginTokens,
        store: IdentityStore,
        sessions: SessionStore,
        session_tokens: TokenStore,
        clock: SharedClock,
    ) -> Self {
        Self {
            user_tokens,
            external,
            plugins,
            store,
            sessions,
            session_tokens,
            clock,
            remembered: Cache::builder()
                .max_capacity(REMEMBERED_TOKENS)
                .time_to_live(REMEMBERED_FOR)
                .build(),
        }
    }

    /// Who bears the token of an `Authorization` header to a plugin's routes.
    pub(crate) async fn verify(&self, token: &str, plugin: &str) -> Result<Arc<Credentials>, ApiError> {
        let credentials = self.verify_bearer(token).await?;
        credentials.check_plugin(plugin)?;
        Ok(credentials)
    }

    async fn verify_bearer(&self, token: &str) -> Result<Arc<Credentials>, ApiError> {
        let digest = digest("bearer", token);
        if let Some(credentials) = self.remembered(&digest) {
            return Ok(credentials);
        }
        let credentials = match Unverified::parse(token) {
            Some(unverified) if unverified.header.typ == PLUGIN_TYPE => self.of_plugin(token, &unverified).await?,
            Some(unverified) if unverified.header.typ == USER_TYPE => {
                let user = self.user_tokens.verify(&unverified, USER_TYPE).await;
                let failed = || ApiError::authentication("Failed user token verification");
                let user = user.ok_or_else(failed)?;
                if !self.is_session_alive(&user).await {
                    return Err(failed());
                }
                self.of_user(user).await
            }
            Some(unverified) if unverified.header.typ == LIMITED_USER_TYPE => {
                return Err(ApiError::authentication("Illegal limited user token"));
            }
            _ => self.external.verify(token).await?,
        };
        Ok(self.remember(digest, credentials))
    }

    /// Who bears the limited token of a cookie.
    pub(crate) async fn verify_cookie(&self, token: &str) -> Result<Arc<Credentials>, ApiError> {
        let digest = digest("cookie", token);
        if let Some(credentials) = self.remembered(&digest) {
            return Ok(credentials);
        }
        let illegal = || ApiError::authentication("Illegal limited user token");
        let user = self.limited_user(token).await.ok_or_else(illegal)?;
        let credentials = self.of_user(user).await;
        Ok(self.remember(digest, credentials))
    }

    /// The user of a limited token, as long as the session that it comes from goes on.
    async fn limited_user(&self, token: &str) -> Option<TokenUser> {
        let unverified = Unverified::parse(token)?;
        let user = self.user_tokens.verify(&unverified, LIMITED_USER_TYPE).await?;
        let is_alive = self.session_tokens.is_alive(&user.entity_ref, user.issued_at).await;
        is_alive.unwrap_or_else(|error| if_unknown(&error)).then_some(user)
    }

    /// A plugin of another backend, or the user that it acts for.
    async fn of_plugin(&self, token: &str, unverified: &Unverified<'_>) -> Result<Credentials, ApiError> {
        let now = i64::try_from(self.clock.unix_seconds()).unwrap_or(i64::MAX);
        let verified = self.plugins.verify(token, unverified, now).await;
        let verified = verified.ok_or_else(|| ApiError::authentication("Failed plugin token verification"))?;
        let mut credentials = match &verified.on_behalf_of {
            None => {
                let caller = Caller::service(format!("plugin:{}", verified.plugin));
                Credentials::new(caller, None, Some(verified.expires_at))
            }
            Some(limited) => {
                let user = self.limited_user(limited).await;
                let invalid = || ApiError::authentication("Invalid user token in 'obo' claim");
                self.of_user(user.ok_or_else(invalid)?).await
            }
        };
        let expires_at = credentials
            .expires_at
            .map_or(verified.expires_at, |own| own.min(verified.expires_at));
        credentials.expires_at = Some(expires_at);
        credentials.audience = Some(verified.audience);
        Ok(credentials)
    }

    /// Verifies every token anew at its next use: a session has ended.
    pub(crate) fn forget(&self) {
        self.remembered.invalidate_all();
    }

    /// Whether the session of a token goes on.
    async fn is_session_alive(&self, user: &TokenUser) -> bool {
        let Some(session_id) = user.session_id else {
            return true;
        };
        let is_alive = self.sessions.exists(session_id).await;
        is_alive.unwrap_or_else(|error| if_unknown(&error))
    }

    fn remembered(&self, digest: &[u8; 32]) -> Option<Arc<Credentials>> {
        let credentials = self.remembered.get(digest)?;
        let now = i64::try_from(self.clock.unix_seconds()).unwrap_or(i64::MAX);
        if credentials.expires_at.is_none_or(|expires_at| expires_at > now) {
            return Some(credentials);
        }
        self.remembered.invalidate(digest);
        None
    }

    fn remember(&self, digest: [u8; 32], credentials: Credentials) -> Arc<Credentials> {
        let credentials = Arc::new(credentials);
        self.remembered.insert(digest, credentials.clone());
        credentials
    }

    async fn of_user(&self, user: TokenUser) -> Credentials {
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
        let expires_at = Some(user.expires_at);
        Credentials {
            session_id: user.session_id,
            ..Credentials::new(Caller::user(user.entity_ref, ownership_refs), None, expires_at)
        }
    }
}

/// While the database is away a good signature has to do.
fn if_unknown(error: &sqlx::Error) -> bool {
    tracing::warn!(%error, "whether a session goes on could not be read");
    true
}

/// What a token is remembered by. The same token means different things in a header and in a cookie.
fn digest(place: &str, token: &str) -> [u8; 32] {
    Sha256::new()
        .chain_update(place)
        .chain_update([0])
        .chain_update(token)
        .finalize()
        .into()
}
