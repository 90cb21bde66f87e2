//! The queue: who works on which audit, and how it ends.

use std::time::Duration;

use sqlx::{PgPool, types::Json};
use uuid::Uuid;

use super::reports::StoredReport;
use crate::{
    audit::{AuditFailure, AuditOptions, Metrics, Stage},
    runner::Summary,
};

/// An audit that a worker has taken.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// Its id.
    pub id: Uuid,
    /// The website.
    pub url: String,
    /// `user:password` of the URL.
    pub credentials: Option<String>,
    /// How.
    pub options: AuditOptions,
    /// How many workers have tried it, this one included.
    pub attempts: i32,
    /// Whose it is: a lease is never mistaken for a later one of the same audit.
    pub owner: String,
}

/// What became of the end of an audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It is stored.
    Stored,
    /// The audit was deleted, cancelled or taken by another worker meanwhile: nothing was stored.
    NotOurs,
}

impl Ended {
    fn of(rows: u64) -> Self {
        if rows == 0 { Self::NotOurs } else { Self::Stored }
    }
}

/// Takes the audit whose turn it is.
pub async fn claim(pool: &PgPool, owner: &str, lease: Duration) -> Result<Option<Claimed>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        UPDATE lighthouse_audits
           SET lease_owner = $1, lease_expires = now() + make_interval(secs => $2), attempts = attempts + 1,
               time_started = coalesce(time_started, now()), stage = 'WAITING_FOR_WEBSITE', percent = 0
         WHERE id = (SELECT id FROM lighthouse_audits
                      WHERE status = 'RUNNING' AND lease_owner IS NULL
                      ORDER BY priority, turn, time_created, id
                      LIMIT 1
                        FOR UPDATE SKIP LOCKED)
        RETURNING id, url, credentials, options AS "options: Json<AuditOptions>", attempts
        "#,
        owner,
        lease.as_secs_f64(),
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(|row| Claimed {
        id: row.id,
        url: row.url,
        credentials: row.credentials,
        options: row.options.0,
        attempts: row.attempts,
        owner: owner.to_owned(),
    }))
}

/// Keeps an audit for another lease and notes how far it is. False when it is ours no longer.
pub async fn hold(
    pool: &PgPool,
    audit: &Claimed,
    lease: Duration,
    stage: Stage,
    percent: u8,
) -> Result<bool, sqlx::Error> {
    let result = sqlx::query!(
        r#"
        UPDATE lighthouse_audits
           SET lease_expires = now() + make_interval(secs => $3), stage = $4, percent = $5
         WHERE id = $1 AND lease_owner = $2 AND status = 'RUNNING'
        "#,
        audit.id,
        audit.owner,
        lease.as_secs_f64(),
        stage.as_str(),
        i16::from(percent),
    )
    .execute(pool)
    .await?;
    Ok(result.rows_affected() > 0)
}

