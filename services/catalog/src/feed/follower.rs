//! Keeps the index current.

use std::time::Duration;

use callboard_catalog_index::{Loader, StoredEntity};
use futures::TryStreamExt;
use sqlx::PgPool;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::{SharedReplica, stored};
use crate::{
    ingest::wake::Wake,
    store::{Channel, feed},
};

/// How many changes are read and applied at once: readers of the index wait no longer than this takes.
const BATCH: u16 = 500;
/// How often the feed is looked at without being woken.
const POLL: Duration = Duration::from_secs(2);
/// How soon after a failure it is tried again.
const RETRY: Duration = Duration::from_millis(500);

/// Fills the index with all that is stored. What it held before is answered until then.
pub async fn load(pool: &PgPool, replica: &SharedReplica) -> Result<(), sqlx::Error> {
    // Rows are indexed while the next ones arrive; the bound keeps a fast database from filling the memory.
    let (sender, mut receiver) = mpsc::channel::<Vec<StoredEntity>>(4);
    let indexing = tokio::task::spawn_blocking(move || {
        let mut loader = Loader::new();
        while let Some(batch) = receiver.blocking_recv() {
            loader.add(&batch);
        }
        loader
    });
    let revision = feed::latest_revision(pool).await?;
    let mut batches = feed::read_all(pool);
    while let Some(batch) = batches.try_next().await? {
        let batch = batch.into_iter().filter_map(stored).collect();
        sender.send(batch).await.map_err(|_| sqlx::Error::WorkerCrashed)?;
    }
    drop(sender);
    let loader = indexing.await.map_err(|_| sqlx::Error::WorkerCrashed)?;
    replica.index.finish(loader, revision);
    replica.log.start(revision);
    replica.revision.send_replace(revision);
    tracing::info!(entities = replica.index.len(), revision, "the index is loaded");
    Ok(())
}

/// Applies changes as they come until cancelled. While the database is away the index answers as it is.
pub async fn follow(pool: PgPool, replica: SharedReplica, wake: Wake, cancelled: CancellationToken) {
    let mut signal = wake.listen(Channel::Feed);
    while !cancelled.is_cancelled() {
        let wait = match catch_up(&pool, &replica).await {
            Ok(()) => POLL,
            Err(error) => {
                tracing::warn!(%error, revision = replica.revision(), "the change feed is interrupted");
                RETRY
            }
        };
        tokio::select! {
            () = signal.woken() => {}
            () = tokio::time::sleep(wait) => {}
            () = cancelled.cancelled() => {}
        }
    }
}

/// Applies all changes there are, or begins anew where some of them cannot be had any more.
pub async fn catch_up(pool: &PgPool, replica: &SharedReplica) -> Result<(), sqlx::Error> {
    loop {
        let Some(entries) = feed::read_after(pool, replica.revision(), BATCH.into()).await? else {
            tracing::warn!(
                revision = replica.revision(),
                "this replica was cut off for so long that the change feed does not reach back: it starts anew"
            );
            return load(pool, replica).await;
        };
        let Some(last) = entries.last() else { return Ok(()) };
        let revision = last.revision;
        let full = entries.len() == usize::from(BATCH);
        let applying = std::sync::Arc::clone(replica);
        tokio::task::spawn_blocking(move || applying.apply(entries, revision))
            .await
            .map_err(|_| sqlx::Error::WorkerCrashed)?;
        if !full {
            return Ok(());
        }
    }
}
