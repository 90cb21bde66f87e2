//! `CreateSchedule`: adds a schedule.

use callboard_proto::lighthouse_audit::v1::{CreateScheduleRequest, CreateScheduleResponse};
use tonic::Status;
use uuid::Uuid;

use super::{checked, message};
use crate::{
    server::{LighthouseAuditServer, database},
    store,
};

pub(in crate::server) async fn create_schedule(
    server: &LighthouseAuditServer,
    request: CreateScheduleRequest,
) -> Result<CreateScheduleResponse, Status> {
    let schedule = checked(server, request.schedule)?;
    let row = store::create_schedule(&server.pool, Uuid::new_v4(), &schedule)
        .await
        .map_err(database)?;
    Ok(CreateScheduleResponse {
        schedule: Some(message(row)),
    })
}
