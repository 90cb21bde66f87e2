//! Known entities: what their parents emitted, what processing made of it, and when they are due.

use std::time::Duration;

use sqlx::{PgConnection, PgPool, postgres::types::PgInterval};
use time::OffsetDateTime;
use uuid::Uuid;

use super::Result;

/// What planning needs to know of a row.
#[derive(Debug, Clone)]
pub struct KnownEntity {
    /// Normalised ref.
    pub entity_ref: String,
    /// SHA-1 of what was emitted last.
    pub unprocessed_hash: String,
    /// Owner of the row.
    pub location_key: Option<String>,
    /// Nothing emits it at the moment.
    pub orphaned: bool,
    /// Processing has been tried.
    pub settled: bool,
}

/// A row that a worker holds the lease of.
#[derive(Debug, Clone)]
pub struct DueEntity {
    /// Row id, the entity's uid.
    pub entity_id: Uuid,
    /// Normalised ref.
    pub entity_ref: String,
    /// As emitted, JSON.
    pub unprocessed: String,
    /// SHA-1 of what was emitted.
    pub unprocessed_hash: String,
    /// Owner of the row.
    pub location_key: Option<String>,
    /// When it was due; tells at the end whether it has been scheduled again meanwhile.
    pub due_at: OffsetDateTime,
    /// How long it has been due.
    pub waited_seconds: f64,
}

/// The rows of some refs; refs without a row are left out.
pub async fn get_known(connection: &mut PgConnection, refs: &[String]) -> Result<Vec<KnownEntity>> {
    sqlx::query_as!(
        KnownEntity,
        r#"
        SELECT entity_ref,
               unprocessed_hash,
               location_key,
               orphaned_at IS NOT NULL                     AS "orphaned!",
               processed IS NOT NULL OR errors IS NOT NULL AS "settled!"
          FROM entity_state
         WHERE entity_ref = ANY($1)
        "#,
        refs,
    )
    .fetch_all(connection)
    .await
}

/// Takes the lease of up to `limit` due rows, longest due first.
pub async fn claim_due(pool: &PgPool, limit: i64, lease: Duration) -> Result<Vec<DueEntity>> {
    sqlx::query_as!(
        DueEntity,
        r#"
        WITH due AS (
            SELECT entity_id
              FROM entity_state
             WHERE next_process_at <= now()
               AND (leased_until IS NULL OR leased_until <= now())
             ORDER BY next_process_at
             LIMIT $1
               FOR UPDATE SKIP LOCKED
        )
        UPDATE entity_state AS state
           SET leased_until = now() + $2
          FROM due
         WHERE state.entity_id = due.entity_id
     RETURNING state.entity_id,
               state.entity_ref,
               COALESCE(state.unprocessed, state.processed, '') AS "unprocessed!",
               state.unprocessed_hash,
               state.location_key,
               state.next_process_at AS "due_at!",
               EXTRACT(EPOCH FROM now() - state.next_process_at)::float8 AS "waited_seconds!"
        "#,
        limit,
        interval(lease),
    )
    .fetch_all(pool)
    .await
}

/// Locks a claimed row. Returns whether what was claimed is still what its parent emits: not overwritten, let go or removed since.
pub async fn lock_if_current(connection: &mut PgConnection, due: &DueEntity) -> Result<bool> {
    let current = sqlx::query!(
        r#"
        SELECT entity_id
          FROM entity_state
         WHERE entity_id = $1
           AND unprocessed_hash = $2
           AND orphaned_at IS NULL
           FOR UPDATE
        "#,
        due.entity_id,
        due.unprocessed_hash,
    )
    .fetch_optional(connection)
    .await?;
    Ok(current.is_some())
}

