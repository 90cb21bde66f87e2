//! Every request's credentials, checked in one place. Nothing below `/api` is open unless this file says so.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use callboard_service_kit::identity::Caller;
use http::{HeaderMap, StatusCode, header};

use crate::{edge::access_log::Exchange, error::ApiError, gateway::Gateway, proxy};

/// Puts the caller into the request's extensions, or refuses the request.
pub(crate) async fn authenticate(State(gateway): State<Gateway>, mut request: Request, next: Next) -> Response {
    let caller = match identify(&gateway, request.uri().path(), request.headers()).await {
        Ok(caller) => caller,
        Err(error) if error.status() == StatusCode::UNAUTHORIZED && proxy::is_passed_on(request.uri().path()) => {
            request.extensions_mut().insert(proxy::Unidentified(error));
            gateway.anonymous()
        }
        Err(error) => return error.into_response(),
    };
    if let Some(exchange) = request.extensions().get::<Arc<Exchange>>() {
        exchange.set_caller(|| caller.to_string());
    }
    request.extensions_mut().insert(caller);
    next.run(request).await
}

async fn identify(gateway: &Gateway, path: &str, headers: &HeaderMap) -> Result<Arc<Caller>, ApiError> {
    let Some(plugin) = protected_plugin(path) else {
        return Ok(gateway.anonymous());
    };
    let Some(token) = bearer_token(headers) else {
        return if gateway.config().auth.default_policy_disabled {
            Ok(gateway.anonymous())
        } else {
            Err(ApiError::authentication("Missing credentials"))
        };
    };
    let verified = gateway.verifier().verify(token).await?;
    match &verified.plugins {
        Some(plugins) if !plugins.iter().any(|allowed| allowed == plugin) => {
            let plugins: Vec<String> = plugins.iter().map(|plugin| format!("'{plugin}'")).collect();
            let plugins = plugins.join(", ");
            Err(ApiError::not_allowed(format!(
                "This token's access is restricted to plugin(s) {plugins}"
            )))
        }
        _ => Ok(verified.caller),
    }
}

/// The plugin a path belongs to, when its routes want credentials. Signing in cannot want them, and the app's files do not.
fn protected_plugin(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("/api/")?;
    let plugin = rest.split('/').next().unwrap_or_default();
    // What checks its callers in its own way: the token of a WebSocket, the signature of a webhook.
    let is_open = plugin == "auth" || rest == "signals" || rest.starts_with("events/http/");
    (!is_open).then_some(plugin)
}

/// The token of an `Authorization: Bearer` header; the scheme may be in any case.
pub(crate) fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn protects_everything_below_api_but_signing_in() {
        let cases = [
            ("/api/catalog/entities", Some("catalog")),
            ("/api/nothing", Some("nothing")),
            ("/api/", Some("")),
            ("/api/authx", Some("authx")),
            ("/api/signals", None),
            ("/api/signals/x", Some("signals")),
            ("/api/events/http/github", None),
            ("/api/events/stream", Some("events")),
            ("/api/auth/guest/refresh", None),
            ("/catalog", None),
            ("/.backstage/health/v1/liveness", None),
        ];
        for (path, expected) in cases {
            assert_eq!(protected_plugin(path), expected, "{path}");
        }
    }

    #[test]
    fn reads_bearer_tokens() {
        let cases = [
            ("Bearer abc", Some("abc")),
            ("bearer  abc ", Some("abc")),
            ("Basic abc", None),
            ("Bearer ", None),
            ("abc", None),
        ];
        for (value, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, value.parse().expect("a header value"));
            assert_eq!(bearer_token(&headers), expected, "{value}");
        }
    }
}
