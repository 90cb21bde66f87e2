//! Registered locations.

use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::Result;

/// A registered location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// Row id.
    pub id: Uuid,
    /// `url`.
    pub location_type: String,
    /// What it points at.
    pub target: String,
    /// The Location entity that stands for it; keeps its name when the target changes.
    pub entity_ref: String,
}

/// All of them, by id.
pub async fn list(pool: &PgPool) -> Result<Vec<Location>> {
    sqlx::query_as!(
        Location,
        r#"
        SELECT id, type AS location_type, target, location_entity_ref AS entity_ref
          FROM location
         ORDER BY id
        "#,
    )
    .fetch_all(pool)
    .await
}

/// One by id.
pub async fn get(pool: &PgPool, id: Uuid) -> Result<Option<Location>> {
    sqlx::query_as!(
        Location,
        r#"
        SELECT id, type AS location_type, target, location_entity_ref AS entity_ref
          FROM location
         WHERE id = $1
        "#,
        id,
    )
    .fetch_optional(pool)
    .await
}

/// One by type and target.
pub async fn find(pool: &PgPool, location_type: &str, target: &str) -> Result<Option<Location>> {
    sqlx::query_as!(
        Location,
        r#"
        SELECT id, type AS location_type, target, location_entity_ref AS entity_ref
          FROM location
         WHERE type = $1
           AND target = $2
        "#,
        location_type,
        target,
    )
    .fetch_optional(pool)
    .await
}

/// Adds one. `false`: type and target are registered already.
pub async fn insert(connection: &mut PgConnection, location: &Location) -> Result<bool> {
    let inserted = sqlx::query!(
        r#"
        INSERT INTO location (id, type, target, location_entity_ref)
        VALUES ($1, $2, $3, $4)
            ON CONFLICT (type, target) DO NOTHING
        "#,
        location.id,
        location.location_type,
        location.target,
        location.entity_ref,
    )
    .execute(connection)
    .await?;
    Ok(inserted.rows_affected() > 0)
}

/// Points one elsewhere. `false`: type and target are another's.
pub async fn update(connection: &mut PgConnection, location: &Location) -> Result<bool> {
    let updated = sqlx::query!(
        "UPDATE location SET type = $2, target = $3 WHERE id = $1",
        location.id,
        location.location_type,
        location.target,
    )
    .execute(connection)
    .await;
    match updated {
        Ok(_) => Ok(true),
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => Ok(false),
        Err(error) => Err(error),
    }
}

/// Removes one.
pub async fn delete(connection: &mut PgConnection, id: Uuid) -> Result<()> {
    sqlx::query!("DELETE FROM location WHERE id = $1", id)
        .execute(connection)
        .await?;
    Ok(())
}
