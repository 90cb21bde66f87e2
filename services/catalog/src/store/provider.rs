//! Providers: sources of root entities.

use sqlx::{PgConnection, PgPool};

use super::{Result, entity_state, reference::Source, removal};

/// The names of all providers that hold entities.
pub async fn list_keys(pool: &PgPool) -> Result<Vec<String>> {
    sqlx::query_scalar!("SELECT DISTINCT source_key FROM entity_reference WHERE source_key <> ''")
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
