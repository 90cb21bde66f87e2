//! How much there is and how much waits.

use sqlx::PgPool;

/// Counts over all audits, websites and schedules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusCounts {
    /// Audits that wait for a worker.
    pub queued: i64,
    /// Audits that a worker holds.
    pub running: i64,
    /// Audits that ended with a report.
    pub completed: i64,
    /// Audits that ended without one.
    pub failed: i64,
    /// Distinct URLs.
    pub websites: i64,
    /// Schedules that are switched on.
    pub schedules: i64,
}

/// Counts everything.
pub async fn status_counts(pool: &PgPool) -> Result<StatusCounts, sqlx::Error> {
    sqlx::query_as!(
        StatusCounts,
        r#"
        SELECT count(*) FILTER (WHERE status = 'RUNNING' AND lease_owner IS NULL)     AS "queued!",
               count(*) FILTER (WHERE status = 'RUNNING' AND lease_owner IS NOT NULL) AS "running!",
               count(*) FILTER (WHERE status = 'COMPLETED')                           AS "completed!",
               count(*) FILTER (WHERE status = 'FAILED')                              AS "failed!",
               count(DISTINCT url)                                                    AS "websites!",
               (SELECT count(*) FROM schedules WHERE enabled)                         AS "schedules!"
          FROM lighthouse_audits
        "#
    )
    .fetch_one(pool)
    .await
}
