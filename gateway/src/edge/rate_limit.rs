//! How much one caller may ask for: buckets of tokens by user or program, by address for those who are not known.
//!
//! Credentials that are refused count against their address, so that tokens cannot be guessed by trying.

use std::{
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use callboard_service_kit::{
    cache::{Cache as Store, Counted, SlidingWindow},
    clock::SharedClock,
    error::ErrorCode,
    identity::{Caller, Principal},
};
use http::{HeaderName, HeaderValue, StatusCode, header};
use moka::sync::Cache;
use parking_lot::Mutex;

use super::client_address::ClientAddress;
use crate::{
    config::rate_limit::{Limit, RateLimitConfig},
    error::ApiError,
    gateway::Gateway,
};

const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");
/// Callers whose buckets are remembered; who is forgotten starts with a full one.
const REMEMBERED: u64 = 100_000;

/// The buckets of every limit.
#[derive(Debug)]
pub(crate) struct RateLimits {
    global: Option<Buckets>,
    plugins: Vec<(String, Buckets)>,
}

impl RateLimits {
    /// Limits that all replicas count together where their cache is shared, unless the configuration wants each to count alone.
    pub(crate) fn new(config: &RateLimitConfig, cache: &Store, clock: &SharedClock) -> Self {
        let buckets = |name: &str, limit: &Limit| {
            let is_shared = cache.is_shared() && !config.counts_alone;
            let counters = || cache.namespace(&format!("rate:{name}"));
            Buckets {
                shared: is_shared.then(|| SlidingWindow::new(counters(), limit.window, clock.clone())),
                ..Buckets::new(limit)
            }
        };
        Self {
            global: config.global.as_ref().map(|limit| buckets("global", limit)),
            plugins: config
                .plugins
                .iter()
                .map(|(id, limit)| (id.clone(), buckets(&format!("plugin:{id}"), limit)))
                .collect(),
        }
    }

    /// The limits that apply to a path.
    fn of<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a Buckets> {
        let plugin = path.strip_prefix("/api/").and_then(|rest| rest.split('/').next());
        let own = self.plugins.iter().filter(move |(id, _)| Some(id.as_str()) == plugin);
        self.global.iter().chain(own.map(|(_, buckets)| buckets))
    }
}

/// One limit's buckets.
#[derive(Debug)]
struct Buckets {
    limit: Limit,
    /// Where replicas count together.
    shared: Option<SlidingWindow>,
    by_key: Cache<String, Arc<Mutex<Bucket>>>,
}

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    filled_at: Instant,
}

/// What a limit says to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Verdict {
    is_allowed: bool,
    limit: u32,
    remaining: u32,
    /// Until there is a token again, or the bucket is full.
    wait: Duration,
}

impl Buckets {
    fn new(limit: &Limit) -> Self {
        Self {
            limit: limit.clone(),
            shared: None,
            by_key: Cache::builder()
                .max_capacity(REMEMBERED)
                // Full again by then, and therefore as good as forgotten.
                .time_to_idle(limit.window)
                .build(),
        }
    }

    /// Takes a token, or only looks whether there is one, of all replicas together where they share a store that answers.
    async fn ask(&self, key: &str, takes: bool) -> Verdict {
        if let Some(shared) = &self.shared
            && let Some(counted) = shared.add(key, u32::from(takes)).await
        {
            return self.judge(counted, takes);
        }
        self.ask_alone(key, takes, Instant::now())
    }

    /// What a count of all replicas means. Requests that are refused count too.
    fn judge(&self, counted: Counted, takes: bool) -> Verdict {
        let limit = u64::from(self.limit.requests);
        let used = if takes {
            counted.used
        } else {
            counted.used.saturating_add(1)
        };
        Verdict {
            is_allowed: used <= limit,
            limit: self.limit.requests,
            remaining: u32::try_from(limit.saturating_sub(counted.used)).unwrap_or(u32::MAX),
            wait: Duration::from_secs(counted.reset_seconds),
        }
    }

