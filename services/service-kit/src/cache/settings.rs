use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;
use url::Url;

use crate::config::{Config, ConfigDuration, ConfigError, Secret};

const SECTION: &str = "backend.cache";
const CONNECTION: &str = "backend.cache.connection";
const DEFAULT_TIMEOUT: Duration = Duration::from_millis(50);
const DEFAULT_MEMORY_BYTES: u64 = 64 * 1024 * 1024;
const MEMCACHE_PORT: &str = "11211";

/// Everything `backend.cache` says.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) store: StoreSettings,
    pub(super) default_ttl: Option<Duration>,
    pub(super) timeout: Duration,
    /// What all keys begin with, separator included.
    pub(super) prefix: String,
}

#[derive(Debug)]
pub(super) enum StoreSettings {
    Memory { max_bytes: u64 },
    Redis(Secret<String>),
    Memcache(Vec<MemcacheServer>),
}

/// A memcached server and the SASL user to sign in as.
#[derive(Debug, Clone)]
pub(super) struct MemcacheServer {
    /// `host:port`.
    pub(super) address: String,
    pub(super) credentials: Option<(String, Secret<String>)>,
}

/// A cache that fails is a miss, a metric and one warning, and costs a request no more than the time-out; then a circuit opens.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct CacheSection {
    /// `memory` (each process its own), `redis`, `valkey` or `memcache`.
    store: String,
    /// `redis://user:pass@cache.example.com:6379`, or `user:pass@cache.example.com:11211` for memcached, several with commas;
    /// also as `{url}`.
    connection: Option<Connection>,
    /// How long entries live that say nothing else.
    #[schemars(extend("x-default" = "as long as there is room"))]
    default_ttl: Option<ConfigDuration>,
    /// How long a request waits for the store.
    timeout: ConfigDuration,
    memory: MemorySection,
    redis: ClientSection<RedisClient>,
    valkey: ClientSection<ValkeyClient>,
}

impl Default for CacheSection {
    fn default() -> Self {
        Self {
            store: "memory".to_owned(),
            connection: None,
            default_ttl: None,
            timeout: DEFAULT_TIMEOUT.into(),
            memory: MemorySection::default(),
            redis: ClientSection::default(),
            valkey: ClientSection::default(),
        }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "a connection is text, or an object with a url")]
