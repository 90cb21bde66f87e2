//! Registered locations.

pub(super) mod analyze_location;
pub(super) mod create_location;
pub(super) mod delete_location;
pub(super) mod get_location;
pub(super) mod query_locations;
pub(super) mod update_location;
