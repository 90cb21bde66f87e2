//! The way out to third-party services, which alone holds the secrets for them.
//!
//! - [`config`] reads `proxy.*`; an [`endpoint`] is what it makes of each member, and of each row of the database.
//! - [`forward`] is one request on its way: it asks the [`endpoint`]s, the [`guard`]s and the [`cache`], and sends by [`upstream`].
//! - [`usage`] counts what goes through.
//!
//! To add an RPC: a file in `server` named after it, and its line in `server/mod.rs`. Its SQL goes into `store`. To add a setting of
//! endpoints: a field of [`endpoint::settings::EndpointOptions`], where it is read ([`config::endpoint`]), and in the contract.

pub mod cache;
pub mod config;
pub mod endpoint;
pub mod forward;
pub mod guard;
pub mod registry;
pub mod secrets;
pub mod server;
pub mod store;
pub mod upstream;
pub mod usage;

/// The unit's name in configuration, logs and tokens.
pub const UNIT: &str = "proxy";
