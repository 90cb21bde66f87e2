//! One member of `proxy.endpoints`.

use std::time::Duration;

use callboard_service_kit::config::{Config, ConfigDuration, ConfigError, Secret};
use serde::Deserialize;
use serde_json::Value;

use super::pairs::Pairs;
use crate::endpoint::{
    basic_authorization, canonical_route,
    settings::{CacheScope, CredentialsPolicy, EndpointOptions, EndpointSettings, InjectedHeader, Limits, RewriteRule},
};

/// What Backstage hands on to its proxy library and Callboard has no use for: `true` where that is worth a warning.
const WITHOUT_EFFECT: [(&str, bool); 13] = [
    ("followRedirects", true),
    ("cookieDomainRewrite", true),
    ("cookiePathRewrite", true),
    ("protocolRewrite", true),
    ("autoRewrite", true),
    ("hostRewrite", true),
    ("prependPath", true),
    ("ignorePath", true),
    ("localAddress", true),
    ("preserveHeaderKeyCase", false),
    ("ws", false),
    ("logLevel", false),
    ("reviveRequestBody", false),
];

const KEYS: [&str; 15] = [
    "target",
    "changeOrigin",
    "pathRewrite",
    "headers",
    "allowedMethods",
    "allowedHeaders",
    "credentials",
    "secure",
    "timeout",
    "proxyTimeout",
    "auth",
    "xfwd",
    "limits.*",
    "cache",
    "description",
];

/// Reads an endpoint; paths in errors are relative to it.
pub(super) fn read_endpoint(key: &str, member: &Config) -> Result<EndpointSettings, ConfigError> {
    let route = canonical_route(key).map_err(|error| member.invalid("", error.to_string()))?;
    let whole = member.json("").unwrap_or(Value::Null);
    let (target, place) = match &whole {
        Value::Object(members) => match members.get("target") {
            Some(target) => (target, "target"),
            None => (&Value::Null, ""),
        },
        short => (short, ""),
    };
    let Value::String(target) = target else {
        let message = format!(
            "Proxy target for route \"{key}\" must be a string, but is of type {}",
            javascript_type(target)
        );
        return Err(member.invalid(place, message));
    };
    let mut settings = EndpointSettings {
        route,
        target: target.clone(),
        headers: Vec::new(),
        disabled: false,
        options: EndpointOptions::default(),
    };
    if whole.is_object() {
        warn_about_keys(key, member);
        settings.headers = read_headers(member)?;
        settings.options = read_options(key, member)?;
    }
    Ok(settings)
}

fn read_headers(member: &Config) -> Result<Vec<InjectedHeader>, ConfigError> {
    let headers: Option<Pairs<Secret<String>>> = member.get("headers")?;
    let headers = headers.map(|Pairs(headers)| headers).unwrap_or_default();
    let mut headers: Vec<InjectedHeader> = headers
        .into_iter()
        .map(|(name, value)| InjectedHeader {
            name,
            value,
            // Nobody says which of them are; all of them are kept to ourselves.
            secret: true,
        })
        .collect();
    let auth: Option<Secret<String>> = member.get("auth")?;
    if let Some(auth) = auth
        && !headers
            .iter()
            .any(|header| header.name.eq_ignore_ascii_case("authorization"))
    {
        headers.push(basic_authorization(auth.expose()));
    }
    Ok(headers)
}

fn read_options(route: &str, member: &Config) -> Result<EndpointOptions, ConfigError> {
    let default = EndpointOptions::default();
    let rules: Option<Pairs<String>> = member.get("pathRewrite")?;
    let credentials = match member.get::<String>("credentials")? {
        None => CredentialsPolicy::default(),
        Some(name) => CredentialsPolicy::from_name(&name).ok_or_else(|| {
            let known: Vec<String> = CredentialsPolicy::NAMES
                .iter()
                .map(|(name, _)| format!("'{name}'"))
                .collect();
            let known = known.join(", ");
            let message =
                format!("Unknown credentials policy '{name}' for proxy route '{route}'; expected one of {known}");
            member.invalid("credentials", message)
        })?,
    };
    Ok(EndpointOptions {
        change_origin: member.get_or("changeOrigin", default.change_origin)?,
        path_rewrite: rules
            .map(|Pairs(rules)| rules)
            .unwrap_or_default()
            .into_iter()
            .map(|(pattern, replacement)| RewriteRule { pattern, replacement })
            .collect(),
        allowed_methods: member.get_or("allowedMethods", Vec::new())?,
        allowed_headers: member.get_or("allowedHeaders", Vec::new())?,
        credentials,
        secure: member.get_or("secure", default.secure)?,
        forwarded: member.get_or("xfwd", default.forwarded)?,
        limits: read_limits(member)?,
        cache: read_cache(member)?,
        description: member.get_or("description", String::new())?,
    })
}

/// `limits` is Callboard's; `timeout` and `proxyTimeout` are Backstage's, in milliseconds.
fn read_limits(member: &Config) -> Result<Limits, ConfigError> {
    let default = Limits::default();
    let time = |key: &str| Ok::<_, ConfigError>(member.get::<ConfigDuration>(key)?.map(ConfigDuration::get));
    let milliseconds = |key: &str| Ok::<_, ConfigError>(member.get::<u64>(key)?.map(Duration::from_millis));
    let (timeout, proxy_timeout) = (milliseconds("timeout")?, milliseconds("proxyTimeout")?);
    Ok(Limits {
        connect_timeout: time("limits.connectTimeout")?.unwrap_or(default.connect_timeout),
        response_timeout: time("limits.responseTimeout")?
            .or(proxy_timeout)
            .unwrap_or(default.response_timeout),
        idle_timeout: time("limits.idleTimeout")?.or(proxy_timeout).or(timeout),
        max_concurrency: member.get_or("limits.maxConcurrency", default.max_concurrency)?,
        max_request_bytes: member.get_or("limits.maxRequestBytes", default.max_request_bytes)?,
        requests_per_minute_per_user: member
            .get_or("limits.requestsPerMinutePerUser", default.requests_per_minute_per_user)?,
        retries: member.get_or("limits.retries", default.retries)?,
    })
}

#[derive(Deserialize)]
#[serde(transparent)]
struct Cache(CacheScope);

fn read_cache(member: &Config) -> Result<CacheScope, ConfigError> {
    Ok(member
        .get::<Cache>("cache")?
        .map_or(CacheScope::None, |Cache(scope)| scope))
}

fn warn_about_keys(route: &str, member: &Config) {
    for (key, matters) in WITHOUT_EFFECT {
        if matters && member.has(key) && member.json(key) != Some(Value::Bool(false)) {
            tracing::warn!(target: "callboard::config", route, key, "this setting of a proxy endpoint has no effect here");
        }
    }
    let known: Vec<&str> = KEYS
        .into_iter()
        .chain(WITHOUT_EFFECT.iter().map(|(key, _)| *key))
        .collect();
    member.warn_about_unknown_keys("", &known);
}

/// The type as the message of Backstage names it.
fn javascript_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "undefined",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) | Value::Object(_) => "object",
    }
}
