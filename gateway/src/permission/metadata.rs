//! `GET /api/catalog/.well-known/backstage/permissions/metadata`: the catalog's permissions, and the rules of conditions.

use axum::response::Response;
use http::StatusCode;
use serde_json::{Value, json};

use super::{condition::RESOURCE_TYPE, names, question::Permission};
use crate::http::respond;

/// Everything conditions can be made of.
pub(crate) async fn get_permission_metadata() -> Response {
    let permissions: Vec<Value> = names::CATALOG.iter().map(permission).collect();
    let body = json!({"permissions": permissions, "rules": rules()});
    respond::json(StatusCode::OK, &body)
}

fn permission(permission: &Permission<'_>) -> Value {
    let attributes = match permission.action {
        Some(action) => json!({ "action": action }),
        None => json!({}),
    };
    if permission.is_about_entities {
        json!({"type": "resource", "name": permission.name, "attributes": attributes, "resourceType": RESOURCE_TYPE})
    } else {
        json!({"type": "basic", "name": permission.name, "attributes": attributes})
    }
}

fn rules() -> Vec<Value> {
    let has = |name: &str, what: &str, parameter: &str| {
        let properties = json!({
            parameter: {"type": "string", "description": format!("Name of the {what}")},
            "value": {"type": "string", "description": format!("Value of the {what}; without it any will do")},
        });
        rule(
            name,
            &format!("Allow entities with the specified {what}"),
            &properties,
            parameter,
        )
    };
    let texts = |description: &str| json!({"type": "array", "items": {"type": "string"}, "description": description});
    vec![
        has("HAS_ANNOTATION", "annotation", "annotation"),
        has("HAS_LABEL", "label", "label"),
        has("HAS_METADATA", "metadata", "key"),
        has("HAS_SPEC", "spec", "key"),
        rule(
            "IS_ENTITY_KIND",
            "Allow entities matching a specified kind",
            &json!({"kinds": texts("Kinds to match")}),
            "kinds",
        ),
        rule(
            "IS_ENTITY_OWNER",
            "Allow entities owned by a specified claim",
            &json!({"claims": texts("Entity refs that own the entity")}),
            "claims",
        ),
    ]
}

fn rule(name: &str, description: &str, properties: &Value, required: &str) -> Value {
    json!({
        "name": name,
        "description": description,
        "resourceType": RESOURCE_TYPE,
        "paramsSchema": {
            "type": "object",
            "properties": properties,
            "required": [required],
            "additionalProperties": false,
            "$schema": "http://json-schema.org/draft-07/schema#",
        },
    })
}
