//! `GetSchedule`: one schedule.

use callboard_proto::lighthouse_audit::v1::{GetScheduleRequest, GetScheduleResponse};
use tonic::Status;

use super::{message, no_such_schedule, schedule_id};
use crate::{
    server::{LighthouseAuditServer, database},
    store,
};

pub(in crate::server) async fn get_schedule(
    server: &LighthouseAuditServer,
    request: GetScheduleRequest,
) -> Result<GetScheduleResponse, Status> {
    let row = store::get_schedule(&server.pool, schedule_id(&request.id)?)
        .await
        .map_err(database)?;
    Ok(GetScheduleResponse {
        schedule: Some(message(row.ok_or_else(|| no_such_schedule(&request.id))?)),
    })
}
