//! Load on a catalog: makes synthetic catalogs, waits for their ingestion, sends the queries that portals send, and says how
//! fast the answers came. It speaks the REST API only, so it measures any server of that API the same way.
//!
//! To add a scenario: a variant of [`scenario::Scenario`] with its name, its requests and what an answer has to look like.

pub mod compare;
pub mod corpus;
pub mod generate;
pub mod http_client;
pub mod ingestion;
pub mod memory;
pub mod proxy;
pub mod random;
pub mod report;
pub mod restart;
pub mod run;
pub mod scenario;
pub mod streams;
