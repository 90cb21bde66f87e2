//! One structured line a request.
//!
//! Fields: `request_id`; `method`; `path` as sent, without the query; `route` as in the router; `status`; `caller` (a user's
//! entity ref, `service:` and the subject, or `anonymous`); `bytes` of the response body as far as known; `time_us` until the
//! response began; `upstream_us`, the part of it spent waiting for services; `cache` (`hit`, `miss`, or `none` where it does
//! not apply); `agent`. No query, token or body is ever logged.

use std::{
    sync::{
        OnceLock,
        atomic::{AtomicU8, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{extract::MatchedPath, response::Response};
use http::{HeaderValue, Method, Request, Uri, header};
use http_body::Body as _;

/// What the response cache had to say to a request.
#[derive(Clone, Copy, Debug)]
#[repr(u8)]
pub(crate) enum CacheOutcome {
    None = 0,
    Hit = 1,
    Miss = 2,
}

/// A request from its arrival to its response; the layers and handlers note here what the log shows.
#[derive(Debug)]
pub(crate) struct Exchange {
    started: Instant,
    request_id: HeaderValue,
    route: Option<MatchedPath>,
    agent: Option<HeaderValue>,
    caller: OnceLock<String>,
    upstream_us: AtomicU64,
    cache: AtomicU8,
}

impl Exchange {
    pub(crate) fn start<B>(request: &Request<B>, request_id: HeaderValue) -> Self {
        Self {
            started: Instant::now(),
            request_id,
            route: request.extensions().get::<MatchedPath>().cloned(),
            agent: request.headers().get(header::USER_AGENT).cloned(),
            caller: OnceLock::new(),
            upstream_us: AtomicU64::new(0),
            cache: AtomicU8::new(CacheOutcome::None as u8),
        }
    }

    pub(crate) fn request_id(&self) -> &str {
        self.request_id.to_str().unwrap_or_default()
    }

    /// The route in the router, where there is one.
    pub(crate) fn route(&self) -> Option<&str> {
        self.route.as_ref().map(MatchedPath::as_str)
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Notes who called; the first note stays.
    pub(crate) fn set_caller(&self, caller: impl FnOnce() -> String) {
        self.caller.get_or_init(caller);
    }

    pub(crate) fn set_cache(&self, outcome: CacheOutcome) {
        self.cache.store(outcome as u8, Ordering::Relaxed);
    }

    /// Adds time spent waiting for a service.
    pub(crate) fn add_upstream(&self, time: Duration) {
        self.upstream_us.fetch_add(microseconds(time), Ordering::Relaxed);
    }

    /// Writes the line, and counts the request.
    pub(crate) fn log(&self, method: &Method, uri: &Uri, response: &Response) {
        let cache = match self.cache.load(Ordering::Relaxed) {
            1 => "hit",
            2 => "miss",
            _ => "none",
        };
        let elapsed = self.elapsed();
        let route = self.route().unwrap_or("unmatched").to_owned();
        let status = response.status().as_str().to_owned();
        metrics::histogram!("callboard_gateway_request_seconds", "route" => route, "status" => status, "cache" => cache)
            .record(elapsed.as_secs_f64());
        tracing::info!(
            target: "callboard::access",
            request_id = self.request_id(),
            method = method.as_str(),
            path = uri.path(),
            route = self.route(),
            status = response.status().as_u16(),
            caller = self.caller.get().map_or("anonymous", String::as_str),
            bytes = response.body().size_hint().exact(),
            time_us = microseconds(elapsed),
            upstream_us = self.upstream_us.load(Ordering::Relaxed),
            cache,
            agent = self.agent.as_ref().and_then(|agent| agent.to_str().ok()),
            "request"
        );
    }
}

fn microseconds(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