/// Ends an audit with its report.
pub async fn complete(
    pool: &PgPool,
    audit: &Claimed,
    summary: &Summary,
    report: &StoredReport,
) -> Result<Ended, sqlx::Error> {
    let Metrics {
        first_contentful_paint_ms,
        largest_contentful_paint_ms,
        total_blocking_time_ms,
        cumulative_layout_shift,
        speed_index_ms,
        time_to_interactive_ms,
        total_bytes,
    } = summary.metrics;
    let mut transaction = pool.begin().await?;
    let result = sqlx::query!(
        r#"
        UPDATE lighthouse_audits
           SET status = 'COMPLETED', time_completed = now(), stage = NULL, percent = 100, lease_owner = NULL,
               lease_expires = NULL, credentials = NULL, options = options #- '{settings,extraHeaders}',
               lighthouse_version = $3, categories = $4, first_contentful_paint_ms = $5, largest_contentful_paint_ms = $6,
               total_blocking_time_ms = $7, cumulative_layout_shift = $8, speed_index_ms = $9, time_to_interactive_ms = $10,
               total_bytes = $11::double precision
         WHERE id = $1 AND lease_owner = $2 AND status = 'RUNNING'
        "#,
        audit.id,
        audit.owner,
        summary.lighthouse_version,
        Json(&summary.categories) as _,
        first_contentful_paint_ms,
        largest_contentful_paint_ms,
        total_blocking_time_ms,
        cumulative_layout_shift,
        speed_index_ms,
        time_to_interactive_ms,
        total_bytes,
    )
    .execute(&mut *transaction)
    .await?;
    if result.rows_affected() == 0 {
        return Ok(Ended::NotOurs);
    }
    sqlx::query!(
        "INSERT INTO lighthouse_reports (audit_id, compressed, dictionary) VALUES ($1, $2, $3)",
        audit.id,
        report.compressed,
        report.dictionary,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(Ended::Stored)
}

/// Ends an audit without a report.
pub async fn fail(pool: &PgPool, audit: &Claimed, failure: &AuditFailure) -> Result<Ended, sqlx::Error> {
    let result = sqlx::query!(
        r#"
        UPDATE lighthouse_audits
           SET status = 'FAILED', time_completed = now(), stage = NULL, lease_owner = NULL, lease_expires = NULL,
               failure_kind = $3, failure_message = $4, credentials = NULL, options = options #- '{settings,extraHeaders}'
         WHERE id = $1 AND lease_owner = $2 AND status = 'RUNNING'
        "#,
        audit.id,
        audit.owner,
        failure.kind.as_str(),
        failure.message,
    )
    .execute(pool)
    .await?;
    Ok(Ended::of(result.rows_affected()))
}

/// Puts an audit back to the front of the queue. `counts`: this attempt is one.
pub async fn hand_back(pool: &PgPool, audit: &Claimed, counts: bool) -> Result<Ended, sqlx::Error> {
    let result = sqlx::query!(
        r#"
        UPDATE lighthouse_audits
           SET lease_owner = NULL, lease_expires = NULL, stage = 'QUEUED', percent = 0, attempts = attempts - $3
         WHERE id = $1 AND lease_owner = $2 AND status = 'RUNNING'
        "#,
        audit.id,
        audit.owner,
        i32::from(!counts),
    )
    .execute(pool)
    .await?;
    Ok(Ended::of(result.rows_affected()))
}

/// Takes audits away from workers that give no sign of life: those tried too often have failed, the others wait again.
/// Tells how many there were.
pub async fn expire_leases(pool: &PgPool, max_attempts: i32) -> Result<u64, sqlx::Error> {
    let result = sqlx::query!(
        r#"
        WITH lost AS (
            SELECT id, attempts >= $1 AS is_last FROM lighthouse_audits
             WHERE status = 'RUNNING' AND lease_owner IS NOT NULL AND lease_expires < now()
             ORDER BY id
               FOR UPDATE SKIP LOCKED
        )
        UPDATE lighthouse_audits a
           SET lease_owner = NULL, lease_expires = NULL, percent = 0,
               status          = CASE WHEN is_last THEN 'FAILED' ELSE 'RUNNING' END,
               stage           = CASE WHEN is_last THEN NULL ELSE 'QUEUED' END,
               time_completed  = CASE WHEN is_last THEN now() END,
               failure_kind    = CASE WHEN is_last THEN 'WORKER_LOST' END,
               failure_message = CASE WHEN is_last
                                      THEN 'The worker died over the audit, and so did those before it (' || attempts || ' in all)'
                                 END,
               credentials     = CASE WHEN NOT is_last THEN credentials END
          FROM lost
         WHERE a.id = lost.id
        "#,
        max_attempts,
    )
    .execute(pool)
    .await?;
    Ok(result.rows_affected())
}

/// How many audits wait.
pub async fn waiting_count(pool: &PgPool) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM lighthouse_audits WHERE status = 'RUNNING' AND lease_owner IS NULL"#
    )
    .fetch_one(pool)
    .await
}
