//! `gateway.*` limits.

use std::time::Duration;

use callboard_service_kit::config::{Config, ConfigDuration, ConfigError};

/// More than any system has handles for.
const MOST_CONNECTIONS: usize = 1_000_000;

/// What one request, and the cache of all of them, may take.
#[derive(Clone, Debug)]
pub struct Limits {
    /// `gateway.bodyLimitBytes` (10 MiB): the largest request body.
    pub body_bytes: usize,
    /// `gateway.requestTimeout` (30 s): time until a request is answered, passed on to the services as their deadline.
    pub request_timeout: Duration,
    /// `gateway.responseCacheBytes` (64 MiB): memory for cached responses; 0 switches the cache off.
    pub response_cache_bytes: u64,
    /// `gateway.catalogConnections` (2): HTTP/2 connections to each replica of the catalog.
    pub catalog_connections: usize,
    /// `gateway.proxyConnections` (2): HTTP/2 connections to each replica of the proxy.
    pub proxy_connections: usize,
    /// `gateway.maxConnections` (10,000): clients' connections at once; further ones wait.
    pub connections: usize,
}

impl Limits {
    /// Reads the section.
    pub fn load(config: &Config) -> Result<Self, ConfigError> {
        let request_timeout: ConfigDuration =
            config.get_or("gateway.requestTimeout", Duration::from_secs(30).into())?;
        let catalog_connections = config.get_or("gateway.catalogConnections", 2)?;
        if request_timeout.get().is_zero() {
            return Err(config.invalid("gateway.requestTimeout", "must be greater than zero"));
        }
        let connections = config.get_or("gateway.maxConnections", 10_000)?;
        if !(1..=MOST_CONNECTIONS).contains(&connections) {
            return Err(config.invalid(
                "gateway.maxConnections",
                format!("must be from 1 to {MOST_CONNECTIONS}"),
            ));
        }
        if catalog_connections == 0 {
            return Err(config.invalid("gateway.catalogConnections", "must be greater than zero"));
        }
        let proxy_connections = config.get_or("gateway.proxyConnections", 2)?;
        if proxy_connections == 0 {
            return Err(config.invalid("gateway.proxyConnections", "must be greater than zero"));
        }
        Ok(Self {
            proxy_connections,
            body_bytes: config.get_or("gateway.bodyLimitBytes", 10 * 1024 * 1024)?,
            request_timeout: request_timeout.get(),
            response_cache_bytes: config.get_or("gateway.responseCacheBytes", 64 * 1024 * 1024)?,
            catalog_connections,
            connections,
        })
    }
}
