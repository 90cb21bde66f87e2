//! Requests a user may send through an endpoint in a minute, counted over all replicas. When the store does not answer, nobody is
//! held up.

use std::time::Duration;

use callboard_service_kit::{
    cache::{CacheNamespace, Counted, SlidingWindow},
    clock::SharedClock,
};
use http::{HeaderMap, HeaderName, HeaderValue, header};

const WINDOW_SECONDS: u64 = 60;

/// What is left for a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Requests in a minute.
    pub limit: u32,
    /// What is left of them; `None` when this request is one too many.
    pub remaining: Option<u32>,
    /// Seconds until there is more.
    pub reset_seconds: u64,
}

/// The limit of requests per user and minute.
#[derive(Clone)]
pub struct RateLimit {
    window: SlidingWindow,
}

impl RateLimit {
    /// Counts in this part of the cache.
    pub fn new(counters: CacheNamespace, clock: SharedClock) -> Self {
        Self {
            window: SlidingWindow::new(counters, Duration::from_secs(WINDOW_SECONDS), clock),
        }
    }

    /// Counts a request. Requests that are turned away count too.
    pub async fn count(&self, route: &str, user: &str, limit: u32) -> Option<Allowance> {
        let counted = self.window.add(&format!("{route} {user}"), 1).await?;
        Some(judge(limit, counted))
    }
}

fn judge(limit: u32, counted: Counted) -> Allowance {
    let remaining = u64::from(limit).checked_sub(counted.used);
    Allowance {
        limit,
        remaining: remaining.map(|remaining| u32::try_from(remaining).unwrap_or(u32::MAX)),
        reset_seconds: counted.reset_seconds,
    }
}

impl Allowance {
    /// Tells the client, in the fields of the IETF's draft.
    pub fn write_to(self, headers: &mut HeaderMap) {
        let Self {
            limit,
            remaining,
            reset_seconds,
        } = self;
        let mut set = |name: HeaderName, value: String| {
            // Digits and quotes always make a header.
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        };
        set(
            HeaderName::from_static("ratelimit-policy"),
            format!("\"per-user\";q={limit};w={WINDOW_SECONDS}"),
        );
        set(
            HeaderName::from_static("ratelimit"),
            format!("\"per-user\";r={};t={reset_seconds}", remaining.unwrap_or(0)),
        );
        if remaining.is_none() {
            set(header::RETRY_AFTER, reset_seconds.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_say_what_is_left() {
        let counted = |used, reset_seconds| Counted { used, reset_seconds };
        let mut headers = HeaderMap::new();
        judge(10, counted(3, 40)).write_to(&mut headers);
        assert_eq!(headers["ratelimit-policy"], "\"per-user\";q=10;w=60");
        assert_eq!(headers["ratelimit"], "\"per-user\";r=7;t=40");
        assert!(!headers.contains_key("retry-after"));
        assert_eq!(judge(10, counted(10, 40)).remaining, Some(0));
        judge(10, counted(11, 40)).write_to(&mut headers);
        assert_eq!(headers["retry-after"], "40");
    }
}
