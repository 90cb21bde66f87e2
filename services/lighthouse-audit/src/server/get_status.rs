//! `GetStatus`: counts and queue lengths.

use std::time::Duration;

use callboard_proto::lighthouse_audit::v1::GetStatusResponse;
use callboard_service_kit::error::ServiceError;
use prost::Message;
use tonic::Status;

use super::LighthouseAuditServer;
use crate::store;

/// Counting reads every row; dashboards that all ask at once share one answer for this long.
const FRESH_FOR: Duration = Duration::from_secs(2);
const KEY: &str = "counts";

pub(super) async fn get_status(server: &LighthouseAuditServer) -> Result<GetStatusResponse, Status> {
    let cached = server.status_cache.get(KEY).await;
    if let Some(answer) = cached.and_then(|bytes| GetStatusResponse::decode(bytes).ok()) {
        return Ok(answer);
    }
    let answer = count(server).await?;
    server
        .status_cache
        .set(KEY, answer.encode_to_vec().into(), Some(FRESH_FOR))
        .await;
    Ok(answer)
}

async fn count(server: &LighthouseAuditServer) -> Result<GetStatusResponse, Status> {
    let counts = store::status_counts(&server.pool).await.map_err(ServiceError::from)?;
    Ok(GetStatusResponse {
        queued: counts.queued.unsigned_abs(),
        running: counts.running.unsigned_abs(),
        completed: counts.completed.unsigned_abs(),
        failed: counts.failed.unsigned_abs(),
        websites: counts.websites.unsigned_abs(),
        schedules: counts.schedules.unsigned_abs(),
    })
}
