//! The proxy's view of `app-config.yaml`: `proxy.*` in Backstage's shape, and what Callboard adds to it.

pub mod endpoint;
mod pairs;

use std::sync::Arc;

use callboard_service_kit::{
    administrators::Administrators,
    config::{Config, ConfigError, Secret, Section},
};
use ipnet::IpNet;
use schemars::JsonSchema;
use serde::Deserialize;

use self::endpoint::read_endpoint;
use crate::{
    endpoint::{Endpoint, Origin, SharedEndpoint},
    upstream::addresses::AddressPolicy,
};

const ENDPOINTS: &str = "proxy.endpoints";
/// What only the proxy reads, as far as it is described by types.
pub const SECTIONS: &[Section] = &[Section::part_of::<ProxySection>("proxy")];
/// What else is known below it.
const OTHER_KEYS: [&str; 2] = ["endpoints.*", "reviveConsumedRequestBodies"];
/// memcached's limit is 1 MiB an item, head and framing included.
const DEFAULT_MAX_ENTRY_BYTES: usize = 900 * 1024;

/// Everything the proxy reads from its configuration.
#[derive(Debug)]
pub struct ProxyConfig {
    /// `proxy.endpoints`, in the order in which they are written.
    pub endpoints: Vec<SharedEndpoint>,
    /// `permission.administrators` and `proxy.administrators`: who may see and change endpoints.
    pub administrators: Administrators,
    /// `proxy.allowPrivateTargets`: networks that endpoints of the database may connect to besides the public internet.
    pub private_networks: Arc<[IpNet]>,
    /// The secrets from which the key for stored secrets is derived; the first encrypts.
    pub secret_keys: Vec<Secret<String>>,
    /// `proxy.cache.maxEntryBytes`: the largest response that is cached.
    pub max_entry_bytes: usize,
    /// `backend.auth.dangerouslyDisableDefaultAuthPolicy`: nobody needs to be signed in.
    pub is_open_to_all: bool,
}

