//! Final entities in revision order: what the API serves, and the change feed.
//!
//! A feed must lose nothing under concurrent writers, and numbers from a sequence become visible in the order of commits, not
//! of numbers. So revisions are assigned under an advisory lock that a transaction holds to its end: whoever sees a revision
//! sees all lower ones.

use callboard_catalog_model::change::Change;
use futures::{Stream, TryStreamExt};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{Channel, Result, change, notify};

/// Key of the advisory lock ("callfeed").
const REVISION_LOCK: i64 = 0x6361_6c6c_6665_6564;

/// Serialises the assignment of revisions up to the end of the transaction.
async fn lock_revisions(connection: &mut PgConnection) -> Result<()> {
    sqlx::query!("SELECT pg_advisory_xact_lock($1)", REVISION_LOCK)
        .execute(connection)
        .await?;
    Ok(())
}

/// A composed document.
#[derive(Debug)]
pub struct FinalEntity {
    /// Normalised ref.
    pub entity_ref: String,
    /// Uid.
    pub entity_id: Uuid,
    /// JSON.
    pub document: String,
    /// Hash of it without its etag: equal means nothing to write.
    pub hash: String,
    /// Refs of its parents.
    pub parents: Vec<String>,
    /// How it differs from the version it replaces; `None` when there is none, or when only what follows from other entities does.
    pub change: Option<Change>,
}

/// Writes final documents, each under a revision of its own, and how they differ from those before.
pub async fn put(connection: &mut PgConnection, entities: impl Iterator<Item = &FinalEntity> + Clone) -> Result<()> {
    let (mut refs, mut ids, mut documents, mut hashes, mut parents) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for entity in entities.clone() {
        refs.push(entity.entity_ref.clone());
        ids.push(entity.entity_id);
        documents.push(entity.document.clone());
        hashes.push(entity.hash.clone());
        // Arrays of arrays of different lengths do not exist in Postgres; a ref holds no line feed.
        parents.push(entity.parents.join("\n"));
    }
    if refs.is_empty() {
        return Ok(());
    }
    lock_revisions(connection).await?;
    sqlx::query!(
        r#"
        INSERT INTO final_entity (entity_ref, entity_id, document, hash, parents, revision)
        SELECT entity_ref, entity_id, document, hash, string_to_array(parents, E'\n'), nextval('final_entity_revision')
          FROM UNNEST($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[])
               AS composed (entity_ref, entity_id, document, hash, parents)
            ON CONFLICT (entity_ref)
            DO UPDATE SET entity_id = excluded.entity_id,
                          document = excluded.document,
                          hash = excluded.hash,
                          parents = excluded.parents,
                          revision = excluded.revision,
                          changed_at = now()
        "#,
        &refs,
        &ids,
        &documents,
        &hashes,
        &parents,
    )
    .execute(&mut *connection)
    .await?;
    change::record(connection, entities).await?;
    notify(connection, Channel::Feed).await
}

/// A document that is served.
#[derive(Debug)]
pub struct Served {
    /// Normalised ref.
    pub entity_ref: String,
    /// JSON.
    pub document: String,
}

/// The documents of some entities as they are served.
pub async fn list_served(pool: &PgPool, refs: &[String]) -> Result<Vec<Served>> {
    sqlx::query_as!(
        Served,
        r#"
        SELECT entity_ref, document AS "document!"
          FROM final_entity
         WHERE entity_ref = ANY($1)
           AND document IS NOT NULL
        "#,
        refs,
    )
    .fetch_all(pool)
    .await
}

/// Turns final documents into tombstones and forgets what changed in them. Returns the highest revision given, 0 when none of them was served.
pub async fn bury(connection: &mut PgConnection, refs: &[String]) -> Result<i64> {
    lock_revisions(connection).await?;
    let revision = sqlx::query_scalar!(
        r#"
        WITH buried AS (
            UPDATE final_entity
               SET document = NULL,
                   hash = '',
                   parents = '{}',
                   revision = nextval('final_entity_revision'),
                   changed_at = now()
             WHERE entity_ref = ANY($1)
               AND document IS NOT NULL
         RETURNING revision
        )
        SELECT COALESCE(max(revision), 0) AS "revision!" FROM buried
        "#,
        refs,
    )
    .fetch_one(&mut *connection)
    .await?;
    change::forget(connection, refs).await?;
    notify(connection, Channel::Feed).await?;
    Ok(revision)
}

