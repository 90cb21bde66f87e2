//! `DELETE /buckets/{bucket}/keys/{key}`.

use axum::{extract::State, response::Response};
use http::StatusCode;

use super::{announce, bucket_and_key, setting_store::Place};
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{path_parameters::PathParameters, respond},
    upstream::CallContext,
};

/// Removes a setting; that there is none is no error.
pub(crate) async fn delete_setting(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
) -> Result<Response, ApiError> {
    let (user_entity_ref, _) = context.credentials.user()?;
    let (bucket, key) = bucket_and_key(&path)?;
    let place = Place {
        user_entity_ref,
        bucket: &bucket,
        key: &key,
    };
    if gateway.user_settings().delete(place).await? {
        announce(&gateway, user_entity_ref, "key-deleted", &key).await;
    }
    Ok(respond::empty(StatusCode::NO_CONTENT))
}