/// The way out to third-party services.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ProxySection {
    /// Leaves a wrong endpoint out, with a warning, instead of refusing to start.
    skip_invalid_proxies: bool,
    /// Who may look after the proxy's endpoints (see all, make some at run time, see what goes through) besides
    /// `permission.administrators`, in the same spelling.
    #[schemars(extend("x-default" = "nobody"))]
    #[serde(rename = "administrators")]
    _administrators: Vec<String>,
    /// Addresses and networks (`10.1.0.0/16`) that endpoints made at run time may connect to, besides the public internet.
    /// Cloud metadata services never.
    #[schemars(extend("x-default" = "none"))]
    allow_private_targets: Vec<String>,
    /// Holds the endpoints of the configuration to the same.
    deny_private_targets: bool,
    /// From the first, the key is derived that encrypts stored secrets; the others still decrypt.
    #[schemars(extend("x-default" = "`backend.auth.keys`"))]
    secret_keys: Option<Vec<Key>>,
    cache: CacheSection,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct Key {
    /// A secret text; long and random.
    secret: Secret<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
struct CacheSection {
    /// Largest answer that is cached.
    max_entry_bytes: usize,
}

impl Default for CacheSection {
    fn default() -> Self {
        Self {
            max_entry_bytes: DEFAULT_MAX_ENTRY_BYTES,
        }
    }
}

impl ProxyConfig {
    /// Reads and checks all of it.
    pub fn load(config: &Config) -> Result<Self, ConfigError> {
        let section: ProxySection = config.get_or("proxy", ProxySection::default())?;
        let known = known_keys(config);
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        config.warn_about_unknown_keys("proxy", &known);
        let networks = section.allow_private_targets.iter().enumerate().map(|(index, text)| {
            parse_network(text).ok_or_else(|| {
                config.invalid(
                    &format!("proxy.allowPrivateTargets[{index}]"),
                    format!("{text:?} is neither an address nor a network such as 10.1.0.0/16"),
                )
            })
        });
        let private_networks: Arc<[IpNet]> = networks.collect::<Result<_, _>>()?;
        let policy = if section.deny_private_targets {
            AddressPolicy::public_and(private_networks.clone())
        } else {
            AddressPolicy::everything()
        };
        let keys = match section.secret_keys {
            Some(keys) => keys,
            None => config.get_or("backend.auth.keys", Vec::new())?,
        };
        Ok(Self {
            endpoints: endpoints(config, &policy, section.skip_invalid_proxies)?,
            administrators: Administrators::from_config(config)?.and_those_of(config, "proxy.administrators")?,
            private_networks,
            secret_keys: keys.into_iter().map(|key| key.secret).collect(),
            max_entry_bytes: section.cache.max_entry_bytes,
            is_open_to_all: config.get_or("backend.auth.dangerouslyDisableDefaultAuthPolicy", false)?,
        })
    }
}

/// In the older spelling the endpoints stand directly below `proxy`.
fn known_keys(config: &Config) -> Vec<String> {
    let mut known: Vec<String> = OTHER_KEYS.map(str::to_owned).to_vec();
    known.extend(SECTIONS.iter().flat_map(Section::known_keys));
    if is_legacy(config) {
        known.push("*".to_owned());
    }
    known
}

fn is_legacy(config: &Config) -> bool {
    !config.has(ENDPOINTS) && config.keys("proxy").iter().any(|key| key.starts_with('/'))
}

fn endpoints(config: &Config, policy: &AddressPolicy, skips_invalid: bool) -> Result<Vec<SharedEndpoint>, ConfigError> {
    let parent = if is_legacy(config) {
        tracing::warn!("endpoints directly below 'proxy' are an old spelling; move them to 'proxy.endpoints'");
        "proxy"
    } else {
        ENDPOINTS
    };
    let mut endpoints: Vec<SharedEndpoint> = Vec::new();
    for (key, member) in config.members(parent) {
        if parent == "proxy" && !key.starts_with('/') {
            continue;
        }
        let made = make(&key, &member, policy).and_then(|endpoint| {
            let is_taken = endpoints.iter().any(|other| other.route() == endpoint.route());
            if is_taken {
                return Err(member.invalid("", format!("the route {} is there already", endpoint.route())));
            }
            Ok(endpoint)
        });
        match made {
            Ok(endpoint) => {
                warn_about_open_relay(&endpoint);
                endpoints.push(Arc::new(endpoint));
            }
            Err(error) if skips_invalid => {
                tracing::warn!(
                    "skipped configuring {key} due to {}",
                    error.inside(&format!("{parent}.{key}"))
                );
            }
            Err(error) => return Err(error.inside(&format!("{parent}.{key}"))),
        }
    }
    Ok(endpoints)
}

fn make(route: &str, member: &Config, policy: &AddressPolicy) -> Result<Endpoint, ConfigError> {
    let settings = read_endpoint(route, member)?;
    let id = settings.route.clone();
    Endpoint::new(id, settings, Origin::Configuration, policy.clone())
        .map_err(|error| member.invalid("", error.to_string()))
}

fn warn_about_open_relay(endpoint: &Endpoint) {
    let carries_secrets = !endpoint.settings.headers.is_empty() || endpoint.target.user_info.is_some();
    if endpoint.is_open() && carries_secrets && endpoint.settings.options.allowed_methods.is_empty() {
        tracing::warn!(
            route = endpoint.route(),
            "anybody may use this endpoint with its headers and every method; set allowedMethods"
        );
    }
}

fn parse_network(text: &str) -> Option<IpNet> {
    text.parse()
        .ok()
        .or_else(|| Some(IpNet::from(text.parse::<std::net::IpAddr>().ok()?)))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::endpoint::settings::{CacheScope, CredentialsPolicy};

    fn load(yaml: &str) -> Result<ProxyConfig, String> {
        ProxyConfig::load(&Config::from_yaml(yaml).unwrap()).map_err(|error| error.to_string())
    }

    fn routes(config: &ProxyConfig) -> Vec<&str> {
        config.endpoints.iter().map(|endpoint| endpoint.route()).collect()
    }

    #[test]
    fn backstages_configuration_is_read_in_its_order() {
        let config = load(
            "
proxy:
  endpoints:
    /zeta.with.dots: http://zeta.example
    /circleci/api:
      target: https://circleci.com/api/v1.1
      changeOrigin: true
      pathRewrite: { '^/api/proxy/circleci/api/': '/' }
      headers: { Circle-Token: token }
      allowedMethods: [GET, POST]
      allowedHeaders: [X-Custom]
      credentials: forward
      secure: 'false'
      proxyTimeout: 5000
      xfwd: true
      limits: { connectTimeout: 2s, maxConcurrency: 4, requestsPerMinutePerUser: 60, retries: 0 }
      cache: per-user
      description: builds
    alpha/: { target: 'http://alpha.example' }
",
        )
        .unwrap();
        assert_eq!(routes(&config), ["/zeta.with.dots", "/circleci/api", "/alpha"]);
        let settings = &config.endpoints[1].settings;
        let options = &settings.options;
        assert_eq!(settings.headers[0].name, "Circle-Token");
        assert_eq!(options.credentials, CredentialsPolicy::Forward);
        assert_eq!(options.limits.connect_timeout, Duration::from_secs(2));
        assert_eq!(options.limits.response_timeout, Duration::from_secs(5));
        assert_eq!((options.limits.max_concurrency, options.limits.retries), (4, 0));
        assert_eq!(options.cache, CacheScope::PerUser);
        assert!(!options.secure && options.forwarded && options.change_origin);
        assert!(!format!("{config:?}").contains("\"token\""));
    }

    #[test]
    fn mistakes_stop_the_start_and_say_where() {
        for (endpoint, place, message) in [
            (
                "/a: {}",
                "proxy.endpoints./a",
                "must be a string, but is of type undefined",
            ),
            (
                "/a: { target: 5 }",
                "proxy.endpoints./a.target",
                "must be a string, but is of type number",
            ),
            (
                "/a: { target: nowhere }",
                "proxy.endpoints./a",
                "Proxy target is not a valid URL: nowhere",
            ),
            (
                "/a: { target: 'http://h', credentials: maybe }",
                "proxy.endpoints./a.credentials",
                "Unknown credentials policy 'maybe' for proxy route '/a'",
            ),
            (
                "/a: { target: 'http://h', headers: { X: 5 } }",
                "proxy.endpoints./a.headers.X",
                "put it in quotes",
            ),
            (
                "/a: { target: 'http://h', allowedMethods: [get] }",
                "proxy.endpoints./a",
                "upper case",
            ),
            (
                "/a: { target: 'http://h', pathRewrite: { '(?=x)': '/' } }",
                "proxy.endpoints./a",
                "look-ahead",
            ),
            (
                "/a.b: { target: 'http://h', changeOrigin: perhaps }",
                "proxy.endpoints./a.b.changeOrigin",
                "expected a boolean",
            ),
        ] {
            let yaml = format!("proxy:\n  endpoints:\n    {endpoint}\n");
            let error = load(&yaml).unwrap_err();
            assert!(error.contains(place) && error.contains(message), "{endpoint}: {error}");
            let skipped = load(&format!(
                "proxy:\n  skipInvalidProxies: true\n  endpoints:\n    /ok: http://h\n    {endpoint}\n"
            ));
            assert_eq!(routes(&skipped.unwrap()), ["/ok"], "{endpoint}");
        }
        let twice = load("proxy: { endpoints: { /a: 'http://h', a/: 'http://h' } }").unwrap_err();
        assert!(twice.contains("is there already"), "{twice}");
        let networks = load("proxy: { allowPrivateTargets: [10.0.0.0/8, here] }").unwrap_err();
        assert!(networks.contains("proxy.allowPrivateTargets[1]"), "{networks}");
    }

    #[test]
    fn the_older_spelling_works() {
        let config = load("proxy: { skipInvalidProxies: false, /a: 'http://h' }").unwrap();
        assert_eq!(routes(&config), ["/a"]);
        assert!(routes(&load("app: {}").unwrap()).is_empty());
        assert!(routes(&load("proxy: { endpoints: {} }").unwrap()).is_empty());
    }
}
