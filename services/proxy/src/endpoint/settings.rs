//! What an endpoint is told to do, wherever that is written down: in the configuration or in the database.

use std::time::Duration;

use callboard_service_kit::config::Secret;
use serde::{Deserialize, Serialize};

/// Everything that makes an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointSettings {
    /// `/circleci/api`: one leading slash, none at the end.
    pub route: String,
    /// Absolute http or https URL; its path is where requests are kept.
    pub target: String,
    /// Headers added to each request.
    pub headers: Vec<InjectedHeader>,
    /// Switched off, the endpoint answers as if there were none.
    pub disabled: bool,
    /// The rest, as it is stored.
    pub options: EndpointOptions,
}

/// The part of the settings that is neither a key nor a secret. Serialised, it is the column `endpoints.settings`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EndpointOptions {
    /// Sends the target's host name instead of the portal's.
    pub change_origin: bool,
    /// Empty means the default: `/api/proxy`, the route and one slash become `/`.
    pub path_rewrite: Vec<RewriteRule>,
    /// Upper case; empty means all.
    pub allowed_methods: Vec<String>,
    /// Let through in both directions besides the usual ones.
    pub allowed_headers: Vec<String>,
    /// Who may use it.
    pub credentials: CredentialsPolicy,
    /// Verifies the target's certificate.
    pub secure: bool,
    /// Sends `X-Forwarded-*`.
    pub forwarded: bool,
    /// What it allows itself.
    pub limits: Limits,
    /// Who shares cached responses.
    pub cache: CacheScope,
    /// For people.
    pub description: String,
}

impl Default for EndpointOptions {
    fn default() -> Self {
        Self {
            change_origin: true,
            path_rewrite: Vec::new(),
            allowed_methods: Vec::new(),
            allowed_headers: Vec::new(),
            credentials: CredentialsPolicy::default(),
            secure: true,
            forwarded: false,
            limits: Limits::default(),
            cache: CacheScope::default(),
            description: String::new(),
        }
    }
}

/// A header that is added to each request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InjectedHeader {
    /// As it was written.
    pub name: String,
    /// What is sent.
    pub value: Secret<String>,
    /// Whether the value is kept encrypted and never given out again.
    pub secret: bool,
}

/// One rewriting rule; the first that matches is applied, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RewriteRule {
    /// A JavaScript regular expression over the whole path, `/api/proxy` included.
    pub pattern: String,
    /// May hold `$1` and so on.
    pub replacement: String,
}

/// Who may use an endpoint, and what becomes of the caller's token.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CredentialsPolicy {
    /// A signed-in caller; the token is not passed on.
    #[default]
    Require,
    /// A signed-in caller; the portal's token is passed on.
    Forward,
    /// Anybody.
    DangerouslyAllowUnauthenticated,
    /// A signed-in caller, by token or by the portal's cookie; neither is passed on.
    Cookie,
}

impl CredentialsPolicy {
    /// Every policy as the configuration spells it.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("require", Self::Require),
        ("forward", Self::Forward),
        (
            "dangerously-allow-unauthenticated",
            Self::DangerouslyAllowUnauthenticated,
        ),
        ("cookie", Self::Cookie),
    ];

    /// The policy with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, policy)| *policy)
    }
}

/// Who shares cached responses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CacheScope {
    /// Nothing is cached.
    #[default]
    None,
    /// Each user's own.
    PerUser,
    /// All users.
    Shared,
}

/// What an endpoint allows itself. Times of zero switch the limit off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Limits {
    /// Until a connection stands, TLS included.
    pub connect_timeout: Duration,
    /// Until the head of the response, counted from the last part of the request.
    pub response_timeout: Duration,
    /// Between two parts of a body. Absent: a minute, and no limit for event streams and tunnels, which are silent by nature.
    pub idle_timeout: Option<Duration>,
    /// Requests at once; as many again wait shortly.
    pub max_concurrency: u32,
    /// Largest request body in bytes; 0 means no limit.
    pub max_request_bytes: u64,
    /// Requests a user may send in a minute, over all replicas; 0 means no limit.
    pub requests_per_minute_per_user: u32,
    /// Further tries of a request that may be repeated.
    pub retries: u32,
}

impl Limits {
    /// The idle time of ordinary bodies where the endpoint says nothing.
    pub const DEFAULT_IDLE_TIMEOUT: Duration = Duration::from_mins(1);
    /// Requests at once where the endpoint says nothing.
    pub const DEFAULT_MAX_CONCURRENCY: u32 = 256;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            response_timeout: Duration::from_secs(30),
            idle_timeout: None,
            max_concurrency: Self::DEFAULT_MAX_CONCURRENCY,
            max_request_bytes: 0,
            requests_per_minute_per_user: 0,
            retries: 1,
        }
    }
}
