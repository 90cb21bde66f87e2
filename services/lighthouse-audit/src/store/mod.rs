//! All SQL of this unit. To add a migration: a file in `migrations/`, named by time and subject, forward only.

mod audits;
mod queue;
mod reports;
mod retention;
mod schedules;
mod status;
mod trends;
mod websites;

use sqlx::migrate::Migrator;

pub use self::{
    audits::{
        AuditRow, NewAudit, Page, cancel_audit, count_audits, create_audit, delete_audit, get_audit, list_audits,
        list_audits_by_status, list_audits_of_website,
    },
    queue::{Claimed, Ended, claim, complete, expire_leases, fail, hand_back, hold, waiting_count},
    reports::{StoredReport, get_report},
    retention::{delete_older, delete_surplus},
    schedules::{
        NewSchedule, ScheduleRow, create_schedule, delete_schedule, get_schedule, list_schedules, next_due,
        replace_schedules, run_due_schedule, update_schedule,
    },
    status::{StatusCounts, status_counts},
    trends::{TrendCategory, TrendRow, TrendSpan, trend, trend_categories, trend_span},
    websites::{WebsiteRow, audits_of_websites, entities_of_websites, get_website, list_websites},
};

/// What brings the database up to date.
pub static MIGRATOR: Migrator = sqlx::migrate!();
