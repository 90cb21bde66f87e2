//! Queues audits when their schedules are due. Every replica does; each run is one row's, and so one replica's.

use std::time::Duration;

use callboard_service_kit::clock::SharedClock;
use sqlx::PgPool;
use time::OffsetDateTime;
use tokio_util::sync::CancellationToken;

use super::Timetable;
use crate::{
    config::ConfiguredSchedule,
    store::{self, NewSchedule, ScheduleRow},
};

/// How often somebody looks.
const POLL: Duration = Duration::from_secs(5);

/// Queues what is due.
#[derive(Clone)]
pub struct Scheduler {
    pool: PgPool,
    clock: SharedClock,
}

impl Scheduler {
    /// By a clock of the caller's choice.
    pub fn new(pool: PgPool, clock: SharedClock) -> Self {
        Self { pool, clock }
    }

    /// Looks until the unit stops.
    pub async fn run(self, shutdown: CancellationToken) {
        loop {
            if let Err(error) = self.run_due().await {
                tracing::warn!(%error, "schedules cannot be looked at");
            }
            if tokio::time::timeout(POLL, shutdown.cancelled()).await.is_ok() {
                return;
            }
        }
    }

    /// Queues everything that is due now. Runs that were missed, while nothing was there to look, are made up for once.
    pub async fn run_due(&self) -> Result<u32, sqlx::Error> {
        let mut runs = 0;
        loop {
            let now = OffsetDateTime::from(self.clock.now());
            if !store::run_due_schedule(&self.pool, now, |schedule| next_run(schedule, now)).await? {
                return Ok(runs);
            }
            runs += 1;
        }
    }
}

fn next_run(schedule: &ScheduleRow, now: OffsetDateTime) -> Option<OffsetDateTime> {
    let jitter = Duration::from_secs(u64::from(schedule.jitter_seconds.unsigned_abs()));
    match Timetable::new(&schedule.cron, &schedule.time_zone, jitter) {
        Ok(timetable) => timetable.next_run(now),
        // Another release may have known that zone.
        Err(error) => {
            tracing::error!(schedule = %schedule.id, %error, "a schedule makes no sense; it does not run again");
            None
        }
    }
}

/// Makes the schedules of the configuration those that there are.
pub async fn apply_configuration(
    pool: &PgPool,
    schedules: &[ConfiguredSchedule],
    now: OffsetDateTime,
) -> Result<(), sqlx::Error> {
    let new: Vec<NewSchedule> = schedules
        .iter()
        .map(|schedule| {
            schedule
                .timetable
                .schedule(&schedule.url, schedule.options.clone(), None, now)
        })
        .collect();
    store::replace_schedules(pool, "configuration", None, &new).await
}

impl Timetable {
    /// A schedule that runs by this timetable.
    pub(super) fn schedule(
        &self,
        url: &str,
        options: crate::audit::AuditOptions,
        entity_ref: Option<String>,
        now: OffsetDateTime,
    ) -> NewSchedule {
        NewSchedule {
            url: url.to_owned(),
            cron: self.cron().to_owned(),
            time_zone: self.zone().to_owned(),
            jitter_seconds: i32::try_from(self.jitter().as_secs()).unwrap_or(i32::MAX),
            options,
            enabled: true,
            entity_ref,
            next_run: self.next_run(now),
            first_run: None,
        }
    }
}
