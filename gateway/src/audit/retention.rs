//! The audit log does not grow without an end.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::gateway::Gateway;

/// How often old events are looked for.
const INTERVAL: Duration = Duration::from_hours(1);

/// Removes events older than `audit.retention`, until `stop`.
pub async fn remove_old_events(gateway: Gateway, stop: CancellationToken) {
    stop.run_until_cancelled(async {
        loop {
            remove(&gateway).await;
            tokio::time::sleep(INTERVAL).await;
        }
    })
    .await;
}

async fn remove(gateway: &Gateway) {
    let Some(oldest) = gateway.clock().now().checked_sub(gateway.config().audit_retention) else {
        return;
    };
    loop {
        match gateway.audit_log().remove_before(oldest.into()).await {
            Ok(0) => return,
            Ok(removed) => tracing::info!(removed, "old events of the audit log were removed"),
            Err(error) => {
                tracing::warn!(%error, "old events of the audit log could not be removed");
                return;
            }
        }
    }
}
