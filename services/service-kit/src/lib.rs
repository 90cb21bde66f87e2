//! What every Callboard unit shares.
pub mod admin;
pub mod cli;
pub mod clock;
pub mod config;
pub mod database;
pub mod error;
pub mod grpc;
pub mod identity;
pub mod lifecycle;
pub mod telemetry;
pub mod unit;