/// A row of the feed.
#[derive(Debug)]
pub struct FeedEntry {
    /// Normalised ref.
    pub entity_ref: String,
    /// Uid.
    pub entity_id: Uuid,
    /// JSON; `None`: deleted.
    pub document: Option<String>,
    /// Refs of its parents.
    pub parents: Vec<String>,
    /// Position.
    pub revision: i64,
}

/// How many rows are handed over at once when everything is read.
const READ_ALL_BATCH: usize = 1000;

/// Everything served, by ref, in batches.
///
/// Who wants to go on with the feed asks for the latest revision first: what changes in between is then delivered again, never
/// lost.
pub fn read_all(pool: &PgPool) -> impl Stream<Item = Result<Vec<FeedEntry>>> {
    sqlx::query_as!(
        FeedEntry,
        r#"
        SELECT entity_ref, entity_id, document, parents, revision
          FROM final_entity
         WHERE document IS NOT NULL
         ORDER BY entity_ref
        "#,
    )
    .fetch(pool)
    .try_chunks(READ_ALL_BATCH)
    .map_err(|partial| partial.1)
}

/// The highest revision given so far.
pub async fn latest_revision(pool: &PgPool) -> Result<i64> {
    // Its tombstone may be gone.
    sqlx::query_scalar!(
        r#"
        SELECT GREATEST(horizon.revision, (SELECT max(revision) FROM final_entity)) AS "revision!"
          FROM feed_horizon AS horizon
        "#
    )
    .fetch_one(pool)
    .await
}

/// What stays the same for as long as revisions go on from where they were: the cluster, its timeline (another one after the
/// database was put back to an earlier time), and the table (another one after it was restored from a dump).
pub async fn epoch(pool: &PgPool) -> Result<String> {
    let table = sqlx::query_scalar!(r#"SELECT 'final_entity'::regclass::oid::text AS "oid!""#)
        .fetch_one(pool)
        .await?;
    let cluster = sqlx::query_scalar!(
        r#"
        SELECT system_identifier || '/' || timeline_id AS "cluster!"
          FROM pg_control_system(), pg_control_checkpoint()
        "#
    )
    .fetch_one(pool)
    .await;
    // Not every role may ask for that everywhere, and the table says nearly as much.
    Ok(cluster.map_or_else(|_| table.clone(), |cluster| format!("{cluster}/{table}")))
}

/// Up to `limit` changes after `revision`, in order; `None` when some of them cannot be had any more and the reader has to start
/// anew.
pub async fn read_after(pool: &PgPool, revision: i64, limit: i64) -> Result<Option<Vec<FeedEntry>>> {
    let entries = sqlx::query_as!(
        FeedEntry,
        r#"
        SELECT entity_ref, entity_id, document, parents, revision
          FROM final_entity
         WHERE revision > $1
         ORDER BY revision
         LIMIT $2
        "#,
        revision,
        limit,
    )
    .fetch_all(pool)
    .await?;
    // Asked for afterwards: tombstones that were gone when the changes were read are behind it.
    let horizon = sqlx::query_scalar!("SELECT revision FROM feed_horizon")
        .fetch_one(pool)
        .await?;
    Ok((horizon <= revision).then_some(entries))
}

/// Forgets tombstones older than a week and moves the horizon to the newest of them.
pub async fn forget_old_tombstones(pool: &PgPool) -> Result<u64> {
    let forgotten = sqlx::query_scalar!(
        r#"
        WITH forgotten AS (
            DELETE FROM final_entity
             WHERE document IS NULL
               AND changed_at < now() - interval '7 days'
         RETURNING revision
        ), moved AS (
            UPDATE feed_horizon
               SET revision = GREATEST(feed_horizon.revision, (SELECT max(revision) FROM forgotten))
             WHERE EXISTS (SELECT FROM forgotten)
        )
        SELECT count(*) AS "count!" FROM forgotten
        "#,
    )
    .fetch_one(pool)
    .await?;
    Ok(forgotten.unsigned_abs())
}
