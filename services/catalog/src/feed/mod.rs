//! This replica's view of the catalog: the index, kept current by the change feed, and the last changes for those who watch.

mod follower;
mod log;
mod words;

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use callboard_catalog_index::{CatalogIndex, Change, StoredEntity};
use tokio::sync::watch;

pub use follower::{catch_up, follow, load};
pub use log::ChangeLog;
pub use words::{Words, keep_words};

use crate::store::feed::FeedEntry;

/// What this replica serves.
#[derive(Debug)]
pub struct Replica {
    /// Answers every read.
    pub index: CatalogIndex,
    /// The last changes.
    pub log: ChangeLog,
    /// How far the search index is.
    pub words: Words,
    revision: watch::Sender<i64>,
}

/// The replica did not get as far as asked in the time given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this replica is at revision {at}, and did not reach {wanted} within {} ms", .waited.as_millis())]
pub struct Behind {
    at: i64,
    wanted: i64,
    waited: Duration,
}

impl Default for Replica {
    fn default() -> Self {
        Self {
            index: CatalogIndex::new(),
            log: ChangeLog::default(),
            words: Words::default(),
            revision: watch::Sender::new(0),
        }
    }
}

impl Replica {
    /// The revision it answers at.
    pub fn revision(&self) -> i64 {
        *self.revision.borrow()
    }

    /// Follows the revision.
    pub fn subscribe(&self) -> watch::Receiver<i64> {
        self.revision.subscribe()
    }

    /// Waits until it answers at `wanted` or later.
    pub async fn reach(&self, wanted: i64, patience: Duration) -> Result<(), Behind> {
        if self.revision() >= wanted {
            return Ok(());
        }
        let mut revision = self.subscribe();
        match tokio::time::timeout(patience, revision.wait_for(|at| *at >= wanted)).await {
            Ok(Ok(_)) => Ok(()),
            _ => Err(Behind {
                at: self.revision(),
                wanted,
                waited: patience,
            }),
        }
    }

    fn apply(&self, entries: Vec<FeedEntry>, revision: i64) {
        let changes: Vec<Change> = entries.into_iter().map(change).collect();
        // The index first: what a watcher is told of a change depends on how the index sees the entity.
        self.index.apply(changes.clone(), revision);
        self.log.push(changes);
        self.revision.send_replace(revision);
    }
}

/// A row of the feed as the index takes it.
pub(crate) fn change(entry: FeedEntry) -> Change {
    let (entity_ref, revision) = (entry.entity_ref.clone(), entry.revision);
    stored(entry).map_or(Change::Delete { entity_ref, revision }, Change::Upsert)
}

/// The entity of a row; `None` for a tombstone.
fn stored(entry: FeedEntry) -> Option<StoredEntity> {
    Some(StoredEntity {
        document: Bytes::from(entry.document?),
        entity_ref: entry.entity_ref,
        uid: entry.entity_id.to_string(),
        revision: entry.revision,
        parents: entry.parents,
    })
}

/// Shares what all tasks of the process serve from.
pub type SharedReplica = Arc<Replica>;
