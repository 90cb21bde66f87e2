//! `/api/user-settings`: what people set for themselves, starred entities among it. Each person sees their own only.

pub(crate) mod change_set;
pub(crate) mod delete_setting;
pub(crate) mod get_setting;
pub(crate) mod get_settings;
pub(crate) mod put_setting;
pub(crate) mod setting_store;

use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};

use self::setting_store::Setting;
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{path_parameters::PathParameters, respond},
    signals::{Recipients, Signal},
};

/// The channel on which a user's browsers hear of changes.
const CHANNEL: &str = "user-settings";
/// The largest value, in bytes of JSON.
const LARGEST_VALUE: usize = 64 * 1024;
/// The longest name of a bucket or key.
const LONGEST_NAME: usize = 255;

/// Bucket and key of the path; keys may hold slashes.
fn bucket_and_key(path: &PathParameters) -> Result<(String, String), ApiError> {
    let [bucket, key] = path.decode()?;
    for name in [&bucket, &key] {
        if name.is_empty() || name.len() > LONGEST_NAME {
            return Err(ApiError::input(format!(
                "Buckets and keys have 1 to {LONGEST_NAME} bytes; this one has {}",
                name.len()
            )));
        }
    }
    Ok((bucket, key))
}

/// Refuses values that are too large to be somebody's settings.
fn check_size(value: &Value) -> Result<(), ApiError> {
    let bytes = value.to_string().len();
    if bytes > LARGEST_VALUE {
        return Err(ApiError::input(format!(
            "The value has {bytes} bytes; the most that is stored is {LARGEST_VALUE}"
        )));
    }
    Ok(())
}

/// A setting as the API shows it, with a tag to change it by.
fn answer(bucket: &str, key: &str, setting: &Setting) -> Result<Response, ApiError> {
    let body = json!({"bucket": bucket, "key": key, "value": setting.value});
    let mut response = respond::json(StatusCode::OK, &body);
    let tag = HeaderValue::try_from(tag(setting.version)).map_err(ApiError::internal)?;
    response.headers_mut().insert(header::ETAG, tag);
    Ok(response)
}

/// The tag of a version.
fn tag(version: i64) -> String {
    format!("\"{version}\"")
}

/// Tells the user's browsers of a change.
async fn announce(gateway: &Gateway, user_entity_ref: &str, change: &str, key: &str) {
    let signal = Signal {
        recipients: Recipients::user(user_entity_ref),
        channel: CHANNEL.to_owned(),
        message: json!({"type": change, "key": key}),
    };
    gateway.signals().publish(signal).await;
}
