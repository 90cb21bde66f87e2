//! Schedules.

use sqlx::{PgPool, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

use super::audits::{NewAudit, create_audit};
use crate::audit::{AuditOptions, Target};

/// A schedule.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the table, which documents them")]
pub struct ScheduleRow {
    pub id: Uuid,
    pub url: String,
    pub cron: String,
    pub time_zone: String,
    pub jitter_seconds: i32,
    pub options: Json<AuditOptions>,
    pub enabled: bool,
    pub origin: String,
    pub entity_ref: Option<String>,
    pub next_run: Option<OffsetDateTime>,
    pub last_run: Option<OffsetDateTime>,
}

/// A schedule to be made, or what one becomes.
#[derive(Debug, Clone, PartialEq)]
pub struct NewSchedule {
    /// The website.
    pub url: String,
    /// When.
    pub cron: String,
    /// Where that is.
    pub time_zone: String,
    /// How much later at most.
    pub jitter_seconds: i32,
    /// How.
    pub options: AuditOptions,
    /// Whether it runs.
    pub enabled: bool,
    /// The entity it comes from; for those of the catalog.
    pub entity_ref: Option<String>,
    /// When it runs next.
    pub next_run: Option<OffsetDateTime>,
    /// When it runs first, if its website was never audited.
    pub first_run: Option<OffsetDateTime>,
}

/// The columns of a [`ScheduleRow`], for a statement that begins with them.
macro_rules! query_schedules {
    ($before:literal, $after:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            ScheduleRow,
            $before
                + r#" id, url, cron, time_zone, jitter_seconds, options AS "options: Json<AuditOptions>", enabled, origin,
                      entity_ref, next_run, last_run "#
                + $after
            $(, $argument)*
        )
    };
}

/// Adds a person's schedule.
pub async fn create_schedule(pool: &PgPool, id: Uuid, schedule: &NewSchedule) -> Result<ScheduleRow, sqlx::Error> {
    query_schedules!(
        r#"
        INSERT INTO schedules (id, url, cron, time_zone, jitter_seconds, options, enabled, origin, next_run)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'api', $8)
        RETURNING
        "#,
        "",
        id,
        schedule.url,
        schedule.cron,
        schedule.time_zone,
        schedule.jitter_seconds,
        Json(&schedule.options) as _,
        schedule.enabled,
        schedule.next_run,
    )
    .fetch_one(pool)
    .await
}

/// One schedule.
pub async fn get_schedule(pool: &PgPool, id: Uuid) -> Result<Option<ScheduleRow>, sqlx::Error> {
    query_schedules!("SELECT", "FROM schedules WHERE id = $1", id)
        .fetch_optional(pool)
        .await
}

/// A page of schedules by website, after the one of this URL and id.
pub async fn list_schedules(
    pool: &PgPool,
    url: Option<&str>,
    after: Option<&(String, Uuid)>,
    limit: i64,
) -> Result<Vec<ScheduleRow>, sqlx::Error> {
    let (after_url, after_id) = after.map_or(("", Uuid::nil()), |(url, id)| (url.as_str(), *id));
    query_schedules!(
        "SELECT",
        r#"
          FROM schedules
         WHERE ($1::text IS NULL OR url = $1) AND (url, id) > ($2, $3)
         ORDER BY url, id
         LIMIT $4
        "#,
        url,
        after_url,
        after_id,
        limit,
    )
    .fetch_all(pool)
    .await
}

/// Changes a person's schedule. `None` when there is none of that id.
pub async fn update_schedule(
    pool: &PgPool,
    id: Uuid,
    schedule: &NewSchedule,
) -> Result<Option<ScheduleRow>, sqlx::Error> {
    query_schedules!(
        r#"
        UPDATE schedules
           SET url = $2, cron = $3, time_zone = $4, jitter_seconds = $5, options = $6, enabled = $7, next_run = $8
         WHERE id = $1 AND origin = 'api'
        RETURNING
        "#,
        "",
        id,
        schedule.url,
        schedule.cron,
        schedule.time_zone,
        schedule.jitter_seconds,
        Json(&schedule.options) as _,
        schedule.enabled,
        schedule.next_run,
    )
    .fetch_optional(pool)
    .await
}

/// Deletes a person's schedule. False when there is none of that id.
pub async fn delete_schedule(pool: &PgPool, id: Uuid) -> Result<bool, sqlx::Error> {
    let result = sqlx::query!("DELETE FROM schedules WHERE id = $1 AND origin = 'api'", id)
        .execute(pool)
        .await?;
    Ok(result.rows_affected() > 0)
}

