//! Clearing up: orphans that nobody took over, tombstones that every reader has seen.

use std::{sync::Arc, time::Duration};

use tokio_util::sync::CancellationToken;

use super::Ingest;
use crate::{
    settings::OrphanStrategy,
    store::{feed, removal},
};

/// How often it looks.
const INTERVAL: Duration = Duration::from_secs(5);
/// How long an orphan waits: an entity that moves from one file to another is without a parent for a moment.
const GRACE: Duration = Duration::from_secs(10);
/// Every how many rounds tombstones are looked at.
const TOMBSTONE_ROUNDS: u32 = 720;

/// Runs until cancelled.
pub async fn run(ingest: Arc<Ingest>, cancelled: CancellationToken) {
    let mut round: u32 = 0;
    loop {
        tokio::select! {
            () = tokio::time::sleep(INTERVAL) => {}
            () = cancelled.cancelled() => return,
        }
        if ingest.settings.orphan_strategy == OrphanStrategy::Delete {
            sweep(&ingest).await;
        }
        if round.is_multiple_of(TOMBSTONE_ROUNDS)
            && let Err(error) = feed::forget_old_tombstones(&ingest.pool).await
        {
            tracing::warn!(%error, "old tombstones could not be removed");
        }
        round = round.wrapping_add(1);
    }
}

/// Deletes in batches until there is nothing left to delete.
async fn sweep(ingest: &Ingest) {
    loop {
        match removal::sweep_orphans(&ingest.pool, GRACE).await {
            Ok(0) => return,
            Ok(deleted) => tracing::info!(deleted, "orphans were deleted"),
            Err(error) => {
                tracing::warn!(%error, "orphans could not be deleted");
                return;
            }
        }
    }
}
