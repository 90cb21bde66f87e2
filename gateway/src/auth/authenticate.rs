//! Every request's credentials, checked in one place. Nothing below `/api` is open unless this file says so.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, StatusCode, header};

use super::{
    credentials::Credentials,
    sign_in::cookies::{self, USER_COOKIE},
};
use crate::{edge::access_log::Exchange, error::ApiError, gateway::Gateway, grpc_edge, proxy};

/// Plugins that callers reach who cannot send a token: pictures, frames, event streams, and clients that know of none.
const PLUGINS_BY_COOKIE: [&str; 3] = ["proxy", "lighthouse", "events"];

/// Puts the caller into the request's extensions, or refuses the request.
pub(crate) async fn authenticate(State(gateway): State<Gateway>, mut request: Request, next: Next) -> Response {
    let credentials = identify(&gateway, request.method(), request.uri().path(), request.headers()).await;
    let credentials = match credentials {
        Ok(credentials) => credentials,
        Err(error) if error.status() == StatusCode::UNAUTHORIZED && proxy::is_passed_on(request.uri().path()) => {
            request.extensions_mut().insert(proxy::Unidentified(error));
            gateway.anonymous()
        }
        Err(error) => return error.into_response(),
    };
    if let Some(exchange) = request.extensions().get::<Arc<Exchange>>() {
        exchange.set_caller(|| credentials.caller.to_string());
    }
    request.extensions_mut().insert(credentials.caller.clone());
    request.extensions_mut().insert(credentials);
    next.run(request).await
}

async fn identify(
    gateway: &Gateway,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> Result<Arc<Credentials>, ApiError> {
    let Some(plugin) = protected_plugin(path) else {
        return Ok(gateway.anonymous());
    };
    let is_open = gateway.config().auth.default_policy_disabled;
    if let Some(token) = bearer_token(headers) {
        return gateway.verifier().verify(token, plugin).await;
    }
    if takes_cookie(plugin, method, headers)
        && let Some(token) = cookies::find(headers, USER_COOKIE)
    {
        match gateway.verifier().verify_cookie(&token).await {
            // An old cookie must not close what is open to everybody.
            Err(_) if is_open => {}
            result => return result,
        }
    }
    if is_open {
        Ok(gateway.anonymous())
    } else {
        Err(ApiError::authentication("Missing credentials"))
    }
}

/// The credentials of a request to a route of `auth`, whose routes are open, and ask by themselves.
pub(crate) async fn bearer_credentials(gateway: &Gateway, headers: &HeaderMap) -> Result<Arc<Credentials>, ApiError> {
    let token = bearer_token(headers).ok_or_else(|| ApiError::authentication("Missing credentials"))?;
    gateway.verifier().verify(token, "auth").await
}

/// The plugin a path belongs to, when its routes want credentials. Signing in cannot want them, and the app's files do not.
fn protected_plugin(path: &str) -> Option<&str> {
    if let Some(plugin) = grpc_edge::plugin_of(path) {
        return Some(plugin);
    }
    let rest = path.strip_prefix("/api/")?;
    let plugin = rest.split('/').next().unwrap_or_default();
    // What checks its callers in its own way: the token of a WebSocket, the signature of a webhook.
    let checks_itself = rest == "signals" || rest.starts_with("events/http/");
    // How the API is used is no secret.
    let own = rest.strip_prefix(plugin);
    let is_description =
        matches!(rest, "openapi.json" | "docs") || rest.starts_with("docs/") || own == Some("/openapi.json");
    let is_public_keys = own == Some("/.backstage/auth/v1/jwks.json");
    let is_open = plugin == "auth" || checks_itself || is_description || is_public_keys;
    (!is_open).then_some(plugin)
}

/// Whether a cookie says well enough who calls. Browsers send cookies by themselves, so what changes something must come from a
/// page of the portal.
fn takes_cookie(plugin: &str, method: &Method, headers: &HeaderMap) -> bool {
    let is_read = method == Method::GET || method == Method::HEAD;
    let is_from_here = headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin");
    PLUGINS_BY_COOKIE.contains(&plugin) && (is_read || is_from_here)
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
    use http::HeaderValue;

    use super::*;

    #[test]
    fn protects_everything_below_api_but_signing_in() {
        let cases = [
            ("/api/catalog/entities", Some("catalog")),
            ("/api/nothing", Some("nothing")),
            ("/api/", Some("")),
            ("/api/authx", Some("authx")),
            ("/api/openapi.json", None),
            ("/api/catalog/openapi.json", None),
            ("/api/catalog/x/openapi.json", Some("catalog")),
            ("/api/docs/viewer.js", None),
            ("/api/catalog/.backstage/auth/v1/jwks.json", None),
            ("/api/catalog/.backstage/auth/v1/cookie", Some("catalog")),
            ("/api/signals", None),
            ("/api/signals/x", Some("signals")),
            ("/api/events/http/github", None),
            ("/api/events/stream", Some("events")),
            ("/api/auth/guest/refresh", None),
            ("/callboard.proxy.v1.ProxyService/Forward", Some("proxy")),
            ("/catalog", None),
            ("/.backstage/health/v1/liveness", None),
        ];
        for (path, expected) in cases {
            assert_eq!(protected_plugin(path), expected, "{path}");
        }
    }

    #[test]
    fn cookies_change_nothing_from_other_sites() {
        let mut headers = HeaderMap::new();
        assert!(takes_cookie("proxy", &Method::GET, &headers));
        assert!(!takes_cookie("proxy", &Method::POST, &headers));
        assert!(!takes_cookie("catalog", &Method::GET, &headers));
        for (site, taken) in [
            ("cross-site", false),
            ("same-site", false),
            ("none", false),
            ("same-origin", true),
        ] {
            headers.insert("sec-fetch-site", HeaderValue::from_static(site));
            assert_eq!(takes_cookie("proxy", &Method::POST, &headers), taken, "{site}");
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
