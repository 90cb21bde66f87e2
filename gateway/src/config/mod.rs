//! The gateway's view of `app-config.yaml`: one file a section, read and checked once at start.

mod audit;
pub mod auth;
pub mod cors;
pub mod discovery;
pub mod events;
mod framing;
pub mod frontend;
pub mod https;
pub mod limits;
mod permission;
pub mod rate_limit;
pub mod search;
pub mod security_headers;

use std::time::Duration;

use callboard_service_kit::{
    administrators::Administrators,
    config::{Config, ConfigError, Section, reference::warn_about_unknown_keys},
    unit::ListenAddress,
};
use url::Url;

use crate::permission::policy::Policy;

/// What only the gateway reads, as far as it is described by types.
pub const SECTIONS: &[Section] = &[
    Section::of::<audit::AuditSection>("audit"),
    Section::of::<limits::GatewaySection>("gateway"),
    // Frontends read other keys of it.
    Section::part_of::<search::SearchConfig>("search"),
];

/// Everything the gateway reads from its configuration.
#[derive(Debug)]
pub struct GatewayConfig {
    /// `backend.listen`: where the front door is.
    pub listen: ListenAddress,
    /// `backend.baseUrl`: how the outside world reaches it.
    pub backend_base_url: Url,
    /// `backend.https`; absent, the gateway speaks plain HTTP.
    pub https: Option<https::HttpsConfig>,
    /// `backend.rateLimit`.
    pub rate_limit: rate_limit::RateLimitConfig,
    /// `backend.trustProxy`.
    pub trust_proxy: rate_limit::TrustProxy,
    /// `backend.cors`; absent, no CORS headers are sent.
    pub cors: Option<cors::CorsConfig>,
    /// `backend.csp` and `backend.referrer`.
    pub security_headers: security_headers::SecurityHeadersConfig,
    /// Who may show pages of ours in a frame, as sources of a policy.
    pub frame_ancestors: String,
    /// `backend.auth` and `auth`.
    pub auth: auth::AuthConfig,
    /// `discovery.endpoints`.
    pub discovery: discovery::DiscoveryConfig,
    /// `events`.
    pub events: events::EventsConfig,
    /// `search`.
    pub search: search::SearchConfig,
    /// `permission.policy`, where `permission.enabled` is set.
    pub(crate) policy: Option<Policy>,
    /// `audit.retention`: how long changes are remembered.
    pub audit_retention: Duration,
    /// `permission.administrators`.
    pub(crate) administrators: Administrators,
    /// `gateway.*` limits.
    pub limits: limits::Limits,
    /// `gateway.frontend` and what the browser may know of the configuration.
    pub frontend: frontend::FrontendConfig,
}

impl GatewayConfig {
    /// Reads and checks all sections.
    pub fn load(config: &Config) -> Result<Self, ConfigError> {
        let base_url = config
            .get::<String>("backend.baseUrl")?
            .unwrap_or_else(|| "http://localhost:7007".to_owned());
        let backend_base_url = Url::parse(&base_url)
            .map_err(|error| config.invalid("backend.baseUrl", format!("{base_url:?} is not a URL: {error}")))?;
        warn_about_unknown_keys(config, SECTIONS);
        Ok(Self {
            listen: ListenAddress::from_config(config, "backend.listen", 7007)?,
            https: https::HttpsConfig::load(config)?,
            rate_limit: rate_limit::RateLimitConfig::load(config)?,
            trust_proxy: rate_limit::TrustProxy::load(config)?,
            cors: cors::CorsConfig::load(config)?,
            security_headers: security_headers::SecurityHeadersConfig::load(config, &backend_base_url)?,
            frame_ancestors: framing::frame_ancestors(config)?,
            auth: auth::AuthConfig::load(config, &backend_base_url)?,
            discovery: discovery::DiscoveryConfig::load(config)?,
            events: events::EventsConfig::load(config)?,
            search: search::SearchConfig::load(config)?,
            policy: permission::load(config)?,
            administrators: Administrators::from_config(config)?,
            audit_retention: audit::retention(config)?,
            limits: limits::Limits::load(config)?,
            frontend: frontend::FrontendConfig::load(config)?,
            backend_base_url,
        })
    }
}
