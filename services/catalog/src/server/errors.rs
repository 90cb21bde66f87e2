//! From what can go wrong here to what a caller is told.

#![expect(clippy::needless_pass_by_value, reason = "these are handed to `map_err`")]

use callboard_catalog_index::QueryError;
use callboard_catalog_model::EntityError;
use callboard_service_kit::error::{ErrorCode, ServiceError};
use tonic::Status;

use crate::{feed::Behind, ingest::IngestError};

pub(super) fn invalid(message: impl Into<String>) -> Status {
    ServiceError::new(ErrorCode::InputError, message).into()
}

pub(super) fn not_found(message: impl Into<String>) -> Status {
    ServiceError::new(ErrorCode::NotFoundError, message).into()
}

pub(super) fn conflict(message: impl Into<String>) -> Status {
    ServiceError::new(ErrorCode::ConflictError, message).into()
}

pub(super) fn not_allowed(message: impl Into<String>) -> Status {
    ServiceError::new(ErrorCode::NotAllowedError, message).into()
}

pub(super) fn unavailable(message: impl Into<String>) -> Status {
    ServiceError::new(ErrorCode::ServiceUnavailableError, message).into()
}

pub(super) fn internal(error: &(dyn std::fmt::Display + Send + Sync)) -> Status {
    ServiceError::internal(error).into()
}

pub(super) fn behind(error: Behind) -> Status {
    unavailable(error.to_string())
}

pub(super) fn query(error: QueryError) -> Status {
    invalid(error.to_string())
}

pub(super) fn database(error: sqlx::Error) -> Status {
    ServiceError::from(error).into()
}

/// An error of an entity, when it is the caller's: name and message are Backstage's own.
pub(super) fn entity(error: &EntityError) -> Status {
    let code = match error.name.as_str() {
        "NotFoundError" => ErrorCode::NotFoundError,
        "NotAllowedError" => ErrorCode::NotAllowedError,
        "ConflictError" => ErrorCode::ConflictError,
        _ => ErrorCode::InputError,
    };
    let message = match &error.cause {
        Some(_) => full_message(error),
        None => error.message.clone(),
    };
    ServiceError::new(code, message).into()
}

fn full_message(error: &EntityError) -> String {
    // Display is `Name: message`; the name travels apart.
    let shown = error.to_string();
    shown
        .strip_prefix(&format!("{}: ", error.name))
        .map_or(shown.clone(), str::to_owned)
}

pub(super) fn ingest(error: IngestError) -> Status {
    match error {
        IngestError::Database(error) => database(error),
        IngestError::Entity(error) => entity(&error),
        IngestError::Task(_) | IngestError::Stored(_) | IngestError::Composed(_) => {
            ServiceError::internal(&error).into()
        }
    }
}
