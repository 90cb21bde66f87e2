//! Emissions that lost against an entity of the same ref from another location.

use sqlx::PgConnection;

use super::Result;

/// Remembers that `source` emitted `refs` from `location` and lost.
pub async fn record(connection: &mut PgConnection, source: &str, location: &str, refs: &[String]) -> Result<()> {
    sqlx::query!(
        r#"
        INSERT INTO emission_conflict (entity_ref, source_entity_ref, location)
        SELECT ref, $2, $3
          FROM UNNEST($1::text[]) AS ref
         ORDER BY ref
            ON CONFLICT DO NOTHING
        "#,
        refs,
        source,
        location,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets the conflicts of a file about everything but `still_lost`.
pub async fn settle(connection: &mut PgConnection, source: &str, location: &str, still_lost: &[String]) -> Result<()> {
    sqlx::query!(
        r#"
        DELETE FROM emission_conflict
         WHERE source_entity_ref = $1
           AND location = $2
           AND NOT (entity_ref = ANY($3))
        "#,
        source,
        location,
        still_lost,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Lets the losers of `refs` try again at once: their files count as changed and their locations as due.
///
/// Returns how many locations were scheduled.
pub async fn retry_losers(connection: &mut PgConnection, refs: &[String]) -> Result<u64> {
    sqlx::query!(
        r#"
        UPDATE source_file AS file
           SET content_hash = NULL,
               etag = NULL
          FROM emission_conflict AS conflict
         WHERE conflict.entity_ref = ANY($1)
           AND file.source_entity_ref = conflict.source_entity_ref
           AND file.location = conflict.location
        "#,
        refs,
    )
    .execute(&mut *connection)
    .await?;
    let scheduled = sqlx::query!(
        r#"
        UPDATE entity_state
           SET next_process_at = now()
         WHERE entity_ref IN (SELECT source_entity_ref FROM emission_conflict WHERE entity_ref = ANY($1))
        "#,
        refs,
    )
    .execute(connection)
    .await?;
    Ok(scheduled.rows_affected())
}
