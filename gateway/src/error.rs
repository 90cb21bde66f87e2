//! What a request can end in other than success.

use std::fmt;

use axum::response::{IntoResponse, Response};
use callboard_service_kit::error::{ErrorCode, ServiceError};
use http::StatusCode;

use crate::{
    auth::tokens::{signing_keys::KeyError, user_tokens::IssueError},
    edge::request_id::random_id,
};

/// A failed request: one of upstream's error names, and a message for the caller.
///
/// It travels as an extension of an empty response to the edge, which alone knows the request and writes the body.
#[derive(Clone, Debug)]
pub(crate) struct ApiError {
    code: ErrorCode,
    message: String,
    // In place of the code's own, for the few statuses that have no code.
    special: Option<(StatusCode, &'static str)>,
    // Under which a service, or the database layer, logged the cause already.
    error_id: Option<String>,
}

impl ApiError {
    /// An error of the caller's making or of the gateway's.
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            special: None,
            error_id: None,
        }
    }

    /// A client's error of a status that services do not know.
    pub(crate) fn of_status(status: StatusCode, name: &'static str, message: impl Into<String>) -> Self {
        Self {
            special: Some((status, name)),
            ..Self::new(ErrorCode::InputError, message)
        }
    }

    /// 400: the request does not make sense.
    pub(crate) fn input(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InputError, message)
    }

    /// 401: the caller did not say, or not credibly, who they are.
    pub(crate) fn authentication(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::AuthenticationError, message)
    }

    /// 403: the caller may not do this.
    pub(crate) fn not_allowed(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::NotAllowedError, message)
    }

    /// 404: there is no such thing.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::NotFoundError, message)
    }

    /// 503: something that is needed is away.
    pub(crate) fn unavailable(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ServiceUnavailableError, message)
    }

    /// 500: the caller sees a fixed text, the log what happened.
    pub(crate) fn internal(cause: impl fmt::Display) -> Self {
        Self::new(ErrorCode::InternalError, cause.to_string())
    }

    /// The error as a page may show it: what happened inside is logged here, and stays here.
    pub(crate) fn for_people(self) -> Self {
        if self.code != ErrorCode::InternalError {
            return self;
        }
        let error_id = self.error_id.unwrap_or_else(|| {
            let error_id = random_id(10);
            tracing::error!(error_id, error = self.message, "a request failed");
            error_id
        });
        Self {
            message: format!("An internal error occurred logId={error_id}"),
            error_id: Some(error_id),
            ..self
        }
    }

    /// The text for the caller, or for the log where the status is 500.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// The text for the caller, where no error id can be given.
    pub(crate) fn public_message(&self) -> &str {
        match self.code {
            ErrorCode::InternalError => "An internal error occurred",
            _ => &self.message,
        }
    }

    /// Whether trying again later may help.
    pub(crate) fn is_unavailable(&self) -> bool {
        self.code == ErrorCode::ServiceUnavailableError
    }

    /// Upstream's name of it.
    pub(crate) fn name(&self) -> &'static str {
        self.special.map_or(self.code.name(), |(_, name)| name)
    }

    /// The HTTP status it is answered with.
    pub(crate) fn status(&self) -> StatusCode {
        self.special.map_or(self.code.http_status(), |(status, _)| status)
    }

    /// The id under which the cause is in a log already.
    pub(crate) fn error_id(&self) -> Option<&str> {
        self.error_id.as_deref()
    }
}

impl From<ServiceError> for ApiError {
    fn from(mut error: ServiceError) -> Self {
        Self {
            code: error.code,
            message: error.message,
            special: None,
            error_id: error.metadata.remove("errorId"),
        }
    }
}

impl From<tonic::Status> for ApiError {
    fn from(status: tonic::Status) -> Self {
        let error = ServiceError::from_status(&status);
        // What a transport says about a service that is away names addresses, and means nothing to the caller.
        if error.code == ErrorCode::ServiceUnavailableError && status.details().is_empty() {
            tracing::warn!(error = status.message(), "a service does not answer");
            return Self::new(error.code, "The service is not available at the moment");
        }
        error.into()
    }
}

impl From<ApiError> for tonic::Status {
    fn from(error: ApiError) -> Self {
        match (error.code, error.error_id) {
            // Logged here, under an id that the caller gets.
            (ErrorCode::InternalError, None) => ServiceError::internal(&error.message).into(),
            (ErrorCode::InternalError, Some(error_id)) => ServiceError::new(error.code, "An internal error occurred")
                .with("errorId", error_id)
                .into(),
            (code, _) => ServiceError::new(code, error.message).into(),
        }
    }
}

impl From<sqlx::Error> for ApiError {
    fn from(error: sqlx::Error) -> Self {
        ServiceError::from(error).into()
    }
}

impl From<KeyError> for ApiError {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Database(error) => error.into(),
            KeyError::Unusable => Self::internal(error),
        }
    }
}

impl From<IssueError> for ApiError {
    fn from(error: IssueError) -> Self {
        match error {
            IssueError::Key(error) => error.into(),
            IssueError::Signing(error) => Self::internal(error),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
