//! Lighthouse audits of websites: on demand, on schedule, and for every catalog entity that names its website.
//!
//! An audit is a row. A worker of any replica takes it ([`worker`]), waits until the website answers, and starts the Node
//! runner with a browser of its own ([`runner`]), which reaches the network through a proxy that judges every address
//! ([`guard`]). The report is stored compressed; what lists and trends show are columns ([`store`]).
//!
//! To add an RPC: a file in `server` named after it, and its line in `server/mod.rs`. Its SQL goes into `store`.

pub mod audit;
pub mod changes;
pub mod config;
pub mod guard;
pub mod report;
pub mod retention;
pub mod runner;
pub mod schedule;
pub mod server;
pub mod store;
mod website;
pub mod worker;

/// The unit's name in configuration, logs and tokens.
pub const UNIT: &str = "lighthouse-audit";
