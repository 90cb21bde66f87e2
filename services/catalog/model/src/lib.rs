//! Everything the catalog knows about one entity, without input or output: how it is named and referred to, how it is
//! read from YAML, which rules it must keep, which relations follow from it, and what its final form is.
//!
//! The functions of this crate take JSON values and give JSON values; who reads files, stores rows and answers
//! queries is the catalog service's affair. Error texts are Backstage's own, because users and clients match on them.
//!
//! To add a kind: describe its spec in `process/kinds.rs` as a table row, and its relations in
//! `process/relations.rs`.

pub mod change;
pub mod emit;
pub mod envelope;
pub mod error;
pub mod integration;
pub mod placeholder;
pub mod process;
pub mod projection;
mod reference;
pub mod rules;
pub mod search_rows;
pub mod stitch;
mod values;
pub mod yaml;

pub use error::EntityError;
pub use reference::{
    entity_ref::{self, EntityRef},
    location_ref::{self, LocationRef},
    refresh_key,
};
pub use values::{canonical, number, text};
