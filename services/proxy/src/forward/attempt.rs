//! Sends a request to the third party, once or, where that does no harm, again.

use std::{borrow::Cow, sync::Arc, time::Duration};

use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri, header};
use hyper::body::Incoming;
use parking_lot::Mutex;
use tokio::{sync::OwnedSemaphorePermit, time::Instant};
use tower::retry::budget::Budget;
use tracing::{Instrument, Span, field};

use super::request_body::{RequestBody, Source};
use crate::{
    endpoint::{Endpoint, SharedEndpoint},
    upstream::{dialer, failure::Failure},
};

/// The pause before another try; doubled each time, and half of it random.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
/// Interim answers that are kept; a third party that sends more means no good.
const MOST_INTERIM: usize = 8;

/// What is sent.
pub(super) struct Attempt<'a> {
    pub(super) endpoint: Cow<'a, SharedEndpoint>,
    pub(super) method: Method,
    pub(super) url: Uri,
    /// Without what the endpoint adds.
    pub(super) headers: Cow<'a, HeaderMap>,
    pub(super) source: Option<Arc<Source>>,
    pub(super) upgrade: Option<HeaderValue>,
}

/// What came back.
pub(super) struct Sent {
    pub(super) response: Response<Incoming>,
    /// 1xx answers that came before.
    pub(super) interim: Vec<(StatusCode, HeaderMap)>,
    /// Held until the answer has passed.
    pub(super) place: OwnedSemaphorePermit,
}

/// Where a trace is told; sent on where an endpoint lists it.
const TRACE_PARENT: HeaderName = HeaderName::from_static("traceparent");

type Interim = Arc<Mutex<Vec<(StatusCode, HeaderMap)>>>;

