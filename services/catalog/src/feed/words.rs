//! Keeps the search index current, off the path of everything else.
//!
//! Splitting the texts of an entity into words costs about as much as all the rest of taking it into the index. During a large
//! ingestion it would be done for documents that are composed again a moment later. So it waits until changes pause, but not for
//! long, and not when a search asks for a change of its caller's.

use std::time::Duration;

use tokio::{
    sync::watch,
    time::{Instant, timeout_at},
};
use tokio_util::sync::CancellationToken;

use super::{Behind, Replica, SharedReplica};

/// A pause of changes that is worth making use of.
const QUIET: Duration = Duration::from_millis(200);
/// After how long changes are put in although more keep coming, unless putting them in takes more than its share.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// How much longer than the last time of putting changes in the next one is put off while more keep coming.
const SHARE: u32 = 10;
/// How soon after a failure it is tried again.
const RETRY: Duration = Duration::from_secs(5);

/// How far the search index is.
#[derive(Debug)]
pub struct Words {
    /// `None` until it has been built once.
    revision: watch::Sender<Option<i64>>,
    /// The highest revision that somebody waits for.
    wanted: watch::Sender<i64>,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            revision: watch::Sender::new(None),
            wanted: watch::Sender::new(0),
        }
    }
}

impl Words {
    /// Waits until it has been built, and all changes up to `wanted` are in.
    pub async fn reach(&self, wanted: i64, patience: Duration) -> Result<(), Behind> {
        let mut revision = self.revision.subscribe();
        let is_there = |at: &Option<i64>| at.is_some_and(|at| at >= wanted);
        if is_there(&revision.borrow()) {
            return Ok(());
        }
        self.wanted.send_modify(|highest| *highest = wanted.max(*highest));
        match tokio::time::timeout(patience, revision.wait_for(is_there)).await {
            Ok(Ok(_)) => Ok(()),
            _ => Err(Behind {
                at: self.revision.borrow().unwrap_or(0),
                wanted,
                waited: patience,
            }),
        }
    }
}

impl Replica {
    /// Puts the words of all changes in. Takes a while, and must not run on a thread that others wait for.
    pub fn index_words(&self) {
        let started = Instant::now();
        match self.index.index_words() {
            Ok(0) => {}
            Ok(entities) => {
                metrics::counter!("catalog_search_indexed_entities_count").increment(entities as u64);
                metrics::histogram!("catalog_search_indexing_duration_seconds").record(started.elapsed());
            }
            Err(error) => tracing::error!(%error, "the search index could not be brought up to date"),
        }
        self.words.revision.send_replace(self.index.words_revision());
    }
}

/// Runs until cancelled.
pub async fn keep_words(replica: SharedReplica, cancelled: CancellationToken) {
    let mut changes = replica.subscribe();
    let mut wanted = replica.words.wanted.subscribe();
    loop {
        changes.borrow_and_update();
        let indexing = std::sync::Arc::clone(&replica);
        let begun = Instant::now();
        let indexed = tokio::task::spawn_blocking(move || indexing.index_words()).await;
        let longest = LONGEST_WAIT.max(begun.elapsed() * SHARE);
        if indexed.is_err() {
            tokio::time::sleep(RETRY).await;
        }
        tokio::select! {
            _ = changes.changed() => {}
            () = cancelled.cancelled() => return,
        }
        let latest = Instant::now() + longest;
        let in_words = || replica.words.revision.borrow().unwrap_or(i64::MIN);
        while *wanted.borrow_and_update() <= in_words() {
            let pause = latest.min(Instant::now() + QUIET);
            let more = tokio::select! {
                more = timeout_at(pause, changes.changed()) => more.is_ok(),
                _ = wanted.changed() => true,
                () = cancelled.cancelled() => return,
            };
            if !more || Instant::now() >= latest {
                break;
            }
        }
    }
}
