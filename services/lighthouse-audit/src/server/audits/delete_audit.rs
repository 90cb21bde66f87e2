//! `DeleteAudit`: an audit and its report are gone; whoever works on it stops.

use callboard_proto::lighthouse_audit::v1::{DeleteAuditRequest, DeleteAuditResponse};
use tonic::Status;

use crate::{
    server::{LighthouseAuditServer, audit_id, convert, database, no_such_audit},
    store,
};

pub(in crate::server) async fn delete_audit(
    server: &LighthouseAuditServer,
    request: DeleteAuditRequest,
) -> Result<DeleteAuditResponse, Status> {
    let id = audit_id(&request.id)?;
    let row = store::delete_audit(&server.pool, id).await.map_err(database)?;
    server.pages.forget(id);
    let row = row.ok_or_else(|| no_such_audit(&request.id))?;
    Ok(DeleteAuditResponse {
        audit: Some(convert::audit(row)),
    })
}
