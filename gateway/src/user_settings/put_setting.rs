//! `PUT /buckets/{bucket}/keys/{key}`.

use axum::{extract::State, response::Response};
use callboard_service_kit::error::ErrorCode;
use http::{HeaderMap, HeaderName, header};

use super::{
    announce, answer, bucket_and_key, check_size,
    setting_store::{Expectation, Place, Setting},
    tag,
};
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{json_body::JsonBody, path_parameters::PathParameters},
    upstream::CallContext,
};

/// Stores a value; with `If-Match` or `If-None-Match` only over the value the caller knows.
pub(crate) async fn put_setting(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
    headers: HeaderMap,
    mut body: JsonBody,
) -> Result<Response, ApiError> {
    let (user_entity_ref, _) = context.credentials.user()?;
    let (bucket, key) = bucket_and_key(&path)?;
    let value = body
        .take("value")
        .ok_or_else(|| ApiError::input("Missing required field \"value\""))?;
    check_size(&value)?;
    let place = Place {
        user_entity_ref,
        bucket: &bucket,
        key: &key,
    };
    let expectation = expectation(&headers)?;
    let now = gateway.clock().now().into();
    let version = gateway.user_settings().put(place, &value, expectation, now).await?;
    let version = version.ok_or_else(|| {
        ApiError::new(
            ErrorCode::ConflictError,
            format!("'{key}' in bucket '{bucket}' was changed meanwhile: read it again"),
        )
    })?;
    announce(&gateway, user_entity_ref, "key-changed", &key).await;
    answer(&bucket, &key, &Setting { value, version })
}

/// What the caller expects to be stored.
fn expectation(headers: &HeaderMap) -> Result<Expectation, ApiError> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    match (text(header::IF_MATCH), text(header::IF_NONE_MATCH)) {
        (None, None) => Ok(Expectation::Any),
        (Some("*"), None) => Ok(Expectation::Present),
        (None, Some("*")) => Ok(Expectation::Absent),
        (Some(sent), None) => {
            let version = sent.trim_start_matches("W/").trim_matches('"').parse();
            let version = version
                .ok()
                .filter(|version| tag(*version) == sent.trim_start_matches("W/"));
            // A tag that was never given fits nothing.
            Ok(Expectation::Version(version.unwrap_or(-1)))
        }
        _ => Err(ApiError::input(
            "Send If-Match with a tag or *, or If-None-Match with *, and not both",
        )),
    }
}
