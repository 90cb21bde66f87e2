//! Endpoints that were made at run time.

use sqlx::{PgPool, types::Json};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::endpoint::settings::EndpointOptions;

/// Replicas listen here; every change says so.
pub const CHANNEL: &str = "proxy_endpoints";
/// Makes changes one after the other, so that revisions appear in their order.
const CHANGES_LOCK: i64 = 0x0070_726f_7879;

/// A row.
#[derive(Debug, Clone)]
pub struct StoredEndpoint {
    /// Its id.
    pub id: Uuid,
    /// Its route.
    pub route: String,
    /// Where it leads.
    pub target: String,
    /// Everything else, secrets left out.
    pub settings: Json<StoredSettings>,
    /// Values of secret headers, encrypted.
    pub secrets: Option<Vec<u8>>,
    /// Switched off.
    pub disabled: bool,
    /// Changes with every change.
    pub revision: i64,
    /// When it was changed last.
    pub time_updated: OffsetDateTime,
    /// By whom.
    pub updated_by: String,
}

/// The column `settings`.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct StoredSettings {
    /// What it does.
    #[serde(flatten)]
    pub options: EndpointOptions,
    /// The headers it adds, the values of secret ones left out.
    pub headers: Vec<StoredHeader>,
}

/// A header of an endpoint.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StoredHeader {
    /// Its name.
    pub name: String,
    /// Its value; empty where it is secret.
    pub value: String,
    /// Whether the value is among the encrypted ones.
    pub secret: bool,
}

/// Why a change was not made.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// Another endpoint has the route.
    #[error("the route is taken")]
    RouteTaken,
    /// The database.
    #[error(transparent)]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for ChangeError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(database) if database.is_unique_violation() => Self::RouteTaken,
            _ => Self::Database(error),
        }
    }
}

/// All endpoints that are not deleted.
pub async fn list_endpoints(pool: &PgPool) -> Result<Vec<StoredEndpoint>, sqlx::Error> {
    sqlx::query_as!(
        StoredEndpoint,
        r#"
        SELECT id, route, target, settings AS "settings: Json<StoredSettings>", secrets, disabled, revision, time_updated, updated_by
          FROM endpoints
         WHERE NOT deleted
         ORDER BY route
        "#
    )
    .fetch_all(pool)
    .await
}

/// One endpoint.
pub async fn get_endpoint(pool: &PgPool, id: Uuid) -> Result<Option<StoredEndpoint>, sqlx::Error> {
    sqlx::query_as!(
        StoredEndpoint,
        r#"
        SELECT id, route, target, settings AS "settings: Json<StoredSettings>", secrets, disabled, revision, time_updated, updated_by
          FROM endpoints
         WHERE id = $1 AND NOT deleted
        "#,
        id
    )
    .fetch_optional(pool)
    .await
}

/// Adds an endpoint; its revision and time are the database's.
pub async fn insert_endpoint(pool: &PgPool, endpoint: &StoredEndpoint) -> Result<StoredEndpoint, ChangeError> {
    let mut transaction = pool.begin().await?;
    lock_changes(&mut transaction).await?;
    let stored = sqlx::query_as!(
        StoredEndpoint,
        r#"
        INSERT INTO endpoints (id, route, target, settings, secrets, disabled, updated_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        RETURNING id, route, target, settings AS "settings: Json<StoredSettings>", secrets, disabled, revision, time_updated,
                  updated_by
        "#,
        endpoint.id,
        endpoint.route,
        endpoint.target,
        &endpoint.settings as &Json<StoredSettings>,
        endpoint.secrets.as_deref(),
        endpoint.disabled,
        endpoint.updated_by
    )
    .fetch_one(&mut *transaction)
    .await?;
    notify(&mut transaction).await?;
    transaction.commit().await?;
    Ok(stored)
}

/// Replaces an endpoint that still has the revision that the change was made from; `None` when it has not, or is gone.
pub async fn update_endpoint(pool: &PgPool, endpoint: &StoredEndpoint) -> Result<Option<StoredEndpoint>, ChangeError> {
    let mut transaction = pool.begin().await?;
    lock_changes(&mut transaction).await?;
    let stored = sqlx::query_as!(
        StoredEndpoint,
        r#"
        UPDATE endpoints
           SET route        = $3,
               target       = $4,
               settings     = $5,
               secrets      = $6,
               disabled     = $7,
               updated_by   = $8,
               revision     = nextval('endpoint_revision'),
               time_updated = now()
         WHERE id = $1 AND revision = $2 AND NOT deleted
        RETURNING id, route, target, settings AS "settings: Json<StoredSettings>", secrets, disabled, revision, time_updated,
                  updated_by
        "#,
        endpoint.id,
        endpoint.revision,
        endpoint.route,
        endpoint.target,
        &endpoint.settings as &Json<StoredSettings>,
        endpoint.secrets.as_deref(),
        endpoint.disabled,
        endpoint.updated_by
    )
    .fetch_optional(&mut *transaction)
    .await?;
    notify(&mut transaction).await?;
    transaction.commit().await?;
    Ok(stored)
}

/// Deletes an endpoint, secrets and all; false when it is not there.
pub async fn delete_endpoint(pool: &PgPool, id: Uuid, deleted_by: &str) -> Result<bool, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    lock_changes(&mut transaction).await?;
    let deleted = sqlx::query!(
        r#"
        UPDATE endpoints
           SET deleted      = true,
               secrets      = NULL,
               settings     = '{}',
               updated_by   = $2,
               revision     = nextval('endpoint_revision'),
               time_updated = now()
         WHERE id = $1 AND NOT deleted
        "#,
        id,
        deleted_by
    )
    .execute(&mut *transaction)
    .await?
    .rows_affected();
    notify(&mut transaction).await?;
    transaction.commit().await?;
    Ok(deleted > 0)
}

/// Makes the cached answers of an endpoint unfindable.
pub async fn purge(pool: &PgPool, route: &str) -> Result<(), sqlx::Error> {
    let mut transaction = pool.begin().await?;
    sqlx::query!(
        r#"
        INSERT INTO purges (route) VALUES ($1)
        ON CONFLICT (route) DO UPDATE SET count = purges.count + 1
        "#,
        route
    )
    .execute(&mut *transaction)
    .await?;
    notify(&mut transaction).await?;
    transaction.commit().await
}

/// How often each endpoint's answers were made unfindable, by route.
pub async fn purge_counts(pool: &PgPool) -> Result<Vec<(String, i64)>, sqlx::Error> {
    let rows = sqlx::query!(r#"SELECT route, count FROM purges"#)
        .fetch_all(pool)
        .await?;
    Ok(rows.into_iter().map(|row| (row.route, row.count)).collect())
}

async fn lock_changes(transaction: &mut sqlx::PgTransaction<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!("SELECT pg_advisory_xact_lock($1)", CHANGES_LOCK)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

async fn notify(transaction: &mut sqlx::PgTransaction<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!("SELECT pg_notify($1, '')", CHANNEL)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
