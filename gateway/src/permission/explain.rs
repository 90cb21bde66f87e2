//! `POST /api/permission/explain`: why somebody may do something, without doing it.

use axum::{extract::State, response::Response};
use callboard_service_kit::identity::{Caller, Principal};
use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{
    authorize::apply_condition,
    names::{POLICY_EXPLAIN, is_administrative},
    policy::{Decision, Policy},
    question::{Permission, Subject},
};
use crate::{
    auth::{credentials::Credentials, sign_in::identity},
    error::ApiError,
    gateway::Gateway,
    http::{json_body::JsonBody, respond},
    upstream::CallContext,
};

/// Decides, and tells what each rule of the policy had to say.
pub(crate) async fn explain_decision(
    State(gateway): State<Gateway>,
    context: CallContext,
    mut body: JsonBody,
) -> Result<Response, ApiError> {
    body.require("permission");
    let permission = body.object("permission").unwrap_or_default();
    let resource_ref = body.text("resourceRef");
    let user = body.object("user");
    body.finish()?;
    let (permission, _) = Permission::parse(&permission)
        .ok_or_else(|| ApiError::input("request/body/permission must have required property 'name'"))?;
    let credentials = match &user {
        Some(user) => Some(of_somebody(&gateway, &context, user).await?),
        None => None,
    };
    let credentials = credentials.as_ref().unwrap_or(&context.credentials);

    let decision = gateway.permissions().decide(credentials, &permission);
    let mut answer = match (&decision, resource_ref) {
        (Decision::Allow, _) => json!({"result": "ALLOW"}),
        (Decision::Deny, _) => json!({"result": "DENY"}),
        (Decision::Conditional(condition), None) => {
            json!({"result": "CONDITIONAL", "conditions": condition.to_json()})
        }
        (Decision::Conditional(condition), Some(entity_ref)) => {
            let results = apply_condition(&gateway, &context, condition, vec![entity_ref]).await?;
            json!({"result": results[0], "conditions": condition.to_json()})
        }
    };
    answer["user"] = json!(credentials.caller.to_string());
    let is_program = matches!(credentials.caller.principal, Principal::Service { .. });
    match gateway.permissions().policy() {
        _ if is_program => answer["reason"] = json!("programs may do what their token is not restricted from"),
        _ if gateway.permissions().is_administrators(credentials, &permission) => {
            answer["reason"] = json!("permission.administrators names them");
        }
        Some(policy) => {
            answer["default"] = json!(policy.default.name());
            answer["rules"] = rules(policy, &permission, credentials);
        }
        None if is_administrative(permission.name) => {
            answer["reason"] = json!("permission.administrators does not name them");
        }
        None => answer["reason"] = json!("permission.enabled is false: every known caller may do everything"),
    }
    Ok(respond::json(StatusCode::OK, &answer))
}

fn rules(policy: &Policy, permission: &Permission<'_>, credentials: &Credentials) -> Value {
    let subject = Subject::of(&credentials.caller.principal);
    let explained = policy.explain(permission, &subject);
    let rules = explained.into_iter().zip(&policy.rules).map(|(explained, rule)| {
        json!({
            "index": explained.index,
            "description": rule.summary(),
            "applies": explained.applies,
            "effect": rule.effect.name(),
            "when": rule.condition(),
            "reason": explained.reason,
        })
    });
    rules.collect()
}

/// Credentials as somebody else would have them. Who asks about others must be allowed to.
async fn of_somebody(
    gateway: &Gateway,
    context: &CallContext,
    user: &Map<String, Value>,
) -> Result<Credentials, ApiError> {
    let entity_ref = user
        .get("userEntityRef")
        .and_then(Value::as_str)
        .ok_or_else(|| ApiError::input("request/body/user must have required property 'userEntityRef'"))?
        .to_lowercase();
    let is_self = context.credentials.user().is_ok_and(|(own, _)| own == entity_ref);
    if !is_self && !gateway.permissions().allows(&context.credentials, &POLICY_EXPLAIN) {
        return Err(ApiError::not_allowed(format!(
            "Asking about somebody else needs the permission {}",
            POLICY_EXPLAIN.name
        )));
    }
    let given = user.get("ownershipEntityRefs").and_then(Value::as_array);
    let ownership_refs = if let Some(refs) = given {
        refs.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    } else {
        let known = identity::find_by_ref(gateway, context, &entity_ref).await?;
        known.map_or_else(|| vec![entity_ref.clone()], |known| known.ownership_entity_refs)
    };
    Ok(Credentials::new(Caller::user(entity_ref, ownership_refs), None, None))
}
