//! The SQL of user settings.

use serde_json::Value;
use sqlx::PgPool;
use time::OffsetDateTime;

/// A stored value.
#[derive(Debug)]
pub(crate) struct Setting {
    pub(crate) value: Value,
    pub(crate) version: i64,
}

/// Whose setting, and which.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) user_entity_ref: &'a str,
    pub(crate) bucket: &'a str,
    pub(crate) key: &'a str,
}

/// What must be stored for a change to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expectation {
    /// Anything, or nothing.
    Any,
    /// Some value.
    Present,
    /// No value.
    Absent,
    /// The value of this version.
    Version(i64),
}

/// The table `user_settings`. Values are sent as texts: as JSON the driver would send them in a form that knows neither the order of
/// members nor U+0000.
#[derive(Clone, Debug)]
pub(crate) struct SettingStore {
    pool: PgPool,
}

impl SettingStore {
    pub(crate) fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// One setting.
    pub(crate) async fn get(&self, place: Place<'_>) -> Result<Option<Setting>, sqlx::Error> {
        sqlx::query_as!(
            Setting,
            r#"SELECT value, version
                 FROM user_settings
                WHERE user_entity_ref = $1 AND bucket = $2 AND key = $3"#,
            place.user_entity_ref,
            place.bucket,
            place.key
        )
        .fetch_optional(&self.pool)
        .await
    }

    /// Several settings of a user, in the order of the places; `None` for those there are not.
    pub(crate) async fn get_many(
        &self,
        user_entity_ref: &str,
        buckets: &[String],
        keys: &[String],
    ) -> Result<Vec<Option<Value>>, sqlx::Error> {
        sqlx::query_scalar!(
            r#"SELECT stored.value AS "value?"
                 FROM UNNEST($2::text[], $3::text[]) WITH ORDINALITY AS wanted (bucket, key, position)
                 LEFT JOIN user_settings AS stored
                   ON stored.user_entity_ref = $1 AND stored.bucket = wanted.bucket AND stored.key = wanted.key
                ORDER BY wanted.position"#,
            user_entity_ref,
            buckets,
            keys
        )
        .fetch_all(&self.pool)
        .await
    }

    /// Stores a value, if what is stored is what is expected; the new version.
    pub(crate) async fn put(
        &self,
        place: Place<'_>,
        value: &Value,
        expectation: Expectation,
        now: OffsetDateTime,
    ) -> Result<Option<i64>, sqlx::Error> {
        match expectation {
            Expectation::Any => self.upsert(place, value, now).await.map(Some),
            Expectation::Absent => self.insert(place, value, now).await,
            Expectation::Present => self.update(place, value, None, now).await,
            Expectation::Version(version) => self.update(place, value, Some(version), now).await,
        }
    }

    async fn upsert(&self, place: Place<'_>, value: &Value, now: OffsetDateTime) -> Result<i64, sqlx::Error> {
        sqlx::query_scalar!(
            r#"INSERT INTO user_settings (user_entity_ref, bucket, key, value, version, updated_at)
               VALUES ($1, $2, $3, $4::text::json, 1, $5)
               ON CONFLICT (user_entity_ref, bucket, key)
               DO UPDATE SET value = EXCLUDED.value, version = user_settings.version + 1, updated_at = EXCLUDED.updated_at
               RETURNING version"#,
            place.user_entity_ref,
            place.bucket,
            place.key,
            value.to_string(),
            now
        )
        .fetch_one(&self.pool)
        .await
    }

    async fn insert(&self, place: Place<'_>, value: &Value, now: OffsetDateTime) -> Result<Option<i64>, sqlx::Error> {
        sqlx::query_scalar!(
            r#"INSERT INTO user_settings (user_entity_ref, bucket, key, value, version, updated_at)
               VALUES ($1, $2, $3, $4::text::json, 1, $5)
               ON CONFLICT (user_entity_ref, bucket, key) DO NOTHING
               RETURNING version"#,
            place.user_entity_ref,
            place.bucket,
            place.key,
            value.to_string(),
            now
        )
        .fetch_optional(&self.pool)
        .await
    }

    async fn update(
        &self,
        place: Place<'_>,
        value: &Value,
        version: Option<i64>,
        now: OffsetDateTime,
    ) -> Result<Option<i64>, sqlx::Error> {
        sqlx::query_scalar!(
            r#"UPDATE user_settings
                  SET value = $4::text::json, version = version + 1, updated_at = $6
                WHERE user_entity_ref = $1 AND bucket = $2 AND key = $3 AND ($5::bigint IS NULL OR version = $5)
            RETURNING version"#,
            place.user_entity_ref,
            place.bucket,
            place.key,
            value.to_string(),
            version,
            now
        )
        .fetch_optional(&self.pool)
        .await
    }

    /// Removes a setting; whether it was there.
    pub(crate) async fn delete(&self, place: Place<'_>) -> Result<bool, sqlx::Error> {
        let removed = sqlx::query!(
            "DELETE FROM user_settings WHERE user_entity_ref = $1 AND bucket = $2 AND key = $3",
            place.user_entity_ref,
            place.bucket,
            place.key
        )
        .execute(&self.pool)
        .await?;
        Ok(removed.rows_affected() == 1)
    }
}