enum Connection {
    Text(Secret<String>),
    Object {
        /// The same as text.
        url: Secret<String>,
    },
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
struct MemorySection {
    /// Bound of the `memory` store.
    max_bytes: u64,
}

impl Default for MemorySection {
    fn default() -> Self {
        Self {
            max_bytes: DEFAULT_MEMORY_BYTES,
        }
    }
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
struct ClientSection<T: Default> {
    client: T,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
struct RedisClient {
    /// What all keys begin with.
    namespace: Option<String>,
    /// What stands between the namespace and the rest of a key.
    key_prefix_separator: String,
}

impl Default for RedisClient {
    fn default() -> Self {
        Self {
            namespace: None,
            key_prefix_separator: ":".to_owned(),
        }
    }
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
struct ValkeyClient {
    /// What all keys begin with when `redis.client.namespace` says nothing.
    key_prefix: String,
}

impl Settings {
    pub(super) fn from_config(config: &Config) -> Result<Self, ConfigError> {
        let section: CacheSection = config.get(SECTION)?.unwrap_or_default();
        let connection = || match &section.connection {
            Some(Connection::Text(url) | Connection::Object { url }) => Ok(url.clone()),
            None => Err(ConfigError::Missing {
                path: CONNECTION.to_owned(),
            }),
        };
        let store = match section.store.as_str() {
            "memory" => StoreSettings::Memory {
                max_bytes: section.memory.max_bytes,
            },
            // Valkey speaks Redis.
            "redis" | "valkey" => StoreSettings::Redis(connection()?),
            "memcache" => StoreSettings::Memcache(memcache_servers(config, connection()?.expose())?),
            other => {
                return Err(config.invalid(
                    &format!("{SECTION}.store"),
                    format!("Unknown cache store: {other}; there are memory, redis, valkey and memcache"),
                ));
            }
        };
        let redis = &section.redis.client;
        Ok(Self {
            store,
            default_ttl: section.default_ttl.map(ConfigDuration::get),
            timeout: section.timeout.get(),
            prefix: match &redis.namespace {
                Some(namespace) => format!("{namespace}{}", redis.key_prefix_separator),
                None => section.valkey.client.key_prefix.clone(),
            },
        })
    }
}

/// Reads `user:password@host:port,host2:port`; the credentials are for all of them.
fn memcache_servers(config: &Config, text: &str) -> Result<Vec<MemcacheServer>, ConfigError> {
    let text = text.strip_prefix("memcache://").unwrap_or(text);
    let (credentials, hosts) = match text.rsplit_once('@') {
        Some((credentials, hosts)) => (credentials.split_once(':').map(Some), hosts),
        None => (Some(None), text),
    };
    // The message does not quote the connection: it holds a password.
    let invalid = || {
        config.invalid(
            CONNECTION,
            "a memcache connection is \"[user:password@]host:port[,host2:port]\"",
        )
    };
    let credentials = credentials
        .ok_or_else(invalid)?
        .map(|(user, password)| (user.to_owned(), Secret::new(password.to_owned())));
    if let Some((user, password)) = &credentials
        && !survive_a_url(user, password.expose())
    {
        return Err(config.invalid(
            CONNECTION,
            "the user and the password of a memcached can be sent only when they consist of letters, digits and -._~!$&'()*+,%",
        ));
    }
    hosts
        .split(',')
        .map(|host| {
            let host = host.trim();
            let (name, port) = host.split_once(':').unwrap_or((host, MEMCACHE_PORT));
            if name.is_empty() || port.parse::<u16>().is_err() {
                return Err(invalid());
            }
            Ok(MemcacheServer {
                address: format!("{name}:{port}"),
                credentials: credentials.clone(),
            })
        })
        .collect()
}

/// The client library takes them out of a URL without decoding them.
fn survive_a_url(user: &str, password: &str) -> bool {
    let Ok(mut url) = Url::parse("memcache://host:11211") else {
        return false;
    };
    url.set_username(user).is_ok()
        && url.set_password(Some(password)).is_ok()
        && url.username() == user
        && url.password() == Some(password)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(yaml: &str) -> Result<Settings, String> {
        Settings::from_config(&Config::from_yaml(yaml).unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn the_connections_of_the_backstage_documentation_are_read() {
        assert!(matches!(settings("a: 1").unwrap().store, StoreSettings::Memory { .. }));
        let redis = settings(
            "backend: {cache: {store: redis, connection: 'redis://user:pass@cache.example.com:6379', defaultTtl: 1h}}",
        )
        .unwrap();
        assert_eq!(redis.default_ttl, Some(Duration::from_hours(1)));
        assert!(matches!(&redis.store, StoreSettings::Redis(url) if url.expose().ends_with(":6379")));
        let memcache =
            settings("backend: {cache: {store: memcache, connection: 'user:pass@cache.example.com:11211'}}").unwrap();
        let StoreSettings::Memcache(servers) = memcache.store else {
            panic!("not memcache")
        };
        assert_eq!(servers[0].address, "cache.example.com:11211");
        let (user, password) = servers[0].credentials.as_ref().unwrap();
        assert_eq!((user.as_str(), password.expose().as_str()), ("user", "pass"));
    }

    #[test]
    fn several_memcached_servers_and_prefixes_are_read() {
        let yaml = "backend: {cache: {store: memcache, connection: 'a,b:1234', redis: {client: {namespace: portal}}}}";
        let settings = settings(yaml).unwrap();
        let StoreSettings::Memcache(servers) = &settings.store else {
            panic!("not memcache")
        };
        let addresses: Vec<_> = servers.iter().map(|server| server.address.as_str()).collect();
        assert_eq!(addresses, ["a:11211", "b:1234"]);
        assert_eq!(settings.prefix, "portal:");
    }

    #[test]
    fn mistakes_are_named_without_the_password() {
        let error = settings("backend: {cache: {store: disk}}").unwrap_err();
        assert!(
            error.contains("backend.cache.store: Unknown cache store: disk"),
            "{error}"
        );
        assert!(
            settings("backend: {cache: {store: redis}}")
                .unwrap_err()
                .starts_with("backend.cache.connection")
        );
        let error = settings("backend: {cache: {store: memcache, connection: 'me:hunter@2/@host:1'}}").unwrap_err();
        assert!(
            error.contains("can be sent only") && !error.contains("hunter"),
            "{error}"
        );
        let error = settings("backend: {cache: {store: memcache, connection: 'me:hunter2@host:port'}}").unwrap_err();
        assert!(
            error.contains("backend.cache.connection") && !error.contains("hunter2"),
            "{error}"
        );
    }
}
