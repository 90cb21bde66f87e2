//! `CreateAudit`: queues an audit.

use callboard_proto::lighthouse_audit::v1::{CreateAuditRequest, CreateAuditResponse};
use callboard_service_kit::{
    error::{ErrorCode, ServiceError},
    grpc::Deadline,
};
use tonic::Status;
use url::Url;
use uuid::Uuid;

use crate::{
    audit::Target,
    server::{LighthouseAuditServer, convert, database},
    store::{self, AuditRow, NewAudit},
};

pub(in crate::server) async fn create_audit(
    server: &LighthouseAuditServer,
    request: CreateAuditRequest,
) -> Result<CreateAuditResponse, Status> {
    let target = checked_target(server, &request.url)?;
    let options = convert::options(request.options)?;
    let waiting = store::waiting_count(&server.pool).await.map_err(database)?;
    if waiting >= server.config.workers.queue_limit {
        let message = format!("{waiting} audits wait already; try again later");
        return Err(ServiceError::new(ErrorCode::TooManyRequestsError, message).into());
    }
    let mut changes = server.changes.audits();
    let audit = NewAudit {
        id: Uuid::new_v4(),
        target: &target,
        options: &options,
        form_factor: options.device(),
        schedule_id: None,
    };
    let mut row = store::create_audit(&server.pool, &audit).await.map_err(database)?;
    if request.await_completed {
        row = ended(server, row, &mut changes).await?;
    }
    Ok(CreateAuditResponse {
        audit: Some(convert::audit(row)),
    })
}

/// Checks that a URL is one that may be audited.
pub(in crate::server) fn checked_target(server: &LighthouseAuditServer, url: &str) -> Result<Target, Status> {
    let target = Target::parse(url).map_err(|error| ServiceError::input(error.to_string()))?;
    // `Target` has parsed it already.
    let parsed = Url::parse(&target.url).map_err(|error| ServiceError::input(error.to_string()))?;
    server
        .config
        .policy
        .check_url(&parsed)
        .map_err(|refusal| ServiceError::not_allowed(refusal.to_string()))?;
    Ok(target)
}

/// The audit when it has ended; as it is when the caller's time is nearly over.
async fn ended(
    server: &LighthouseAuditServer,
    mut row: AuditRow,
    changes: &mut crate::changes::AuditChanges,
) -> Result<AuditRow, Status> {
    let deadline = Deadline::current();
    while row.status == "RUNNING" {
        let left = deadline.map_or(super::watch_audit::POLL, Deadline::remaining);
        // Enough to answer in.
        let Some(left) = left.checked_sub(std::time::Duration::from_millis(200)) else {
            break;
        };
        let _ = tokio::time::timeout(left.min(super::watch_audit::POLL), changes.changed(row.id)).await;
        row = store::get_audit(&server.pool, row.id)
            .await
            .map_err(database)?
            .ok_or_else(|| crate::server::no_such_audit(&row.id.to_string()))?;
    }
    Ok(row)
}