/// Makes the schedules of an origin, or those of some entities, exactly these. What stays the same keeps its times.
///
/// In each statement the index on entities is of use where entities are given, however the plan is made: a catalog that is
/// read anew changes thousands of them, one after the other.
pub async fn replace_schedules(
    pool: &PgPool,
    origin: &str,
    entity_refs: Option<&[String]>,
    schedules: &[NewSchedule],
) -> Result<(), sqlx::Error> {
    /// Replicas start together and would add the same schedules twice.
    const LOCK: i64 = 0x006c_6874_7363_6864;
    let column = |of: fn(&NewSchedule) -> &str| -> Vec<String> {
        schedules.iter().map(|schedule| of(schedule).to_owned()).collect()
    };
    let urls = column(|schedule| &schedule.url);
    let crons = column(|schedule| &schedule.cron);
    let zones = column(|schedule| &schedule.time_zone);
    let jitters: Vec<i32> = schedules.iter().map(|schedule| schedule.jitter_seconds).collect();
    let options: Vec<serde_json::Value> = schedules
        .iter()
        .map(|schedule| serde_json::to_value(&schedule.options).unwrap_or_default())
        .collect();
    let refs: Vec<Option<String>> = schedules.iter().map(|schedule| schedule.entity_ref.clone()).collect();
    let times: Vec<Option<OffsetDateTime>> = schedules.iter().map(|schedule| schedule.next_run).collect();
    let first_times: Vec<Option<OffsetDateTime>> = schedules.iter().map(|schedule| schedule.first_run).collect();
    let ids: Vec<Uuid> = schedules.iter().map(|_| Uuid::new_v4()).collect();

    let mut transaction = pool.begin().await?;
    sqlx::query!("SELECT pg_advisory_xact_lock($1)", LOCK)
        .execute(&mut *transaction)
        .await?;
    sqlx::query!(
        r#"
        DELETE FROM schedules s
         USING (SELECT id FROM schedules WHERE origin = $1 AND $2::text[] IS NULL
                 UNION ALL
                SELECT id FROM schedules WHERE origin = $1 AND entity_ref = ANY($2)) AS candidate
         WHERE candidate.id = s.id
           AND NOT EXISTS (SELECT FROM unnest($3::text[], $4::text[], $5::text[], $6::int[], $7::jsonb[], $8::text[])
                                       AS kept (url, cron, time_zone, jitter_seconds, options, entity_ref)
                            WHERE kept.url = s.url AND kept.cron = s.cron AND kept.time_zone = s.time_zone
                              AND kept.jitter_seconds = s.jitter_seconds AND kept.options = s.options
                              AND kept.entity_ref IS NOT DISTINCT FROM s.entity_ref)
        "#,
        origin,
        entity_refs as _,
        &urls,
        &crons,
        &zones,
        &jitters,
        &options,
        &refs as _,
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        r#"
        INSERT INTO schedules (id, url, cron, time_zone, jitter_seconds, options, origin, entity_ref, next_run)
        SELECT new.id, new.url, new.cron, new.time_zone, new.jitter_seconds, new.options, $1, new.entity_ref,
               CASE WHEN EXISTS (SELECT FROM websites WHERE websites.url = new.url) THEN new.next_run
                    ELSE least(new.next_run, new.first_run)
               END
          FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::int[], $7::jsonb[], $8::text[], $9::timestamptz[],
                      $10::timestamptz[])
                      AS new (id, url, cron, time_zone, jitter_seconds, options, entity_ref, next_run, first_run)
         -- Of an entity's websites each has one schedule, which the index says.
         WHERE new.entity_ref IS NOT NULL
            OR NOT EXISTS (SELECT FROM schedules s
                            WHERE s.origin = $1 AND s.url = new.url AND s.cron = new.cron AND s.time_zone = new.time_zone
                              AND s.jitter_seconds = new.jitter_seconds AND s.options = new.options)
        ON CONFLICT DO NOTHING
        "#,
        origin,
        &ids,
        &urls,
        &crons,
        &zones,
        &jitters,
        &options,
        &refs as _,
        &times as _,
        &first_times as _,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}

/// When the next schedule is due.
pub async fn next_due(pool: &PgPool) -> Result<Option<OffsetDateTime>, sqlx::Error> {
    sqlx::query_scalar!("SELECT min(next_run) FROM schedules WHERE enabled")
        .fetch_one(pool)
        .await
}

/// Queues the audit of one schedule that is due, and sets when it runs next. False when none is due.
///
/// A schedule whose last audit has not ended is passed over this once: audits of it would only pile up.
pub async fn run_due_schedule(
    pool: &PgPool,
    now: OffsetDateTime,
    next_run: impl FnOnce(&ScheduleRow) -> Option<OffsetDateTime>,
) -> Result<bool, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    let due = query_schedules!(
        "SELECT",
        r#"
          FROM schedules
         WHERE enabled AND next_run <= $1
         ORDER BY next_run, id
         LIMIT 1
           FOR UPDATE SKIP LOCKED
        "#,
        now,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(schedule) = due else { return Ok(false) };
    let is_busy = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM lighthouse_audits WHERE schedule_id = $1 AND status = 'RUNNING') AS "exists!""#,
        schedule.id,
    )
    .fetch_one(&mut *transaction)
    .await?;
    if !is_busy {
        let options = &schedule.options.0;
        let target = Target {
            url: schedule.url.clone(),
            credentials: None,
        };
        let audit = NewAudit {
            id: Uuid::new_v4(),
            target: &target,
            options,
            form_factor: options.device(),
            schedule_id: Some(schedule.id),
        };
        create_audit(&mut *transaction, &audit).await?;
    }
    sqlx::query!(
        "UPDATE schedules SET next_run = $2, last_run = $3 WHERE id = $1",
        schedule.id,
        next_run(&schedule),
        now,
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(true)
}
