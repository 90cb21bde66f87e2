//! Responses made from bytes.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

use super::conditional::weak_etag;
use crate::{error::ApiError, response_cache::ComputedAt};

/// The content type of every JSON response.
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");

/// A JSON document, already serialised.
pub(crate) fn json_bytes(status: StatusCode, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, JSON);
    response
}

/// A value as JSON.
pub(crate) fn json(status: StatusCode, value: &impl Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => json_bytes(status, body),
        Err(error) => ApiError::internal(error).into_response(),
    }
}

/// A value as JSON with a weak tag, so that an unchanged answer need not be sent again.
pub(crate) fn tagged_json(value: &impl Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => tagged(Bytes::from(body)),
        Err(error) => ApiError::internal(error).into_response(),
    }
}

/// A JSON document that was computed at a revision of the catalog: it carries a weak tag and may be cached until the
/// revision changes.
pub(crate) fn json_at_revision(body: Bytes, revision: i64) -> Response {
    let mut response = tagged(body);
    response.extensions_mut().insert(ComputedAt(revision));
    response
}

/// A success without a body.
pub(crate) fn empty(status: StatusCode) -> Response {
    status.into_response()
}

fn tagged(body: Bytes) -> Response {
    let etag = weak_etag(&body);
    let mut response = json_bytes(StatusCode::OK, body);
    response.headers_mut().insert(header::ETAG, etag);
    response
}
