//! `UpdateSchedule`: changes a schedule made by a person.

use callboard_proto::lighthouse_audit::v1::{UpdateScheduleRequest, UpdateScheduleResponse};
use tonic::Status;

use super::{changeable, checked, message, no_such_schedule};
use crate::{
    server::{LighthouseAuditServer, database},
    store,
};

pub(in crate::server) async fn update_schedule(
    server: &LighthouseAuditServer,
    request: UpdateScheduleRequest,
) -> Result<UpdateScheduleResponse, Status> {
    let id = request
        .schedule
        .as_ref()
        .map(|schedule| schedule.id.clone())
        .unwrap_or_default();
    let known = changeable(server, &id).await?;
    let schedule = checked(server, request.schedule)?;
    let row = store::update_schedule(&server.pool, known, &schedule)
        .await
        .map_err(database)?;
    Ok(UpdateScheduleResponse {
        schedule: Some(message(row.ok_or_else(|| no_such_schedule(&id))?)),
    })
}
