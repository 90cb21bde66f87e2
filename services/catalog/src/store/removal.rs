//! Taking entities away for good.

use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{Channel, Result, conflict, entity_state, feed, notify, reference, source_file, stitch};

/// Removes entities and everything below them that nothing else emits. Returns the highest revision given, 0 when none of
/// them was served.
pub async fn remove_trees(connection: &mut PgConnection, roots: &[String]) -> Result<i64> {
    let mut doomed = Vec::new();
    let mut layer = roots.to_vec();
    while !layer.is_empty() {
        let children = delete_states(connection, &layer).await?;
        doomed.append(&mut layer);
        layer = unreferenced(connection, &children).await?;
    }
    settle_neighbours(connection, &doomed).await?;
    feed::bury(connection, &doomed).await
}

/// Removes one entity but not what it emitted, which is left an orphan; whatever emits it is scheduled, so that it comes back if
/// it is still declared. Returns the revision given, 0 when it was not known.
pub async fn remove_by_id(connection: &mut PgConnection, entity_id: Uuid) -> Result<i64> {
    let Some(entity_ref) = entity_state::lock_by_id(connection, entity_id).await? else {
        return Ok(0);
    };
    let parents = sqlx::query_scalar!(
        r#"
        SELECT source_entity_ref
          FROM entity_reference
         WHERE target_entity_ref = $1
           AND source_entity_ref <> ''
        "#,
        entity_ref,
    )
    .fetch_all(&mut *connection)
    .await?;
    let refs = [entity_ref];
    let children = delete_states(connection, &refs).await?;
    entity_state::lock(connection, &children).await?;
    let orphans = reference::mark_orphans(connection, &children).await?;
    source_file::forget_content(connection, &parents).await?;
    entity_state::schedule_now(connection, &parents).await?;
    notify(connection, Channel::Process).await?;
    settle_neighbours(connection, &refs).await?;
    stitch::request(connection, orphans).await?;
    feed::bury(connection, &refs).await
}

/// Removes the entities that have been orphans for a while, and then what they leave behind. Returns how many went.
pub async fn sweep_orphans(pool: &PgPool, grace: std::time::Duration) -> Result<usize> {
    const BATCH: i64 = 1000;
    let mut transaction = pool.begin().await?;
    let orphans = sqlx::query_scalar!(
        r#"
        SELECT entity_ref
          FROM entity_state
         WHERE orphaned_at < now() - $1::interval
         ORDER BY entity_ref
         LIMIT $2
           FOR UPDATE SKIP LOCKED
        "#,
        entity_state::interval(grace),
        BATCH,
    )
    .fetch_all(&mut *transaction)
    .await?;
    if !orphans.is_empty() {
        remove_trees(&mut transaction, &orphans).await?;
    }
    transaction.commit().await?;
    Ok(orphans.len())
}

/// Deletes the rows of entities with all that belongs to them but their relations. Returns what they emitted.
async fn delete_states(connection: &mut PgConnection, refs: &[String]) -> Result<Vec<String>> {
    sqlx::query!("DELETE FROM entity_state WHERE entity_ref = ANY($1)", refs)
        .execute(&mut *connection)
        .await?;
    let children = sqlx::query_scalar!(
        r#"
        DELETE FROM entity_reference
         WHERE source_entity_ref = ANY($1)
           AND source_entity_ref <> ''
     RETURNING target_entity_ref
        "#,
        refs,
    )
    .fetch_all(&mut *connection)
    .await?;
    sqlx::query!("DELETE FROM entity_reference WHERE target_entity_ref = ANY($1)", refs)
        .execute(&mut *connection)
        .await?;
    sqlx::query!("DELETE FROM refresh_key WHERE entity_ref = ANY($1)", refs)
        .execute(&mut *connection)
        .await?;
    sqlx::query!("DELETE FROM source_file WHERE source_entity_ref = ANY($1)", refs)
        .execute(&mut *connection)
        .await?;
    sqlx::query!("DELETE FROM emission_conflict WHERE source_entity_ref = ANY($1)", refs)
        .execute(connection)
        .await?;
    Ok(children)
}

/// Those of `refs` that nothing emits, locked.
pub(super) async fn unreferenced(connection: &mut PgConnection, refs: &[String]) -> Result<Vec<String>> {
    entity_state::lock(connection, refs).await?;
    sqlx::query_scalar!(
        r#"
        SELECT entity_ref
          FROM entity_state AS state
         WHERE entity_ref = ANY($1)
           AND NOT EXISTS (SELECT FROM entity_reference WHERE target_entity_ref = state.entity_ref)
        "#,
        refs,
    )
    .fetch_all(connection)
    .await
}

/// Withdraws what removed entities declared, has the far ends stitched, and lets whoever lost against them try again.
///
/// The removed ones are requested too: a stitch of them that is under way is thereby out of date and brings none of them back.
async fn settle_neighbours(connection: &mut PgConnection, removed: &[String]) -> Result<()> {
    let mut stitches = sqlx::query_scalar!(
        "DELETE FROM relation WHERE originating_entity_ref = ANY($1) RETURNING target_entity_ref",
        removed,
    )
    .fetch_all(&mut *connection)
    .await?;
    if conflict::retry_losers(connection, removed).await? > 0 {
        notify(connection, Channel::Process).await?;
    }
    stitches.extend_from_slice(removed);
    stitch::request(connection, stitches).await
}
