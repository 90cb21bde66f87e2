//! The last changes, held in memory so that watchers do not read them from the database one by one.

use std::collections::VecDeque;

use callboard_catalog_index::Change;
use parking_lot::RwLock;

/// How many changes are held.
const CAPACITY: usize = 10_000;
/// How much of documents is held, bytes.
const CAPACITY_BYTES: usize = 32 * 1024 * 1024;

/// A ring of changes in revision order.
#[derive(Debug, Default)]
pub struct ChangeLog {
    inner: RwLock<Ring>,
}

#[derive(Debug, Default)]
struct Ring {
    changes: VecDeque<Change>,
    /// Size of their documents.
    bytes: usize,
    /// Everything after this revision is held.
    complete_after: i64,
}

impl ChangeLog {
    /// Starts at a revision: there is nothing before it.
    pub fn start(&self, revision: i64) {
        let mut ring = self.inner.write();
        ring.changes.clear();
        ring.bytes = 0;
        ring.complete_after = revision;
    }

    /// Appends changes in revision order.
    pub fn push(&self, changes: Vec<Change>) {
        let mut ring = self.inner.write();
        for change in changes {
            ring.bytes += document_bytes(&change);
            ring.changes.push_back(change);
            while (ring.changes.len() > CAPACITY || ring.bytes > CAPACITY_BYTES)
                && let Some(oldest) = ring.changes.pop_front()
            {
                ring.bytes -= document_bytes(&oldest);
                ring.complete_after = oldest.revision();
            }
        }
    }

    /// Up to `limit` changes after a revision; `None` when the log does not reach back to it.
    pub fn after(&self, revision: i64, limit: usize) -> Option<Vec<Change>> {
        let ring = self.inner.read();
        if revision < ring.complete_after {
            return None;
        }
        let from = ring.changes.partition_point(|change| change.revision() <= revision);
        Some(ring.changes.range(from..).take(limit).cloned().collect())
    }
}

fn document_bytes(change: &Change) -> usize {
    match change {
        Change::Upsert(entity) => entity.document.len(),
        Change::Delete { .. } => 0,
    }
}

#[cfg(test)]
mod tests {
    use callboard_catalog_index::StoredEntity;

    use super::*;

    fn deletion(revision: i64) -> Change {
        Change::Delete {
            entity_ref: format!("component:default/c{revision}"),
            revision,
        }
    }

    #[test]
    fn it_hands_out_what_follows_and_says_when_it_does_not_reach_back() {
        let log = ChangeLog::default();
        log.start(10);
        log.push(vec![deletion(11), deletion(13)]);
        let revisions = |from, limit| {
            log.after(from, limit)
                .map(|changes| changes.iter().map(Change::revision).collect::<Vec<_>>())
        };
        assert_eq!(revisions(9, 10), None);
        assert_eq!(revisions(10, 10), Some(vec![11, 13]));
        assert_eq!(revisions(11, 10), Some(vec![13]));
        assert_eq!(revisions(10, 1), Some(vec![11]));
        assert_eq!(revisions(13, 10), Some(vec![]));
    }

    #[test]
    fn what_falls_out_of_the_ring_is_no_longer_promised() {
        let log = ChangeLog::default();
        let all: Vec<Change> = (1..=i64::try_from(CAPACITY).unwrap() + 2).map(deletion).collect();
        log.push(all);
        assert!(log.after(1, 1).is_none());
        assert_eq!(log.after(2, 1).map(|changes| changes[0].revision()), Some(3));
    }

    #[test]
    fn big_documents_fall_out_sooner() {
        let log = ChangeLog::default();
        let big = |revision| {
            Change::Upsert(StoredEntity {
                entity_ref: format!("component:default/c{revision}"),
                uid: String::new(),
                revision,
                document: vec![b' '; CAPACITY_BYTES / 2].into(),
                parents: Vec::new(),
            })
        };
        log.push(vec![big(1), big(2), big(3)]);
        assert!(log.after(0, 10).is_none());
        assert_eq!(log.after(1, 10).map(|changes| changes.len()), Some(2));
    }
}
