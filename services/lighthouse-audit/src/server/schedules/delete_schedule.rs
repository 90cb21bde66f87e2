//! `DeleteSchedule`: deletes a schedule made by a person. Its audits stay.

use callboard_proto::lighthouse_audit::v1::{DeleteScheduleRequest, DeleteScheduleResponse};
use tonic::Status;

use super::{changeable, no_such_schedule};
use crate::{
    server::{LighthouseAuditServer, database},
    store,
};

pub(in crate::server) async fn delete_schedule(
    server: &LighthouseAuditServer,
    request: DeleteScheduleRequest,
) -> Result<DeleteScheduleResponse, Status> {
    let id = changeable(server, &request.id).await?;
    if store::delete_schedule(&server.pool, id).await.map_err(database)? {
        Ok(DeleteScheduleResponse {})
    } else {
        Err(no_such_schedule(&request.id))
    }
}
