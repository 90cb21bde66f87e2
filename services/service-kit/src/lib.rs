//! What every Callboard unit shares: configuration, telemetry, database, cache, gRPC server and channel, caller identity,
//! errors, and the life of a process.
//!
//! A unit is a library and a thin `main.rs` that hands its [`unit::Recipe`] what is its own: a name, migrations, the check of its
//! own sections of the configuration, and the function that starts its servers. To add a unit, begin with the example there.

pub mod address;
pub mod admin;
pub mod administrators;
pub mod cache;
pub mod check;
pub mod cli;
pub mod clock;
pub mod config;
pub mod database;
pub mod error;
pub mod grpc;
pub mod hop_by_hop;
pub mod identity;
pub mod lifecycle;
pub mod telemetry;
pub mod tls;
pub mod unit;
