//! Conflicts that gRPC tells apart: REST answers all of them with 409.

use callboard_service_kit::error::{ErrorCode, ServiceError};
use tonic::{Code, Status};

/// The endpoint is one of the configuration.
pub(super) fn read_only(route: &str) -> Status {
    with_code(
        Code::FailedPrecondition,
        format!("The endpoint {route} is part of the configuration and can only be changed there"),
    )
}

/// Somebody else was faster.
pub(super) fn changed_meanwhile() -> Status {
    with_code(Code::Aborted, "The endpoint was changed since it was read".to_owned())
}

/// The route belongs to another endpoint.
pub(super) fn route_taken(route: &str) -> Status {
    ServiceError::conflict(format!("There is an endpoint at {route} already")).into()
}

fn with_code(code: Code, message: String) -> Status {
    let status = Status::from(ServiceError::new(ErrorCode::ConflictError, message));
    Status::with_details(code, status.message(), bytes::Bytes::copy_from_slice(status.details()))
}
