//! What becomes entities: how it goes, and what is to be done at once.

pub(super) mod get_status;
pub(super) mod list_providers;
pub(super) mod list_unprocessed_entities;
pub(super) mod refresh_entity;
pub(super) mod refresh_locations;
pub(super) mod run_provider;
pub(super) mod validate_entity;
