//! Follows the catalog's change feed, for its revisions only.

use std::time::Duration;

use callboard_proto::catalog::v1::WatchEntitiesRequest;
use tokio_util::sync::CancellationToken;

use crate::{error::ApiError, gateway::Gateway};

const RETRY: Duration = Duration::from_millis(500);

/// How often the catalog may be found behind what it told before until that means that it counts anew: a replica may just lag.
const PATIENCE: u32 = 6;

/// Keeps [`Revisions`](super::Revisions) current until `stop`.
pub async fn watch_revisions(gateway: Gateway, stop: CancellationToken) {
    stop.run_until_cancelled(follow_for_ever(&gateway)).await;
}

async fn follow_for_ever(gateway: &Gateway) {
    let revisions = gateway.revisions();
    let mut times_behind = 0;
    let mut is_warned = false;
    loop {
        match follow(gateway, &mut times_behind).await {
            // A feed that ends, as when its replica restarts, is just taken up again.
            Ok(()) => is_warned = false,
            Err(error) if is_warned => {
                tracing::debug!(error = error.message(), "the catalog's change feed is still away");
            }
            Err(error) => {
                tracing::warn!(
                    error = error.message(),
                    "the catalog's change feed is away; responses are not cached"
                );
                is_warned = true;
            }
        }
        revisions.lost();
        tokio::time::sleep(RETRY).await;
    }
}

/// Follows one stream to its end.
async fn follow(gateway: &Gateway, times_behind: &mut u32) -> Result<(), ApiError> {
    let revisions = gateway.revisions();
    let status = gateway.catalog().get_status().await?;
    if revisions.enter_epoch(&status.epoch) {
        tracing::warn!(revision = status.revision, "the catalog's database is another one");
        start_over(gateway);
    }
    if status.revision < revisions.watched().max(revisions.written()) {
        *times_behind += 1;
        if *times_behind < PATIENCE {
            return Ok(());
        }
        tracing::warn!(revision = status.revision, "the catalog counts its revisions anew");
        start_over(gateway);
    }
    *times_behind = 0;
    let request = WatchEntitiesRequest {
        from_revision: status.revision,
        refs_only: true,
        ..WatchEntitiesRequest::default()
    };
    let mut feed = gateway.catalog().watch_entities(request).await?;
    revisions.heard(status.revision);
    while let Some(batch) = feed.message().await? {
        revisions.heard(batch.revision);
    }
    Ok(())
}

/// What is known of a database that is gone says nothing about the one that is there.
fn start_over(gateway: &Gateway) {
    gateway.revisions().start_over();
    gateway.response_cache().forget();
}
