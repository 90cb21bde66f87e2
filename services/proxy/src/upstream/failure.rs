//! What goes wrong between a request and its answer, in words for the client that name neither target nor secret.

use std::{error::Error, io};

use bytes::Bytes;
use callboard_service_kit::error::ErrorCode;
use http::StatusCode;
use serde_json::json;

use super::dialer::DialError;

/// Why a request has no answer of the third party's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Nobody listens at the target.
    ConnectRefused,
    /// No connection for another reason.
    ConnectFailed,
    /// The target's name leads nowhere.
    NameNotFound,
    /// No trustworthy encryption.
    Tls,
    /// The target is in a network that the endpoint may not reach.
    PrivateAddress,
    /// The connection took too long.
    ConnectTimeout,
    /// The answer took too long.
    ResponseTimeout,
    /// The connection broke before the answer.
    ConnectionLost,
    /// What came is not HTTP.
    BadResponse,
    /// The target has failed too much lately.
    CircuitOpen,
    /// As many requests as the endpoint allows are under way.
    TooManyAtOnce,
    /// The user has sent as many requests as the endpoint allows.
    RateLimit,
    /// The request's body is larger than the endpoint allows.
    RequestTooLarge,
    /// The client stopped sending its body.
    RequestStalled,
    /// The client went away.
    ClientGone,
}

impl Failure {
    /// The stable name of the reason.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::ConnectRefused => "connect_refused",
            Self::ConnectFailed => "connect_failed",
            Self::NameNotFound => "name_not_found",
            Self::Tls => "tls",
            Self::PrivateAddress => "private_address",
            Self::ConnectTimeout => "connect_timeout",
            Self::ResponseTimeout => "response_timeout",
            Self::ConnectionLost => "connection_lost",
            Self::BadResponse => "bad_response",
            Self::CircuitOpen => "circuit_open",
            Self::TooManyAtOnce => "too_many_requests_at_once",
            Self::RateLimit => "rate_limit",
            Self::RequestTooLarge => "request_too_large",
            Self::RequestStalled => "request_stalled",
            Self::ClientGone => "client_gone",
        }
    }

    /// The HTTP status.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::ConnectRefused
            | Self::ConnectFailed
            | Self::NameNotFound
            | Self::Tls
            | Self::PrivateAddress
            | Self::ConnectionLost
            | Self::BadResponse => StatusCode::BAD_GATEWAY,
            Self::ConnectTimeout | Self::ResponseTimeout => StatusCode::GATEWAY_TIMEOUT,
            Self::CircuitOpen | Self::TooManyAtOnce => StatusCode::SERVICE_UNAVAILABLE,
            Self::RateLimit => StatusCode::TOO_MANY_REQUESTS,
            Self::RequestTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::RequestStalled | Self::ClientGone => StatusCode::REQUEST_TIMEOUT,
        }
    }

    const fn name(self) -> &'static str {
        match self.status() {
            StatusCode::BAD_GATEWAY => "BadGatewayError",
            StatusCode::GATEWAY_TIMEOUT => ErrorCode::DeadlineExceeded.name(),
            StatusCode::SERVICE_UNAVAILABLE => ErrorCode::ServiceUnavailableError.name(),
            StatusCode::TOO_MANY_REQUESTS => ErrorCode::TooManyRequestsError.name(),
            _ => ErrorCode::InputError.name(),
        }
    }

    const fn text(self) -> &'static str {
        match self {
            Self::ConnectRefused => "its target refuses connections",
            Self::ConnectFailed => "its target cannot be connected to",
            Self::NameNotFound => "the name of its target cannot be resolved",
            Self::Tls => "its target offers no TLS connection that can be trusted",
            Self::PrivateAddress => "its target is not on the public internet, and it may connect to nothing else",
            Self::ConnectTimeout => "its target does not take connections in time",
            Self::ResponseTimeout => "its target does not answer in time",
            Self::ConnectionLost => "its target closed the connection without an answer",
            Self::BadResponse => "its target does not answer in HTTP",
            Self::CircuitOpen => "its target has failed too often and is left alone for a moment",
            Self::TooManyAtOnce => "as many requests as it allows are under way",
            Self::RateLimit => "you have sent as many requests as it allows in a minute",
            Self::RequestTooLarge => "the request's body is larger than it allows",
            Self::RequestStalled => "the request's body stopped arriving",
            Self::ClientGone => "the client went away",
        }
    }

    /// Whether it says something about the third party.
    pub const fn is_upstreams_fault(self) -> bool {
        matches!(self.status(), StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT)
            && !matches!(self, Self::PrivateAddress)
    }

    /// Whether not a byte of the request has left, so that any request may be tried again.
    pub const fn is_before_the_request(self) -> bool {
        matches!(self, Self::ConnectRefused | Self::ConnectFailed | Self::ConnectTimeout)
    }

    /// The body that the client gets.
    pub fn body(self, route: &str, method: &str, path_and_query: &str) -> Bytes {
        let body = json!({
            "error": {
                "name": self.name(),
                "message": format!("The proxy endpoint {route} has no answer: {}", self.text()),
                "endpoint": route,
                "reason": self.reason(),
            },
            "request": { "method": method, "url": path_and_query },
            "response": { "statusCode": self.status().as_u16() },
        });
        Bytes::from(body.to_string())
    }
}

/// What became of a request body that cannot be sent to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the request body ended early: {}", .0.reason())]
pub struct BodyFailure(pub Failure);

/// Finds the reason of a client error among its causes.
pub fn classify(error: &hyper_util::client::legacy::Error) -> Failure {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(current) = cause {
        if let Some(failure) = of_cause(current) {
            return failure;
        }
        cause = current.source();
    }
    if error.is_connect() {
        Failure::ConnectFailed
    } else {
        Failure::ConnectionLost
    }
}

fn of_cause(cause: &(dyn Error + 'static)) -> Option<Failure> {
    if let Some(BodyFailure(failure)) = cause.downcast_ref() {
        return Some(*failure);
    }
    if let Some(error) = cause.downcast_ref::<DialError>() {
        return match error {
            DialError::NameNotFound(_) => Some(Failure::NameNotFound),
            DialError::PrivateAddress(_) => Some(Failure::PrivateAddress),
            DialError::Timeout(_) => Some(Failure::ConnectTimeout),
            // Its own causes say more.
            DialError::Other(inner) => of_chain(inner.as_ref()),
        };
    }
    if cause.is::<rustls::Error>() {
        return Some(Failure::Tls);
    }
    if let Some(error) = cause.downcast_ref::<hyper::Error>() {
        return error.is_parse().then_some(Failure::BadResponse);
    }
    let error = cause.downcast_ref::<io::Error>()?;
    // The payload of an I/O error is not among its sources.
    if let Some(inner) = error.get_ref()
        && let Some(failure) = of_cause(inner)
    {
        return Some(failure);
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Some(Failure::ConnectRefused),
        io::ErrorKind::TimedOut => Some(Failure::ConnectTimeout),
        _ => None,
    }
}

fn of_chain(error: &(dyn Error + 'static)) -> Option<Failure> {
    let mut cause = Some(error);
    while let Some(current) = cause {
        if let Some(failure) = of_cause(current) {
            return Some(failure);
        }
        cause = current.source();
    }
    None
}
