//! Who emits whom.

use std::collections::HashSet;

use sqlx::PgConnection;

use super::{Result, conflict, entity_state};

/// Where an emission comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A Location entity, and the file that was read for it.
    Location {
        /// Ref of the Location entity.
        entity_ref: String,
        /// Location ref of the file.
        file: String,
    },
    /// A provider.
    Provider {
        /// Its name.
        key: String,
    },
}

impl Source {
    pub(super) fn entity_ref(&self) -> &str {
        match self {
            Self::Location { entity_ref, .. } => entity_ref,
            Self::Provider { .. } => "",
        }
    }

    pub(super) fn key(&self) -> &str {
        match self {
            Self::Location { .. } => "",
            Self::Provider { key } => key,
        }
    }

    pub(super) fn file(&self) -> &str {
        match self {
            Self::Location { file, .. } => file,
            Self::Provider { .. } => "",
        }
    }
}

/// What a source emits at present: of a Location only what came from the file, of a provider everything.
pub async fn list_targets(connection: &mut PgConnection, source: &Source) -> Result<HashSet<String>> {
    let targets = match source {
        Source::Location { entity_ref, file } => {
            sqlx::query_scalar!(
                r#"
                SELECT target_entity_ref
                  FROM entity_reference
                 WHERE source_entity_ref = $1
                   AND source_entity_ref <> ''
                   AND source_location = $2
                "#,
                entity_ref,
                file,
            )
            .fetch_all(connection)
            .await?
        }
        Source::Provider { key } => {
            sqlx::query_scalar!(
                "SELECT target_entity_ref FROM entity_reference WHERE source_key = $1 AND source_key <> ''",
                key,
            )
            .fetch_all(connection)
            .await?
        }
    };
    Ok(targets.into_iter().collect())
}

/// Makes `source` the one parent of `refs`. Returns those whose parents changed by it.
pub async fn adopt(connection: &mut PgConnection, source: &Source, refs: &[String]) -> Result<Vec<String>> {
    let mut changed = sqlx::query_scalar!(
        r#"
        DELETE FROM entity_reference
         WHERE target_entity_ref = ANY($1)
           AND NOT (source_entity_ref = $2 AND source_key = $3)
     RETURNING target_entity_ref
        "#,
        refs,
        source.entity_ref(),
        source.key(),
    )
    .fetch_all(&mut *connection)
    .await?;
    let inserted = sqlx::query_scalar!(
        r#"
        INSERT INTO entity_reference AS edge (target_entity_ref, source_entity_ref, source_key, source_location)
        SELECT ref, $2, $3, $4
          FROM UNNEST($1::text[]) AS ref
            ON CONFLICT (target_entity_ref, source_entity_ref, source_key)
            DO UPDATE SET source_location = excluded.source_location
                    WHERE edge.source_location <> excluded.source_location
     RETURNING target_entity_ref
        "#,
        refs,
        source.entity_ref(),
        source.key(),
        source.file(),
    )
    .fetch_all(connection)
    .await?;
    changed.extend(inserted);
    Ok(changed)
}

/// Ends the parenthood of `source` over `refs`; what nobody else emits becomes an orphan and lets go of its location key, so
/// that another location which emits it too can take it over. Returns the new orphans.
pub async fn abandon(connection: &mut PgConnection, source: &Source, refs: &[String]) -> Result<Vec<String>> {
    if refs.is_empty() {
        return Ok(Vec::new());
    }
    entity_state::lock(connection, refs).await?;
    let dropped = sqlx::query_scalar!(
        r#"
        DELETE FROM entity_reference
         WHERE target_entity_ref = ANY($1)
           AND source_entity_ref = $2
           AND source_key = $3
           AND source_location = $4
     RETURNING target_entity_ref
        "#,
        refs,
        source.entity_ref(),
        source.key(),
        source.file(),
    )
    .fetch_all(&mut *connection)
    .await?;
    mark_orphans(connection, &dropped).await
}

/// Ends the parenthood of a Location over everything that came from files other than `files`. Returns the new orphans.
pub async fn abandon_other_files(
    connection: &mut PgConnection,
    location_entity_ref: &str,
    files: &[String],
) -> Result<Vec<String>> {
    let others = sqlx::query_scalar!(
        r#"
        SELECT target_entity_ref
          FROM entity_reference
         WHERE source_entity_ref = $1
           AND source_entity_ref <> ''
           AND NOT (source_location = ANY($2))
        "#,
        location_entity_ref,
        files,
    )
    .fetch_all(&mut *connection)
    .await?;
    if others.is_empty() {
        return Ok(Vec::new());
    }
    entity_state::lock(connection, &others).await?;
    let dropped = sqlx::query_scalar!(
        r#"
        DELETE FROM entity_reference
         WHERE target_entity_ref = ANY($3)
           AND source_entity_ref = $1
           AND source_entity_ref <> ''
           AND NOT (source_location = ANY($2))
     RETURNING target_entity_ref
        "#,
        location_entity_ref,
        files,
        &others,
    )
    .fetch_all(&mut *connection)
    .await?;
    mark_orphans(connection, &dropped).await
}

/// Marks those of `refs`, whose rows the caller has locked, that nothing emits any more, and gives the losers of earlier conflicts
/// about them another try.
pub(super) async fn mark_orphans(connection: &mut PgConnection, refs: &[String]) -> Result<Vec<String>> {
    if refs.is_empty() {
        return Ok(Vec::new());
    }
    let orphans = sqlx::query_scalar!(
        r#"
        UPDATE entity_state AS state
           SET orphaned_at = COALESCE(orphaned_at, now()),
               location_key = NULL
         WHERE entity_ref = ANY($1)
           AND NOT EXISTS (SELECT FROM entity_reference WHERE target_entity_ref = state.entity_ref)
     RETURNING entity_ref
        "#,
        refs,
    )
    .fetch_all(&mut *connection)
    .await?;
    conflict::retry_losers(connection, &orphans).await?;
    Ok(orphans)
}

/// The first parent of an entity: `Some(None)` when it is a provider, `None` when there is none.
pub async fn get_first_parent(connection: &mut PgConnection, entity_ref: &str) -> Result<Option<Option<String>>> {
    let parent = sqlx::query_scalar!(
        r#"
        SELECT source_entity_ref
          FROM entity_reference
         WHERE target_entity_ref = $1
         ORDER BY source_key, source_entity_ref
         LIMIT 1
        "#,
        entity_ref,
    )
    .fetch_optional(connection)
    .await?;
    Ok(parent.map(|source| (!source.is_empty()).then_some(source)))
}
