//! Audits as rows.

use sqlx::{PgPool, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::audit::{AuditOptions, CategoryScore, FormFactor, Target};

/// An audit, without its report.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the columns of the table, which documents them")]
pub struct AuditRow {
    pub id: Uuid,
    pub url: String,
    pub status: String,
    pub stage: Option<String>,
    pub percent: i16,
    pub time_created: OffsetDateTime,
    pub time_started: Option<OffsetDateTime>,
    pub time_completed: Option<OffsetDateTime>,
    pub failure_kind: Option<String>,
    pub failure_message: Option<String>,
    pub form_factor: String,
    pub lighthouse_version: Option<String>,
    pub categories: Json<Vec<CategoryScore>>,
    pub first_contentful_paint_ms: Option<f64>,
    pub largest_contentful_paint_ms: Option<f64>,
    pub total_blocking_time_ms: Option<f64>,
    pub cumulative_layout_shift: Option<f64>,
    pub speed_index_ms: Option<f64>,
    pub time_to_interactive_ms: Option<f64>,
    pub total_bytes: Option<i64>,
    pub attempts: i32,
    pub schedule_id: Option<Uuid>,
}

/// The columns of an [`AuditRow`], for a statement that begins with them.
macro_rules! query_audits {
    ($before:literal, $after:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            $crate::store::AuditRow,
            $before
                + r#"
                a.id, a.url, a.status, a.stage, a.percent, a.time_created, a.time_started, a.time_completed, a.failure_kind,
                a.failure_message, a.form_factor, a.lighthouse_version,
                a.categories AS "categories: sqlx::types::Json<Vec<crate::audit::CategoryScore>>",
                a.first_contentful_paint_ms, a.largest_contentful_paint_ms, a.total_blocking_time_ms,
                a.cumulative_layout_shift, a.speed_index_ms, a.time_to_interactive_ms, a.total_bytes, a.attempts,
                a.schedule_id
                "#
                + $after
            $(, $argument)*
        )
    };
}
pub(super) use query_audits;

/// An audit to be made.
#[derive(Debug, Clone)]
pub struct NewAudit<'a> {
    /// Its id.
    pub id: Uuid,
    /// The website.
    pub target: &'a Target,
    /// How.
    pub options: &'a AuditOptions,
    /// The device, as the options say.
    pub form_factor: FormFactor,
    /// Which schedule asks for it; none for a person.
    pub schedule_id: Option<Uuid>,
}

/// A page in the order newest first: what comes after `after`, with some passed over.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The last audit of the page before, by time and id.
    pub after: Option<(OffsetDateTime, Uuid)>,
    /// How many to pass over.
    pub offset: i64,
    /// How many.
    pub limit: i64,
}

/// Later than every audit.
const END_OF_TIME: OffsetDateTime = time::macros::datetime!(9999-12-31 0:00 UTC);

impl Page {
    fn start(&self) -> (OffsetDateTime, Uuid) {
        self.after.unwrap_or((END_OF_TIME, Uuid::nil()))
    }
}

/// Queues an audit. It comes after those of the same website that wait, and beside the first of all others.
pub async fn create_audit<'c>(
    executor: impl sqlx::PgExecutor<'c>,
    audit: &NewAudit<'_>,
) -> Result<AuditRow, sqlx::Error> {
    query_audits!(
        r#"
        INSERT INTO lighthouse_audits AS a (id, url, credentials, options, form_factor, schedule_id, stage, priority, turn)
        SELECT $1, $2, $3, $4, $5, $6, 'QUEUED', $7,
               greatest(
                   (SELECT min(turn) FROM lighthouse_audits
                     WHERE status = 'RUNNING' AND lease_owner IS NULL AND priority = $7),
                   (SELECT max(turn) + 1 FROM lighthouse_audits
                     WHERE status = 'RUNNING' AND lease_owner IS NULL AND priority = $7 AND url = $2),
                   0
               )
        RETURNING
        "#,
        "",
        audit.id,
        audit.target.url,
        audit.target.credentials,
        Json(audit.options) as _,
        audit.form_factor.as_str(),
        audit.schedule_id,
        i16::from(audit.schedule_id.is_some()),
    )
    .fetch_one(executor)
    .await
}

