//! `gateway`: limits, and where the web interface is.

use std::{path::PathBuf, time::Duration};

use callboard_service_kit::config::{Config, ConfigDuration, ConfigError};
use schemars::JsonSchema;
use serde::Deserialize;

/// More than any system has handles for.
const MOST_CONNECTIONS: usize = 1_000_000;

/// What one request, and the cache of all of them, may take.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct GatewaySection {
    pub(super) frontend: FrontendSection,
    /// Largest request body.
    body_limit_bytes: usize,
    /// Until a request is answered; the services get it as their deadline.
    request_timeout: ConfigDuration,
    /// Memory for cached responses; 0 switches the cache off. With `backend.cache.store` `redis` or `memcache`, replicas share what
    /// they computed.
    response_cache_bytes: u64,
    /// Clients' connections at once; further ones wait.
    max_connections: usize,
    /// HTTP/2 connections to each replica of the catalog.
    catalog_connections: usize,
    /// HTTP/2 connections to each replica of the proxy.
    proxy_connections: usize,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default)]
pub(super) struct FrontendSection {
    /// The built web interface.
    #[schemars(extend("x-default" = "`frontend/packages/app/dist`"))]
    pub(super) directory: PathBuf,
}

impl Default for GatewaySection {
    fn default() -> Self {
        Self {
            frontend: FrontendSection::default(),
            body_limit_bytes: 10 * 1024 * 1024,
            request_timeout: Duration::from_secs(30).into(),
            response_cache_bytes: 64 * 1024 * 1024,
            max_connections: 10_000,
            catalog_connections: 2,
            proxy_connections: 2,
        }
    }
}

impl Default for FrontendSection {
    fn default() -> Self {
        Self {
            directory: PathBuf::from("frontend/packages/app/dist"),
        }
    }
}

impl GatewaySection {
    pub(super) fn from_config(config: &Config) -> Result<Self, ConfigError> {
        config.get_or("gateway", Self::default())
    }
}

/// The limits, checked.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The largest request body.
    pub body_bytes: usize,
    /// Time until a request is answered, passed on to the services as their deadline.
    pub request_timeout: Duration,
    /// Memory for cached responses; 0 switches the cache off.
    pub response_cache_bytes: u64,
    /// HTTP/2 connections to each replica of the catalog.
    pub catalog_connections: usize,
    /// HTTP/2 connections to each replica of the proxy.
    pub proxy_connections: usize,
    /// Clients' connections at once; further ones wait.
    pub connections: usize,
}

impl Limits {
    /// Reads the section.
    pub fn load(config: &Config) -> Result<Self, ConfigError> {
        let section = GatewaySection::from_config(config)?;
        if section.request_timeout.get().is_zero() {
            return Err(config.invalid("gateway.requestTimeout", "must be greater than zero"));
        }
        if !(1..=MOST_CONNECTIONS).contains(&section.max_connections) {
            return Err(config.invalid(
                "gateway.maxConnections",
                format!("must be from 1 to {MOST_CONNECTIONS}"),
            ));
        }
        for (key, connections) in [
            ("gateway.catalogConnections", section.catalog_connections),
            ("gateway.proxyConnections", section.proxy_connections),
        ] {
            if connections == 0 {
                return Err(config.invalid(key, "must be greater than zero"));
            }
        }
        Ok(Self {
            body_bytes: section.body_limit_bytes,
            request_timeout: section.request_timeout.get(),
            response_cache_bytes: section.response_cache_bytes,
            catalog_connections: section.catalog_connections,
            proxy_connections: section.proxy_connections,
            connections: section.max_connections,
        })
    }
}
