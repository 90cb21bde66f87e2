//! `/api/catalog`: upstream's REST API over the catalog service's gRPC API.
//!
//! To add an endpoint: one file named by its verb and noun with its handler, and a line in `router.rs`. Entity documents pass
//! through as bytes; nothing here parses them.

pub(crate) mod entities;
pub(crate) mod locations;
pub(crate) mod processing;
pub(crate) mod query;
pub(crate) mod splice;
