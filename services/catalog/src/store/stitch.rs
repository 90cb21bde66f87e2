//! The queue of entities whose final documents must be composed again, and what composing needs.

use std::time::Duration;

use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{Channel, Result, entity_state::interval, notify};

/// Requests stitches. A request for an entity that waits already makes a stitch under way out of date.
///
/// A request that nobody has claimed stays as it is, which spares a large ingestion most of the writing. It is locked all the
/// same, so that nobody claims it before what this transaction changes can be seen. A claim of a version that does not say so
/// (they can run side by side during an upgrade) is known by its lease.
pub async fn request(connection: &mut PgConnection, mut refs: Vec<String>) -> Result<()> {
    if refs.is_empty() {
        return Ok(());
    }
    refs.sort_unstable();
    refs.dedup();
    sqlx::query!(
        r#"
        INSERT INTO stitch_queue (entity_ref, ticket)
        SELECT ref, nextval('stitch_ticket')
          FROM UNNEST($1::text[]) AS ref
            ON CONFLICT (entity_ref)
            DO UPDATE SET ticket = excluded.ticket,
                          next_stitch_at = LEAST(stitch_queue.next_stitch_at, now()),
                          claimed = false
                    WHERE stitch_queue.claimed
                       OR stitch_queue.next_stitch_at > now()
        "#,
        &refs,
    )
    .execute(&mut *connection)
    .await?;
    notify(connection, Channel::Stitch).await
}

/// A claimed request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket {
    /// Entity to stitch.
    pub entity_ref: String,
    /// Which request.
    pub ticket: i64,
}

/// Takes up to `limit` requests at least as old as `age`, oldest first; they come back after `lease` if they are not settled.
pub async fn claim(pool: &PgPool, limit: i64, age: Duration, lease: Duration) -> Result<Vec<Ticket>> {
    let mut tickets = sqlx::query_as!(
        Ticket,
        r#"
        WITH due AS (
            SELECT entity_ref
              FROM stitch_queue
             WHERE next_stitch_at <= now() - $3::interval
             ORDER BY next_stitch_at
             LIMIT $1
               FOR UPDATE SKIP LOCKED
        )
        UPDATE stitch_queue AS queue
           SET next_stitch_at = now() + $2,
               claimed = true
          FROM due
         WHERE queue.entity_ref = due.entity_ref
     RETURNING queue.entity_ref, queue.ticket
        "#,
        limit,
        interval(lease),
        interval(age),
    )
    .fetch_all(pool)
    .await?;
    tickets.sort_unstable();
    Ok(tickets)
}

/// Takes the requests for some entities, whoever may hold them already: of two that stitch the same request the first settles it.
pub async fn claim_refs(pool: &PgPool, refs: &[String], lease: Duration) -> Result<Vec<Ticket>> {
    sqlx::query_as!(
        Ticket,
        r#"
        UPDATE stitch_queue
           SET next_stitch_at = now() + $2,
               claimed = true
         WHERE entity_ref = ANY($1)
     RETURNING entity_ref, ticket
        "#,
        refs,
        interval(lease),
    )
    .fetch_all(pool)
    .await
}

/// Locks those requests, in the order of their refs, that nobody has replaced since they were claimed.
pub async fn lock_current(connection: &mut PgConnection, tickets: &[Ticket]) -> Result<Vec<String>> {
    let (refs, numbers): (Vec<_>, Vec<_>) = tickets.iter().map(|t| (t.entity_ref.clone(), t.ticket)).unzip();
    sqlx::query_scalar!(
        r#"
        SELECT queue.entity_ref
          FROM stitch_queue AS queue
          JOIN UNNEST($1::text[], $2::bigint[]) AS claimed (entity_ref, ticket)
            ON queue.entity_ref = claimed.entity_ref
           AND queue.ticket = claimed.ticket
         ORDER BY queue.entity_ref
           FOR UPDATE OF queue
        "#,
        &refs,
        &numbers,
    )
    .fetch_all(connection)
    .await
}

/// Removes settled requests.
pub async fn settle(connection: &mut PgConnection, refs: &[String]) -> Result<()> {
    sqlx::query!("DELETE FROM stitch_queue WHERE entity_ref = ANY($1)", refs)
        .execute(connection)
        .await?;
    Ok(())
}

/// What a final document is composed of, relations apart.
#[derive(Debug)]
pub struct StitchInput {
    /// Becomes `metadata.uid`.
    pub entity_id: Uuid,
    /// Normalised ref.
    pub entity_ref: String,
    /// The result of processing, JSON.
    pub processed: String,
    /// Serialised errors, JSON.
    pub errors: Option<String>,
    /// Nothing emits it.
    pub orphaned: bool,
    /// Refs of its parents, sorted.
    pub parents: Vec<String>,
    /// As served at present.
    pub final_hash: Option<String>,
    /// Uid as served at present.
    pub final_id: Option<Uuid>,
    /// Parents as served at present.
    pub final_parents: Option<Vec<String>>,
}

/// The processed ones among some entities.
pub async fn list_inputs(connection: &mut PgConnection, refs: &[String]) -> Result<Vec<StitchInput>> {
    sqlx::query_as!(
        StitchInput,
        r#"
        SELECT state.entity_id             AS "entity_id!",
               state.entity_ref            AS "entity_ref!",
               state.processed             AS "processed!",
               state.errors,
               state.orphaned_at IS NOT NULL AS "orphaned!",
               ARRAY(SELECT edge.source_entity_ref
                       FROM entity_reference AS edge
                      WHERE edge.target_entity_ref = state.entity_ref
                        AND edge.source_entity_ref <> ''
                      ORDER BY 1)          AS "parents!",
               final.hash                  AS "final_hash?",
               final.entity_id             AS "final_id?",
               final.parents               AS "final_parents?"
          FROM entity_state AS state
          LEFT JOIN final_entity AS final
            ON final.entity_ref = state.entity_ref
           AND final.document IS NOT NULL
         WHERE state.entity_ref = ANY($1)
           AND state.processed IS NOT NULL
        "#,
        refs,
    )
    .fetch_all(connection)
    .await
}
