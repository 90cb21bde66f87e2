//! The gateway: the one public door of Callboard.
//!
//! It speaks Backstage's REST API to the outside and gRPC to the services behind it, knows who calls, and serves the web app.
//! To add an endpoint: a file named by its verb and noun in the folder of its API, and a line in `router.rs`.

mod administration;
mod audit;
mod auth;
mod catalog;
pub mod config;
mod edge;
mod error;
mod events;
mod frontend;
mod gateway;
mod grpc_edge;
mod health;
mod http;
mod lighthouse;
mod live;
mod notifications;
mod openapi;
mod permission;
mod proxy;
mod reload;
mod response_cache;
mod router;
mod search;
pub mod server;
mod signals;
mod upstream;
mod user_settings;

pub use self::{
    administration::announce_replica,
    audit::remove_old_events,
    edge::tls::TlsError,
    gateway::{Gateway, SigningKeysError, StartError},
    grpc_edge::report_grpc_health,
    reload::follow_configuration,
    response_cache::watch_revisions,
    signals::relay_signals,
};

/// The unit's name, in configuration, logs and tokens.
pub const UNIT: &str = "gateway";

/// The migrations of the gateway's database.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();
