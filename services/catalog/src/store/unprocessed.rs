//! What is not in the catalog, or not as its source has it, and why.

use sqlx::PgPool;
use time::OffsetDateTime;
use uuid::Uuid;

use super::Result;

/// Why. The numbers are part of cursors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It waits for its first processing.
    Pending,
    /// Its last processing failed.
    Failed,
    /// Another location holds its ref.
    Conflict,
}

impl Reason {
    /// As it is ordered and compared.
    pub const fn number(self) -> i32 {
        match self {
            Self::Pending => 1,
            Self::Failed => 2,
            Self::Conflict => 3,
        }
    }

    /// The other way round.
    pub const fn of_number(number: i32) -> Option<Self> {
        match number {
            1 => Some(Self::Pending),
            2 => Some(Self::Failed),
            3 => Some(Self::Conflict),
            _ => None,
        }
    }
}

/// One of them.
#[derive(Debug, Clone)]
pub struct Unprocessed {
    /// Normalised ref.
    pub entity_ref: String,
    /// See [`Reason`].
    pub reason: i32,
    /// Location ref it was read from; empty when there is none.
    pub location: String,
    /// Row id; `None` for a conflict.
    pub entity_id: Option<Uuid>,
    /// Serialised errors, JSON.
    pub errors: Option<String>,
    /// As emitted, JSON; `None` for a conflict.
    pub emitted: Option<String>,
    /// The Location entity that emits it; `None`: a provider, or nothing any more.
    pub emitted_by: Option<String>,
    /// Of a conflict: the location that holds the entity.
    pub held_by: Option<String>,
    /// Since when.
    pub since: OffsetDateTime,
    /// When it is tried again by itself.
    pub next_try: Option<OffsetDateTime>,
}

/// Where a page begins: behind this row.
#[derive(Debug, Clone, Default)]
pub struct After {
    /// Ref; empty for the start.
    pub entity_ref: String,
    /// Reason.
    pub reason: i32,
    /// Location.
    pub location: String,
}

/// Up to `limit` of them for one reason, or for any, by ref.
pub async fn list(pool: &PgPool, reason: Option<Reason>, after: &After, limit: i64) -> Result<Vec<Unprocessed>> {
    sqlx::query_as!(
        Unprocessed,
        r#"
        WITH failed AS (
            SELECT entity_ref, 2 AS reason, location_key, entity_id, errors, unprocessed, processed,
                   failing_since AS since, next_process_at
              FROM entity_state
             WHERE failing_since IS NOT NULL
               AND entity_ref >= $2
        ), pending AS (
            SELECT entity_ref, 1 AS reason, location_key, entity_id, errors, unprocessed, processed,
                   created_at AS since, next_process_at
              FROM entity_state
             WHERE processed IS NULL
               AND errors IS NULL
               AND entity_ref >= $2
        ), listed AS (
            SELECT own.entity_ref,
                   own.reason,
                   COALESCE(own.location_key, '') AS location,
                   own.entity_id,
                   own.errors,
                   COALESCE(own.unprocessed, own.processed) AS emitted,
                   (SELECT NULLIF(max(edge.source_entity_ref), '')
                      FROM entity_reference AS edge
                     WHERE edge.target_entity_ref = own.entity_ref) AS emitted_by,
                   NULL::text AS held_by,
                   own.since,
                   own.next_process_at AS next_try
              FROM (SELECT * FROM failed UNION ALL SELECT * FROM pending) AS own
             UNION ALL
            SELECT lost.entity_ref, 3, lost.location, NULL, NULL, NULL, lost.source_entity_ref, state.location_key, lost.since, NULL
              FROM emission_conflict AS lost
              LEFT JOIN entity_state AS state
                ON state.entity_ref = lost.entity_ref
             WHERE lost.entity_ref >= $2
        )
        SELECT entity_ref AS "entity_ref!", reason AS "reason!", location AS "location!", entity_id, errors, emitted,
               emitted_by, held_by, since AS "since!", next_try
          FROM listed
         WHERE ($1 = 0 OR reason = $1)
           AND (entity_ref, reason, location) > ($2, $3, $4)
         ORDER BY entity_ref, reason, location
         LIMIT $5
        "#,
        reason.map_or(0, Reason::number),
        after.entity_ref,
        after.reason,
        after.location,
        limit,
    )
    .fetch_all(pool)
    .await
}

/// How many there are for one reason, or for any.
pub async fn count(pool: &PgPool, reason: Option<Reason>) -> Result<i64> {
    sqlx::query_scalar!(
        r#"
        SELECT CASE WHEN $1 IN (0, 1)
                    THEN (SELECT count(*) FROM entity_state WHERE processed IS NULL AND errors IS NULL) ELSE 0 END
             + CASE WHEN $1 IN (0, 2)
                    THEN (SELECT count(*) FROM entity_state WHERE failing_since IS NOT NULL) ELSE 0 END
             + CASE WHEN $1 IN (0, 3)
                    THEN (SELECT count(*) FROM emission_conflict) ELSE 0 END AS "count!"
        "#,
        reason.map_or(0, Reason::number),
    )
    .fetch_one(pool)
    .await
}
