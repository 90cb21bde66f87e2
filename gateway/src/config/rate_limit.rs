//! `backend.rateLimit` and `backend.trustProxy`.

use std::{collections::BTreeMap, net::IpAddr, time::Duration};

use callboard_service_kit::config::{Config, ConfigDuration, ConfigError};
use serde::Deserialize;

/// Upstream's defaults: what `rateLimit: true` means.
const DEFAULT_WINDOW: Duration = Duration::from_mins(1);
const DEFAULT_LIMIT: u32 = 5;
const DEFAULT_ALLOWED: [&str; 2] = ["127.0.0.1", "::1"];

/// How many requests one caller may send.
#[derive(Debug, Default)]
pub struct RateLimitConfig {
    /// Over all plugins together.
    pub global: Option<Limit>,
    /// For one plugin's routes, by its id.
    pub plugins: BTreeMap<String, Limit>,
    /// `store.type: memory`: each replica counts alone, although `backend.cache` is shared.
    pub counts_alone: bool,
}

/// A limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// `window`.
    pub window: Duration,
    /// `incomingRequestLimit`: requests in a window.
    pub requests: u32,
    /// `ipAllowList`: addresses that are not limited.
    pub allowed: Vec<IpAddr>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Spelling {
    Switch(bool),
    Section(Section),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Section {
    global: bool,
    window: Option<ConfigDuration>,
    incoming_request_limit: Option<u32>,
    ip_allow_list: Option<Vec<IpAddr>>,
    store: Option<StoreSection>,
    plugin: BTreeMap<String, Section>,
}

#[derive(Deserialize)]
struct StoreSection {
    r#type: StoreKind,
    connection: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum StoreKind {
    Memory,
    Redis,
}

impl Default for Section {
    fn default() -> Self {
        Self {
            global: true,
            window: None,
            incoming_request_limit: None,
            ip_allow_list: None,
            store: None,
            plugin: BTreeMap::new(),
        }
    }
}

impl Section {
    fn limit(&self, config: &Config, path: &str) -> Result<Limit, ConfigError> {
        let window = self.window.map_or(DEFAULT_WINDOW, ConfigDuration::get);
        if window.is_zero() {
            return Err(config.invalid(&format!("{path}.window"), "must be greater than zero"));
        }
        let requests = self.incoming_request_limit.unwrap_or(DEFAULT_LIMIT);
        if requests == 0 {
            return Err(config.invalid(&format!("{path}.incomingRequestLimit"), "must be greater than zero"));
        }
        let allowed = self.ip_allow_list.clone().unwrap_or_else(|| {
            let parse = |text: &str| text.parse().ok();
            DEFAULT_ALLOWED.into_iter().filter_map(parse).collect()
        });
        Ok(Limit {
            window,
            requests,
            allowed,
        })
    }
}

impl StoreSection {
    /// Requests are counted in `backend.cache` or in memory, and nowhere else.
    fn check(&self, config: &Config, path: &str) -> Result<(), ConfigError> {
        if self.r#type == StoreKind::Memory {
            return Ok(());
        }
        let shared = config.get::<String>("backend.cache.store")?;
        if shared.is_none_or(|store| store == "memory") {
            let problem = "requests are counted in backend.cache: set backend.cache.store to redis";
            return Err(config.invalid(&format!("{path}.type"), problem));
        }
        let connection = config.get::<String>("backend.cache.connection")?;
        if self.connection.is_some() && self.connection != connection {
            let problem = "requests are counted in backend.cache: leave this out, or make it the same as backend.cache.connection";
            return Err(config.invalid(&format!("{path}.connection"), problem));
        }
        Ok(())
    }
}

impl RateLimitConfig {
    /// Reads the section; without it nobody is limited.
    pub fn load(config: &Config) -> Result<Self, ConfigError> {
        const PATH: &str = "backend.rateLimit";
        let section = match config.get::<Spelling>(PATH)? {
            None | Some(Spelling::Switch(false)) => return Ok(Self::default()),
            Some(Spelling::Switch(true)) => Section::default(),
            Some(Spelling::Section(section)) => section,
        };
        let plugins = section
            .plugin
            .iter()
            .map(|(id, plugin)| Ok((id.clone(), plugin.limit(config, &format!("{PATH}.plugin.{id}"))?)))
            .collect::<Result<_, ConfigError>>()?;
        let global = section.global.then(|| section.limit(config, PATH)).transpose()?;
        if let Some(store) = &section.store {
            store.check(config, &format!("{PATH}.store"))?;
        }
        Ok(Self {
            global,
            plugins,
            counts_alone: section.store.is_some_and(|store| store.r#type == StoreKind::Memory),
        })
    }

    /// Whether anything is limited.
    pub fn is_on(&self) -> bool {
        self.global.is_some() || !self.plugins.is_empty()
    }
}

/// `backend.trustProxy`: how many proxies in front of the gateway tell the truth about who called them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrustProxy {
    /// None: a client is who connects.
    #[default]
    Nobody,
    /// So many, counted from the gateway.
    Hops(usize),
    /// All: the first address of `X-Forwarded-For` is the client's. Only where nobody reaches the gateway past the proxy.
    All,
}

impl TrustProxy {
    /// Reads the key: a switch or a number.
    pub fn load(config: &Config) -> Result<Self, ConfigError> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Spelling {
            Switch(bool),
            Hops(usize),
        }
        Ok(match config.get::<Spelling>("backend.trustProxy") {
            Ok(None | Some(Spelling::Switch(false) | Spelling::Hops(0))) => Self::Nobody,
            Ok(Some(Spelling::Switch(true))) => Self::All,
            Ok(Some(Spelling::Hops(hops))) => Self::Hops(hops),
            Err(_) => {
                return Err(config.invalid(
                    "backend.trustProxy",
                    "true, false or the number of proxies in front of the gateway is wanted",
                ));
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(yaml: &str) -> RateLimitConfig {
        RateLimitConfig::load(&Config::from_yaml(yaml).expect(yaml)).expect(yaml)
    }

    #[test]
    fn reads_upstreams_spellings() {
        assert!(!load("backend: {}").is_on());
        let on = load("backend: {rateLimit: true}").global.expect("a limit");
        assert_eq!((on.window, on.requests, on.allowed.len()), (DEFAULT_WINDOW, 5, 2));
        let yaml = "backend: {rateLimit: {global: false, plugin: {catalog: {window: 10s, incomingRequestLimit: 3, ipAllowList: []}}}}";
        let limits = load(yaml);
        assert!(limits.global.is_none());
        let catalog = Limit {
            window: Duration::from_secs(10),
            requests: 3,
            allowed: Vec::new(),
        };
        assert_eq!(limits.plugins["catalog"], catalog);
    }

    #[test]
    fn a_store_is_the_cache_or_memory() {
        assert!(!load("backend: {rateLimit: true}").counts_alone);
        assert!(load("backend: {rateLimit: {store: {type: memory}}}").counts_alone);
        let redis = "rateLimit: {store: {type: redis, connection: 'redis://x'}}";
        let cached = |at| format!("backend: {{cache: {{store: redis, connection: '{at}'}}, {redis}}}");
        assert!(!load(&cached("redis://x")).counts_alone);
        for (yaml, at) in [
            (format!("backend: {{{redis}}}"), "backend.rateLimit.store.type"),
            (cached("redis://y"), "backend.rateLimit.store.connection"),
        ] {
            let config = Config::from_yaml(&yaml).expect("parses");
            let error = RateLimitConfig::load(&config).expect_err("is refused").to_string();
            assert!(error.contains(at), "{error}");
        }
    }

    #[test]
    fn refuses_a_limit_of_nothing() {
        let config = Config::from_yaml("backend: {rateLimit: {incomingRequestLimit: 0}}").expect("parses");
        assert!(RateLimitConfig::load(&config).is_err());
    }
}
