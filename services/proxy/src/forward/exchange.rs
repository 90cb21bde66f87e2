//! One request from its head to the head of its answer.

use std::{sync::Arc, time::Duration};

use callboard_proto::proxy::v1 as proto;
use callboard_service_kit::{
    error::{ErrorCode, ServiceError},
    identity::{Caller, Principal},
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use tracing::Instrument;

use super::{
    answer::{self, Answer},
    attempt::Attempt,
    head::Head,
    request_body::{Incoming, Source},
    response_stream::{Measurement, ResponseStream},
};
use crate::{
    cache::{Found, Question, ResponseCache, Revalidated, Stored, client_holds},
    endpoint::{
        Endpoint, SharedEndpoint,
        header_rules::RequestFacts,
        settings::Limits,
        table::{Asked, Identity, Refusal, Table},
    },
    guard::rate_limit::{Allowance, RateLimit},
    upstream::failure::Failure,
    usage::Usage,
};

/// What all requests share.
pub struct Shared {
    /// The endpoints.
    pub table: Arc<Table>,
    /// Requests per user.
    pub rate_limit: RateLimit,
    /// Answers of third parties.
    pub cache: ResponseCache,
    /// What goes through.
    pub usage: Usage,
    /// Nobody needs to be signed in.
    pub is_open_to_all: bool,
}

/// Passes requests on. Clones share everything.
#[derive(Clone)]
pub struct Forwarder {
    shared: Arc<Shared>,
}

/// A request on its way.
struct Exchange {
    shared: Arc<Shared>,
    endpoint: SharedEndpoint,
    head: Head,
    url: Uri,
    /// Who asks: a ref, a subject, or for strangers their address.
    user: String,
    /// What goes to the third party, without what the endpoint adds.
    headers: HeaderMap,
    source: Option<Arc<Source>>,
    measurement: Measurement,
    allowance: Option<Allowance>,
}

impl Forwarder {
    /// Passes requests on with what they share.
    pub fn new(shared: Shared) -> Self {
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Passes one request on. What goes wrong at the third party's is an answer, not an error.
    pub async fn forward(
        &self,
        caller: &Caller,
        head: proto::RequestHead,
        rest: Incoming,
    ) -> Result<ResponseStream, ServiceError> {
        let by_cookie = head.caller_by_cookie;
        let head = Head::try_from(head).map_err(|error| ServiceError::input(error.to_string()))?;
        let is_signed_in = caller.principal != Principal::Anonymous;
        let identity = match (is_signed_in, by_cookie) {
            _ if self.shared.is_open_to_all => Identity::Token,
            (false, _) => Identity::Anonymous,
            (true, true) => Identity::Cookie,
            (true, false) => Identity::Token,
        };
        let (endpoint, url) = self.choose(&head, identity)?;
        let facts = RequestFacts {
            is_signed_in,
            is_upgrade: head.upgrade.is_some(),
        };
        let mut headers = endpoint.headers.request(&head.headers, facts);
        if endpoint.settings.options.forwarded {
            add_forwarded(&mut headers, &head);
        }
        let source = source_of(&endpoint, &head, rest, &mut headers);
        let exchange = Exchange {
            measurement: Measurement::start(self.shared.usage.clone(), endpoint.route(), source.clone()),
            user: if is_signed_in {
                caller.to_string()
            } else {
                head.client_address.clone()
            },
            shared: self.shared.clone(),
            endpoint,
            head,
            url,
            headers,
            source: source.clone(),
            allowance: None,
        };
        // For the access line and for the trace: which endpoint took it.
        tracing::debug!(route = exchange.endpoint.route(), "forwarding");
        Ok(exchange.run().await)
    }

    fn choose(&self, head: &Head, identity: Identity) -> Result<(SharedEndpoint, Uri), ServiceError> {
        let asked = Asked {
            method: head.method.as_str(),
            path_and_query: &head.path_and_query,
            identity,
        };
        self.shared.table.choose(asked).map_err(|refusal| match refusal {
            Refusal::Unauthenticated => ServiceError::new(ErrorCode::AuthenticationError, "Missing credentials"),
            Refusal::UnsafePath(reason) => ServiceError::input(format!("Bad Request: {reason}")),
            Refusal::NotFound => ServiceError::not_found("No proxy endpoint takes this path and method"),
        })
    }
}

impl Exchange {
    async fn run(mut self) -> ResponseStream {
        match self.try_run().await {
            Ok(answer) => self.finish(answer),
            Err(failure) => {
                let answer = Answer::failure(failure, self.endpoint.route(), &self.head);
                self.finish(answer)
            }
        }
    }

    async fn try_run(&mut self) -> Result<Answer, Failure> {
        self.count().await?;
        let limits = &self.endpoint.settings.options.limits;
        if limits.max_request_bytes > 0
            && content_length(&self.headers).is_some_and(|length| length > limits.max_request_bytes)
        {
            return Err(Failure::RequestTooLarge);
        }
        if let Some(question) = self.question() {
            // Kept apart: most requests need none of the room that it takes.
            return Box::pin(self.run_cached(question)).await;
        }
        let sent = self.attempt(&self.headers).send().await?;
        self.forget_changed(sent.response.status()).await;
        answer::of_third_party(sent, &self.endpoint, self.source.clone(), self.head.upgrade.as_ref()).await
    }

    /// Counts the request against the user's limit.
    async fn count(&mut self) -> Result<(), Failure> {
        let limit = self.endpoint.settings.options.limits.requests_per_minute_per_user;
        if limit == 0 {
            return Ok(());
        }
        self.allowance = self
            .shared
            .rate_limit
            .count(self.endpoint.route(), &self.user, limit)
            .await;
        match self.allowance {
            Some(Allowance { remaining: None, .. }) => Err(Failure::RateLimit),
            _ => Ok(()),
        }
    }

    /// How the cache is asked, where it is.
    fn question(&self) -> Option<Question> {
        let is_plain = self.head.method == Method::GET
            && self.head.upgrade.is_none()
            && !self.head.has_body
            && !self.headers.contains_key(header::RANGE);
        if !is_plain {
            return None;
        }
        self.shared
            .cache
            .question(&self.endpoint, &self.user, &Method::GET, &self.url, &self.headers)
    }

    async fn run_cached(&mut self, question: Question) -> Result<Answer, Failure> {
        let cache = self.shared.cache.clone();
        let (stored, conditional) = match cache.find(&question).await {
            Found::Fresh(stored) => return Ok(self.of_cache(&stored, proto::CacheOutcome::Hit)),
            Found::StaleWhileRevalidate(stored) => {
                self.revalidate_behind(question, &stored);
                return Ok(self.of_cache(&stored, proto::CacheOutcome::Stale));
            }
            Found::MustRevalidate(stored, conditional) => (Some(stored), conditional),
            Found::Nothing => (None, self.headers.clone()),
        };
        let mut conditional = conditional;
        if let Some(host) = self.headers.get(header::HOST) {
            conditional.insert(header::HOST, host.clone());
        }
        let sent = self.attempt(&conditional).send().await;
        let fails = match &sent {
            Ok(sent) => sent.response.status().is_server_error(),
            Err(failure) => failure.is_upstreams_fault() || *failure == Failure::CircuitOpen,
        };
        if let Some(stored) = &stored {
            if fails && cache.may_stand_in(&question, stored) {
                return Ok(self.of_cache(stored, proto::CacheOutcome::Stale));
            }
            if let Ok(sent) = &sent
                && let Revalidated::Holds(stored) = cache
                    .revalidated(&question, stored, sent.response.status(), sent.response.headers())
                    .await
            {
                return Ok(self.of_cache(&stored, proto::CacheOutcome::Revalidated));
            }
        }
        let sent = sent?;
        let recording = cache.record(&question, sent.response.status(), sent.response.headers());
        let outcome = if recording.is_some() {
            proto::CacheOutcome::Miss
        } else {
            proto::CacheOutcome::Bypass
        };
        let mut answer = answer::of_third_party(sent, &self.endpoint, None, None).await?;
        answer.cache_outcome = outcome;
        answer.recording = recording;
        Ok(answer)
    }

    /// A stored answer, or 304 for a client that holds it.
    fn of_cache(&mut self, stored: &Stored, outcome: proto::CacheOutcome) -> Answer {
        self.measurement.set_cache_hit();
        let mut headers = self.endpoint.headers.response(&stored.headers, false);
        if let Some(age) = stored.headers.get(header::AGE) {
            headers.insert(header::AGE, age.clone());
        }
        let mut answer = if client_holds(&self.headers, &stored.headers) {
            headers.remove(header::CONTENT_LENGTH);
            Answer::whole(StatusCode::NOT_MODIFIED, headers, bytes::Bytes::new())
        } else {
            let body = stored.body();
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
            Answer::whole(stored.status(), headers, body)
        };
        answer.cache_outcome = outcome;
        answer
    }

    /// Asks the third party whether a stored answer still holds, while the client has it already.
    fn revalidate_behind(&self, question: Question, stored: &Stored) {
        let Some(under_way) = self.shared.cache.begin_revalidation(&question) else {
            return;
        };
        let cache = self.shared.cache.clone();
        let mut headers = self.headers.clone();
        for (validator, condition) in [
            (header::ETAG, header::IF_NONE_MATCH),
            (header::LAST_MODIFIED, header::IF_MODIFIED_SINCE),
        ] {
            if let Some(value) = stored.headers.get(validator) {
                headers.insert(condition, value.clone());
            }
        }
        let attempt = self.attempt(&headers).into_owned();
        let stored = stored.clone();
        let revalidation = async move {
            let _under_way = under_way;
            let Ok(sent) = attempt.send().await else { return };
            let (status, received) = (sent.response.status(), sent.response.headers());
            if let Revalidated::Holds(_) = cache.revalidated(&question, &stored, status, received).await {
                return;
            }
            if let Some(recording) = cache.record(&question, status, received) {
                answer::record_all(sent, recording).await;
            }
        };
        tokio::spawn(revalidation.in_current_span());
    }

    /// What an unsafe method has changed is not what was stored of it.
    async fn forget_changed(&self, status: StatusCode) {
        let changes = !self.head.method.is_safe() && (status.is_success() || status.is_redirection());
        if !changes {
            return;
        }
        let question = self
            .shared
            .cache
            .question(&self.endpoint, &self.user, &Method::GET, &self.url, &self.headers);
        if let Some(question) = question {
            self.shared.cache.forget(&question).await;
        }
    }

    fn attempt<'a>(&'a self, headers: &'a HeaderMap) -> Attempt<'a> {
        Attempt {
            endpoint: std::borrow::Cow::Borrowed(&self.endpoint),
            method: self.head.method.clone(),
            url: self.url.clone(),
            headers: std::borrow::Cow::Borrowed(headers),
            source: self.source.clone(),
            upgrade: self.head.upgrade.clone(),
        }
    }

    fn finish(self, mut answer: Answer) -> ResponseStream {
        let is_caching = self.endpoint.settings.options.cache != crate::endpoint::settings::CacheScope::None;
        if is_caching {
            answer
                .headers
                .insert(HeaderName::from_static("x-cache"), cache_name(answer.cache_outcome));
        }
        if let Some(allowance) = self.allowance {
            allowance.write_to(&mut answer.headers);
        }
        ResponseStream::new(answer, self.endpoint, self.measurement)
    }
}

fn cache_name(outcome: proto::CacheOutcome) -> HeaderValue {
    HeaderValue::from_static(match outcome {
        proto::CacheOutcome::Hit => "HIT",
        proto::CacheOutcome::Miss => "MISS",
        proto::CacheOutcome::Revalidated => "REVALIDATED",
        proto::CacheOutcome::Stale => "STALE",
        proto::CacheOutcome::Bypass | proto::CacheOutcome::Unspecified => "BYPASS",
    })
}

/// The body that follows a head, and the trailers it announces as far as the endpoint lets them through.
fn source_of(endpoint: &Endpoint, head: &Head, rest: Incoming, headers: &mut HeaderMap) -> Option<Arc<Source>> {
    if !head.has_body && content_length(headers).is_some_and(|length| length > 0) {
        // A length without its body would make the third party take the next request for it.
        headers.remove(header::CONTENT_LENGTH);
    }
    if !head.has_body && head.upgrade.is_none() {
        return None;
    }
    let trailers: Vec<HeaderName> = announced(&head.headers)
        .filter(|name| endpoint.headers.passes_request(name))
        .collect();
    if !trailers.is_empty() {
        let names: Vec<&str> = trailers.iter().map(HeaderName::as_str).collect();
        if let Ok(value) = HeaderValue::try_from(names.join(", ")) {
            headers.insert(header::TRAILER, value);
        }
    }
    let limits = &endpoint.settings.options.limits;
    let idle = limits.idle_timeout.unwrap_or(Limits::DEFAULT_IDLE_TIMEOUT);
    Some(Source::new(rest, limits.max_request_bytes, idle, trailers))
}

/// The names in a `Trailer` header.
pub(super) fn announced(headers: &HeaderMap) -> impl Iterator<Item = HeaderName> {
    headers
        .get_all(header::TRAILER)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| HeaderName::try_from(name.trim()).ok())
}

fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// What a proxy says about itself, for endpoints that ask for it.
fn add_forwarded(headers: &mut HeaderMap, head: &Head) {
    let (scheme, host) = head
        .client_origin
        .split_once("://")
        .unwrap_or(("http", &head.client_origin));
    let default_port = if scheme == "https" { "443" } else { "80" };
    let port = host.rsplit_once(':').map_or(default_port, |(_, port)| port);
    let values = [
        ("x-forwarded-for", head.client_address.as_str()),
        ("x-forwarded-proto", scheme),
        ("x-forwarded-host", host),
        ("x-forwarded-port", port),
    ];
    for (name, value) in values {
        if let Ok(value) = HeaderValue::try_from(value)
            && !value.is_empty()
        {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}

/// How long a tunnel may take to stand once the third party has agreed to it.
pub(super) const UPGRADE_TIMEOUT: Duration = Duration::from_secs(5);
