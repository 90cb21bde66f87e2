//! gRPC as all units speak it: the server that every unit runs, and the channel it calls others through.

pub mod channel;
mod deadline;
mod request;
pub mod server;
mod tls;

use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;

use self::tls::TlsSection;
pub use self::{
    deadline::Deadline,
    request::{Idempotent, RequestExt},
};
use crate::config::{Config, ConfigDuration, ConfigError};

const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
const DEFAULT_RESOLVE_INTERVAL: Duration = Duration::from_secs(3);

/// The largest message a unit sends or accepts unless `backend.grpc.maxMessageBytes` says otherwise: 64 MiB.
pub const DEFAULT_MAX_MESSAGE_BYTES: usize = 64 * 1024 * 1024;

/// How units speak with each other.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct GrpcSection {
    /// Largest message between units.
    max_message_bytes: usize,
    /// How long a connection may take.
    connect_timeout: ConfigDuration,
    /// How often the units' names are resolved again.
    resolve_interval: ConfigDuration,
    /// With this, units speak TLS with each other and show each other certificates. Files that change are read again.
    tls: Option<TlsSection>,
}

impl Default for GrpcSection {
    fn default() -> Self {
        Self {
            max_message_bytes: DEFAULT_MAX_MESSAGE_BYTES,
            connect_timeout: DEFAULT_CONNECT_TIMEOUT.into(),
            resolve_interval: DEFAULT_RESOLVE_INTERVAL.into(),
            tls: None,
        }
    }
}

impl GrpcSection {
    pub(crate) fn from_config(config: &Config) -> Result<Self, ConfigError> {
        config.get_or("backend.grpc", Self::default())
    }
}

/// The size limit to set on every generated server and client, by `backend.grpc.maxMessageBytes`.
pub fn max_message_bytes(config: &Config) -> Result<usize, ConfigError> {
    Ok(GrpcSection::from_config(config)?.max_message_bytes)
}

/// Reads the section without opening anything but its files.
pub(crate) fn check(config: &Config) -> Result<(), ConfigError> {
    tls::Tls::from_config(config).map(drop)
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
