//! `CancelAudit`: ends an audit that waits or runs.

use callboard_proto::lighthouse_audit::v1::{CancelAuditRequest, CancelAuditResponse};
use callboard_service_kit::identity::Caller;
use tonic::{Code, Request, Status};

use super::get_audit::found;
use crate::{
    server::{LighthouseAuditServer, audit_id, convert, database},
    store,
};

pub(in crate::server) async fn cancel_audit(
    server: &LighthouseAuditServer,
    request: Request<CancelAuditRequest>,
) -> Result<CancelAuditResponse, Status> {
    let message = format!("Cancelled by {}", Caller::of(&request)?);
    let id = request.into_inner().id;
    let cancelled = store::cancel_audit(&server.pool, audit_id(&id)?, &message)
        .await
        .map_err(database)?;
    if let Some(row) = cancelled {
        return Ok(CancelAuditResponse {
            audit: Some(convert::audit(row)),
        });
    }
    let status = found(server, &id).await?.status.to_lowercase();
    Err(Status::new(
        Code::FailedPrecondition,
        format!("The audit has ended already: it is {status}"),
    ))
}
