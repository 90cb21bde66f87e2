//! What goes back to the caller.

use std::sync::Arc;

use bytes::Bytes;
use callboard_proto::proxy::v1 as proto;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::sync::OwnedSemaphorePermit;

use super::{
    attempt::Sent,
    exchange::{UPGRADE_TIMEOUT, announced},
    head::Head,
    request_body::Source,
    tunnel::Tunnel,
};
use crate::{
    cache::Recording,
    endpoint::{Endpoint, settings::Limits},
    upstream::failure::Failure,
};

/// An answer, its body yet to come.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) interim: Vec<(StatusCode, HeaderMap)>,
    pub(super) body: AnswerBody,
    pub(super) cache_outcome: proto::CacheOutcome,
    pub(super) recording: Option<Recording>,
    pub(super) place: Option<OwnedSemaphorePermit>,
}

/// Where the body of an answer comes from.
pub(super) enum AnswerBody {
    /// It is here already.
    Whole(Bytes),
    /// From the third party; silent for at most so long, where there is a limit.
    Streamed {
        incoming: Incoming,
        idle: std::time::Duration,
    },
    /// A connection that has become something else.
    Tunnel(Tunnel),
}

impl Answer {
    /// An answer whose body is known.
    pub(super) fn whole(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self {
            status,
            headers,
            interim: Vec::new(),
            body: AnswerBody::Whole(body),
            cache_outcome: proto::CacheOutcome::Bypass,
            recording: None,
            place: None,
        }
    }

    /// The answer that says what went wrong.
    pub(super) fn failure(failure: Failure, route: &str, head: &Head) -> Self {
        let body = failure.body(route, head.method.as_str(), &head.path_and_query);
        let mut headers = HeaderMap::new();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json; charset=utf-8"),
        );
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if failure.status() == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        Self::whole(failure.status(), headers, body)
    }
}

/// The answer of a third party, its headers filtered.
pub(super) async fn of_third_party(
    sent: Sent,
    endpoint: &Arc<Endpoint>,
    source: Option<Arc<Source>>,
    upgrade: Option<&HeaderValue>,
) -> Result<Answer, Failure> {
    let Sent {
        response,
        interim,
        place,
    } = sent;
    let status = response.status();
    let is_tunnel = status == StatusCode::SWITCHING_PROTOCOLS;
    // Nobody asked for another protocol, or the third party chose one that nobody asked for.
    if is_tunnel && !agrees(response.headers(), upgrade) {
        return Err(Failure::BadResponse);
    }
    let mut headers = endpoint.headers.response(response.headers(), is_tunnel);
    keep_announcement(endpoint, response.headers(), &mut headers);
    let body = match (is_tunnel, source) {
        (true, Some(source)) => {
            let idle = endpoint.settings.options.limits.idle_timeout.unwrap_or_default();
            let opening = Tunnel::open(response, source, idle);
            let opened = tokio::time::timeout(UPGRADE_TIMEOUT, opening).await;
            AnswerBody::Tunnel(opened.map_err(|_| Failure::ResponseTimeout)??)
        }
        (true, None) => return Err(Failure::BadResponse),
        (false, _) => AnswerBody::Streamed {
            idle: idle_of(&endpoint.settings.options.limits, response.headers()),
            incoming: response.into_body(),
        },
    };
    Ok(Answer {
        status,
        headers,
        interim,
        body,
        cache_outcome: proto::CacheOutcome::Bypass,
        recording: None,
        place: Some(place),
    })
}

/// Reads an answer to its end for nobody but the cache.
pub(super) async fn record_all(sent: Sent, mut recording: Recording) {
    let mut body = sent.response.into_body();
    while let Some(frame) = body.frame().await {
        match frame.map(hyper::body::Frame::into_data) {
            Ok(Ok(part)) => recording.push(&part),
            Ok(Err(_)) => {}
            Err(_) => return,
        }
    }
    recording.finish().await;
}

/// Event streams are silent by nature, so that only a limit of their own counts for them.
fn idle_of(limits: &Limits, headers: &HeaderMap) -> std::time::Duration {
    let is_event_stream = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"text/event-stream"));
    match limits.idle_timeout {
        Some(idle) => idle,
        None if is_event_stream => std::time::Duration::ZERO,
        None => Limits::DEFAULT_IDLE_TIMEOUT,
    }
}

fn agrees(headers: &HeaderMap, upgrade: Option<&HeaderValue>) -> bool {
    let chosen = headers
        .get(header::UPGRADE)
        .map(|value| value.as_bytes().to_ascii_lowercase());
    let asked = upgrade.map(|value| value.as_bytes().to_ascii_lowercase());
    chosen.is_some() && chosen == asked
}

/// Trailers are announced as far as they will pass.
fn keep_announcement(endpoint: &Endpoint, received: &HeaderMap, headers: &mut HeaderMap) {
    let names: Vec<HeaderName> = announced(received)
        .filter(|name| endpoint.headers.passes_response(name))
        .collect();
    let names: Vec<&str> = names.iter().map(HeaderName::as_str).collect();
    if !names.is_empty()
        && let Ok(value) = HeaderValue::try_from(names.join(", "))
    {
        headers.insert(header::TRAILER, value);
    }
}