impl Attempt<'_> {
    /// The same for a task of its own.
    pub(super) fn into_owned(self) -> Attempt<'static> {
        Attempt {
            endpoint: Cow::Owned(self.endpoint.into_owned()),
            headers: Cow::Owned(self.headers.into_owned()),
            method: self.method,
            url: self.url,
            source: self.source,
            upgrade: self.upgrade,
        }
    }

    /// Sends it, within the endpoint's limits.
    pub(super) async fn send(&self) -> Result<Sent, Failure> {
        let guards = &self.endpoint.guards;
        let place = guards.slots.take().await.map_err(|_| Failure::TooManyAtOnce)?;
        guards.budget.deposit();
        let mut made = 0;
        loop {
            let permit = guards.circuit.permit(now()).map_err(|_| Failure::CircuitOpen)?;
            let interim = Interim::default();
            let span = self.span();
            let result = self.send_once(&interim).instrument(span.clone()).await;
            made += 1;
            let failure = match result {
                Ok(response) => {
                    span.record("http.response.status_code", response.status().as_u16());
                    if says_that_it_cannot(response.status()) {
                        permit.failed(now());
                    } else {
                        permit.succeeded(now());
                    }
                    let interim = std::mem::take(&mut *interim.lock());
                    return Ok(Sent {
                        response,
                        interim,
                        place,
                    });
                }
                Err(failure) => failure,
            };
            span.record("error.type", failure.reason());
            if failure.is_upstreams_fault() {
                permit.failed(now());
            } else {
                drop(permit);
            }
            let retries = self.endpoint.settings.options.limits.retries;
            if made > retries || !self.may_repeat(failure) || !guards.budget.withdraw() {
                self.note(failure);
                return Err(failure);
            }
            metrics::counter!("callboard_proxy_retries_total", "route" => self.endpoint.route().to_owned())
                .increment(1);
            tokio::time::sleep(pause(made)).await;
        }
    }

    /// Whether a request that failed so may be sent again: nothing of it was sent, or sending it twice does no harm.
    fn may_repeat(&self, failure: Failure) -> bool {
        let is_untouched = self.source.as_ref().is_none_or(|source| !source.is_begun());
        if !is_untouched || self.upgrade.is_some() {
            return false;
        }
        failure.is_before_the_request() || failure == Failure::ConnectionLost && self.method.is_idempotent()
    }

    async fn send_once(&self, interim: &Interim) -> Result<Response<Incoming>, Failure> {
        let request = self.request(interim);
        let timeout = self.endpoint.settings.options.limits.response_timeout;
        let sending = self.endpoint.upstream.send(request, self.needs_http1());
        tokio::select! {
            result = sending => result,
            () = silence(timeout, self.source.as_deref()) => Err(Failure::ResponseTimeout),
        }
    }

    fn request(&self, interim: &Interim) -> Request<RequestBody> {
        let body = match &self.source {
            Some(source) if self.upgrade.is_none() => RequestBody::of(source.clone()),
            _ => RequestBody::empty(),
        };
        let has_body = !http_body::Body::is_end_stream(&body);
        let mut request = Request::new(body);
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.url.clone();
        let headers = request.headers_mut();
        *headers = self.headers.clone().into_owned();
        self.endpoint.headers.inject(headers);
        // The library takes a body of unknown length for none with these methods, and a body without its frame would be taken
        // for the next request.
        if has_body
            && matches!(self.method, Method::GET | Method::HEAD)
            && !headers.contains_key(header::CONTENT_LENGTH)
        {
            headers.insert(header::TRANSFER_ENCODING, HeaderValue::from_static("chunked"));
        }
        if let Some(protocol) = &self.upgrade {
            headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
            headers.insert(header::UPGRADE, protocol.clone());
        }
        if let Some(authorization) = dialer::egress_authorization(&self.url) {
            headers.insert(header::PROXY_AUTHORIZATION, authorization);
        }
        if self.endpoint.headers.passes_request(&TRACE_PARENT) {
            callboard_service_kit::telemetry::propagation::inject(&Span::current(), headers);
        }
        let interim = interim.clone();
        let endpoint = self.endpoint.clone().into_owned();
        hyper::ext::on_informational(&mut request, move |response| {
            let mut interim = interim.lock();
            if interim.len() < MOST_INTERIM && response.status() != StatusCode::CONTINUE {
                interim.push((response.status(), endpoint.headers.response(response.headers(), false)));
            }
        });
        request
    }

    /// HTTP/2 has no upgrades, and no `Host` that differs from the address.
    fn needs_http1(&self) -> bool {
        self.upgrade.is_some() || self.headers.get(header::HOST) != Some(self.endpoint.target.host_header())
    }

    fn span(&self) -> Span {
        let Endpoint { target, .. } = self.endpoint.as_ref().as_ref();
        tracing::info_span!(
            "proxy.upstream",
            otel.kind = "client",
            http.request.method = self.method.as_str(),
            server.address = target.authority().host(),
            server.port = target.port(),
            callboard.proxy.route = self.endpoint.route(),
            http.response.status_code = field::Empty,
            error.type = field::Empty,
        )
    }

    fn note(&self, failure: Failure) {
        tracing::warn!(
            route = self.endpoint.route(),
            method = self.method.as_str(),
            reason = failure.reason(),
            "a third party did not answer"
        );
        metrics::counter!(
            "callboard_proxy_failures_total",
            "route" => self.endpoint.route().to_owned(), "reason" => failure.reason()
        )
        .increment(1);
    }
}

/// Resolves when nothing has happened for so long: neither an answer nor a part of the request's body. Zero means never.
async fn silence(limit: Duration, source: Option<&Source>) {
    if limit.is_zero() {
        return std::future::pending().await;
    }
    let begun = Instant::now();
    loop {
        let last = source.map_or(begun, |source| source.last_taken().max(begun));
        let until = last + limit;
        if until <= Instant::now() {
            return;
        }
        tokio::time::sleep_until(until).await;
    }
}

/// Answers that say: not now, or not here.
fn says_that_it_cannot(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT
    )
}

fn now() -> std::time::Instant {
    std::time::Instant::now()
}

fn pause(made: u32) -> Duration {
    let full = FIRST_PAUSE * 2_u32.saturating_pow(made.saturating_sub(1)).min(64);
    full.mul_f64(rand::random_range(0.5..1.0))
}
