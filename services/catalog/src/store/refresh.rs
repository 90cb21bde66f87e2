//! From addresses of files to what depends on them.

use sqlx::{PgConnection, PgPool};

use super::{Channel, Result, entity_state, notify};

/// Files, by the refs of their locations in ASCII lower case: hosts and owners of repositories are written in any case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TouchedFiles {
    /// These.
    pub exact: Vec<String>,
    /// All whose refs start so.
    pub prefixes: Vec<String>,
    /// Locations that have to be read again for other reasons.
    pub locations: Vec<String>,
}

/// Locations in whose text there is an asterisk: ref and document, JSON.
pub async fn list_glob_locations(pool: &PgPool) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        r#"
        SELECT entity_ref, COALESCE(unprocessed, processed) AS "document!"
          FROM entity_state
         WHERE starts_with(entity_ref, 'location:')
           AND position('*' IN COALESCE(unprocessed, processed)) > 0
        "#,
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(|row| (row.entity_ref, row.document)).collect())
}

/// Makes everything due that was or would be read from one of the files: Locations that were expanded from it, entities that hold
/// its refresh key, and registered locations that name it. Returns how many.
pub async fn schedule_dependents(connection: &mut PgConnection, files: &TouchedFiles) -> Result<u64> {
    let refs = sqlx::query_scalar!(
        r#"
        SELECT source_entity_ref AS "entity_ref!"
          FROM source_file
         WHERE lower(location) = ANY($1)
         UNION
        SELECT entity_ref
          FROM refresh_key
         WHERE lower(key) = ANY($1)
         UNION
        SELECT location_entity_ref
          FROM location
          JOIN UNNEST($1::text[]) AS touched
            ON lower(type || ':' || target) = touched
         UNION
        SELECT location_entity_ref
          FROM location
          JOIN UNNEST($2::text[]) AS prefix
            ON starts_with(lower(type || ':' || target), prefix)
         UNION
        SELECT file.source_entity_ref
          FROM UNNEST($2::text[]) AS prefix
          JOIN source_file AS file
            ON lower(file.location) >= prefix
           AND lower(file.location) < prefix || chr(1114111)
         UNION
        SELECT held.entity_ref
          FROM UNNEST($2::text[]) AS prefix
          JOIN refresh_key AS held
            ON lower(held.key) >= prefix
           AND lower(held.key) < prefix || chr(1114111)
         UNION
        SELECT * FROM UNNEST($3::text[])
        "#,
        &files.exact,
        &files.prefixes,
        &files.locations,
    )
    .fetch_all(&mut *connection)
    .await?;
    if refs.is_empty() {
        return Ok(0);
    }
    let scheduled = entity_state::schedule_now(connection, &refs).await?;
    notify(connection, Channel::Process).await?;
    Ok(scheduled)
}
