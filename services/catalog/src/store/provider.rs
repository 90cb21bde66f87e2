//! Providers: sources of root entities, what they hold and when they run.

use std::time::Duration;

use sqlx::{PgConnection, PgPool};

use super::{Result, entity_state, entity_state::interval, reference::Source, removal};

/// The names of all providers that hold entities.
pub async fn list_keys(pool: &PgPool) -> Result<Vec<String>> {
    sqlx::query_scalar!("SELECT DISTINCT source_key FROM entity_reference WHERE source_key <> ''")
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

/// Adds a provider to those that run on a schedule, its first run after `delay`; one that is there already stays as it is.
pub async fn enrol(pool: &PgPool, name: &str, delay: Duration) -> Result<()> {
    sqlx::query!(
        "INSERT INTO provider_run (provider, next_run_at) VALUES ($1, now() + $2) ON CONFLICT DO NOTHING",
        name,
        interval(delay),
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
           SET leased_until = now() + $2
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

/// Forgets when a provider ran and what it noted.
pub async fn forget(pool: &PgPool, name: &str) -> Result<()> {
    sqlx::query!("DELETE FROM provider_run WHERE provider = $1", name)
        .execute(pool)
        .await?;
    Ok(())
}