/// One audit.
pub async fn get_audit(pool: &PgPool, id: Uuid) -> Result<Option<AuditRow>, sqlx::Error> {
    query_audits!("SELECT", "FROM lighthouse_audits a WHERE a.id = $1", id)
        .fetch_optional(pool)
        .await
}

/// A page of all audits.
pub async fn list_audits(pool: &PgPool, page: &Page) -> Result<Vec<AuditRow>, sqlx::Error> {
    let (time, id) = page.start();
    query_audits!(
        "SELECT",
        r#"
          FROM lighthouse_audits a
         WHERE a.time_created <= $1 AND (a.time_created < $1 OR a.id > $2)
         ORDER BY a.time_created DESC, a.id
         LIMIT $3 OFFSET $4
        "#,
        time,
        id,
        page.limit,
        page.offset,
    )
    .fetch_all(pool)
    .await
}

/// A page of the audits in one state.
pub async fn list_audits_by_status(pool: &PgPool, status: &str, page: &Page) -> Result<Vec<AuditRow>, sqlx::Error> {
    let (time, id) = page.start();
    query_audits!(
        "SELECT",
        r#"
          FROM lighthouse_audits a
         WHERE a.status = $5 AND a.time_created <= $1 AND (a.time_created < $1 OR a.id > $2)
         ORDER BY a.time_created DESC, a.id
         LIMIT $3 OFFSET $4
        "#,
        time,
        id,
        page.limit,
        page.offset,
        status,
    )
    .fetch_all(pool)
    .await
}

/// A page of the audits of one website, in one state or in any.
pub async fn list_audits_of_website(
    pool: &PgPool,
    url: &str,
    status: Option<&str>,
    page: &Page,
) -> Result<Vec<AuditRow>, sqlx::Error> {
    let (time, id) = page.start();
    query_audits!(
        "SELECT",
        r#"
          FROM lighthouse_audits a
         WHERE a.url = $5 AND a.time_created <= $1 AND (a.time_created < $1 OR a.id > $2)
           AND ($6::text IS NULL OR a.status = $6)
         ORDER BY a.time_created DESC, a.id
         LIMIT $3 OFFSET $4
        "#,
        time,
        id,
        page.limit,
        page.offset,
        url,
        status,
    )
    .fetch_all(pool)
    .await
}

/// How many audits there are, of one website or of all, in one state or in any.
pub async fn count_audits(pool: &PgPool, url: Option<&str>, status: Option<&str>) -> Result<i64, sqlx::Error> {
    match (url, status) {
        // The totals of the websites: no matter how many audits there are.
        (url, None) => {
            sqlx::query_scalar!(
                r#"SELECT coalesce(sum(audit_count), 0)::bigint AS "count!" FROM websites WHERE $1::text IS NULL OR url = $1"#,
                url
            )
            .fetch_one(pool)
            .await
        }
        (None, Some(status)) => {
            sqlx::query_scalar!(
                r#"SELECT count(*) AS "count!" FROM lighthouse_audits WHERE status = $1"#,
                status
            )
            .fetch_one(pool)
            .await
        }
        (Some(url), Some(status)) => {
            sqlx::query_scalar!(
                r#"SELECT count(*) AS "count!" FROM lighthouse_audits WHERE url = $1 AND status = $2"#,
                url,
                status
            )
            .fetch_one(pool)
            .await
        }
    }
}

/// Deletes an audit with its report and tells what it was. A worker that has it finds out.
pub async fn delete_audit(pool: &PgPool, id: Uuid) -> Result<Option<AuditRow>, sqlx::Error> {
    query_audits!("DELETE FROM lighthouse_audits a WHERE a.id = $1 RETURNING", "", id)
        .fetch_optional(pool)
        .await
}

/// Ends an audit that waits or runs. `None` when it has ended already, or there is none.
pub async fn cancel_audit(pool: &PgPool, id: Uuid, message: &str) -> Result<Option<AuditRow>, sqlx::Error> {
    query_audits!(
        r#"
        UPDATE lighthouse_audits a
           SET status = 'FAILED', time_completed = now(), stage = NULL, lease_owner = NULL, lease_expires = NULL,
               failure_kind = 'CANCELLED', failure_message = $2, credentials = NULL,
               options = options #- '{settings,extraHeaders}'
         WHERE a.id = $1 AND a.status = 'RUNNING'
        RETURNING
        "#,
        "",
        id,
        message,
    )
    .fetch_optional(pool)
    .await
}
