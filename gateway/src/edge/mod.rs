//! The outermost layer: what happens to every request and every response, whoever answers it.

pub(crate) mod access_log;
pub(crate) mod client_address;
pub(crate) mod cors;
pub(crate) mod error_body;
pub(crate) mod rate_limit;
pub(crate) mod request_id;
pub(crate) mod security_headers;
pub(crate) mod tls;

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use callboard_service_kit::{error::ErrorCode, telemetry::propagation};
use futures::FutureExt;
use http::{HeaderMap, HeaderName, Method, StatusCode, header};
use tracing::Instrument;

use self::{access_log::Exchange, client_address::ClientAddress, request_id::REQUEST_ID};
use crate::{
    error::ApiError,
    gateway::Gateway,
    grpc_edge,
    http::{conditional, extended_connect, normalise_path::original_uri},
    proxy,
};

/// Where callers say which trace a request belongs to.
const TRACE_PARENT: HeaderName = HeaderName::from_static("traceparent");

/// Answers within the time limit whatever happens inside, writes error bodies, adds the headers of every response and logs
/// the request.
pub(crate) async fn handle(State(gateway): State<Gateway>, mut request: Request, next: Next) -> Response {
    let request_id = request_id::assign(request.headers());
    let uri = original_uri(&request);
    let method = request.method().clone();
    let is_passed_on = proxy::is_passed_on(request.uri().path());
    let exchange = Arc::new(Exchange::start(&request, request_id.clone()));
    let conditions = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .map(|_| request.headers().clone());
    let grpc = grpc_edge::is_grpc(request.headers()).then(|| request.headers().clone());
    let cors = gateway.config().cors.as_ref();
    let origin = cors.and_then(|cors| cors::allowed_origin(cors, request.headers()));
    request.extensions_mut().insert(exchange.clone());
    let trust = gateway.config().trust_proxy;
    if let Some(address) = ClientAddress::find(trust, request.extensions(), request.headers()) {
        request.extensions_mut().insert(address);
    }

    let preflight = cors.and_then(|cors| cors::preflight(cors, &request, origin.as_ref()));
    let mut response = if let Some(response) = preflight {
        response
    } else {
        // Calls have deadlines of their own, and what is passed on has the time that its endpoint gives it.
        let is_limited = grpc.is_none() && !is_passed_on;
        let time_limit = is_limited.then_some(gateway.config().limits.request_timeout);
        answer(time_limit, &exchange, request, next).await
    };
    if let Some(error) = response.extensions_mut().remove::<ApiError>() {
        let headers = std::mem::take(response.headers_mut());
        response = match &grpc {
            Some(headers) => grpc_edge::refuse(error, headers),
            None => error_body::render(&error, &method, &uri, exchange.request_id()),
        };
        // When to try again, say.
        response.headers_mut().extend(headers);
    }
    // The answers of third parties are theirs.
    if let Some(conditions) = conditions
        && !is_passed_on
    {
        drop_unchanged_body(&method, &conditions, &mut response);
    }
    let headers = response.headers_mut();
    gateway.security_headers().apply(headers);
    if let Some(cors) = cors {
        cors::apply(cors, origin, headers);
    }
    headers.insert(REQUEST_ID, request_id);
    exchange.log(&method, &uri, &response);
    response
}

/// Runs the inner layers under a span of the caller's trace; a panic is one failed request, and silence is one too.
async fn answer(time_limit: Option<Duration>, exchange: &Exchange, request: Request, next: Next) -> Response {
    let route = exchange.route().unwrap_or("unmatched");
    let span = tracing::info_span!(
        "request",
        otel.name = route,
        otel.kind = "server",
        request_id = exchange.request_id()
    );
    if request.headers().contains_key(TRACE_PARENT) {
        propagation::adopt(&span, request.headers());
    }
    let inner = AssertUnwindSafe(extended_connect::run(request, next).instrument(span)).catch_unwind();
    let inner = async {
        match time_limit {
            Some(time_limit) => tokio::time::timeout(time_limit, inner).await,
            None => Ok(inner.await),
        }
    };
    match inner.await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => ApiError::internal("the handler panicked").into_response(),
        Err(_) => ApiError::new(ErrorCode::DeadlineExceeded, "The request took too long").into_response(),
    }
}

/// Turns a response that the client holds already into a 304.
fn drop_unchanged_body(method: &Method, conditions: &HeaderMap, response: &mut Response) {
    let is_read = method == Method::GET || method == Method::HEAD;
    let is_fresh = is_read
        && response.status() == StatusCode::OK
        && response
            .headers()
            .get(header::ETAG)
            .is_some_and(|etag| conditional::is_fresh(conditions, etag));
    if is_fresh {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
        response.headers_mut().remove(header::CONTENT_LENGTH);
        response.headers_mut().remove(header::CONTENT_TYPE);
        response.headers_mut().remove(header::CONTENT_ENCODING);
    }
}
