//! `POST /api/events/http/{topic}`: a webhook.

use axum::{
    body::Body,
    extract::{Path, State},
    response::Response,
};
use callboard_proto::catalog::v1::RefreshLocationsRequest;
use http::{HeaderMap, StatusCode, header};
use serde_json::{Value, json};

use super::topic::Topic;
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{json_body::read_body_within, respond},
    upstream::CallContext,
};

const LARGEST_BODY: usize = 5 * 1024 * 1024;

/// Checks where a webhook comes from, and tells the catalog what it is about.
pub(crate) async fn receive_event(
    State(gateway): State<Gateway>,
    Path(name): Path<String>,
    context: CallContext,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let topic = Topic::find(&gateway.config().events, &name)
        .ok_or_else(|| ApiError::not_found("There is no such topic, or it has no secret"))?;
    let body = read_body_within(body, LARGEST_BODY).await?.ok_or_else(|| {
        ApiError::of_status(
            StatusCode::PAYLOAD_TOO_LARGE,
            "PayloadTooLargeError",
            "request entity too large",
        )
    })?;
    // Before anything looks into it.
    if !topic.is_genuine(&headers, &body) {
        return Ok(respond::json(
            StatusCode::FORBIDDEN,
            &json!({"message": "invalid signature"}),
        ));
    }
    check_content_type(&headers)?;
    let payload: Value =
        serde_json::from_slice(&body).map_err(|error| ApiError::input(format!("The body is not JSON: {error}")))?;
    let events = topic.location_events(&headers, &payload);
    let organization_events = topic.organization_events(&headers, &payload);
    tracing::debug!(
        topic = name,
        events = events.len() + organization_events.len(),
        "a webhook"
    );
    metrics::counter!("callboard_gateway_webhooks_total", "topic" => topic.name()).increment(1);
    if !events.is_empty() || !organization_events.is_empty() {
        let request = RefreshLocationsRequest {
            events,
            organization_events,
            ..RefreshLocationsRequest::default()
        };
        let context = context.as_service("plugin:events");
        let answer = gateway.catalog().refresh_locations(&context, request).await?;
        gateway.revisions().note_write(answer.revision);
    }
    Ok(respond::json(StatusCode::ACCEPTED, &json!({"status": "accepted"})))
}

fn check_content_type(headers: &HeaderMap) -> Result<(), ApiError> {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .ok_or_else(|| ApiError::input("The header Content-Type is missing"))?;
    let unsupported = |name, message: String| ApiError::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE, name, message);
    let text = content_type.to_str().unwrap_or_default();
    let mut parts = text.split(';').map(str::trim);
    if !parts
        .next()
        .is_some_and(|media_type| media_type.eq_ignore_ascii_case("application/json"))
    {
        return Err(unsupported(
            "UnsupportedMediaTypeError",
            format!("Unsupported media type: {text}; have the webhook send application/json"),
        ));
    }
    let charset = parts
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.eq_ignore_ascii_case("charset"));
    match charset {
        Some((_, charset)) if !charset.trim_matches('"').eq_ignore_ascii_case("utf-8") => Err(unsupported(
            "UnsupportedCharsetError",
            format!("Unsupported charset: {charset}"),
        )),
        _ => Ok(()),
    }
}
