//! The one vocabulary of errors that all units share.
//!
//! A domain module has its own error enum; at the edge of the unit it becomes a [`ServiceError`], which travels over
//! gRPC as a status with a `google.rpc.ErrorInfo` and is turned into Backstage's JSON body by the gateway alone.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
};

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};

const DOMAIN: &str = "callboard";

/// What kind of failure it is. Each has a stable name, a gRPC code and an HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// The request is malformed or breaks a rule.
    InputError,
    /// The caller is not known.
    AuthenticationError,
    /// The caller may not do this.
    NotAllowedError,
    /// The thing does not exist.
    NotFoundError,
    /// The thing exists already, or was changed meanwhile.
    ConflictError,
    /// The caller has the current version.
    NotModifiedError,
    /// This unit does not do that.
    NotImplementedError,
    /// A limit was reached; slow down.
    TooManyRequestsError,
    /// Something this unit depends on is away; try again later.
    ServiceUnavailableError,
    /// The caller's time ran out.
    DeadlineExceeded,
    /// A fault of ours. The cause is in the log under the error id.
    InternalError,
}

impl ErrorCode {
    const ALL: [Self; 11] = [
        Self::InputError,
        Self::AuthenticationError,
        Self::NotAllowedError,
        Self::NotFoundError,
        Self::ConflictError,
        Self::NotModifiedError,
        Self::NotImplementedError,
        Self::TooManyRequestsError,
        Self::ServiceUnavailableError,
        Self::DeadlineExceeded,
        Self::InternalError,
    ];

    /// The stable name: the reason in gRPC details and the `error.name` of a JSON body.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InputError => "InputError",
            Self::AuthenticationError => "AuthenticationError",
            Self::NotAllowedError => "NotAllowedError",
            Self::NotFoundError => "NotFoundError",
            Self::ConflictError => "ConflictError",
            Self::NotModifiedError => "NotModifiedError",
            Self::NotImplementedError => "NotImplementedError",
            Self::TooManyRequestsError => "TooManyRequestsError",
            Self::ServiceUnavailableError => "ServiceUnavailableError",
            Self::DeadlineExceeded => "DeadlineExceeded",
            Self::InternalError => "InternalError",
        }
    }

    /// The code with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.name() == name)
    }

    /// The gRPC status code.
    pub const fn grpc_code(self) -> Code {
        match self {
            Self::InputError => Code::InvalidArgument,
            Self::AuthenticationError => Code::Unauthenticated,
            Self::NotAllowedError => Code::PermissionDenied,
            Self::NotFoundError => Code::NotFound,
            Self::ConflictError => Code::AlreadyExists,
            Self::NotModifiedError => Code::FailedPrecondition,
            Self::NotImplementedError => Code::Unimplemented,
            Self::TooManyRequestsError => Code::ResourceExhausted,
            Self::ServiceUnavailableError => Code::Unavailable,
            Self::DeadlineExceeded => Code::DeadlineExceeded,
            Self::InternalError => Code::Internal,
        }
    }

    /// The HTTP status.
    pub const fn http_status(self) -> http::StatusCode {
        use http::StatusCode;
        match self {
            Self::InputError => StatusCode::BAD_REQUEST,
            Self::AuthenticationError => StatusCode::UNAUTHORIZED,
            Self::NotAllowedError => StatusCode::FORBIDDEN,
            Self::NotFoundError => StatusCode::NOT_FOUND,
            Self::ConflictError => StatusCode::CONFLICT,
            Self::NotModifiedError => StatusCode::NOT_MODIFIED,
            Self::NotImplementedError => StatusCode::NOT_IMPLEMENTED,
            Self::TooManyRequestsError => StatusCode::TOO_MANY_REQUESTS,
            Self::ServiceUnavailableError => StatusCode::SERVICE_UNAVAILABLE,
            Self::DeadlineExceeded => StatusCode::GATEWAY_TIMEOUT,
            Self::InternalError => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The nearest code for a status that says nothing more than its gRPC code.
    const fn from_grpc(code: Code) -> Self {
        match code {
            Code::InvalidArgument | Code::OutOfRange => Self::InputError,
            Code::Unauthenticated => Self::AuthenticationError,
            Code::PermissionDenied => Self::NotAllowedError,
            Code::NotFound => Self::NotFoundError,
            Code::AlreadyExists | Code::Aborted | Code::FailedPrecondition => Self::ConflictError,
            Code::Unimplemented => Self::NotImplementedError,
            Code::ResourceExhausted => Self::TooManyRequestsError,
            Code::Unavailable => Self::ServiceUnavailableError,
            Code::DeadlineExceeded | Code::Cancelled => Self::DeadlineExceeded,
            Code::Ok | Code::Unknown | Code::Internal | Code::DataLoss => Self::InternalError,
        }
    }
}

/// A failure as its caller sees it: never with an internal message of a database or a library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceError {
    /// What kind of failure it is.
    pub code: ErrorCode,
    /// What happened, for the caller.
    pub message: String,
    /// More about it, for programs: an `errorId`, a field, a reference.
    pub metadata: BTreeMap<String, String>,
}

