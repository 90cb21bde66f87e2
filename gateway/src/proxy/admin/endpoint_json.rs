//! An endpoint as JSON.

use callboard_proto::proxy::v1 as proto;
use serde::{Deserialize, Serialize};

use crate::{
    error::ApiError,
    http::json_form::{duration_of, duration_text, time_text},
};

/// What an endpoint is made of, and on the way out what else is known of it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(super) struct EndpointJson {
    id: String,
    route: String,
    target: String,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    change_origin: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secure: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credentials: Option<Credentials>,
    path_rewrite: Vec<PathRewriteJson>,
    headers: Vec<HeaderJson>,
    allowed_methods: Vec<String>,
    allowed_headers: Vec<String>,
    limits: LimitsJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache: Option<Cache>,
    disabled: bool,
    revision: i64,
    // What follows is told and not taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_updated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    circuit: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PathRewriteJson {
    pattern: String,
    replacement: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeaderJson {
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    value: String,
    #[serde(default)]
    secret: bool,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct LimitsJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    connect_timeout: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_timeout: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    idle_timeout: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_concurrency: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_request_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    requests_per_minute_per_user: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retries: Option<u32>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Credentials {
    Require,
    Forward,
    Cookie,
    DangerouslyAllowUnauthenticated,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Cache {
    None,
    PerUser,
    Shared,
}

impl EndpointJson {
    /// The same with another id: that of the path counts.
    pub(super) fn with_id(mut self, id: String) -> Self {
        self.id = id;
        self
    }

    /// As the proxy service takes it.
    pub(super) fn into_proto(self) -> Result<proto::Endpoint, ApiError> {
        let credentials = self
            .credentials
            .map_or(proto::CredentialsPolicy::Unspecified, Into::into);
        let cache_scope = self.cache.map_or(proto::CacheScope::Unspecified, Into::into);
        Ok(proto::Endpoint {
            id: self.id,
            route: self.route,
            target: self.target,
            change_origin: self.change_origin,
            path_rewrite: self
                .path_rewrite
                .into_iter()
                .map(|PathRewriteJson { pattern, replacement }| proto::PathRewrite { pattern, replacement })
                .collect(),
            headers: self
                .headers
                .into_iter()
                .map(|HeaderJson { name, value, secret }| proto::InjectedHeader { name, value, secret })
                .collect(),
            allowed_methods: self.allowed_methods,
            allowed_headers: self.allowed_headers,
            credentials: credentials.into(),
            secure: self.secure,
            limits: Some(self.limits.into_proto()?),
            cache_scope: cache_scope.into(),
            disabled: self.disabled,
            description: self.description,
            revision: self.revision,
            ..proto::Endpoint::default()
        })
    }
}

impl LimitsJson {
    fn into_proto(self) -> Result<proto::EndpointLimits, ApiError> {
        let time = |name: &str, text: Option<String>| text.map(|text| duration_of(name, &text)).transpose();
        Ok(proto::EndpointLimits {
            connect_timeout: time("limits.connectTimeout", self.connect_timeout)?,
            response_timeout: time("limits.responseTimeout", self.response_timeout)?,
            idle_timeout: time("limits.idleTimeout", self.idle_timeout)?,
            max_concurrency: self.max_concurrency.unwrap_or_default(),
            max_request_bytes: self.max_request_bytes.unwrap_or_default(),
            requests_per_minute_per_user: self.requests_per_minute_per_user.unwrap_or_default(),
            retries: self.retries,
        })
    }
}

impl From<proto::Endpoint> for EndpointJson {
    fn from(endpoint: proto::Endpoint) -> Self {
        let tail = |name: &str, prefix: &str| Some(name.trim_start_matches(prefix).to_owned());
        let limits = endpoint.limits.unwrap_or_default();
        Self {
            origin: tail(endpoint.origin().as_str_name(), "ENDPOINT_ORIGIN_"),
            circuit: tail(endpoint.circuit().as_str_name(), "CIRCUIT_STATE_"),
            credentials: Some(endpoint.credentials().into()),
            cache: Some(endpoint.cache_scope().into()),
            time_updated: endpoint.time_updated.and_then(time_text),
            updated_by: (!endpoint.updated_by.is_empty()).then_some(endpoint.updated_by),
            id: endpoint.id,
            route: endpoint.route,
            target: endpoint.target,
            description: endpoint.description,
            change_origin: endpoint.change_origin,
            secure: endpoint.secure,
            path_rewrite: endpoint
                .path_rewrite
                .into_iter()
                .map(|proto::PathRewrite { pattern, replacement }| PathRewriteJson { pattern, replacement })
                .collect(),
            headers: endpoint
                .headers
                .into_iter()
                .map(|proto::InjectedHeader { name, value, secret }| HeaderJson { name, value, secret })
                .collect(),
            allowed_methods: endpoint.allowed_methods,
            allowed_headers: endpoint.allowed_headers,
            limits: LimitsJson {
                connect_timeout: limits.connect_timeout.map(duration_text),
                response_timeout: limits.response_timeout.map(duration_text),
                idle_timeout: limits.idle_timeout.map(duration_text),
                max_concurrency: Some(limits.max_concurrency),
                max_request_bytes: Some(limits.max_request_bytes),
                requests_per_minute_per_user: Some(limits.requests_per_minute_per_user),
                retries: limits.retries,
            },
            disabled: endpoint.disabled,
            revision: endpoint.revision,
        }
    }
}

impl From<Credentials> for proto::CredentialsPolicy {
    fn from(credentials: Credentials) -> Self {
        match credentials {
            Credentials::Require => Self::Require,
            Credentials::Forward => Self::Forward,
            Credentials::Cookie => Self::Cookie,
            Credentials::DangerouslyAllowUnauthenticated => Self::DangerouslyAllowUnauthenticated,
        }
    }
}

impl From<proto::CredentialsPolicy> for Credentials {
    fn from(policy: proto::CredentialsPolicy) -> Self {
        match policy {
            proto::CredentialsPolicy::Unspecified | proto::CredentialsPolicy::Require => Self::Require,
            proto::CredentialsPolicy::Forward => Self::Forward,
            proto::CredentialsPolicy::Cookie => Self::Cookie,
            proto::CredentialsPolicy::DangerouslyAllowUnauthenticated => Self::DangerouslyAllowUnauthenticated,
        }
    }
}

impl From<Cache> for proto::CacheScope {
    fn from(cache: Cache) -> Self {
        match cache {
            Cache::None => Self::None,
            Cache::PerUser => Self::PerUser,
            Cache::Shared => Self::Shared,
        }
    }
}

impl From<proto::CacheScope> for Cache {
    fn from(scope: proto::CacheScope) -> Self {
        match scope {
            proto::CacheScope::Unspecified | proto::CacheScope::None => Self::None,
            proto::CacheScope::PerUser => Self::PerUser,
            proto::CacheScope::Shared => Self::Shared,
        }
    }
}