/// Extends the lease a worker holds.
pub async fn renew_lease(pool: &PgPool, entity_id: Uuid, lease: Duration) -> Result<()> {
    sqlx::query!(
        "UPDATE entity_state SET leased_until = now() + $2 WHERE entity_id = $1 AND leased_until IS NOT NULL",
        entity_id,
        interval(lease),
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Lets go of a row. It is due again after `next`, or never by itself, unless somebody scheduled it meanwhile. Returns whether
/// somebody did.
pub async fn release(connection: &mut PgConnection, due: &DueEntity, next: Option<Duration>) -> Result<bool> {
    let rescheduled = sqlx::query_scalar!(
        r#"
        UPDATE entity_state AS state
           SET leased_until = NULL,
               next_process_at = CASE WHEN next_process_at = $2 THEN now() + $3 ELSE next_process_at END
          FROM (SELECT entity_id, next_process_at AS was FROM entity_state WHERE entity_id = $1 FOR UPDATE) AS held
         WHERE state.entity_id = held.entity_id
     RETURNING held.was IS DISTINCT FROM $2 AS "rescheduled!"
        "#,
        due.entity_id,
        due.due_at,
        next.map(interval),
    )
    .fetch_optional(connection)
    .await?;
    // A row that is gone asks for nothing.
    Ok(rescheduled.unwrap_or(false))
}

/// Replaces the errors of an entity. Returns whether they changed.
pub async fn set_errors(connection: &mut PgConnection, entity_ref: &str, errors: Option<&str>) -> Result<bool> {
    let changed = sqlx::query!(
        r#"
        UPDATE entity_state
           SET errors = $2,
               failing_since = CASE WHEN $2 IS NULL THEN NULL ELSE COALESCE(failing_since, now()) END
         WHERE entity_ref = $1
           AND errors IS DISTINCT FROM $2
        "#,
        entity_ref,
        errors,
    )
    .execute(connection)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Locks rows in the order of their refs.
///
/// Whether something emits an entity is decided under this lock, and by a statement of its own: one that had to wait would still
/// see the references as they were before.
pub async fn lock(connection: &mut PgConnection, refs: &[String]) -> Result<()> {
    sqlx::query!(
        "SELECT FROM entity_state WHERE entity_ref = ANY($1) ORDER BY entity_ref FOR UPDATE",
        refs,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Makes entities due now. Returns how many there are.
pub async fn schedule_now(connection: &mut PgConnection, refs: &[String]) -> Result<u64> {
    lock(connection, refs).await?;
    let scheduled = sqlx::query!(
        "UPDATE entity_state SET next_process_at = now() WHERE entity_ref = ANY($1)",
        refs
    )
    .execute(connection)
    .await?;
    Ok(scheduled.rows_affected())
}

/// Locks the entity with a uid. Returns its ref.
pub async fn lock_by_id(connection: &mut PgConnection, entity_id: Uuid) -> Result<Option<String>> {
    sqlx::query_scalar!(
        "SELECT entity_ref FROM entity_state WHERE entity_id = $1 FOR UPDATE",
        entity_id,
    )
    .fetch_optional(connection)
    .await
}

/// An entity that no processing of ever succeeded, so that it cannot show its errors itself.
#[derive(Debug, Clone)]
pub struct Stillborn {
    /// Normalised ref.
    pub entity_ref: String,
    /// Owner of the row: the location it was read from.
    pub location_key: Option<String>,
    /// Serialised errors, JSON.
    pub errors: String,
}

/// Up to `limit` of those that a Location emits, by ref.
pub async fn list_stillborn(pool: &PgPool, source: &str, limit: i64) -> Result<Vec<Stillborn>> {
    sqlx::query_as!(
        Stillborn,
        r#"
        SELECT state.entity_ref,
               state.location_key,
               state.errors AS "errors!"
          FROM entity_state AS state
          JOIN entity_reference AS edge
            ON edge.target_entity_ref = state.entity_ref
           AND edge.source_entity_ref = $1
         WHERE state.failing_since IS NOT NULL
           AND state.processed IS NULL
           AND state.errors IS NOT NULL
         ORDER BY state.entity_ref
         LIMIT $2
        "#,
        source,
        limit,
    )
    .fetch_all(pool)
    .await
}

/// Lengths of the queues.
#[derive(Debug, Clone, Copy)]
pub struct Backlog {
    /// Rows due for processing.
    pub processing: i64,
    /// Entities waiting for stitching.
    pub stitching: i64,
    /// Entities whose last processing failed.
    pub failed: i64,
    /// Registered locations.
    pub locations: i64,
}

/// Counts what waits.
pub async fn count_backlog(pool: &PgPool) -> Result<Backlog> {
    sqlx::query_as!(
        Backlog,
        r#"
        SELECT (SELECT count(*) FROM entity_state WHERE next_process_at <= now())   AS "processing!",
               (SELECT count(*) FROM stitch_queue)                                  AS "stitching!",
               (SELECT count(*) FROM entity_state WHERE failing_since IS NOT NULL)  AS "failed!",
               (SELECT count(*) FROM location)                                      AS "locations!"
        "#,
    )
    .fetch_one(pool)
    .await
}

/// A duration as Postgres takes it. Saturates at what an `interval` holds.
pub(super) fn interval(duration: Duration) -> PgInterval {
    PgInterval {
        months: 0,
        days: 0,
        microseconds: i64::try_from(duration.as_micros()).unwrap_or(i64::MAX),
    }
}
