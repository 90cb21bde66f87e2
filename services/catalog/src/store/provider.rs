//! Providers: sources of root entities, what they hold and when they run.

use std::time::Duration;

use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;

use super::{Result, entity_state, entity_state::interval, reference::Source, removal};

/// The names of all providers that hold entities or ever ran.
pub async fn list_keys(pool: &PgPool) -> Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"
        SELECT source_key AS "name!"
          FROM entity_reference
         WHERE source_key <> ''
         UNION
        SELECT provider
          FROM provider_run
        "#,
    )
    .fetch_all(pool)
    .await
}

/// Those of `refs` that a provider holds under a location key other than the one at the same place of `keys`.
pub async fn list_held_otherwise(
    pool: &PgPool,
    key: &str,
    refs: &[String],
    keys: &[Option<String>],
) -> Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"
        SELECT state.entity_ref
          FROM UNNEST($2::text[], $3::text[]) AS emitted (entity_ref, location_key)
          JOIN entity_reference AS edge
            ON edge.target_entity_ref = emitted.entity_ref
           AND edge.source_key = $1
          JOIN entity_state AS state
            ON state.entity_ref = emitted.entity_ref
         WHERE state.location_key IS DISTINCT FROM emitted.location_key
        "#,
        key,
        refs,
        keys as &[Option<String>],
    )
    .fetch_all(pool)
    .await
}

/// Takes entities from a provider. Those that nothing else emits vanish at once, with everything below them. Returns the highest
/// revision given, 0 when none of them was served.
pub async fn withdraw(connection: &mut PgConnection, key: &str, refs: &[String]) -> Result<i64> {
    let source = Source::Provider { key: key.to_owned() };
    entity_state::lock(connection, refs).await?;
    let withdrawn = sqlx::query_scalar!(
        r#"
        DELETE FROM entity_reference
         WHERE source_key = $1
           AND source_key <> ''
           AND target_entity_ref = ANY($2)
     RETURNING target_entity_ref
        "#,
        source.key(),
        refs,
    )
    .fetch_all(&mut *connection)
    .await?;
    let gone = removal::unreferenced(connection, &withdrawn).await?;
    if gone.is_empty() {
        return Ok(0);
    }
    removal::remove_trees(connection, &gone).await
}

