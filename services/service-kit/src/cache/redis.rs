use std::time::Duration;

use bytes::Bytes;
use deadpool_redis::{
    Config, Pool, PoolConfig, Runtime, Timeouts,
    redis::{RedisError, cmd, pipe},
};

use super::store::StoreError;

const MAX_CONNECTIONS: usize = 16;
/// Longer than an operation may take: the operation goes on without an answer, and the connection is there for the next.
const CONNECT_FACTOR: u32 = 20;

/// Values in Redis or Valkey.
pub(super) struct RedisStore {
    pool: Pool,
}

impl std::fmt::Debug for RedisStore {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("RedisStore")
            .field("connections", &self.pool.status())
            .finish()
    }
}

impl RedisStore {
    /// A pool that connects when needed. `redis://` and `rediss://` (TLS).
    pub(super) fn new(url: &str, timeout: Duration) -> Result<Self, String> {
        if url.starts_with("rediss://") {
            crate::tls::install_provider();
        }
        let mut config = Config::from_url(url);
        let mut pool = PoolConfig::new(MAX_CONNECTIONS);
        pool.timeouts = Timeouts {
            wait: Some(timeout),
            create: Some(timeout * CONNECT_FACTOR),
            recycle: Some(timeout),
        };
        config.pool = Some(pool);
        // The library's message may quote the URL, password and all.
        let pool = config
            .create_pool(Some(Runtime::Tokio1))
            .map_err(|_| "this is not a connection like redis://user:password@host:6379/0".to_owned())?;
        Ok(Self { pool })
    }

    pub(super) async fn get(&self, key: &str) -> Result<Option<Bytes>, StoreError> {
        let mut connection = self.pool.get().await?;
        let value: Option<Vec<u8>> = cmd("GET").arg(key).query_async(&mut connection).await?;
        Ok(value.map(Bytes::from))
    }

    pub(super) async fn set(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<(), StoreError> {
        let mut connection = self.pool.get().await?;
        let mut command = cmd("SET");
        command.arg(key).arg(value.as_ref());
        if let Some(ttl) = ttl {
            // Redis refuses a life of nothing.
            let milliseconds = u64::try_from(ttl.as_millis()).unwrap_or(u64::MAX / 2).max(1);
            command.arg("PX").arg(milliseconds);
        }
        command.query_async::<()>(&mut connection).await?;
        Ok(())
    }

    pub(super) async fn add(&self, key: &str, amount: u32, ttl: Duration) -> Result<u64, StoreError> {
        let mut connection = self.pool.get().await?;
        let milliseconds = u64::try_from(ttl.as_millis()).unwrap_or(u64::MAX / 2).max(1);
        // One transaction: a counter without an end would never be forgotten.
        let (_, value): (Option<()>, u64) = pipe()
            .atomic()
            .cmd("SET")
            .arg(key)
            .arg(0)
            .arg("PX")
            .arg(milliseconds)
            .arg("NX")
            .cmd("INCRBY")
            .arg(key)
            .arg(amount)
            .query_async(&mut connection)
            .await?;
        Ok(value)
    }

    pub(super) async fn delete(&self, key: &str) -> Result<(), StoreError> {
        let mut connection = self.pool.get().await?;
        cmd("DEL").arg(key).query_async::<()>(&mut connection).await?;
        Ok(())
    }
}

impl From<RedisError> for StoreError {
    fn from(error: RedisError) -> Self {
        Self(error.to_string())
    }
}

impl From<deadpool_redis::PoolError> for StoreError {
    fn from(error: deadpool_redis::PoolError) -> Self {
        Self(error.to_string())
    }
}
