//! A WebSocket over HTTP/2 (RFC 8441): a browser opens it inside a connection that it has already.
//!
//! Such a request is a `CONNECT` with a `:protocol`. Within the gateway it looks as it does over HTTP/1.1, `GET` with `Upgrade`, so
//! that routes, credentials and third parties know one kind of WebSocket only; and the answer is turned back.

use std::{
    convert::Infallible,
    task::{Context, Poll},
};

use axum::{body::Body, response::Response};
use base64::{Engine, engine::general_purpose::STANDARD};
use futures::{
    FutureExt,
    future::{BoxFuture, Either, ready},
};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Version, header};
use hyper::ext::Protocol;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use tower::Service;

const WEBSOCKET: &str = "websocket";
/// What a server mixes into a client's key (RFC 6455, section 1.3).
const ACCEPT_GUID: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// Wraps an application that knows the WebSocket over HTTP/1.1 only.
#[derive(Clone, Debug)]
pub(crate) struct ExtendedConnect<S> {
    inner: S,
}

impl<S> ExtendedConnect<S> {
    pub(crate) fn new(inner: S) -> Self {
        Self { inner }
    }
}

impl<S> Service<Request<Body>> for ExtendedConnect<S>
where
    S: Service<Request<Body>, Response = Response, Error = Infallible, Future: Send + 'static>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Either<S::Future, BoxFuture<'static, Result<Response, Infallible>>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let Some(protocol) = request.extensions_mut().remove::<Protocol>() else {
            return Either::Left(self.inner.call(request));
        };
        if protocol.as_str() != WEBSOCKET {
            return Either::Right(ready(Ok(refused(StatusCode::NOT_IMPLEMENTED))).boxed());
        }
        let key = STANDARD.encode(rand::random::<[u8; 16]>());
        to_upgrade(&mut request, &key);
        let answer = self.inner.call(request);
        Either::Right(async move { Ok(from_upgrade(answer.await?, &key)) }.boxed())
    }
}

/// Makes a request of HTTP/1.1 of it.
fn to_upgrade(request: &mut Request<Body>, key: &str) {
    *request.method_mut() = Method::GET;
    *request.version_mut() = Version::HTTP_11;
    let host = request
        .uri()
        .authority()
        .map(|host| HeaderValue::try_from(host.as_str()));
    let headers = request.headers_mut();
    if let Some(Ok(host)) = host {
        headers.insert(header::HOST, host);
    }
    headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static(WEBSOCKET));
    if let Ok(key) = HeaderValue::try_from(key) {
        headers.insert(header::SEC_WEBSOCKET_KEY, key);
    }
}

/// Makes an answer of HTTP/2 of it. A server that cannot derive the key is no WebSocket's; over HTTP/1.1 the browser would see to that.
fn from_upgrade(mut answer: Response, key: &str) -> Response {
    if answer.status() != StatusCode::SWITCHING_PROTOCOLS {
        return answer;
    }
    if !is_accepted(answer.headers(), key) {
        return refused(StatusCode::BAD_GATEWAY);
    }
    *answer.status_mut() = StatusCode::OK;
    for name in [header::CONNECTION, header::UPGRADE, header::SEC_WEBSOCKET_ACCEPT] {
        answer.headers_mut().remove(name);
    }
    answer
}

fn is_accepted(headers: &HeaderMap, key: &str) -> bool {
    let derived = digest(&SHA1_FOR_LEGACY_USE_ONLY, format!("{key}{ACCEPT_GUID}").as_bytes());
    headers
        .get(header::SEC_WEBSOCKET_ACCEPT)
        .is_some_and(|accept| accept.as_bytes() == STANDARD.encode(derived).as_bytes())
}

fn refused(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derives_the_key_of_the_specification() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::SEC_WEBSOCKET_ACCEPT,
            HeaderValue::from_static("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
        );
        assert!(is_accepted(&headers, "dGhlIHNhbXBsZSBub25jZQ=="));
        assert!(!is_accepted(&headers, "another"));
        assert!(!is_accepted(&HeaderMap::new(), "dGhlIHNhbXBsZSBub25jZQ=="));
    }
}
