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
    is_counter: bool,
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
        remaining: Option<Duration>,
    ) -> Option<Duration> {
        // A counter lives as long as when it was made, however often it is added to.
        if entry.is_counter {
            remaining.or(entry.ttl)
        } else {
            entry.ttl
        }
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
        let entry = Entry {
            value,
            ttl,
            is_counter: false,
        };
        self.entries.insert(key.to_owned(), entry);
    }

    pub(super) fn add(&self, key: &str, amount: u32, ttl: Duration) -> u64 {
        let entry = self.entries.entry_by_ref(key).and_upsert_with(|present| {
            let before = present.map_or(0, |entry| counted(&entry.value().value));
            Entry {
                value: Bytes::copy_from_slice(&(before + u64::from(amount)).to_be_bytes()),
                ttl: Some(ttl),
                is_counter: true,
            }
        });
        counted(&entry.value().value)
    }

    pub(super) fn delete(&self, key: &str) {
        self.entries.invalidate(key);
    }
}

/// The value of a counter.
fn counted(value: &[u8]) -> u64 {
    value.try_into().map_or(0, u64::from_be_bytes)
}
