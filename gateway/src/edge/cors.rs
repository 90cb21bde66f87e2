//! Cross-origin requests, by `backend.cors`.

use axum::{body::Body, response::Response};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};

use crate::config::cors::CorsConfig;

/// The origin of a request, when it may call.
pub(crate) fn allowed_origin(config: &CorsConfig, request: &HeaderMap) -> Option<HeaderValue> {
    let origin = request.get(header::ORIGIN)?;
    config.origins.is_match(origin.to_str().ok()?).then(|| origin.clone())
}

/// The answer to a browser that asks before it calls.
pub(crate) fn preflight(
    config: &CorsConfig,
    request: &Request<Body>,
    origin: Option<&HeaderValue>,
) -> Option<Response> {
    if request.method() != Method::OPTIONS || origin.is_none() {
        return None;
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, config.methods.clone());
    let asked_for = || request.headers().get(header::ACCESS_CONTROL_REQUEST_HEADERS).cloned();
    if let Some(allowed) = config.allowed_headers.clone().or_else(asked_for) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, allowed);
    }
    if config.allowed_headers.is_none() {
        headers.append(header::VARY, HeaderValue::from_static("Access-Control-Request-Headers"));
    }
    if let Some(max_age) = &config.max_age {
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, max_age.clone());
    }
    Some(response)
}

/// Tells the browser that the page may read the response.
pub(crate) fn apply(config: &CorsConfig, origin: Option<HeaderValue>, response: &mut HeaderMap) {
    response.append(header::VARY, HeaderValue::from_static("Origin"));
    let Some(origin) = origin else { return };
    response.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    if config.credentials {
        response.insert(
            header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
            HeaderValue::from_static("true"),
        );
    }
    if let Some(exposed) = &config.exposed_headers {
        response.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed.clone());
    }
}
