//! `/api/permission`: decisions about what a caller may do.
//!
//! The gateway has no policies of its own yet and allows what it is asked about, as upstream's stock policy does.

use axum::response::Response;
use callboard_proto::catalog::v1::PermissionCondition;
use callboard_service_kit::identity::{Caller, Principal};
use http::StatusCode;
use serde_json::{Map, Value, json};

use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{json_body::JsonBody, respond},
    upstream::CallContext,
};

/// `GET /api/permission/health`.
pub(crate) async fn get_permission_health() -> Response {
    respond::json(StatusCode::OK, &json!({"status": "ok"}))
}

/// `POST /api/permission/authorize`: one decision for each question, under its id.
pub(crate) async fn authorize(context: CallContext, mut body: JsonBody) -> Result<Response, ApiError> {
    body.require("items");
    let items = body.objects("items");
    body.finish()?;
    let is_user = matches!(context.caller.principal, Principal::User { .. });
    let decisions: Vec<Value> = items
        .iter()
        .map(|item| decide(item, is_user))
        .collect::<Result<_, _>>()?;
    Ok(respond::json(StatusCode::OK, &json!({ "items": decisions })))
}

/// What a caller may do something to: refused when nothing, `None` when everything.
///
/// Today everybody who is known may do everything.
#[expect(clippy::unused_async, reason = "a policy looks things up")]
pub(crate) async fn condition_for(
    _gateway: &Gateway,
    _caller: &Caller,
    _permission: &str,
) -> Result<Option<PermissionCondition>, ApiError> {
    Ok(None)
}

fn decide(item: &Map<String, Value>, is_user: bool) -> Result<Value, ApiError> {
    let id = item
        .get("id")
        .and_then(Value::as_str)
        .ok_or_else(|| ApiError::input("Invalid request: id is required"))?;
    let permission = item
        .get("permission")
        .filter(|permission| permission.get("name").is_some_and(Value::is_string))
        .ok_or_else(|| ApiError::input("Invalid request: permission is required"))?;
    let is_about_resource = permission.get("type").and_then(Value::as_str) == Some("resource");
    match item.get("resourceRef") {
        // Without a resource the answer would be a condition, which only services can apply.
        None if is_about_resource && is_user => Err(ApiError::input(
            "A user who asks about a resource permission must name the resource: resourceRef is missing",
        )),
        Some(Value::Array(refs)) => Ok(json!({"id": id, "result": vec!["ALLOW"; refs.len()]})),
        _ => Ok(json!({"id": id, "result": "ALLOW"})),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide_json(item: &Value, is_user: bool) -> Result<Value, ApiError> {
        decide(item.as_object().expect("an object"), is_user)
    }

    #[test]
    fn answers_each_question_in_its_shape() {
        let resource = json!({"type": "resource", "name": "catalog.entity.read"});
        let basic = json!({"type": "basic", "name": "catalog.entity.create"});
        assert_eq!(
            decide_json(&json!({"id": "1", "permission": basic}), true).expect("decides"),
            json!({"id": "1", "result": "ALLOW"})
        );
        assert_eq!(
            decide_json(
                &json!({"id": "2", "permission": resource, "resourceRef": ["a", "b"]}),
                true
            )
            .expect("decides"),
            json!({"id": "2", "result": ["ALLOW", "ALLOW"]})
        );
        assert!(decide_json(&json!({"id": "3", "permission": resource}), true).is_err());
        assert!(decide_json(&json!({"id": "3", "permission": resource}), false).is_ok());
        assert!(decide_json(&json!({"permission": basic}), true).is_err());
        assert!(decide_json(&json!({"id": "4"}), true).is_err());
    }
}
