//! gRPC as all units speak it: the server that every unit runs, and the channel it calls others through.

pub mod channel;
mod deadline;
mod request;
pub mod server;

pub use self::{
    deadline::Deadline,
    request::{Idempotent, RequestExt},
};

/// The largest message a unit sends or accepts unless `backend.grpc.maxMessageBytes` says otherwise: 64 MiB.
pub const DEFAULT_MAX_MESSAGE_BYTES: usize = 64 * 1024 * 1024;

/// The size limit to set on every generated server and client, by `backend.grpc.maxMessageBytes`.
pub fn max_message_bytes(config: &crate::config::Config) -> Result<usize, crate::config::ConfigError> {
    config.get_or("backend.grpc.maxMessageBytes", DEFAULT_MAX_MESSAGE_BYTES)
}

/// What one stream may send before its receiver has taken it in. It bounds the memory of a stream whose reader is slow.
const STREAM_WINDOW_BYTES: u32 = 1024 * 1024;
/// The same for all streams of a connection together: so much that slow readers never hold up the others. Only the streams'
/// own windows are ever filled.
const CONNECTION_WINDOW_BYTES: u32 = 1 << 30;
/// Large frames: a stream of megabytes is taken apart and put together less often.
const FRAME_BYTES: u32 = 256 * 1024;

/// Health and reflection are asked by machines that have no token.
const OPEN_SERVICES: [&str; 3] = [
    "/grpc.health.v1.Health/",
    "/grpc.reflection.v1.ServerReflection/",
    "/grpc.reflection.v1alpha.ServerReflection/",
];

fn is_open(path: &str) -> bool {
    OPEN_SERVICES.iter().any(|service| path.starts_with(service))
}
