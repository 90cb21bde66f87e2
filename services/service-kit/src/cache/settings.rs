use std::time::Duration;

use serde::Deserialize;

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

#[derive(Deserialize)]
struct ConnectionObject {
    url: Secret<String>,
}

impl Settings {
    pub(super) fn from_config(config: &Config) -> Result<Self, ConfigError> {
        let store_path = format!("{SECTION}.store");
        let store: String = config.get_or(&store_path, "memory".to_owned())?;
        let store = match store.as_str() {
            "memory" => StoreSettings::Memory {
                max_bytes: config.get_or(&format!("{SECTION}.memory.maxBytes"), DEFAULT_MEMORY_BYTES)?,
            },
            // Valkey speaks Redis.
            "redis" | "valkey" => StoreSettings::Redis(connection(config)?),
            "memcache" => StoreSettings::Memcache(memcache_servers(config, connection(config)?.expose())?),
            other => {
                return Err(config.invalid(
                    &store_path,
                    format!("Unknown cache store: {other}; there are memory, redis, valkey and memcache"),
                ));
            }
        };
        let duration = |key: &str| {
            Ok::<_, ConfigError>(
                config
                    .get::<ConfigDuration>(&format!("{SECTION}.{key}"))?
                    .map(ConfigDuration::get),
            )
        };
        Ok(Self {
            store,
            default_ttl: duration("defaultTtl")?,
            timeout: duration("timeout")?.unwrap_or(DEFAULT_TIMEOUT),
            prefix: prefix(config)?,
        })
    }
}

/// A string, or an object with a `url`.
fn connection(config: &Config) -> Result<Secret<String>, ConfigError> {
    match config.get::<Secret<String>>(CONNECTION) {
        Ok(Some(url)) => Ok(url),
        Ok(None) => Err(ConfigError::Missing {
            path: CONNECTION.to_owned(),
        }),
        Err(_) => Ok(config.require::<ConnectionObject>(CONNECTION)?.url),
    }
}

fn prefix(config: &Config) -> Result<String, ConfigError> {
    let separator = config.get_or(&format!("{SECTION}.redis.client.keyPrefixSeparator"), ":".to_owned())?;
    let namespace: Option<String> = config.get(&format!("{SECTION}.redis.client.namespace"))?;
    let prefix = namespace.map(|namespace| format!("{namespace}{separator}"));
    Ok(match prefix {
        Some(prefix) => prefix,
        None => config.get_or(&format!("{SECTION}.valkey.client.keyPrefix"), String::new())?,
    })
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
        let error = settings("backend: {cache: {store: memcache, connection: 'me:hunter2@host:port'}}").unwrap_err();
        assert!(
            error.contains("backend.cache.connection") && !error.contains("hunter2"),
            "{error}"
        );
    }
}
