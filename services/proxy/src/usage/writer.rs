//! Adds the counts to the database, again and again.

use std::time::Duration;

use sqlx::PgPool;
use tokio_util::sync::CancellationToken;

use super::{RESOLUTIONS, Usage};
use crate::store::usage::{add_usage, delete_usage_before};

const INTERVAL: Duration = Duration::from_secs(5);
/// How often what is too old is removed, in rounds.
const CLEAN_UP_EVERY: u32 = 720;
/// What cannot be written is kept, up to so many buckets; a database that is away for hours must not fill the memory.
const MOST_BUCKETS: usize = 10_000;

/// Writes until `shutdown`, and once more then.
pub async fn keep_writing(pool: PgPool, usage: Usage, shutdown: CancellationToken) {
    let mut round = 0_u32;
    loop {
        let is_over = tokio::select! {
            () = tokio::time::sleep(INTERVAL) => false,
            () = shutdown.cancelled() => true,
        };
        write(&pool, &usage).await;
        if is_over {
            return;
        }
        if round.is_multiple_of(CLEAN_UP_EVERY) {
            clean_up(&pool, &usage).await;
        }
        round = round.wrapping_add(1);
    }
}

/// Writes what was counted since the last time.
pub async fn write(pool: &PgPool, usage: &Usage) {
    let counts = usage.take();
    if counts.is_empty() {
        return;
    }
    if let Err(error) = add_usage(pool, &counts).await {
        let is_kept = counts.len() <= MOST_BUCKETS;
        tracing::warn!(%error, buckets = counts.len(), is_kept, "usage figures could not be written");
        if is_kept {
            usage.give_back(counts);
        }
    }
}

async fn clean_up(pool: &PgPool, usage: &Usage) {
    for (seconds, kept) in RESOLUTIONS {
        let Some(oldest) = usage.now().checked_sub(kept) else {
            continue;
        };
        if let Err(error) = delete_usage_before(pool, seconds, oldest).await {
            tracing::warn!(%error, "old usage figures could not be removed");
        }
    }
}
