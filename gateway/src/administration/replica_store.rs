//! The SQL of the gateways that run.

use sqlx::PgPool;
use time::OffsetDateTime;
use uuid::Uuid;

/// A gateway that says that it runs.
#[derive(Clone, Debug)]
pub(super) struct OwnReplica {
    pub(super) replica_id: Uuid,
    pub(super) address: String,
    pub(super) version: &'static str,
    pub(super) started_at: OffsetDateTime,
}

/// A gateway that said so.
#[derive(Debug)]
pub(super) struct StoredReplica {
    pub(super) address: String,
    pub(super) version: String,
    pub(super) started_at: OffsetDateTime,
    pub(super) is_ready: bool,
    /// For so many seconds nothing was heard of it.
    pub(super) silent_seconds: f64,
}

/// The table `replicas`.
#[derive(Clone, Debug)]
pub(crate) struct ReplicaStore {
    pool: PgPool,
}

impl ReplicaStore {
    pub(crate) fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// Says that a gateway runs.
    pub(super) async fn announce(&self, replica: &OwnReplica, is_ready: bool) -> Result<(), sqlx::Error> {
        sqlx::query!(
            r#"INSERT INTO replicas (replica_id, address, version, started_at, is_ready, seen_at)
               VALUES ($1, $2, $3, $4, $5, now())
               ON CONFLICT (replica_id) DO UPDATE SET is_ready = EXCLUDED.is_ready, seen_at = now()"#,
            replica.replica_id,
            replica.address,
            replica.version,
            replica.started_at,
            is_ready
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Takes a gateway that ends off the list.
    pub(super) async fn remove(&self, replica_id: Uuid) -> Result<(), sqlx::Error> {
        sqlx::query!("DELETE FROM replicas WHERE replica_id = $1", replica_id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Forgets gateways of which nothing was heard for so many seconds.
    pub(super) async fn remove_silent(&self, seconds: f64) -> Result<(), sqlx::Error> {
        sqlx::query!(
            "DELETE FROM replicas WHERE seen_at < now() - make_interval(secs => $1)",
            seconds
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// All that are known, by address.
    pub(super) async fn list(&self) -> Result<Vec<StoredReplica>, sqlx::Error> {
        sqlx::query_as!(
            StoredReplica,
            r#"SELECT address, version, started_at, is_ready,
                      EXTRACT(EPOCH FROM now() - seen_at)::float8 AS "silent_seconds!"
                 FROM replicas
                ORDER BY address, started_at"#
        )
        .fetch_all(&self.pool)
        .await
    }
}
