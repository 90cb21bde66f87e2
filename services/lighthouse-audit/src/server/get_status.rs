//! `GetStatus`: counts and queue lengths.

use callboard_proto::lighthouse_audit::v1::GetStatusResponse;
use callboard_service_kit::error::ServiceError;
use tonic::Status;

use super::LighthouseAuditServer;
use crate::store;

pub(super) async fn get_status(server: &LighthouseAuditServer) -> Result<GetStatusResponse, Status> {
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
