//! The way out to third-party services, which alone holds the secrets for them.
//!
//! This release has the unit's frame: the contract (`proto/callboard/proxy/v1`), the tables, and `GetStatus`. The other RPCs answer
//! `UNIMPLEMENTED`.
//!
//! To add an RPC: a file in `server` named after it, and its line in `server/mod.rs`. Its SQL goes into `store`.

pub mod server;
pub mod store;

/// The unit's name in configuration, logs and tokens.
pub const UNIT: &str = "proxy";
