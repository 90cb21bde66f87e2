//! The entities as the index has them, to anybody who may see them; and the one way to remove one.

mod audience;
pub(super) mod delete_entity_by_uid;
pub(super) mod get_entities_by_refs;
pub(super) mod get_entity;
pub(super) mod get_entity_ancestry;
pub(super) mod get_entity_facets;
pub(super) mod list_entities;
pub(super) mod list_entity_changes;
pub(super) mod query_entities;
pub(super) mod search_entities;
pub(super) mod watch_entities;
