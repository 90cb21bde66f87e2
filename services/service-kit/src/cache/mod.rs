//! The cache of a unit: in memory, in Redis or in memcached, by `backend.cache` as Backstage has it.
//!
//! A cache never fails its caller. A read or write takes at most `backend.cache.timeout` (50 ms); what takes longer or fails is
//! a miss. After a few failures in a row a circuit opens and the store is left alone for a while, so that a broken cache
//! costs nothing; then single operations try it again. Nothing may depend on a value being there.

mod circuit;
mod key;
mod memcache;
mod memory;
mod redis;
pub(crate) mod settings;
mod sliding_window;
mod store;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use tokio::time::timeout;

pub use self::sliding_window::{Counted, SlidingWindow};
use self::{
    circuit::Circuit,
    settings::{Settings, StoreSettings},
    store::{Store, StoreError},
};
use crate::config::{Config, ConfigError};

/// Why a unit has no cache. A cache server that is away is not among the reasons.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CacheError {
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
}

/// The cache of a unit. Clones share it.
#[derive(Debug, Clone)]
pub struct Cache {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    store: Store,
    circuit: Circuit,
    unit: String,
    prefix: String,
    default_ttl: Option<Duration>,
    timeout: Duration,
}

impl Cache {
    /// The cache that `backend.cache` describes; memory when it is absent. No server needs to be there yet.
    pub fn from_config(config: &Config, unit: &str) -> Result<Self, CacheError> {
        let settings = Settings::from_config(config)?;
        let store = match &settings.store {
            StoreSettings::Memory { max_bytes } => Store::Memory(memory::MemoryStore::new(*max_bytes)),
            StoreSettings::Redis(url) => Store::Redis(
                redis::RedisStore::new(url.expose(), settings.timeout)
                    .map_err(|message| config.invalid("backend.cache.connection", message))?,
            ),
            StoreSettings::Memcache(servers) => {
                Store::Memcache(memcache::MemcacheStore::new(servers, settings.timeout))
            }
        };
        Ok(Self {
            shared: Arc::new(Shared {
                circuit: Circuit::new(store.name()),
                store,
                unit: unit.to_owned(),
                prefix: settings.prefix,
                default_ttl: settings.default_ttl,
                timeout: settings.timeout,
            }),
        })
    }

    /// Reads the section without making anything of it.
    pub(crate) fn check(config: &Config) -> Result<(), CacheError> {
        Settings::from_config(config)?;
        Ok(())
    }

    /// Whether replicas share it; what is in a cache that they do not is in the memory of this process.
    pub fn is_shared(&self) -> bool {
        !self.shared.store.is_local()
    }

    /// A key space of its own, for one purpose of the unit.
    pub fn namespace(&self, purpose: &str) -> CacheNamespace {
        CacheNamespace {
            prefix: format!("{}{}:{purpose}:", self.shared.prefix, self.shared.unit),
            purpose: purpose.to_owned(),
            shared: self.shared.clone(),
        }
    }
}

/// One purpose's key space in a unit's cache.
#[derive(Debug, Clone)]
pub struct CacheNamespace {
    prefix: String,
    purpose: String,
    shared: Arc<Shared>,
}

impl CacheNamespace {
    /// The value under a key, if it is there and the store answers in time.
    pub async fn get(&self, key: &str) -> Option<Bytes> {
        let key = key::mangle(&self.prefix, key);
        let result = self.bounded(self.shared.store.get(&key)).await;
        self.count(
            "get",
            match &result {
                Ok(Some(_)) => "hit",
                Ok(None) => "miss",
                Err(()) => "error",
            },
        );
        result.unwrap_or_default()
    }

    /// Stores a value for `ttl`, or for `backend.cache.defaultTtl`, or until the store needs the room.
    pub async fn set(&self, key: &str, value: Bytes, ttl: Option<Duration>) {
        let key = key::mangle(&self.prefix, key);
        let ttl = ttl.or(self.shared.default_ttl);
        let result = self.bounded(self.shared.store.set(&key, value, ttl)).await;
        self.count("set", if result.is_ok() { "ok" } else { "error" });
    }

    /// Adds to a counter that all replicas share and tells its new value; `None` when the store does not answer. A counter that is
    /// not there begins at 0 and lives for `ttl` from then on. Counters and values are apart: a key is one or the other.
    pub async fn add(&self, key: &str, amount: u32, ttl: Duration) -> Option<u64> {
        let key = key::mangle(&self.prefix, key);
        let result = self.bounded(self.shared.store.add(&key, amount, ttl)).await;
        self.count("add", if result.is_ok() { "ok" } else { "error" });
        result.ok()
    }

    /// Forgets a key.
    pub async fn delete(&self, key: &str) {
        let key = key::mangle(&self.prefix, key);
        let result = self.bounded(self.shared.store.delete(&key)).await;
        self.count("delete", if result.is_ok() { "ok" } else { "error" });
    }

    /// Runs an operation within the time a cache may cost, unless the circuit is open.
    async fn bounded<T>(&self, operation: impl Future<Output = Result<T, StoreError>>) -> Result<T, ()> {
        if self.shared.store.is_local() {
            return operation.await.map_err(drop);
        }
        let permit = self.shared.circuit.permit(Instant::now()).ok_or(())?;
        match timeout(self.shared.timeout, operation).await {
            Ok(Ok(value)) => {
                permit.succeeded();
                Ok(value)
            }
            Ok(Err(error)) => {
                permit.failed(Instant::now(), &error.to_string());
                Err(())
            }
            Err(_) => {
                permit.failed(Instant::now(), "it did not answer in time");
                Err(())
            }
        }
    }

    fn count(&self, operation: &'static str, result: &'static str) {
        metrics::counter!(
            "callboard_cache_operations_total",
            "purpose" => self.purpose.clone(), "operation" => operation, "result" => result
        )
        .increment(1);
    }
}
