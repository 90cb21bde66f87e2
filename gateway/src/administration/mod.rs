//! `/api/admin`: how the units and the catalog's providers are, for those who look after the portal.

mod announce;
pub(crate) mod list_providers;
pub(crate) mod list_units;
mod replica_store;

pub use self::announce::announce_replica;
pub(crate) use self::replica_store::ReplicaStore;
