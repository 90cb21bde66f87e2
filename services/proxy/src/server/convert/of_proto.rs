//! From the contract to the domain.

use std::time::{Duration, SystemTime};

use callboard_proto::proxy::v1 as proto;
use callboard_service_kit::{config::Secret, error::ServiceError};
use prost::Message;

use crate::endpoint::settings::{
    CacheScope, CredentialsPolicy, EndpointOptions, EndpointSettings, InjectedHeader, Limits, RewriteRule,
};

/// An endpoint that is larger than this is a mistake.
const MOST_BYTES: usize = 64 * 1024;
/// No time-out needs to be longer.
const LONGEST: Duration = Duration::from_hours(24);

/// The settings that somebody asks for. Secret values that are empty are those that are stored, as long as they go to the server that
/// they were stored for: whoever may change a target must not learn a secret by it.
pub(in crate::server) fn settings(
    asked: proto::Endpoint,
    stored: Option<&EndpointSettings>,
) -> Result<EndpointSettings, ServiceError> {
    if asked.encoded_len() > MOST_BYTES {
        return Err(ServiceError::input(format!(
            "An endpoint has at most {MOST_BYTES} bytes"
        )));
    }
    let credentials = credentials(asked.credentials())?;
    let cache = cache_scope(asked.cache_scope());
    let keeper = stored.filter(|stored| is_same_server(&stored.target, &asked.target));
    let headers = asked
        .headers
        .into_iter()
        .map(|header| injected(header, keeper))
        .collect::<Result<Vec<_>, _>>()?;
    if let Some(twice) = twice(&headers) {
        return Err(ServiceError::input(format!("headers: {twice} occurs more than once")));
    }
    let default = EndpointOptions::default();
    Ok(EndpointSettings {
        route: asked.route,
        target: asked.target,
        headers,
        disabled: asked.disabled,
        options: EndpointOptions {
            change_origin: asked.change_origin.unwrap_or(default.change_origin),
            path_rewrite: asked
                .path_rewrite
                .into_iter()
                .map(|rule| RewriteRule {
                    pattern: rule.pattern,
                    replacement: rule.replacement,
                })
                .collect(),
            allowed_methods: asked.allowed_methods,
            allowed_headers: asked.allowed_headers,
            credentials,
            secure: asked.secure.unwrap_or(default.secure),
            forwarded: stored.is_some_and(|stored| stored.options.forwarded),
            limits: limits(asked.limits.unwrap_or_default())?,
            cache,
            description: asked.description,
        },
    })
}

fn injected(header: proto::InjectedHeader, stored: Option<&EndpointSettings>) -> Result<InjectedHeader, ServiceError> {
    let proto::InjectedHeader { name, value, secret } = header;
    let value = if secret && value.is_empty() {
        let kept = stored
            .into_iter()
            .flat_map(|stored| &stored.headers)
            .find(|kept| kept.secret && kept.name.eq_ignore_ascii_case(&name));
        kept.map(|kept| kept.value.clone()).ok_or_else(|| {
            let reason = "is secret, and there is no value for it and this target yet; enter it";
            ServiceError::input(format!("headers: {name} {reason}"))
        })?
    } else {
        Secret::new(value)
    };
    Ok(InjectedHeader { name, value, secret })
}

fn is_same_server(left: &str, right: &str) -> bool {
    let origin = |target: &str| url::Url::parse(target).ok().map(|url| url.origin());
    origin(left).is_some_and(|left| Some(left) == origin(right))
}

fn twice(headers: &[InjectedHeader]) -> Option<&str> {
    headers.iter().enumerate().find_map(|(index, header)| {
        let is_known = headers[..index]
            .iter()
            .any(|other| other.name.eq_ignore_ascii_case(&header.name));
        is_known.then_some(header.name.as_str())
    })
}

fn limits(asked: proto::EndpointLimits) -> Result<Limits, ServiceError> {
    let default = Limits::default();
    let time = |name: &str, asked: Option<prost_types::Duration>| {
        asked
            .map(|asked| duration(asked).ok_or_else(|| bad_duration(name)))
            .transpose()
    };
    Ok(Limits {
        connect_timeout: time("connectTimeout", asked.connect_timeout)?.unwrap_or(default.connect_timeout),
        response_timeout: time("responseTimeout", asked.response_timeout)?.unwrap_or(default.response_timeout),
        idle_timeout: time("idleTimeout", asked.idle_timeout)?,
        max_concurrency: match asked.max_concurrency {
            0 => Limits::DEFAULT_MAX_CONCURRENCY,
            some => some,
        },
        max_request_bytes: asked.max_request_bytes,
        requests_per_minute_per_user: asked.requests_per_minute_per_user,
        retries: match asked.retries.unwrap_or(default.retries) {
            few @ 0..=5 => few,
            _ => return Err(ServiceError::input("limits.retries: at most 5 further tries")),
        },
    })
}

fn bad_duration(name: &str) -> ServiceError {
    ServiceError::input(format!("limits.{name}: a time between 0 and a day"))
}

fn duration(asked: prost_types::Duration) -> Option<Duration> {
    Duration::try_from(asked).ok().filter(|time| *time <= LONGEST)
}

fn credentials(policy: proto::CredentialsPolicy) -> Result<CredentialsPolicy, ServiceError> {
    Ok(match policy {
        proto::CredentialsPolicy::Unspecified | proto::CredentialsPolicy::Require => CredentialsPolicy::Require,
        proto::CredentialsPolicy::Forward => CredentialsPolicy::Forward,
        proto::CredentialsPolicy::Cookie => CredentialsPolicy::Cookie,
        // What anybody may use is for those to decide who run the installation.
        proto::CredentialsPolicy::DangerouslyAllowUnauthenticated => {
            return Err(ServiceError::input(
                "credentials: only proxy.endpoints of the configuration can open an endpoint to anybody",
            ));
        }
    })
}

fn cache_scope(scope: proto::CacheScope) -> CacheScope {
    match scope {
        proto::CacheScope::Unspecified | proto::CacheScope::None => CacheScope::None,
        proto::CacheScope::PerUser => CacheScope::PerUser,
        proto::CacheScope::Shared => CacheScope::Shared,
    }
}

/// A moment.
pub(in crate::server) fn time(name: &str, asked: prost_types::Timestamp) -> Result<SystemTime, ServiceError> {
    SystemTime::try_from(asked).map_err(|_| ServiceError::input(format!("{name} is no time")))
}
