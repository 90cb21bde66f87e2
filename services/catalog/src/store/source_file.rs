//! Files that Location entities were expanded from.

use sqlx::{PgConnection, PgPool};

use super::Result;

/// What is known of a file.
#[derive(Debug, Clone, Default)]
pub struct SourceFile {
    /// Location ref of the file.
    pub location: String,
    /// Hashes of settings and content when it was last applied; `None`: apply it whatever it holds.
    pub content_hash: Option<String>,
    /// Validator of the last answer.
    pub etag: Option<String>,
    /// Serialised errors, JSON.
    pub errors: Option<String>,
}

/// The files of a Location entity.
pub async fn list(pool: &PgPool, source: &str) -> Result<Vec<SourceFile>> {
    sqlx::query_as!(
        SourceFile,
        "SELECT location, content_hash, etag, errors FROM source_file WHERE source_entity_ref = $1 ORDER BY location",
        source,
    )
    .fetch_all(pool)
    .await
}

/// Records how a file was applied.
pub async fn put(connection: &mut PgConnection, source: &str, file: &SourceFile) -> Result<()> {
    sqlx::query!(
        r#"
        INSERT INTO source_file (source_entity_ref, location, content_hash, etag, errors)
        VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (source_entity_ref, location)
            DO UPDATE SET content_hash = excluded.content_hash,
                          etag = excluded.etag,
                          errors = excluded.errors
        "#,
        source,
        file.location,
        file.content_hash,
        file.etag,
        file.errors,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets the files of a Location entity other than `files`, and the conflicts they had.
pub async fn retain(connection: &mut PgConnection, source: &str, files: &[String]) -> Result<()> {
    sqlx::query!(
        "DELETE FROM source_file WHERE source_entity_ref = $1 AND NOT (location = ANY($2))",
        source,
        files,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "DELETE FROM emission_conflict WHERE source_entity_ref = $1 AND NOT (location = ANY($2))",
        source,
        files,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Makes all files of some Location entities count as changed.
pub async fn forget_content(connection: &mut PgConnection, sources: &[String]) -> Result<()> {
    sqlx::query!(
        "UPDATE source_file SET content_hash = NULL, etag = NULL WHERE source_entity_ref = ANY($1)",
        sources,
    )
    .execute(connection)
    .await?;
    Ok(())
}
