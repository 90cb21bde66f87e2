//! Tokens of somebody who publishes the keys to verify them with.

use std::sync::Arc;

use callboard_service_kit::identity::Caller;

use super::remote_keys::{Expected, RemoteKeys};
use crate::{
    auth::{credentials::Credentials, http_client::HttpClient},
    config::auth::external_access::{AccessRestriction, JwksAccess},
};

/// Somebody whose tokens are taken.
#[derive(Debug)]
pub(super) struct JwksIssuer {
    keys: RemoteKeys,
    config: JwksAccess,
    restrictions: Option<Arc<[AccessRestriction]>>,
}

impl JwksIssuer {
    pub(super) fn new(config: &JwksAccess, restrictions: Option<Arc<[AccessRestriction]>>, http: HttpClient) -> Self {
        Self {
            keys: RemoteKeys::new(config.url.clone(), http),
            config: config.clone(),
            restrictions,
        }
    }

    /// Whose token it is, when this issuer made it.
    pub(super) async fn verify(&self, token: &str, now: i64) -> Option<Credentials> {
        let expected = Expected {
            issuers: &self.config.issuers,
            audiences: &self.config.audiences,
            algorithms: &self.config.algorithms,
            now,
        };
        let claims = match self.keys.verify(token, &expected).await {
            Ok(claims) => claims,
            Err(refusal) => {
                tracing::debug!(issuer = %self.config.url, %refusal, "a token is not from here");
                return None;
            }
        };
        let subject = claims.get("sub")?.as_str().filter(|subject| !subject.is_empty())?;
        let subject = match &self.config.subject_prefix {
            Some(prefix) => format!("external:{prefix}:{subject}"),
            None => format!("external:{subject}"),
        };
        Some(Credentials::new(
            Caller::service(subject),
            self.restrictions.clone(),
            claims.get("exp").and_then(serde_json::Value::as_i64),
        ))
    }
}
