//! Schedules.

pub(super) mod create_schedule;
pub(super) mod delete_schedule;
pub(super) mod get_schedule;
pub(super) mod list_schedules;
pub(super) mod update_schedule;

use std::time::Duration;

use callboard_proto::lighthouse_audit::v1 as proto;
use callboard_service_kit::error::ServiceError;
use time::OffsetDateTime;
use tonic::{Code, Status};
use uuid::Uuid;

use super::{LighthouseAuditServer, audits::create_audit::checked_target, convert, database};
use crate::{
    schedule::Timetable,
    store::{self, NewSchedule, ScheduleRow},
};

fn no_such_schedule(id: &str) -> Status {
    ServiceError::not_found(format!("schedule not found for id \"{id}\"")).into()
}

fn schedule_id(text: &str) -> Result<Uuid, Status> {
    text.parse().map_err(|_| no_such_schedule(text))
}

/// A person's schedule, which may be changed.
async fn changeable(server: &LighthouseAuditServer, id: &str) -> Result<Uuid, Status> {
    let row = store::get_schedule(&server.pool, schedule_id(id)?)
        .await
        .map_err(database)?;
    let row = row.ok_or_else(|| no_such_schedule(id))?;
    match (row.origin.as_str(), row.entity_ref) {
        ("api", _) => Ok(row.id),
        (_, Some(entity)) => Err(Status::new(
            Code::FailedPrecondition,
            format!("The schedule comes from the annotations of {entity}: change it there"),
        )),
        _ => Err(Status::new(
            Code::FailedPrecondition,
            "The schedule comes from the configuration, lighthouse.schedules: change it there",
        )),
    }
}

/// What a message asks for.
fn checked(server: &LighthouseAuditServer, schedule: Option<proto::Schedule>) -> Result<NewSchedule, Status> {
    let schedule = schedule.ok_or_else(|| ServiceError::input("there is no schedule in the request"))?;
    let target = checked_target(server, &schedule.url)?;
    if target.credentials.is_some() {
        return Err(ServiceError::input("a schedule's URL cannot carry credentials").into());
    }
    let jitter = schedule
        .jitter
        .map(|jitter| convert::duration(jitter, "jitter"))
        .transpose()?;
    let jitter = Duration::from_secs(jitter.unwrap_or_default().as_secs());
    let timetable = Timetable::new(&schedule.cron, &schedule.time_zone, jitter)
        .map_err(|error| ServiceError::input(error.to_string()))?;
    let now = OffsetDateTime::from(server.clock.now());
    Ok(NewSchedule {
        url: target.url,
        cron: schedule.cron,
        time_zone: timetable.zone().to_owned(),
        jitter_seconds: i32::try_from(jitter.as_secs()).unwrap_or(i32::MAX),
        options: convert::options(schedule.options)?,
        enabled: schedule.enabled,
        entity_ref: None,
        first_run: None,
        next_run: if schedule.enabled {
            timetable.next_run(now)
        } else {
            None
        },
    })
}

fn message(row: ScheduleRow) -> proto::Schedule {
    let origin = match row.origin.as_str() {
        "api" => proto::ScheduleOrigin::Api,
        "configuration" => proto::ScheduleOrigin::Configuration,
        "catalog" => proto::ScheduleOrigin::Catalog,
        _ => proto::ScheduleOrigin::Unspecified,
    };
    proto::Schedule {
        id: row.id.to_string(),
        url: row.url,
        cron: row.cron,
        time_zone: row.time_zone,
        jitter: Some(prost_types::Duration {
            seconds: row.jitter_seconds.into(),
            nanos: 0,
        }),
        options: Some(convert::shown_options(&row.options.0)),
        enabled: row.enabled,
        origin: origin.into(),
        entity_ref: row.entity_ref.unwrap_or_default(),
        next_run: row.next_run.map(convert::timestamp),
        last_run: row.last_run.map(convert::timestamp),
    }
}
