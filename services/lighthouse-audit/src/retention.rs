//! Forgets audits that are old enough, some at a time, so that nobody waits for it.

use std::time::Duration;

use callboard_service_kit::clock::SharedClock;
use sqlx::PgPool;
use time::OffsetDateTime;
use tokio_util::sync::CancellationToken;

use crate::{config::RetentionConfig, store};

const INTERVAL: Duration = Duration::from_mins(10);
const BATCH: i64 = 200;

/// Looks from time to time until the unit stops.
pub async fn run(pool: PgPool, config: RetentionConfig, clock: SharedClock, shutdown: CancellationToken) {
    loop {
        match forget(&pool, &config, OffsetDateTime::from(clock.now())).await {
            Ok(0) => {}
            Ok(audits) => tracing::info!(audits, "old audits deleted"),
            Err(error) => tracing::warn!(%error, "old audits were not deleted"),
        }
        if tokio::time::timeout(INTERVAL, shutdown.cancelled()).await.is_ok() {
            return;
        }
    }
}

/// Deletes everything that is to be forgotten now. Tells how many audits there were.
pub async fn forget(pool: &PgPool, config: &RetentionConfig, now: OffsetDateTime) -> Result<u64, sqlx::Error> {
    let mut deleted = 0;
    loop {
        let mut batch = store::delete_surplus(pool, config.max_count, BATCH).await?;
        if let Some(before) = config.max_age.and_then(|age| now.checked_sub(age.try_into().ok()?)) {
            batch += store::delete_older(pool, before, BATCH).await?;
        }
        if batch == 0 {
            return Ok(deleted);
        }
        deleted += batch;
    }
}
