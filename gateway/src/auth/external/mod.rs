//! Tokens of programs outside, by `backend.auth.externalAccess`.

pub(crate) mod jwks_tokens;
pub(crate) mod legacy_tokens;
pub(crate) mod plugin_tokens;
pub(crate) mod remote_keys;
pub(crate) mod static_tokens;

use callboard_service_kit::{clock::SharedClock, identity::Caller};

use self::{jwks_tokens::JwksIssuer, legacy_tokens::LegacyKey, static_tokens::StaticTokens};
use super::{credentials::Credentials, http_client::HttpClient};
use crate::{
    config::auth::external_access::{ExternalAccess, ExternalMethod},
    error::ApiError,
};

/// Everything that programs may show who they are with.
pub(crate) struct ExternalTokens {
    statics: StaticTokens,
    legacy: Vec<LegacyKey>,
    issuers: Vec<JwksIssuer>,
    clock: SharedClock,
}

impl ExternalTokens {
    pub(crate) fn new(access: &[ExternalAccess], http: &HttpClient, clock: SharedClock) -> Self {
        let mut legacy = Vec::new();
        let mut issuers = Vec::new();
        for entry in access {
            match &entry.method {
                ExternalMethod::Static { .. } => {}
                ExternalMethod::Legacy { secret, subject } => {
                    legacy.push(LegacyKey::new(secret, subject, entry.restrictions.clone()));
                }
                ExternalMethod::Jwks(jwks) => {
                    issuers.push(JwksIssuer::new(jwks, entry.restrictions.clone(), http.clone()));
                }
            }
        }
        Self {
            statics: StaticTokens::new(access),
            legacy,
            issuers,
            clock,
        }
    }

    /// Whose token it is.
    pub(crate) async fn verify(&self, token: &str) -> Result<Credentials, ApiError> {
        if let Some((subject, restrictions)) = self.statics.find(token) {
            return Ok(Credentials::new(Caller::service(subject), restrictions, None));
        }
        let now = i64::try_from(self.clock.unix_seconds()).unwrap_or(i64::MAX);
        for key in &self.legacy {
            if let Some(credentials) = key.verify(token, now) {
                return Ok(credentials);
            }
        }
        for issuer in &self.issuers {
            if let Some(credentials) = issuer.verify(token, now).await {
                return Ok(credentials);
            }
        }
        Err(ApiError::authentication("Illegal token"))
    }
}
