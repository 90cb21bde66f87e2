//! One HTTP GET with bounds: on size, on time, on redirects, and on how often a host is asked that wants to be left alone.

use std::{
    collections::HashMap,
    error::Error as _,
    time::{Duration, SystemTime},
};

use bytes::{Bytes, BytesMut};
use parking_lot::Mutex;
use reqwest::{
    Certificate, Client, Response, StatusCode,
    header::{self, HeaderMap, HeaderValue},
    redirect,
};
use serde_json::Value;
use tokio::time::Instant;
use url::Url;

use super::{ReadError, failed, file::too_large};
use crate::settings::ReadLimits;

/// How many redirects one read follows.
const MAX_REDIRECTS: usize = 5;
/// Longest time to connect.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a host is left alone that says it is asked too often but not until when.
const DEFAULT_PAUSE: Duration = Duration::from_mins(1);
/// How often a question to an API is repeated.
const QUERY_RETRIES: u32 = 2;
/// How long is waited before the first repetition; twice as long before the next.
const RETRY_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause that a host's word is taken for.
const LONGEST_PAUSE: Duration = Duration::from_hours(1);

/// What to ask for. The address may hold a signature and the headers a token, so neither is ever shown.
pub(super) struct Request {
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    /// What to POST; none: it is a GET.
    body: Option<Bytes>,
    /// How often it is sent again where the host says that it cannot answer just now.
    retries: u32,
}

impl Request {
    pub(super) fn to(url: Url) -> Self {
        Self {
            url,
            headers: HeaderMap::new(),
            body: None,
            retries: 0,
        }
    }

    /// A question to an API that takes it as JSON. It changes nothing, so that it may be asked again.
    pub(super) fn query(url: Url, question: &Value) -> Self {
        let json = HeaderValue::from_static("application/json");
        Self {
            body: Some(question.to_string().into()),
            retries: QUERY_RETRIES,
            ..Self::to(url)
        }
        .header(header::CONTENT_TYPE, json)
    }

    pub(super) fn header(mut self, name: header::HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }
}

/// What came back.
pub(super) enum Answer {
    NotModified,
    Content { body: Bytes, headers: HeaderMap },
}

impl Answer {
    /// The validator for the next request.
    pub(super) fn etag(headers: &HeaderMap) -> Option<String> {
        headers.get(header::ETAG)?.to_str().ok().map(str::to_owned)
    }
}

/// Asks for files, with what all readers share: connections, bounds, and which hosts are to be left alone for how long.
#[derive(Debug)]
pub(super) struct Http {
    client: Client,
    limits: ReadLimits,
    pauses: Mutex<HashMap<String, Instant>>,
}

impl Http {
    /// `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` are honoured; `authorities` are trusted beside the system's.
    pub(super) fn new(limits: ReadLimits, authorities: Vec<Certificate>) -> Result<Self, ReadError> {
        callboard_service_kit::tls::install_provider();
        let client = Client::builder()
            // Followed by hand: each hop has to be allowed.
            .redirect(redirect::Policy::none())
            .connect_timeout(limits.read_timeout.min(CONNECT_TIMEOUT))
            .user_agent(concat!("callboard-catalog/", env!("CARGO_PKG_VERSION")))
            .tls_certs_merge(authorities)
            .build()
            .map_err(|error| failed(format!("no HTTP client: {error}")))?;
        Ok(Self {
            client,
            limits,
            pauses: Mutex::default(),
        })
    }

