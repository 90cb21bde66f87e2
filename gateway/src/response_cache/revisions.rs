//! What the gateway knows about how far the catalog is.

use std::{
    sync::Arc,
    sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    time::{Duration, Instant},
};

use parking_lot::Mutex;

/// A feed that is silent for longer counts as broken: nobody knows what it does not tell. Without changes the catalog says
/// every 15 seconds how far it is.
const LONGEST_SILENCE: Duration = Duration::from_secs(20);

/// The catalog's revision as its change feed tells it, and as writes through this gateway do.
#[derive(Debug)]
pub(crate) struct Revisions {
    watched: AtomicI64,
    written: AtomicI64,
    epoch: AtomicU64,
    /// What the catalog calls the epoch; empty until it has said so.
    epoch_name: Mutex<Arc<str>>,
    is_connected: AtomicBool,
    last_heard: Mutex<Instant>,
}

impl Default for Revisions {
    fn default() -> Self {
        Self {
            watched: AtomicI64::new(0),
            written: AtomicI64::new(0),
            epoch: AtomicU64::new(0),
            epoch_name: Mutex::new("".into()),
            is_connected: AtomicBool::new(false),
            last_heard: Mutex::new(Instant::now()),
        }
    }
}

impl Revisions {
    /// The latest revision there is, as far as anybody can know; `None` while the feed is away.
    pub(crate) fn current(&self) -> Option<i64> {
        let is_alive = self.is_connected.load(Ordering::Acquire) && self.last_heard.lock().elapsed() < LONGEST_SILENCE;
        is_alive.then(|| self.watched.load(Ordering::Acquire).max(self.written()))
    }

    /// The revision of the latest write through this gateway: reads ask for at least that.
    pub(crate) fn written(&self) -> i64 {
        self.written.load(Ordering::Acquire)
    }

    /// Notes a write.
    pub(crate) fn note_write(&self, revision: i64) {
        self.written.fetch_max(revision, Ordering::AcqRel);
    }

    /// The last revision the feed told.
    pub(super) fn watched(&self) -> i64 {
        self.watched.load(Ordering::Acquire)
    }

    /// Notes what the feed tells.
    pub(super) fn heard(&self, revision: i64) {
        self.watched.fetch_max(revision, Ordering::AcqRel);
        *self.last_heard.lock() = Instant::now();
        self.is_connected.store(true, Ordering::Release);
    }

    /// Notes that the feed is away.
    pub(super) fn lost(&self) {
        self.is_connected.store(false, Ordering::Release);
    }

    /// Starts over: the catalog counts anew, because its database was replaced.
    pub(super) fn start_over(&self) {
        self.watched.store(0, Ordering::Release);
        self.written.store(0, Ordering::Release);
        self.epoch.fetch_add(1, Ordering::AcqRel);
    }

    /// Notes the catalog's name of its epoch; whether it is another one than before.
    pub(super) fn enter_epoch(&self, name: &str) -> bool {
        let mut known = self.epoch_name.lock();
        if name.is_empty() || **known == *name {
            return false;
        }
        let is_another = !known.is_empty();
        *known = name.into();
        is_another
    }

    /// The catalog's name of the epoch, which all replicas know it by.
    pub(super) fn epoch_name(&self) -> Arc<str> {
        self.epoch_name.lock().clone()
    }

    /// Changes when the catalog counts anew: revisions of two epochs must not be compared.
    pub(crate) fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_nothing_without_a_feed() {
        let revisions = Revisions::default();
        assert_eq!(revisions.current(), None);
        revisions.heard(3);
        assert_eq!(revisions.current(), Some(3));
        revisions.note_write(5);
        assert_eq!(revisions.current(), Some(5));
        revisions.heard(4);
        assert_eq!(revisions.current(), Some(5));
        revisions.lost();
        assert_eq!(revisions.current(), None);
        assert_eq!(revisions.written(), 5);
        revisions.start_over();
        revisions.heard(1);
        assert_eq!(revisions.current(), Some(1));
    }

    #[test]
    fn an_epoch_ends_when_another_one_begins() {
        let revisions = Revisions::default();
        let entered = ["", "a", "a", "", "b", "a"].map(|name| revisions.enter_epoch(name));
        assert_eq!(entered, [false, false, false, false, true, true]);
        assert_eq!(&*revisions.epoch_name(), "a");
    }
}
