//! The permissions the gateway itself asks for.

use super::question::Permission;

const fn permission(name: &'static str, action: Option<&'static str>, is_about_entities: bool) -> Permission<'static> {
    Permission {
        name,
        action,
        is_about_entities,
    }
}

/// All entity reads and facets.
pub(crate) const ENTITY_READ: Permission<'_> = permission("catalog.entity.read", Some("read"), true);
/// Registering an entity; asked for by frontends only.
const ENTITY_CREATE: Permission<'_> = permission("catalog.entity.create", Some("create"), false);
/// Deleting an entity.
pub(crate) const ENTITY_DELETE: Permission<'_> = permission("catalog.entity.delete", Some("delete"), true);
/// Having an entity read anew.
pub(crate) const ENTITY_REFRESH: Permission<'_> = permission("catalog.entity.refresh", Some("update"), true);
/// Checking a descriptor.
pub(crate) const ENTITY_VALIDATE: Permission<'_> = permission("catalog.entity.validate", None, false);
/// Seeing registered locations.
pub(crate) const LOCATION_READ: Permission<'_> = permission("catalog.location.read", Some("read"), false);
/// Registering and changing locations.
pub(crate) const LOCATION_CREATE: Permission<'_> = permission("catalog.location.create", Some("create"), false);
/// Unregistering locations.
pub(crate) const LOCATION_DELETE: Permission<'_> = permission("catalog.location.delete", Some("delete"), false);
/// Looking at a location that is not registered.
pub(crate) const LOCATION_ANALYZE: Permission<'_> = permission("catalog.location.analyze", None, false);
/// Seeing what waits, fails and conflicts, whoever may see the entities.
pub(crate) const INGESTION_READ: Permission<'_> = permission("catalog.ingestion.read", Some("read"), false);
/// Forgetting an entity that waits or fails, by the name of Backstage's module for them.
pub(crate) const UNPROCESSED_DELETE: Permission<'_> =
    permission("catalog.entities.unprocessed.delete", Some("delete"), false);
/// Asking why somebody else may do something.
pub(crate) const POLICY_EXPLAIN: Permission<'_> = permission("permission.policy.explain", Some("read"), false);
/// Reading the audit log.
pub(crate) const AUDIT_READ: Permission<'_> = permission("audit.event.read", Some("read"), false);
/// Seeing how the units and the catalog's providers are.
pub(crate) const STATUS_READ: Permission<'_> = permission("admin.status.read", Some("read"), false);

/// Those of the catalog, for `/.well-known/backstage/permissions/metadata`.
pub(crate) const CATALOG: [Permission<'_>; 11] = [
    ENTITY_READ,
    ENTITY_CREATE,
    ENTITY_DELETE,
    ENTITY_REFRESH,
    ENTITY_VALIDATE,
    LOCATION_READ,
    LOCATION_CREATE,
    LOCATION_DELETE,
    LOCATION_ANALYZE,
    INGESTION_READ,
    UNPROCESSED_DELETE,
];

/// What only those may do who look after the portal, however much is open to everybody.
const ADMINISTRATIVE: [&str; 2] = [AUDIT_READ.name, STATUS_READ.name];

/// Whether nobody has a permission unless they are named.
pub(crate) fn is_administrative(name: &str) -> bool {
    ADMINISTRATIVE.contains(&name)
}

/// The permission of a name. One that is not listed here is about nothing that conditions could be about.
pub(crate) fn find(name: &str) -> Permission<'_> {
    let mut known = CATALOG.into_iter().chain([POLICY_EXPLAIN, AUDIT_READ, STATUS_READ]);
    known.find(|permission| permission.name == name).unwrap_or(Permission {
        name,
        action: None,
        is_about_entities: false,
    })
}
