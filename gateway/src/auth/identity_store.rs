//! The SQL of identities: signing keys, and what users belong to.

use serde_json::Value;
use sqlx::PgPool;
use time::OffsetDateTime;
use uuid::Uuid;

/// A stored signing key.
#[derive(Debug)]
pub(crate) struct StoredKey {
    pub(crate) key_id: Uuid,
    pub(crate) private_key: Vec<u8>,
    pub(crate) public_jwk: Value,
    pub(crate) created_at: OffsetDateTime,
    pub(crate) expires_at: OffsetDateTime,
}

/// The tables `signing_keys` and `user_info`.
#[derive(Clone, Debug)]
pub(crate) struct IdentityStore {
    pool: PgPool,
}

impl IdentityStore {
    pub(crate) fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// All keys that have not expired, newest first.
    pub(crate) async fn signing_keys(&self, now: OffsetDateTime) -> Result<Vec<StoredKey>, sqlx::Error> {
        sqlx::query_as!(
            StoredKey,
            r#"SELECT key_id, private_key, public_jwk, created_at, expires_at
                 FROM signing_keys
                WHERE expires_at > $1
                ORDER BY created_at DESC, key_id"#,
            now
        )
        .fetch_all(&self.pool)
        .await
    }

    /// Adds a key, and removes those that have expired.
    pub(crate) async fn add_signing_key(&self, key: &StoredKey, now: OffsetDateTime) -> Result<(), sqlx::Error> {
        let mut transaction = self.pool.begin().await?;
        sqlx::query!("DELETE FROM signing_keys WHERE expires_at <= $1", now)
            .execute(&mut *transaction)
            .await?;
        sqlx::query!(
            r#"INSERT INTO signing_keys (key_id, private_key, public_jwk, created_at, expires_at)
               VALUES ($1, $2, $3, $4, $5)"#,
            key.key_id,
            key.private_key,
            key.public_jwk,
            key.created_at,
            key.expires_at
        )
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await
    }

    /// Remembers what a user belongs to.
    pub(crate) async fn put_user_info(
        &self,
        user_entity_ref: &str,
        ownership_entity_refs: &[String],
        now: OffsetDateTime,
    ) -> Result<(), sqlx::Error> {
        sqlx::query!(
            r#"INSERT INTO user_info (user_entity_ref, ownership_entity_refs, updated_at)
               VALUES ($1, $2, $3)
               ON CONFLICT (user_entity_ref)
               DO UPDATE SET ownership_entity_refs = EXCLUDED.ownership_entity_refs, updated_at = EXCLUDED.updated_at"#,
            user_entity_ref,
            ownership_entity_refs,
            now
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// What a user belonged to when they last signed in.
    pub(crate) async fn ownership_entity_refs(
        &self,
        user_entity_ref: &str,
    ) -> Result<Option<Vec<String>>, sqlx::Error> {
        sqlx::query_scalar!(
            "SELECT ownership_entity_refs FROM user_info WHERE user_entity_ref = $1",
            user_entity_ref
        )
        .fetch_optional(&self.pool)
        .await
    }

    /// Whether the database answers.
    pub(crate) async fn ping(&self) -> Result<(), sqlx::Error> {
        sqlx::query("SELECT 1").execute(&self.pool).await.map(drop)
    }
}