    /// Sends a request, conditionally with `etag`. `allow` has the word on every redirect. `what` is how errors call it.
    pub(super) async fn get(
        &self,
        request: Request,
        etag: Option<&str>,
        what: &str,
        allow: impl Fn(&Url) -> Result<(), ReadError>,
    ) -> Result<Answer, ReadError> {
        let deadline = Instant::now() + self.limits.read_timeout;
        let mut retries = request.retries;
        let mut retry_pause = RETRY_PAUSE;
        let read = tokio::time::timeout_at(deadline, async {
            loop {
                self.check_pause(&request.url, what)?;
                let response = self.follow(&request, etag, what, &allow).await?;
                let Some(pause) = pause_asked_for(&response) else {
                    if retries > 0 && is_passing(response.status()) {
                        tracing::debug!(what, status = %response.status(), "a host cannot answer just now");
                        tokio::time::sleep(retry_pause).await;
                        retries -= 1;
                        retry_pause *= 2;
                        continue;
                    }
                    return self.receive(what, response).await;
                };
                // A short pause is waited for; a longer one is for the next round.
                if Instant::now() + pause >= deadline {
                    return Err(self.pause(&request.url, pause, what, response.status()));
                }
                tokio::time::sleep(pause).await;
            }
        });
        read.await.unwrap_or_else(|_| {
            Err(failed(format!(
                "{what} did not answer within {} s",
                self.limits.read_timeout.as_secs_f64()
            )))
        })
    }

    /// Sends a request to an API that answers JSON. Redirects stay on its host, so that the token does.
    pub(super) async fn get_json(&self, request: Request, what: &str) -> Result<(Value, HeaderMap), ReadError> {
        let origin = request.url.origin();
        let same_host = |url: &Url| stay_on(&origin, url, what);
        match self.get(request, None, what, same_host).await? {
            Answer::Content { body, headers } => {
                let value = serde_json::from_slice(&body)
                    .map_err(|error| failed(format!("could not read {what}, the host's answer is no JSON: {error}")))?;
                Ok((value, headers))
            }
            Answer::NotModified => Err(failed(format!("could not read {what}, 304 to a plain request"))),
        }
    }

    /// For requests other than GET, which hosts need only to hand out tokens.
    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    async fn follow(
        &self,
        request: &Request,
        etag: Option<&str>,
        what: &str,
        allow: &impl Fn(&Url) -> Result<(), ReadError>,
    ) -> Result<Response, ReadError> {
        let mut url = request.url.clone();
        for _ in 0..=MAX_REDIRECTS {
            let mut builder = match &request.body {
                None => self.client.get(url.clone()),
                Some(body) => self.client.post(url.clone()).body(body.clone()),
            };
            // What proves who asks is for the host it was meant for.
            if url.origin() == request.url.origin() {
                builder = builder.headers(request.headers.clone());
            }
            if let Some(etag) = etag {
                builder = builder.header(header::IF_NONE_MATCH, etag);
            }
            let response = builder.send().await.map_err(|error| failed(describe(error, what)))?;
            let status = response.status();
            if !status.is_redirection() || status == StatusCode::NOT_MODIFIED {
                return Ok(response);
            }
            let next = response.headers().get(header::LOCATION);
            url = next
                .and_then(|value| url.join(value.to_str().ok()?).ok())
                .ok_or_else(|| failed(format!("{what} answered {status} without a target that makes sense")))?;
            allow(&url)?;
        }
        Err(failed(format!("{what} redirects more than {MAX_REDIRECTS} times")))
    }

    async fn receive(&self, what: &str, mut response: Response) -> Result<Answer, ReadError> {
        let status = response.status();
        if status == StatusCode::NOT_MODIFIED {
            return Ok(Answer::NotModified);
        }
        if status == StatusCode::NOT_FOUND {
            return Err(ReadError::NotFound(format!("could not read {what}, {status}")));
        }
        // 203 is how Azure DevOps shows its sign-in page.
        if !status.is_success() || status == StatusCode::NON_AUTHORITATIVE_INFORMATION {
            return Err(failed(format!("could not read {what}, {status}{}", advice(status))));
        }
        let limit = self.limits.file_bytes;
        if response.content_length().is_some_and(|length| length > limit as u64) {
            return Err(too_large(what, limit));
        }
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| failed(describe(error, what)))? {
            if body.len() + chunk.len() > limit {
                return Err(too_large(what, limit));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer::Content {
            body: body.freeze(),
            headers: std::mem::take(response.headers_mut()),
        })
    }

