//! The caller tokens that a channel sends along.

use std::time::Duration;

use http::HeaderValue;
use moka::sync::Cache;

use crate::{
    error::ServiceError,
    identity::{Caller, CallerTokens},
};

/// For how long a token is used again: a small part of its life.
const REUSED_FOR: Duration = Duration::from_secs(5);
/// Callers whose tokens are kept for that long.
const REMEMBERED: u64 = 10_000;

/// Signs tokens for one unit, and each caller's only every few seconds.
#[derive(Debug)]
pub(super) struct SignedTokens {
    tokens: CallerTokens,
    audience: String,
    recent: Cache<Caller, HeaderValue>,
}

impl SignedTokens {
    pub(super) fn new(tokens: CallerTokens, audience: &str) -> Self {
        Self {
            tokens,
            audience: audience.to_owned(),
            recent: Cache::builder()
                .max_capacity(REMEMBERED)
                .time_to_live(REUSED_FOR)
                .build(),
        }
    }

    /// The header `Authorization` of a caller's calls.
    pub(super) fn authorization(&self, caller: &Caller) -> Result<HeaderValue, ServiceError> {
        if let Some(known) = self.recent.get(caller) {
            return Ok(known);
        }
        let token = self
            .tokens
            .sign(caller, &self.audience)
            .map_err(|error| ServiceError::internal(&error))?;
        let mut value =
            HeaderValue::try_from(format!("Bearer {token}")).map_err(|error| ServiceError::internal(&error))?;
        value.set_sensitive(true);
        self.recent.insert(caller.clone(), value.clone());
        Ok(value)
    }
}
