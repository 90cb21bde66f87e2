//! `POST /api/catalog/.well-known/backstage/permissions/apply-conditions`: for policies that are decided elsewhere.

use axum::{extract::State, response::Response};
use callboard_service_kit::identity::Principal;
use futures::future::try_join_all;
use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{
    authorize::apply_condition,
    condition::{Condition, RESOURCE_TYPE},
};
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{json_body::JsonBody, respond},
    upstream::CallContext,
};

/// Tells for each entity whether it meets a condition. Only programs may ask: the answers say what there is.
pub(crate) async fn apply_conditions(
    State(gateway): State<Gateway>,
    context: CallContext,
    mut body: JsonBody,
) -> Result<Response, ApiError> {
    match context.credentials.caller.principal {
        Principal::Service { .. } => {}
        Principal::User { .. } => {
            return Err(ApiError::not_allowed("This endpoint does not allow 'user' credentials"));
        }
        Principal::Anonymous => return Err(ApiError::authentication("Missing credentials")),
    }
    body.require("items");
    let items = body.objects("items");
    body.finish()?;
    let answers = items.iter().map(|item| answer(&gateway, &context, item));
    let answers: Vec<Value> = try_join_all(answers).await?;
    Ok(respond::json(StatusCode::OK, &json!({ "items": answers })))
}

async fn answer(gateway: &Gateway, context: &CallContext, item: &Map<String, Value>) -> Result<Value, ApiError> {
    let missing = |name: &str| ApiError::input(format!("Invalid request body: {name} is required"));
    let id = item.get("id").and_then(Value::as_str).ok_or_else(|| missing("id"))?;
    let resource_type = item.get("resourceType").and_then(Value::as_str);
    match resource_type {
        Some(RESOURCE_TYPE) => {}
        Some(other) => return Err(ApiError::input(format!("Unexpected resource types: {other}."))),
        None => return Err(missing("resourceType")),
    }
    let condition = item.get("conditions").ok_or_else(|| missing("conditions"))?;
    let condition =
        Condition::parse(condition).map_err(|problem| ApiError::input(format!("Invalid conditions: {problem}")))?;
    match item.get("resourceRef") {
        Some(Value::String(entity_ref)) => {
            let results = apply_condition(gateway, context, &condition, vec![entity_ref.clone()]).await?;
            Ok(json!({"id": id, "result": results[0]}))
        }
        Some(Value::Array(refs)) => {
            let refs = refs.iter().map(|entity_ref| entity_ref.as_str().map(str::to_owned));
            let refs = refs.collect::<Option<Vec<_>>>().ok_or_else(|| missing("resourceRef"))?;
            let results = apply_condition(gateway, context, &condition, refs).await?;
            Ok(json!({"id": id, "result": results}))
        }
        _ => Err(missing("resourceRef")),
    }
}
