//! `PATCH /buckets/{bucket}/keys/{key}`: changes a list without repetitions, such as starred entities.
//!
//! Who stores a whole list undoes what another browser added meanwhile. Who says what to add and what to remove does not.

use axum::{extract::State, response::Response};
use callboard_service_kit::error::ErrorCode;
use serde_json::Value;

use super::{
    announce, answer, bucket_and_key, check_size,
    setting_store::{Expectation, Place, Setting},
};
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{json_body::JsonBody, path_parameters::PathParameters},
    upstream::CallContext,
};

/// How often a change is tried again that another one came before.
const ATTEMPTS: u32 = 50;

/// Adds to and removes from a list; one that is not there yet begins empty.
pub(crate) async fn change_set(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
    mut body: JsonBody,
) -> Result<Response, ApiError> {
    let (user_entity_ref, _) = context.credentials.user()?;
    let (bucket, key) = bucket_and_key(&path)?;
    let add = list(&mut body, "add");
    let remove = list(&mut body, "remove");
    body.finish_strict()?;
    let place = Place {
        user_entity_ref,
        bucket: &bucket,
        key: &key,
    };
    for _ in 0..ATTEMPTS {
        let (stored, expectation) = match gateway.user_settings().get(place).await? {
            Some(Setting { value, version }) => (value, Expectation::Version(version)),
            None => (Value::Array(Vec::new()), Expectation::Absent),
        };
        let Value::Array(members) = stored else {
            return Err(ApiError::new(
                ErrorCode::ConflictError,
                format!("'{key}' in bucket '{bucket}' is no list"),
            ));
        };
        let value = Value::Array(changed(members, &add, &remove));
        check_size(&value)?;
        let now = gateway.clock().now().into();
        if let Some(version) = gateway.user_settings().put(place, &value, expectation, now).await? {
            announce(&gateway, user_entity_ref, "key-changed", &key).await;
            return answer(&bucket, &key, &Setting { value, version });
        }
    }
    Err(ApiError::unavailable(
        "The value changes too often at the moment: try again",
    ))
}

fn list(body: &mut JsonBody, name: &str) -> Vec<Value> {
    match body.take(name) {
        None => Vec::new(),
        Some(Value::Array(items)) => items,
        Some(_) => {
            body.violated::<()>(name, "must be array");
            Vec::new()
        }
    }
}

/// The members with some removed and others added, each once, in the order they came.
fn changed(mut members: Vec<Value>, add: &[Value], remove: &[Value]) -> Vec<Value> {
    members.retain(|member| !remove.contains(member));
    for item in add {
        if !members.contains(item) {
            members.push(item.clone());
        }
    }
    members
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_member_is_there_once() {
        let list = |value: Value| value.as_array().cloned().expect("a list");
        let members = changed(
            list(json!(["a", "b"])),
            &list(json!(["c", "a", "c"])),
            &list(json!(["b", "x"])),
        );
        assert_eq!(Value::from(members), json!(["a", "c"]));
    }
}
