//! Requests a user may send through an endpoint in a minute, counted over all replicas.
//!
//! Two counters in the shared cache: this minute's and the last one's, of which as much counts as of the sliding minute lies in
//! it. The crates for rate limits count within one process. When the store does not answer, nobody is held up.

use std::time::Duration;

use callboard_service_kit::{cache::CacheNamespace, clock::SharedClock};
use http::{HeaderMap, HeaderName, HeaderValue, header};

const WINDOW_SECONDS: u64 = 60;
/// A counter is needed for its own minute and the next.
const COUNTER_LIFE: Duration = Duration::from_secs(2 * WINDOW_SECONDS);

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
    counters: CacheNamespace,
    clock: SharedClock,
}

impl RateLimit {
    /// Counts in this part of the cache.
    pub fn new(counters: CacheNamespace, clock: SharedClock) -> Self {
        Self { counters, clock }
    }

    /// Counts a request. Requests that are turned away count too.
    pub async fn count(&self, route: &str, user: &str, limit: u32) -> Option<Allowance> {
        let now = self.clock.unix_seconds();
        let (window, elapsed) = (now / WINDOW_SECONDS, now % WINDOW_SECONDS);
        let key = |window: u64| format!("{route} {user} {window}");
        let (this, last) = (key(window), key(window - 1));
        let (this, last) = tokio::join!(
            self.counters.add(&this, 1, COUNTER_LIFE),
            self.counters.add(&last, 0, COUNTER_LIFE),
        );
        Some(judge(limit, this?, last.unwrap_or(0), elapsed))
    }
}

fn judge(limit: u32, this: u64, last: u64, elapsed: u64) -> Allowance {
    let carried = last.saturating_mul(WINDOW_SECONDS - elapsed) / WINDOW_SECONDS;
    let used = this.saturating_add(carried);
    let remaining = u64::from(limit).checked_sub(used);
    Allowance {
        limit,
        remaining: remaining.map(|remaining| u32::try_from(remaining).unwrap_or(u32::MAX)),
        reset_seconds: WINDOW_SECONDS - elapsed,
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
    use std::{
        sync::{
            Arc,
            atomic::{AtomicU64, Ordering},
        },
        time::UNIX_EPOCH,
    };

    use callboard_service_kit::{cache::Cache, config::Config};

    use super::*;

    #[tokio::test]
    async fn users_are_counted_apart_over_a_sliding_minute() {
        let seconds = Arc::new(AtomicU64::new(6000));
        let clock = {
            let seconds = seconds.clone();
            move || UNIX_EPOCH + Duration::from_secs(seconds.load(Ordering::Relaxed))
        };
        let cache = Cache::from_config(&Config::from_yaml("a: 1").unwrap(), "proxy").unwrap();
        let limit = RateLimit::new(cache.namespace("rate"), Arc::new(clock));
        let remaining = async |user: &str| limit.count("/r", user, 4).await.unwrap().remaining;
        for left in [3, 2, 1, 0] {
            assert_eq!(remaining("jane").await, Some(left));
        }
        assert_eq!(remaining("jane").await, None);
        assert_eq!(remaining("joe").await, Some(3));
        seconds.store(6090, Ordering::Relaxed);
        assert_eq!(remaining("jane").await, Some(1), "half of the last minute counts");
        seconds.store(6300, Ordering::Relaxed);
        assert_eq!(remaining("jane").await, Some(3));
    }

    #[test]
    fn headers_say_what_is_left() {
        let mut headers = HeaderMap::new();
        judge(10, 3, 0, 20).write_to(&mut headers);
        assert_eq!(headers["ratelimit-policy"], "\"per-user\";q=10;w=60");
        assert_eq!(headers["ratelimit"], "\"per-user\";r=7;t=40");
        assert!(!headers.contains_key("retry-after"));
        judge(10, 11, 0, 20).write_to(&mut headers);
        assert_eq!(headers["retry-after"], "40");
    }
}