    fn ask_alone(&self, key: &str, takes: bool, now: Instant) -> Verdict {
        let full = f64::from(self.limit.requests);
        let bucket = self.by_key.get_with_by_ref(key, || {
            Arc::new(Mutex::new(Bucket {
                tokens: full,
                filled_at: now,
            }))
        });
        let mut bucket = bucket.lock();
        let per_second = full / self.limit.window.as_secs_f64();
        let gained = now.saturating_duration_since(bucket.filled_at).as_secs_f64() * per_second;
        bucket.tokens = (bucket.tokens + gained).min(full);
        bucket.filled_at = now;
        let is_allowed = bucket.tokens >= 1.0;
        if is_allowed && takes {
            bucket.tokens -= 1.0;
        }
        let missing = if is_allowed {
            full - bucket.tokens
        } else {
            1.0 - bucket.tokens
        };
        Verdict {
            is_allowed,
            limit: self.limit.requests,
            remaining: whole(bucket.tokens),
            wait: Duration::from_secs_f64(missing / per_second),
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between none and the limit, which is 32 bits"
)]
fn whole(tokens: f64) -> u32 {
    tokens as u32
}

impl Verdict {
    /// Tells the client how it stands.
    fn write_to(self, response: &mut Response) {
        let seconds = self.wait.as_secs() + u64::from(self.wait.subsec_nanos() > 0);
        let headers = response.headers_mut();
        headers.insert(LIMIT, HeaderValue::from(self.limit));
        headers.insert(REMAINING, HeaderValue::from(self.remaining));
        headers.insert(RESET, HeaderValue::from(seconds));
        if !self.is_allowed {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
}

fn refused(verdict: Verdict) -> Response {
    metrics::counter!("callboard_gateway_rate_limited_total").increment(1);
    let error = ApiError::new(
        ErrorCode::TooManyRequestsError,
        "Too many requests, please try again later",
    );
    let mut response = error.into_response();
    verdict.write_to(&mut response);
    response
}

/// Health is asked by machines, and often.
fn is_limited(path: &str) -> bool {
    !path.starts_with("/.backstage/health/")
}

/// The layer outside of authentication: refuses addresses whose credentials were refused too often.
pub(crate) async fn limit_refusals(State(gateway): State<Gateway>, request: Request, next: Next) -> Response {
    let limits = gateway.rate_limits();
    let address = request.extensions().get::<ClientAddress>().copied();
    let Some(ClientAddress(address)) = address.filter(|_| is_limited(request.uri().path())) else {
        return next.run(request).await;
    };
    let path = request.uri().path().to_owned();
    let key = format!("refused {}", network(address));
    for buckets in limits
        .of(&path)
        .filter(|buckets| !buckets.limit.allowed.contains(&address))
    {
        let verdict = buckets.ask(&key, false).await;
        if !verdict.is_allowed {
            return refused(verdict);
        }
    }
    let response = next.run(request).await;
    if response.status() == StatusCode::UNAUTHORIZED {
        for buckets in limits.of(&path) {
            buckets.ask(&key, true).await;
        }
    }
    response
}

/// The layer inside of authentication: every caller has a bucket, and so has every address nobody is known at.
pub(crate) async fn limit_callers(State(gateway): State<Gateway>, request: Request, next: Next) -> Response {
    let limits = gateway.rate_limits();
    let address = request.extensions().get::<ClientAddress>().copied();
    let Some(ClientAddress(address)) = address.filter(|_| is_limited(request.uri().path())) else {
        return next.run(request).await;
    };
    let key = match request
        .extensions()
        .get::<Arc<Caller>>()
        .map(|caller| &caller.principal)
    {
        Some(Principal::User { entity_ref, .. }) => entity_ref.clone(),
        Some(Principal::Service { subject }) => format!("service {subject}"),
        Some(Principal::Anonymous) | None => format!("address {}", network(address)),
    };
    let mut tightest: Option<Verdict> = None;
    let path = request.uri().path().to_owned();
    for buckets in limits
        .of(&path)
        .filter(|buckets| !buckets.limit.allowed.contains(&address))
    {
        let verdict = buckets.ask(&key, true).await;
        if !verdict.is_allowed {
            return refused(verdict);
        }
        if tightest.is_none_or(|other| verdict.remaining < other.remaining) {
            tightest = Some(verdict);
        }
    }
    let mut response = next.run(request).await;
    if let Some(verdict) = tightest {
        verdict.write_to(&mut response);
    }
    response
}

/// One customer has a whole network of IPv6 addresses.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let mut segments = address.segments();
            segments[4..].fill(0);
            IpAddr::from(segments)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buckets(requests: u32) -> Buckets {
        Buckets::new(&Limit {
            window: Duration::from_secs(10),
            requests,
            allowed: Vec::new(),
        })
    }

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let (buckets, start) = (buckets(2), Instant::now());
        let ask = |key, seconds| buckets.ask_alone(key, true, start + Duration::from_secs(seconds));
        assert!(ask("jane", 0).is_allowed && ask("jane", 0).is_allowed);
        let verdict = ask("jane", 0);
        assert!(!verdict.is_allowed && verdict.remaining == 0);
        assert_eq!(verdict.wait, Duration::from_secs(5));
        assert!(ask("joe", 0).is_allowed, "everybody has their own");
        assert!(ask("jane", 5).is_allowed && !ask("jane", 5).is_allowed);
        assert!(ask("jane", 60).is_allowed && ask("jane", 60).is_allowed && !ask("jane", 60).is_allowed);
    }

    #[test]
    fn what_all_replicas_counted_is_judged() {
        let counted = |used| Counted { used, reset_seconds: 7 };
        let verdict = |used, takes| {
            let verdict = buckets(2).judge(counted(used), takes);
            assert_eq!((verdict.limit, verdict.wait), (2, Duration::from_secs(7)));
            (verdict.is_allowed, verdict.remaining)
        };
        assert_eq!(verdict(1, true), (true, 1));
        assert_eq!(verdict(2, true), (true, 0));
        assert_eq!(verdict(3, true), (false, 0));
        assert_eq!(verdict(1, false), (true, 1));
        assert_eq!(verdict(2, false), (false, 0));
    }

    #[test]
    fn looking_takes_nothing() {
        let (buckets, now) = (buckets(1), Instant::now());
        let ask = |takes| buckets.ask_alone("a", takes, now).is_allowed;
        assert!(ask(false) && ask(false));
        assert!(ask(true) && !ask(false));
    }

    #[test]
    fn neighbours_in_a_network_share() {
        let address = |text: &str| text.parse::<IpAddr>().expect("an address");
        assert_eq!(network(address("2001:db8::1")), network(address("2001:db8::2:3")));
        assert_ne!(network(address("10.0.0.1")), network(address("10.0.0.2")));
    }
}
