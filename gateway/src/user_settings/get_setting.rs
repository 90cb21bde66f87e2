//! `GET /buckets/{bucket}/keys/{key}`.

use axum::{extract::State, response::Response};

use super::{answer, bucket_and_key, setting_store::Place};
use crate::{error::ApiError, gateway::Gateway, http::path_parameters::PathParameters, upstream::CallContext};

/// One of the caller's settings.
pub(crate) async fn get_setting(
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
    let setting = gateway.user_settings().get(place).await?;
    let setting = setting.ok_or_else(|| ApiError::not_found(format!("Unable to find '{key}' in bucket '{bucket}'")))?;
    answer(&bucket, &key, &setting)
}
