//! Errors of this API: a status and bare text.

use axum::response::{IntoResponse, Response};
use http::StatusCode;

use crate::error::ApiError;

/// A failed request.
#[derive(Debug)]
pub(crate) struct PlainError {
    status: StatusCode,
    message: String,
}

impl PlainError {
    pub(super) fn input(message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            message: message.into(),
        }
    }

    pub(super) fn too_large(message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::PAYLOAD_TOO_LARGE,
            message: message.into(),
        }
    }

    /// The same with another text where nothing was found.
    pub(super) fn or_not_found(error: ApiError, message: impl FnOnce() -> String) -> Self {
        let mut plain = Self::from(error);
        if plain.status == StatusCode::NOT_FOUND {
            plain.message = message();
        }
        plain
    }
}

impl From<ApiError> for PlainError {
    fn from(error: ApiError) -> Self {
        if error.status() == StatusCode::INTERNAL_SERVER_ERROR && error.error_id().is_none() {
            tracing::error!(error = error.message(), "a request failed");
        }
        let id = error.error_id().map(|id| format!(" logId={id}")).unwrap_or_default();
        Self {
            status: error.status(),
            message: format!("{}{id}", error.public_message()),
        }
    }
}

impl IntoResponse for PlainError {
    fn into_response(self) -> Response {
        // Text, and `nosniff` is on every response: what a message repeats of the request is never taken for a page.
        (self.status, self.message).into_response()
    }
}
