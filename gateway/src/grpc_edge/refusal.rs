//! Errors of the layers around a call, as gRPC clients understand them.

use axum::{body::Body, response::Response};
use http::{HeaderMap, HeaderValue, header};
use tonic::Status;

use crate::error::ApiError;

const GRPC: &str = "application/grpc";

/// The content type of a gRPC or gRPC-Web request.
pub(crate) fn is_grpc(headers: &HeaderMap) -> bool {
    content_type(headers).is_some_and(|value| value.as_bytes().starts_with(GRPC.as_bytes()))
}

fn content_type(headers: &HeaderMap) -> Option<&HeaderValue> {
    headers.get(header::CONTENT_TYPE)
}

/// An answer of nothing but the status, to a request with these headers.
pub(crate) fn refuse(error: ApiError, request: &HeaderMap) -> Response {
    let mut response = Status::from(error).into_http::<Body>();
    if let Some(content_type) = content_type(request) {
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, content_type.clone());
    }
    response
}
