//! A WebSocket over HTTP/2 (RFC 8441): a browser opens it inside a connection that it has already.
//!
//! Such a request is a `CONNECT` with a `:protocol`. Within the gateway it looks as it does over HTTP/1.1, `GET` with `Upgrade`, so
//! that routes, credentials and third parties know one kind of WebSocket only; and the answer is turned back.

use std::{
    convert::Infallible,
    task::{Context, Poll},
};

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use callboard_service_kit::error::ErrorCode;
use futures::{
    FutureExt,
    future::{BoxFuture, Either},
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Version, header};
use hyper::ext::Protocol;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use tower::Service;

use crate::error::ApiError;

const WEBSOCKET: &str = "websocket";
/// What a server mixes into a client's key (RFC 6455, section 1.3).
const ACCEPT_GUID: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// Wraps an application that knows the WebSocket over HTTP/1.1 only.
#[derive(Clone, Debug)]
pub(crate) struct ExtendedConnect<S> {
    inner: S,
}

/// The key of a request that was made one of HTTP/1.1.
#[derive(Clone)]
struct Key(String);

impl<S> ExtendedConnect<S> {
    pub(crate) fn new(inner: S) -> Self {
        Self { inner }
    }
}

impl<S> Service<Request> for ExtendedConnect<S>
where
    S: Service<Request, Response = Response, Error = Infallible, Future: Send + 'static>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Either<S::Future, BoxFuture<'static, Result<Response, Infallible>>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        let is_web_socket = protocol(&request) == Some(WEBSOCKET);
        if !is_web_socket {
            return Either::Left(self.inner.call(request));
        }
        to_upgrade(&mut request);
        let answer = self.inner.call(request);
        Either::Right(async move { Ok(from_upgrade(answer.await?)) }.boxed())
    }
}

/// Refuses the protocols that are none of ours, and sockets of servers that cannot derive the key and so are no WebSocket's: over
/// HTTP/1.1 the browser sees to that.
pub(crate) async fn run(request: Request, next: Next) -> Response {
    if let Some(protocol) = protocol(&request) {
        let message = format!("The protocol {protocol:?} is not known, only {WEBSOCKET:?} is");
        return ApiError::new(ErrorCode::NotImplementedError, message).into_response();
    }
    let key = request.extensions().get::<Key>().cloned();
    let answer = next.run(request).await;
    match key {
        Some(key) if answer.status() == StatusCode::SWITCHING_PROTOCOLS && !is_accepted(answer.headers(), &key) => {
            let message = "The third party answered without having read the key of the WebSocket";
            ApiError::of_status(StatusCode::BAD_GATEWAY, "BadGatewayError", message).into_response()
        }
        _ => answer,
    }
}

/// What an extended `CONNECT` asks for.
fn protocol(request: &Request) -> Option<&str> {
    request.extensions().get::<Protocol>().map(Protocol::as_str)
}

/// Makes a request of HTTP/1.1 of it.
fn to_upgrade(request: &mut Request) {
    *request.method_mut() = Method::GET;
    *request.version_mut() = Version::HTTP_11;
    request.extensions_mut().remove::<Protocol>();
    let host = request
        .uri()
        .authority()
        .map(|host| HeaderValue::try_from(host.as_str()));
    let key = STANDARD.encode(rand::random::<[u8; 16]>());
    let headers = request.headers_mut();
    if let Some(Ok(host)) = host {
        headers.insert(header::HOST, host);
    }
    headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static(WEBSOCKET));
    if let Ok(key) = HeaderValue::try_from(&key) {
        headers.insert(header::SEC_WEBSOCKET_KEY, key);
    }
    request.extensions_mut().insert(Key(key));
}

/// Makes an answer of HTTP/2 of it.
fn from_upgrade(mut answer: Response) -> Response {
    if answer.status() == StatusCode::SWITCHING_PROTOCOLS {
        *answer.status_mut() = StatusCode::OK;
        for name in [header::CONNECTION, header::UPGRADE, header::SEC_WEBSOCKET_ACCEPT] {
            answer.headers_mut().remove(name);
        }
    }
    answer
}

fn is_accepted(headers: &HeaderMap, Key(key): &Key) -> bool {
    let derived = digest(&SHA1_FOR_LEGACY_USE_ONLY, format!("{key}{ACCEPT_GUID}").as_bytes());
    headers
        .get(header::SEC_WEBSOCKET_ACCEPT)
        .is_some_and(|accept| accept.as_bytes() == STANDARD.encode(derived).as_bytes())
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
        let key = Key("dGhlIHNhbXBsZSBub25jZQ==".to_owned());
        assert!(is_accepted(&headers, &key));
        assert!(!is_accepted(&headers, &Key("another".to_owned())));
        assert!(!is_accepted(&HeaderMap::new(), &key));
    }
}
