use std::time::Duration;

use bytes::Bytes;

use super::{memcache::MemcacheStore, memory::MemoryStore, redis::RedisStore};

/// Where values are kept.
#[derive(Debug)]
pub(super) enum Store {
    Memory(MemoryStore),
    Redis(RedisStore),
    Memcache(MemcacheStore),
}

/// An operation that failed. The text is for the log.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct StoreError(pub(super) String);

impl Store {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Memory(_) => "memory",
            Self::Redis(_) => "redis",
            Self::Memcache(_) => "memcache",
        }
    }

    /// Whether operations neither wait nor fail.
    pub(super) fn is_local(&self) -> bool {
        matches!(self, Self::Memory(_))
    }

    // Boxed where a network lies between: the futures of the libraries are large, and every caller would carry them around.
    pub(super) async fn get(&self, key: &str) -> Result<Option<Bytes>, StoreError> {
        match self {
            Self::Memory(store) => Ok(store.get(key)),
            Self::Redis(store) => Box::pin(store.get(key)).await,
            Self::Memcache(store) => Box::pin(store.get(key)).await,
        }
    }

    pub(super) async fn set(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<(), StoreError> {
        match self {
            Self::Memory(store) => {
                store.set(key, value, ttl);
                Ok(())
            }
            Self::Redis(store) => Box::pin(store.set(key, value, ttl)).await,
            Self::Memcache(store) => Box::pin(store.set(key, value, ttl)).await,
        }
    }

    pub(super) async fn add(&self, key: &str, amount: u32, ttl: Duration) -> Result<u64, StoreError> {
        match self {
            Self::Memory(store) => Ok(store.add(key, amount, ttl)),
            Self::Redis(store) => Box::pin(store.add(key, amount, ttl)).await,
            Self::Memcache(store) => Box::pin(store.add(key, amount, ttl)).await,
        }
    }

    pub(super) async fn delete(&self, key: &str) -> Result<(), StoreError> {
        match self {
            Self::Memory(store) => {
                store.delete(key);
                Ok(())
            }
            Self::Redis(store) => Box::pin(store.delete(key)).await,
            Self::Memcache(store) => Box::pin(store.delete(key)).await,
        }
    }
}
