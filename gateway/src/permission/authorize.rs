//! `POST /api/permission/authorize`: one decision for each question, under its id.

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::{GetEntitiesByRefsRequest, ReadOptions};
use callboard_service_kit::identity::Principal;
use futures::future::try_join_all;
use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{
    condition::{Condition, RESOURCE_TYPE},
    policy::{Decision, Effect},
    question::Permission,
};
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

/// Decides what the caller may do.
pub(crate) async fn authorize(
    State(gateway): State<Gateway>,
    context: CallContext,
    mut body: JsonBody,
) -> Result<Response, ApiError> {
    body.require("items");
    let items = body.objects("items");
    body.finish()?;
    let decisions = items.iter().map(|item| answer(&gateway, &context, item));
    let decisions: Vec<Value> = try_join_all(decisions).await?;
    Ok(respond::json(StatusCode::OK, &json!({ "items": decisions })))
}

/// What a question is about besides its permission.
#[derive(Debug)]
enum Resource {
    None,
    One(String),
    Many(Vec<String>),
}

async fn answer(gateway: &Gateway, context: &CallContext, item: &Map<String, Value>) -> Result<Value, ApiError> {
    let id = item
        .get("id")
        .and_then(Value::as_str)
        .ok_or_else(|| ApiError::input("Invalid request: id is required"))?;
    let permission = item.get("permission").and_then(Value::as_object);
    let (permission, is_about_resource) = permission
        .and_then(Permission::parse)
        .ok_or_else(|| ApiError::input("Invalid request: permission is required"))?;
    let resource = resource(item.get("resourceRef"))?;
    let is_user = matches!(context.credentials.caller.principal, Principal::User { .. });
    // Without a resource the answer would be a condition, which only services can apply.
    if is_about_resource && is_user && matches!(resource, Resource::None) {
        return Err(ApiError::input(
            "A user who asks about a resource permission must name the resource: resourceRef is missing",
        ));
    }
    let decision = gateway.permissions().decide(&context.credentials, &permission);
    Ok(match (decision, resource) {
        (Decision::Conditional(condition), Resource::None) => json!({
            "id": id,
            "result": "CONDITIONAL",
            "pluginId": permission.plugin(),
            "resourceType": RESOURCE_TYPE,
            "conditions": condition.to_json(),
        }),
        (decision, Resource::None) => json!({"id": id, "result": of_whole(&decision).name()}),
        (decision, Resource::One(entity_ref)) => {
            let results = apply(gateway, context, decision, vec![entity_ref]).await?;
            json!({"id": id, "result": results[0]})
        }
        (decision, Resource::Many(refs)) => {
            json!({"id": id, "result": apply(gateway, context, decision, refs).await?})
        }
    })
}

fn resource(value: Option<&Value>) -> Result<Resource, ApiError> {
    let invalid = || ApiError::input("Invalid request: resourceRef must be a text or a list of texts");
    match value {
        None | Some(Value::Null) => Ok(Resource::None),
        Some(Value::String(text)) => Ok(Resource::One(text.clone())),
        Some(Value::Array(items)) => {
            let texts = items.iter().map(|item| item.as_str().map(str::to_owned));
            texts.collect::<Option<_>>().map(Resource::Many).ok_or_else(invalid)
        }
        Some(_) => Err(invalid()),
    }
}

/// A decision without a condition.
fn of_whole(decision: &Decision) -> Effect {
    match decision {
        Decision::Allow => Effect::Allow,
        Decision::Deny | Decision::Conditional(_) => Effect::Deny,
    }
}

async fn apply(
    gateway: &Gateway,
    context: &CallContext,
    decision: Decision,
    entity_refs: Vec<String>,
) -> Result<Vec<&'static str>, ApiError> {
    match decision {
        Decision::Conditional(condition) => apply_condition(gateway, context, &condition, entity_refs).await,
        whole => Ok(vec![of_whole(&whole).name(); entity_refs.len()]),
    }
}

/// Whether each entity meets a condition; the catalog's index decides. One that is not there does not.
pub(super) async fn apply_condition(
    gateway: &Gateway,
    context: &CallContext,
    condition: &Condition,
    entity_refs: Vec<String>,
) -> Result<Vec<&'static str>, ApiError> {
    if entity_refs.is_empty() {
        return Ok(Vec::new());
    }
    let count = entity_refs.len();
    let request = GetEntitiesByRefsRequest {
        read: Some(ReadOptions {
            min_revision: gateway.revisions().written(),
            condition: Some(condition.to_wire()),
        }),
        entity_refs: entity_refs.iter().map(|entity_ref| entity_ref.to_lowercase()).collect(),
        fields: vec!["kind".to_owned()],
        predicate: None,
    };
    let context = context.as_service("plugin:permission");
    let response = gateway.catalog().get_entities_by_refs(&context, request).await?;
    if response.items.len() != count {
        return Err(ApiError::internal(
            "the catalog answered about another number of entities",
        ));
    }
    let effect = |is_met| if is_met { Effect::Allow } else { Effect::Deny };
    let items = response.items.iter();
    Ok(items.map(|item| effect(item.entity.is_some()).name()).collect())
}
