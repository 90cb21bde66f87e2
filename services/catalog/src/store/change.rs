//! What changed in entities, for their history.
//!
//! Rows are written and deleted under the advisory lock of the feed, beside the version that they tell of.

use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;

use super::{Result, feed::FinalEntity};

/// How many changes of an entity are kept.
pub const KEPT: u32 = 50;

/// Records the changes among the final documents that this transaction wrote, and forgets the oldest where there are too many.
pub(super) async fn record(connection: &mut PgConnection, written: impl Iterator<Item = &FinalEntity>) -> Result<()> {
    let (mut refs, mut locations, mut fields, mut more) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for entity in written {
        if let Some(change) = &entity.change {
            refs.push(entity.entity_ref.clone());
            locations.push(change.location.clone());
            fields.push(serde_json::json!(change.fields).to_string());
            more.push(i32::try_from(change.more_fields).unwrap_or(i32::MAX));
        }
    }
    if refs.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        r#"
        INSERT INTO entity_change (entity_ref, entity_id, revision, changed_at, location, fields, more_fields)
        SELECT entity_ref, final.entity_id, final.revision, final.changed_at, change.location, change.fields, change.more_fields
          FROM UNNEST($1::text[], $2::text[], $3::text[], $4::integer[]) AS change (entity_ref, location, fields, more_fields)
          JOIN final_entity AS final USING (entity_ref)
        "#,
        &refs,
        &locations,
        &fields,
        &more,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        r#"
        DELETE FROM entity_change AS old
         USING UNNEST($1::text[]) AS changed (entity_ref)
         WHERE old.entity_ref = changed.entity_ref
           AND old.revision <= (SELECT revision
                                  FROM entity_change
                                 WHERE entity_ref = changed.entity_ref
                                 ORDER BY revision DESC
                                OFFSET $2
                                 LIMIT 1)
        "#,
        &refs,
        i64::from(KEPT),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets what changed in entities that are no more.
pub(super) async fn forget(connection: &mut PgConnection, refs: &[String]) -> Result<()> {
    sqlx::query!("DELETE FROM entity_change WHERE entity_ref = ANY($1)", refs)
        .execute(connection)
        .await?;
    Ok(())
}

/// A change as it was recorded.
#[derive(Debug)]
pub struct Recorded {
    /// Of the version that it led to.
    pub revision: i64,
    /// When that version was written.
    pub changed_at: OffsetDateTime,
    /// Location ref of the file that the version was read from; empty when it does not say.
    pub location: String,
    /// What changed in which field, a JSON array.
    pub fields: String,
    /// How many fields changed beside those.
    pub more_fields: i32,
}

/// Up to `limit` changes of an entity that are older than a revision, newest first; none of a former entity of that name.
pub async fn list(pool: &PgPool, entity_ref: &str, before: i64, limit: i64) -> Result<Vec<Recorded>> {
    sqlx::query_as!(
        Recorded,
        r#"
        SELECT change.revision, change.changed_at, change.location, change.fields, change.more_fields
          FROM entity_change AS change
          JOIN final_entity AS final USING (entity_ref, entity_id)
         WHERE entity_ref = $1
           AND change.revision < $2
         ORDER BY change.revision DESC
         LIMIT $3
        "#,
        entity_ref,
        before,
        limit,
    )
    .fetch_all(pool)
    .await
}
