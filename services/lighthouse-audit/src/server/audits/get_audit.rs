//! `GetAudit`: one audit without its report.

use callboard_proto::lighthouse_audit::v1::{GetAuditRequest, GetAuditResponse};
use tonic::Status;

use crate::{
    server::{LighthouseAuditServer, audit_id, convert, database, no_such_audit},
    store::{self, AuditRow},
};

pub(in crate::server) async fn get_audit(
    server: &LighthouseAuditServer,
    request: GetAuditRequest,
) -> Result<GetAuditResponse, Status> {
    let row = found(server, &request.id).await?;
    Ok(GetAuditResponse {
        audit: Some(convert::audit(row)),
    })
}

/// The audit of an id.
pub(in crate::server) async fn found(server: &LighthouseAuditServer, id: &str) -> Result<AuditRow, Status> {
    store::get_audit(&server.pool, audit_id(id)?)
        .await
        .map_err(database)?
        .ok_or_else(|| no_such_audit(id))
}
