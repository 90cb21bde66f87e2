use std::time::{Duration, Instant};

use bytes::Bytes;
use moka::{Expiry, sync::Cache};

/// What an entry costs beside its key and value.
const ENTRY_OVERHEAD: usize = 64;

/// Values in this process's memory, the least used dropped first when they grow too large together.
#[derive(Debug)]
pub(super) struct MemoryStore {
    entries: Cache<String, Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    value: Bytes,
    ttl: Option<Duration>,
}

struct OwnTtl;

impl Expiry<String, Entry> for OwnTtl {
    fn expire_after_create(&self, _key: &String, entry: &Entry, _now: Instant) -> Option<Duration> {
        entry.ttl
    }

    fn expire_after_update(
        &self,
        _key: &String,
        entry: &Entry,
        _now: Instant,
        _remaining: Option<Duration>,
    ) -> Option<Duration> {
        entry.ttl
    }
}

impl MemoryStore {
    pub(super) fn new(max_bytes: u64) -> Self {
        let entries = Cache::builder()
            .max_capacity(max_bytes)
            .weigher(|key: &String, entry: &Entry| {
                u32::try_from(key.len() + entry.value.len() + ENTRY_OVERHEAD).unwrap_or(u32::MAX)
            })
            .expire_after(OwnTtl)
            .build();
        Self { entries }
    }

    pub(super) fn get(&self, key: &str) -> Option<Bytes> {
        self.entries.get(key).map(|entry| entry.value)
    }

    pub(super) fn set(&self, key: &str, value: Bytes, ttl: Option<Duration>) {
        self.entries.insert(key.to_owned(), Entry { value, ttl });
    }

    pub(super) fn delete(&self, key: &str) {
        self.entries.invalidate(key);
    }
}
