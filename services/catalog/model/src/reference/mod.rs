//! The names by which entities, and the places they come from, are found.

pub mod entity_ref;
pub mod location_ref;
pub mod refresh_key;
