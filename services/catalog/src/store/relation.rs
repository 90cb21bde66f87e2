//! Declared relations.

use sqlx::PgConnection;

use super::Result;

/// A relation as its originator declares it, with the type it has seen from the target.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeclaredRelation {
    /// Ref of the entity that declares it.
    pub originator: String,
    /// Type from the originator to the target.
    pub relation_type: String,
    /// Ref of the other entity, which need not exist.
    pub target: String,
    /// Type from the target to the originator.
    pub inverse_type: String,
}

/// Makes `relations` all that `originators` declare. Returns the targets of the relations that came or went.
pub async fn replace(
    connection: &mut PgConnection,
    originators: &[String],
    relations: &[DeclaredRelation],
) -> Result<Vec<String>> {
    let (mut sources, mut types, mut targets, mut inverses) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for relation in relations {
        sources.push(relation.originator.clone());
        types.push(relation.relation_type.clone());
        targets.push(relation.target.clone());
        inverses.push(relation.inverse_type.clone());
    }
    let mut far_ends = sqlx::query_scalar!(
        r#"
        DELETE FROM relation AS stored
         WHERE originating_entity_ref = ANY($1)
           AND NOT EXISTS (
                SELECT FROM UNNEST($2::text[], $3::text[], $4::text[]) AS declared (originator, relation_type, target)
                 WHERE declared.originator = stored.originating_entity_ref
                   AND declared.relation_type = stored.relation_type
                   AND declared.target = stored.target_entity_ref)
     RETURNING target_entity_ref
        "#,
        originators,
        &sources,
        &types,
        &targets,
    )
    .fetch_all(&mut *connection)
    .await?;
    let added = sqlx::query_scalar!(
        r#"
        INSERT INTO relation (originating_entity_ref, relation_type, target_entity_ref, inverse_type)
        SELECT *
          FROM UNNEST($1::text[], $2::text[], $3::text[], $4::text[])
            ON CONFLICT DO NOTHING
     RETURNING target_entity_ref
        "#,
        &sources,
        &types,
        &targets,
        &inverses,
    )
    .fetch_all(connection)
    .await?;
    far_ends.extend(added);
    Ok(far_ends)
}

/// A relation as one of its two ends shows it.
#[derive(Debug, Clone)]
pub struct ShownRelation {
    /// Ref of the entity that shows it.
    pub source: String,
    /// Its type from there.
    pub relation_type: String,
    /// Ref of the other end.
    pub target: String,
}

/// All relations that the entities show, declared by themselves or by others; duplicates included.
///
/// Entity by entity (`OFFSET 0` keeps the planner from joining otherwise): without statistics of a table that grows fast, which is
/// when this is asked most, Postgres expects so many rows that it would read all of it.
pub async fn list_shown(connection: &mut PgConnection, refs: &[String]) -> Result<Vec<ShownRelation>> {
    sqlx::query_as!(
        ShownRelation,
        r#"
        SELECT shown.source AS "source!", shown.relation_type AS "relation_type!", shown.target AS "target!"
          FROM UNNEST($1::text[]) AS wanted (entity_ref)
         CROSS JOIN LATERAL (
            SELECT originating_entity_ref AS source, relation_type, target_entity_ref AS target
              FROM relation
             WHERE originating_entity_ref = wanted.entity_ref
             UNION ALL
            SELECT target_entity_ref, inverse_type, originating_entity_ref
              FROM relation
             WHERE target_entity_ref = wanted.entity_ref
            OFFSET 0
         ) AS shown
        "#,
        refs,
    )
    .fetch_all(connection)
    .await
}
