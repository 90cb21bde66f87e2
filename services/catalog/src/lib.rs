//! The software catalog: ingests entities from files and URLs into Postgres, and answers every read from memory.
//!
//! ```text
//! provider, Location ──read, parse, process──► entity_state ──stitch──► final_entity ──feed──► index ──► gRPC
//!        ingest                                   store        ingest       store       feed              server
//! ```
//!
//! Any number of replicas share one database. To add an RPC: describe it in `proto/callboard/catalog/v1`, write
//! `<verb>_<noun>.rs` in a folder of `server`, and list it in `server/mod.rs`. To add a provider: see [`providers`].

/// The name of this unit in configuration, databases and tokens.
pub const UNIT: &str = "catalog";

pub mod feed;
pub mod gauges;
pub mod ingest;
pub mod providers;
pub mod reader;
pub mod server;
pub mod settings;
pub mod store;