impl ServiceError {
    /// A failure with a message for the caller.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            metadata: BTreeMap::new(),
        }
    }

    /// The request is malformed or breaks a rule.
    pub fn input(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InputError, message)
    }

    /// The thing does not exist.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::NotFoundError, message)
    }

    /// The thing exists already, or was changed meanwhile.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ConflictError, message)
    }

    /// The caller may not do this.
    pub fn not_allowed(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::NotAllowedError, message)
    }

    /// Something this unit depends on is away.
    pub fn unavailable(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ServiceUnavailableError, message)
    }

    /// A fault of ours: the cause goes to the log, once, under an error id that the caller gets instead of it.
    pub fn internal(cause: &(dyn fmt::Display + Send + Sync)) -> Self {
        let error_id = uuid::Uuid::new_v4().to_string();
        tracing::error!(error_id, cause = %cause, "internal error");
        Self::new(ErrorCode::InternalError, "An internal error occurred").with("errorId", error_id)
    }

    /// Adds a piece of metadata.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.metadata.insert(key.into(), value.into());
        self
    }

    /// Reads the failure back out of a status, from whichever unit it came.
    pub fn from_status(status: &Status) -> Self {
        let info = status.get_details_error_info().filter(|info| info.domain == DOMAIN);
        let code = info
            .as_ref()
            .and_then(|info| ErrorCode::from_name(&info.reason))
            .unwrap_or_else(|| ErrorCode::from_grpc(status.code()));
        Self {
            code,
            message: status.message().to_owned(),
            metadata: info.map(|info| info.metadata.into_iter().collect()).unwrap_or_default(),
        }
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.code.name(), self.message)
    }
}

impl std::error::Error for ServiceError {}

impl From<ServiceError> for Status {
    fn from(error: ServiceError) -> Self {
        let metadata: HashMap<String, String> = error.metadata.into_iter().collect();
        Status::with_error_details(
            error.code.grpc_code(),
            shortened(error.message),
            ErrorDetails::with_error_info(error.code.name(), DOMAIN, metadata),
        )
    }
}

/// Longest message that travels, in bytes. It goes into headers, twice and escaped, and those have a limit.
const LONGEST_MESSAGE: usize = 16 * 1024;

fn shortened(mut message: String) -> String {
    if message.len() > LONGEST_MESSAGE {
        message.truncate(message.floor_char_boundary(LONGEST_MESSAGE));
        message.push_str(" ... (cut)");
    }
    message
}

impl From<sqlx::Error> for ServiceError {
    /// The only place that reads SQLSTATEs for callers. A store that expects a violation handles it before.
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error;
        let code = match &error {
            Error::Io(_) | Error::Tls(_) | Error::PoolTimedOut | Error::PoolClosed | Error::WorkerCrashed => {
                ErrorCode::ServiceUnavailableError
            }
            Error::Database(database) => database
                .code()
                .map_or(ErrorCode::InternalError, |state| of_sqlstate(&state)),
            _ => ErrorCode::InternalError,
        };
        match code {
            ErrorCode::InternalError => Self::internal(&error),
            ErrorCode::InputError => Self::input("The request holds a character that cannot be stored, such as NUL"),
            code => {
                tracing::warn!(cause = %error, "the database is not available");
                Self::new(code, "The database is not available at the moment")
            }
        }
    }
}

fn of_sqlstate(state: &str) -> ErrorCode {
    match state {
        // character_not_in_repertoire: NUL, which JSON can write and a text in Postgres cannot hold.
        "22021" => ErrorCode::InputError,
        // query_canceled: the statement timeout.
        "57014" => ErrorCode::DeadlineExceeded,
        // Serialisation failure, deadlock, admin shutdown, crash, starting up, too many connections, read-only standby.
        "40001" | "40P01" | "57P01" | "57P02" | "57P03" | "53300" | "25006" => ErrorCode::ServiceUnavailableError,
        // Connection exceptions.
        state if state.starts_with("08") => ErrorCode::ServiceUnavailableError,
        _ => ErrorCode::InternalError,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_survives_the_wire_with_its_metadata() {
        for code in ErrorCode::ALL {
            let error = ServiceError::new(code, "message").with("field", "name");
            let status = Status::from(error.clone());
            assert_eq!(status.code(), code.grpc_code());
            assert_eq!(ServiceError::from_status(&status), error);
            assert_eq!(ErrorCode::from_name(code.name()), Some(code));
        }
    }

    #[test]
    fn a_foreign_status_maps_by_its_code() {
        let error = ServiceError::from_status(&Status::unavailable("connection refused"));
        assert_eq!(error.code, ErrorCode::ServiceUnavailableError);
        assert!(error.metadata.is_empty());
    }

    #[test]
    fn database_errors_do_not_reach_the_caller() {
        let error = ServiceError::from(sqlx::Error::Protocol("secret table".to_owned()));
        assert_eq!(error.code, ErrorCode::InternalError);
        assert_eq!(error.message, "An internal error occurred");
        assert!(error.metadata.contains_key("errorId"));
        let error = ServiceError::from(sqlx::Error::PoolTimedOut);
        assert_eq!(error.code, ErrorCode::ServiceUnavailableError);
    }

    #[test]
    fn sqlstates_of_connection_trouble_are_unavailable() {
        assert_eq!(of_sqlstate("08006"), ErrorCode::ServiceUnavailableError);
        assert_eq!(of_sqlstate("57P01"), ErrorCode::ServiceUnavailableError);
        assert_eq!(of_sqlstate("57014"), ErrorCode::DeadlineExceeded);
        assert_eq!(of_sqlstate("23505"), ErrorCode::InternalError);
    }
}