/// Adds a provider to those that run on a schedule, its first run after `delay`. One that is there already is due when it was, or
/// after `frequency` if that is sooner: it may have been another when it ran.
pub async fn enrol(pool: &PgPool, name: &str, delay: Duration, frequency: Duration) -> Result<()> {
    sqlx::query!(
        r#"
        INSERT INTO provider_run AS run (provider, next_run_at)
        VALUES ($1, now() + $2)
            ON CONFLICT (provider) DO UPDATE
           SET next_run_at = LEAST(run.next_run_at, now() + $3)
        "#,
        name,
        interval(delay),
        interval(frequency),
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// A provider that this replica may run.
#[derive(Debug, Clone)]
pub struct Claim {
    /// What its last run that succeeded noted, JSON.
    pub cursor: Option<String>,
}

/// Takes the lease of a provider that is due; `None` when it is not, or when another replica runs it.
pub async fn claim(pool: &PgPool, name: &str, lease: Duration) -> Result<Option<Claim>> {
    sqlx::query_as!(
        Claim,
        r#"
        UPDATE provider_run
           SET leased_until = now() + $2,
               started_at = now()
         WHERE provider = $1
           AND next_run_at <= now()
           AND (leased_until IS NULL OR leased_until <= now())
     RETURNING cursor
        "#,
        name,
        interval(lease),
    )
    .fetch_optional(pool)
    .await
}

/// Extends the lease of a provider.
pub async fn renew(pool: &PgPool, name: &str, lease: Duration) -> Result<()> {
    sqlx::query!(
        "UPDATE provider_run SET leased_until = now() + $2 WHERE provider = $1 AND leased_until IS NOT NULL",
        name,
        interval(lease),
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Ends a run: it is due again after `pause`. What it noted is kept if it succeeded, its error if it did not.
pub async fn finish(
    pool: &PgPool,
    name: &str,
    pause: Duration,
    outcome: std::result::Result<Option<&str>, &str>,
) -> Result<()> {
    sqlx::query!(
        r#"
        UPDATE provider_run
           SET leased_until = NULL,
               next_run_at = now() + $2,
               finished_at = now(),
               cursor = CASE WHEN $4::text IS NULL THEN $3 ELSE cursor END,
               error = $4,
               failing_since = CASE WHEN $4::text IS NULL THEN NULL ELSE COALESCE(failing_since, now()) END,
               succeeded_at = CASE WHEN $4::text IS NULL THEN now() ELSE succeeded_at END
         WHERE provider = $1
        "#,
        name,
        interval(pause),
        outcome.ok().flatten(),
        outcome.err(),
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Keeps what a run under way noted.
pub async fn keep_cursor(pool: &PgPool, name: &str, cursor: Option<&str>) -> Result<()> {
    sqlx::query!("UPDATE provider_run SET cursor = $2 WHERE provider = $1", name, cursor)
        .execute(pool)
        .await?;
    Ok(())
}

/// The refs of the Locations that a provider holds and whose target starts so, in any case.
pub async fn list_targets_below(pool: &PgPool, key: &str, prefix: &str) -> Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"
        SELECT state.entity_ref
          FROM entity_reference AS edge
          JOIN entity_state AS state
            ON state.entity_ref = edge.target_entity_ref
         WHERE edge.source_key = $1
           AND edge.source_key <> ''
           AND starts_with(lower(COALESCE(state.unprocessed, state.processed)::jsonb #>> '{spec,target}'), lower($2))
        "#,
        key,
        prefix,
    )
    .fetch_all(pool)
    .await
}

/// Forgets when a provider ran and what it noted.
pub async fn forget(pool: &PgPool, name: &str) -> Result<()> {
    sqlx::query!("DELETE FROM provider_run WHERE provider = $1", name)
        .execute(pool)
        .await?;
    Ok(())
}

/// Notes how a run without a schedule went, which took as long as `taken`.
pub async fn note_run(pool: &PgPool, name: &str, taken: Duration, error: Option<&str>) -> Result<()> {
    sqlx::query!(
        r#"
        INSERT INTO provider_run AS run (provider, started_at, finished_at, succeeded_at, error, failing_since)
        VALUES ($1, now() - $2::interval, now(), CASE WHEN $3::text IS NULL THEN now() END, $3, CASE WHEN $3::text IS NOT NULL THEN now() END)
            ON CONFLICT (provider) DO UPDATE
           SET started_at = EXCLUDED.started_at,
               finished_at = EXCLUDED.finished_at,
               succeeded_at = COALESCE(EXCLUDED.succeeded_at, run.succeeded_at),
               error = EXCLUDED.error,
               failing_since = CASE WHEN EXCLUDED.error IS NOT NULL THEN COALESCE(run.failing_since, now()) END,
               next_run_at = NULL,
               leased_until = NULL
        "#,
        name,
        interval(taken),
        error,
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Makes a provider due now. `false`: it is not enrolled.
pub async fn hurry(pool: &PgPool, name: &str) -> Result<bool> {
    let updated = sqlx::query!(
        "UPDATE provider_run SET next_run_at = LEAST(next_run_at, now()) WHERE provider = $1 AND next_run_at IS NOT NULL",
        name
    )
    .execute(pool)
    .await?;
    Ok(updated.rows_affected() > 0)
}

/// How the runs of a provider went, and what came of them.
#[derive(Debug, Clone)]
pub struct ProviderState {
    /// Its name.
    pub name: String,
    /// A replica runs it.
    pub running: bool,
    /// When the last run began.
    pub started_at: Option<OffsetDateTime>,
    /// When the last one that ended did.
    pub finished_at: Option<OffsetDateTime>,
    /// When the last one that succeeded did.
    pub succeeded_at: Option<OffsetDateTime>,
    /// When it is due.
    pub next_run_at: Option<OffsetDateTime>,
    /// What the last run failed with.
    pub error: Option<String>,
    /// Since when all runs failed.
    pub failing_since: Option<OffsetDateTime>,
    /// How many root entities it holds.
    pub entities: i64,
}

/// Every provider that ran, will run or holds something.
pub async fn list_states(pool: &PgPool) -> Result<Vec<ProviderState>> {
    sqlx::query_as!(
        ProviderState,
        r#"
        WITH held AS (
            SELECT source_key, count(*) AS entities
              FROM entity_reference
             WHERE source_key <> ''
             GROUP BY source_key
        )
        SELECT COALESCE(run.provider, held.source_key) AS "name!",
               COALESCE(run.leased_until > now(), false) AS "running!",
               run.started_at,
               run.finished_at,
               run.succeeded_at,
               run.next_run_at,
               run.error,
               run.failing_since,
               COALESCE(held.entities, 0) AS "entities!"
          FROM provider_run AS run
          FULL JOIN held
            ON held.source_key = run.provider
        "#,
    )
    .fetch_all(pool)
    .await
}