    /// Refuses while the host wants to be left alone.
    fn check_pause(&self, url: &Url, what: &str) -> Result<(), ReadError> {
        let origin = url.origin().ascii_serialization();
        let mut pauses = self.pauses.lock();
        let Some(until) = pauses.get(&origin).copied() else {
            return Ok(());
        };
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            pauses.remove(&origin);
            return Ok(());
        }
        Err(rate_limited(what, "not asked", left))
    }

    /// Leaves a host alone that said within an answer that it was asked too often, as GraphQL does.
    pub(super) fn pause_as_told(&self, url: &Url, headers: &HeaderMap, what: &str) -> ReadError {
        let pause = told_pause(headers).unwrap_or(DEFAULT_PAUSE);
        let pause = pause.clamp(Duration::from_secs(1), LONGEST_PAUSE);
        self.pause(url, pause, what, StatusCode::TOO_MANY_REQUESTS)
    }

    fn pause(&self, url: &Url, pause: Duration, what: &str, status: StatusCode) -> ReadError {
        let origin = url.origin().ascii_serialization();
        tracing::warn!(host = origin, seconds = pause.as_secs(), %status, "a host asks to be left alone");
        self.pauses.lock().insert(origin, Instant::now() + pause);
        rate_limited(what, &status.to_string(), pause)
    }
}

/// Refuses a redirect that leaves the host.
pub(super) fn stay_on(origin: &url::Origin, url: &Url, what: &str) -> Result<(), ReadError> {
    if url.origin() == *origin {
        return Ok(());
    }
    Err(failed(format!("could not read {what}, it redirects to another host")))
}

fn rate_limited(what: &str, reason: &str, pause: Duration) -> ReadError {
    failed(format!(
        "could not read {what}, {reason} (rate limit exceeded); the host is asked again in {} s",
        pause.as_secs().max(1)
    ))
}

/// How long the host wants to be left alone; `None` when it does not. GitHub says so with 403 too.
fn pause_asked_for(response: &Response) -> Option<Duration> {
    let text = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    let exhausted = ["x-ratelimit-remaining", "ratelimit-remaining"]
        .into_iter()
        .any(|name| text(name) == Some("0"));
    let says_when = text("retry-after").is_some();
    match response.status() {
        StatusCode::TOO_MANY_REQUESTS => {}
        StatusCode::FORBIDDEN if exhausted || says_when => {}
        StatusCode::SERVICE_UNAVAILABLE if says_when => {}
        _ => return None,
    }
    let pause = told_pause(response.headers()).unwrap_or(DEFAULT_PAUSE);
    Some(pause.clamp(Duration::from_secs(1), LONGEST_PAUSE))
}

/// Until when a host wants to be left alone, by its headers.
fn told_pause(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let now = SystemTime::now();
    let until = |moment: SystemTime| moment.duration_since(now).unwrap_or_default();
    let by_retry_after = text("retry-after").and_then(|value| match value.trim().parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => httpdate::parse_http_date(value).ok().map(until),
    });
    let by_reset = || {
        let reset = text("x-ratelimit-reset").or_else(|| text("ratelimit-reset"))?;
        let moment = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(reset.trim().parse().ok()?))?;
        Some(until(moment))
    };
    by_retry_after.or_else(by_reset)
}

/// Whether a status speaks of trouble that goes by.
fn is_passing(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT
    )
}

fn advice(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NON_AUTHORITATIVE_INFORMATION => {
            "; check the token of this host in 'integrations'"
        }
        _ => "",
    }
}

/// A transport error with its causes: the outermost alone says only that something went wrong.
fn describe(error: reqwest::Error, what: &str) -> String {
    let error = error.without_url();
    let mut text = format!("could not read {what}, {error}");
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}
