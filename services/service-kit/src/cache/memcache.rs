use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
    time::Duration,
};

use bytes::{BufMut, Bytes, BytesMut};
use memcache::{Client, CommandError, MemcacheError};
use parking_lot::Mutex;
use sha2::{Digest, Sha256};
use tokio::{sync::Semaphore, task::spawn_blocking};
use url::Url;

use super::{settings::MemcacheServer, store::StoreError};

/// Connections to each server, and at most so many blocked threads.
const CONNECTIONS: u32 = 4;
const CHECK_BYTES: usize = 16;
/// memcached takes longer lives for dates.
const LONGEST_TTL_SECONDS: u32 = 30 * 24 * 3600;

/// Values in memcached. The client library blocks, so it runs beside the asynchronous threads.
///
/// A connection on which an operation failed half-way may deliver a late answer to the next question. So a server's client is
/// thrown away after any failure, and every value begins with a hash of its key: an answer to another question is a miss.
#[derive(Debug)]
pub(super) struct MemcacheStore {
    servers: Vec<Arc<Server>>,
}

struct Server {
    url: Url,
    timeout: Duration,
    client: Mutex<Option<Client>>,
    slots: Arc<Semaphore>,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The URL holds a password.
        formatter
            .debug_struct("Server")
            .field("host", &self.url.host_str())
            .finish_non_exhaustive()
    }
}

impl MemcacheStore {
    pub(super) fn new(servers: &[MemcacheServer], timeout: Duration) -> Self {
        let servers = servers
            .iter()
            .filter_map(|server| Some(Arc::new(Server::new(url_of(server, timeout)?, timeout))));
        Self {
            servers: servers.collect(),
        }
    }

    pub(super) async fn get(&self, key: &str) -> Result<Option<Bytes>, StoreError> {
        let question = key.to_owned();
        let stored: Option<Vec<u8>> = self.run(key, move |client| client.get(&question)).await?;
        Ok(stored.and_then(|stored| checked(key, stored)))
    }

    pub(super) async fn set(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<(), StoreError> {
        let mut stored = BytesMut::with_capacity(CHECK_BYTES + value.len());
        stored.put_slice(&check_of(key));
        stored.put_slice(&value);
        let seconds = ttl.map_or(0, expiration);
        let key_of_value = key.to_owned();
        self.run(key, move |client| client.set(&key_of_value, stored.as_ref(), seconds))
            .await
    }

    pub(super) async fn add(&self, key: &str, amount: u32, ttl: Duration) -> Result<u64, StoreError> {
        let seconds = expiration(ttl);
        let counter = key.to_owned();
        self.run(key, move |client| {
            // Somebody else may have made it already, which is as well.
            match client.add(&counter, 0_u64, seconds) {
                Ok(()) | Err(MemcacheError::CommandError(CommandError::KeyExists)) => {}
                Err(error) => return Err(error),
            }
            client.increment(&counter, u64::from(amount))
        })
        .await
    }

    pub(super) async fn delete(&self, key: &str) -> Result<(), StoreError> {
        let question = key.to_owned();
        self.run(key, move |client| client.delete(&question).map(drop)).await
    }

    /// Runs an operation on the server that is responsible for a key.
    async fn run<T, F>(&self, key: &str, operation: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Client) -> Result<T, MemcacheError> + Send + 'static,
    {
        let server = self
            .server_of(key)
            .ok_or_else(|| StoreError("there is no server".to_owned()))?
            .clone();
        // Waiting here, not in a thread, keeps a dead server from collecting threads.
        let slots = server.slots.clone();
        let slot = slots
            .acquire_owned()
            .await
            .map_err(|error| StoreError(error.to_string()))?;
        spawn_blocking(move || {
            // Held until the thread is done, even when the caller has stopped waiting.
            let _slot = slot;
            server.run(operation)
        })
        .await
        .map_err(|error| StoreError(error.to_string()))?
        .map_err(|error| StoreError(error.to_string()))
    }

    fn server_of(&self, key: &str) -> Option<&Arc<Server>> {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        let count = u64::try_from(self.servers.len()).ok()?;
        let index = hasher.finish().checked_rem(count)?;
        self.servers.get(usize::try_from(index).ok()?)
    }
}

impl Server {
    fn new(url: Url, timeout: Duration) -> Self {
        Self {
            url,
            timeout,
            client: Mutex::new(None),
            slots: Arc::new(Semaphore::new(CONNECTIONS as usize)),
        }
    }

    fn run<T>(&self, operation: impl FnOnce(&Client) -> Result<T, MemcacheError>) -> Result<T, MemcacheError> {
        let client = self.client()?;
        let result = operation(&client);
        if result.is_err() {
            *self.client.lock() = None;
        }
        result
    }

    fn client(&self) -> Result<Client, MemcacheError> {
        if let Some(client) = self.client.lock().as_ref() {
            return Ok(client.clone());
        }
        let client = Client::builder()
            .add_server(self.url.as_str())?
            .with_max_pool_size(CONNECTIONS)
            .with_min_idle_conns(0)
            .with_connection_timeout(self.timeout)
            // The URL's limit holds for all connections but the first, these hold for the first.
            .with_read_timeout(self.timeout)
            .with_write_timeout(self.timeout)
            .build()?;
        *self.client.lock() = Some(client.clone());
        Ok(client)
    }
}

/// The library takes a URL: credentials, and the time limit of reads and writes in seconds.
fn url_of(server: &MemcacheServer, timeout: Duration) -> Option<Url> {
    let mut url = Url::parse(&format!("memcache://{}", server.address)).ok()?;
    if let Some((user, password)) = &server.credentials {
        url.set_username(user).ok()?;
        url.set_password(Some(password.expose())).ok()?;
    }
    url.query_pairs_mut()
        .append_pair("timeout", &timeout.as_secs_f64().to_string())
        .append_pair("tcp_nodelay", "true");
    Some(url)
}

/// Whole seconds, never 0, which would mean for ever.
fn expiration(ttl: Duration) -> u32 {
    let seconds = ttl.as_secs().saturating_add(u64::from(ttl.subsec_nanos() > 0));
    u32::try_from(seconds)
        .unwrap_or(LONGEST_TTL_SECONDS)
        .clamp(1, LONGEST_TTL_SECONDS)
}

fn check_of(key: &str) -> [u8; CHECK_BYTES] {
    let digest = Sha256::digest(key);
    std::array::from_fn(|index| digest[index])
}

/// The value without its check; `None` when it is another key's.
fn checked(key: &str, stored: Vec<u8>) -> Option<Bytes> {
    let value = Bytes::from(stored);
    value.starts_with(&check_of(key)).then(|| value.slice(CHECK_BYTES..))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_to_another_question_is_a_miss() {
        let stored = [check_of("a").as_slice(), b"value"].concat();
        assert_eq!(checked("a", stored.clone()), Some(Bytes::from_static(b"value")));
        assert_eq!(checked("b", stored), None);
        assert_eq!(checked("a", b"short".to_vec()), None);
    }

    #[test]
    fn lives_are_whole_seconds_within_the_limit() {
        assert_eq!(expiration(Duration::from_millis(1)), 1);
        assert_eq!(expiration(Duration::from_millis(1500)), 2);
        assert_eq!(expiration(Duration::ZERO), 1);
        assert_eq!(expiration(Duration::MAX), LONGEST_TTL_SECONDS);
    }
}
