//! From the domain to the contract. No secret passes here.

use std::time::{Duration, Instant, SystemTime};

use callboard_proto::proxy::v1 as proto;

use crate::{
    endpoint::{
        Endpoint, Origin,
        settings::{CacheScope, CredentialsPolicy, EndpointOptions, Limits},
    },
    guard::circuit::State,
    store::endpoints::StoredEndpoint,
};

/// An endpoint at work.
pub(in crate::server) fn endpoint(endpoint: &Endpoint) -> proto::Endpoint {
    let settings = &endpoint.settings;
    let headers = settings.headers.iter().map(|header| proto::InjectedHeader {
        name: header.name.clone(),
        value: if header.secret {
            String::new()
        } else {
            header.value.expose().clone()
        },
        secret: header.secret,
    });
    let mut shown = options(&settings.options);
    shown.id.clone_from(&endpoint.id);
    shown.route.clone_from(&settings.route);
    shown.target = without_user_info(&settings.target);
    shown.headers = headers.collect();
    shown.disabled = settings.disabled;
    shown.circuit = circuit(endpoint.guards.circuit.state(Instant::now())).into();
    match &endpoint.origin {
        Origin::Configuration => shown.origin = proto::EndpointOrigin::Configuration.into(),
        Origin::Api {
            revision,
            time_updated,
            updated_by,
        } => {
            shown.origin = proto::EndpointOrigin::Api.into();
            shown.revision = *revision;
            shown.time_updated = Some(timestamp(*time_updated));
            shown.updated_by.clone_from(updated_by);
        }
    }
    shown
}

/// An endpoint as it is stored; `at_work` is the same on this replica, where it is known.
pub(in crate::server) fn stored_endpoint(row: &StoredEndpoint, at_work: Option<&Endpoint>) -> proto::Endpoint {
    let headers = row.settings.headers.iter().map(|header| proto::InjectedHeader {
        name: header.name.clone(),
        value: header.value.clone(),
        secret: header.secret,
    });
    let state = at_work.map_or(State::Closed, |endpoint| endpoint.guards.circuit.state(Instant::now()));
    proto::Endpoint {
        id: row.id.to_string(),
        route: row.route.clone(),
        target: without_user_info(&row.target),
        headers: headers.collect(),
        disabled: row.disabled,
        origin: proto::EndpointOrigin::Api.into(),
        revision: row.revision,
        time_updated: Some(timestamp(row.time_updated.into())),
        updated_by: row.updated_by.clone(),
        circuit: circuit(state).into(),
        ..options(&row.settings.options)
    }
}

fn options(options: &EndpointOptions) -> proto::Endpoint {
    proto::Endpoint {
        change_origin: Some(options.change_origin),
        path_rewrite: options
            .path_rewrite
            .iter()
            .map(|rule| proto::PathRewrite {
                pattern: rule.pattern.clone(),
                replacement: rule.replacement.clone(),
            })
            .collect(),
        allowed_methods: options.allowed_methods.clone(),
        allowed_headers: options.allowed_headers.clone(),
        credentials: credentials(options.credentials).into(),
        secure: Some(options.secure),
        limits: Some(limits(&options.limits)),
        cache_scope: cache_scope(options.cache).into(),
        description: options.description.clone(),
        ..proto::Endpoint::default()
    }
}

fn limits(limits: &Limits) -> proto::EndpointLimits {
    proto::EndpointLimits {
        connect_timeout: Some(duration(limits.connect_timeout)),
        response_timeout: Some(duration(limits.response_timeout)),
        idle_timeout: limits.idle_timeout.map(duration),
        max_concurrency: limits.max_concurrency,
        max_request_bytes: limits.max_request_bytes,
        requests_per_minute_per_user: limits.requests_per_minute_per_user,
        retries: Some(limits.retries),
    }
}

fn credentials(policy: CredentialsPolicy) -> proto::CredentialsPolicy {
    match policy {
        CredentialsPolicy::Require => proto::CredentialsPolicy::Require,
        CredentialsPolicy::Forward => proto::CredentialsPolicy::Forward,
        CredentialsPolicy::DangerouslyAllowUnauthenticated => proto::CredentialsPolicy::DangerouslyAllowUnauthenticated,
        CredentialsPolicy::Cookie => proto::CredentialsPolicy::Cookie,
    }
}

fn cache_scope(scope: CacheScope) -> proto::CacheScope {
    match scope {
        CacheScope::None => proto::CacheScope::None,
        CacheScope::PerUser => proto::CacheScope::PerUser,
        CacheScope::Shared => proto::CacheScope::Shared,
    }
}

fn circuit(state: State) -> proto::CircuitState {
    match state {
        State::Closed => proto::CircuitState::Closed,
        State::Open => proto::CircuitState::Open,
        State::HalfOpen => proto::CircuitState::HalfOpen,
    }
}

/// A length of time.
pub(in crate::server) fn duration(duration: Duration) -> prost_types::Duration {
    prost_types::Duration {
        seconds: i64::try_from(duration.as_secs()).unwrap_or(i64::MAX),
        nanos: i32::try_from(duration.subsec_nanos()).unwrap_or(0),
    }
}

/// A moment.
pub(in crate::server) fn timestamp(time: SystemTime) -> prost_types::Timestamp {
    prost_types::Timestamp::from(time)
}

/// A target without the password that its URL may hold.
fn without_user_info(target: &str) -> String {
    let Ok(mut url) = url::Url::parse(target) else {
        return target.to_owned();
    };
    if url.username().is_empty() && url.password().is_none() {
        return target.to_owned();
    }
    // Both fail only for URLs without a host, and those are no targets.
    let _ = url.set_password(None);
    let _ = url.set_username("");
    url.to_string()
}
