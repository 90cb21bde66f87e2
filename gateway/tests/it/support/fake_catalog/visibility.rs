//! Conditions, as far as tests use them.

use callboard_proto::catalog::v1::{self as proto, permission_condition::Condition};
use serde_json::Value;

/// Whether a read that was asked for with `options` may know of an entity.
pub(super) fn is_visible(options: Option<&proto::ReadOptions>, entity: &proto::Entity) -> bool {
    options
        .and_then(|options| options.condition.as_ref())
        .is_none_or(|condition| meets(condition, entity))
}

/// Whether an entity meets a condition.
pub(super) fn meets(condition: &proto::PermissionCondition, entity: &proto::Entity) -> bool {
    let document: Value = serde_json::from_slice(&entity.document).expect("JSON");
    match condition.condition.as_ref().expect("a condition") {
        Condition::AllOf(list) => list.conditions.iter().all(|member| meets(member, entity)),
        Condition::AnyOf(list) => list.conditions.iter().any(|member| meets(member, entity)),
        Condition::Not(member) => !meets(member, entity),
        Condition::IsEntityKind(rule) => rule.kinds.iter().any(|kind| kind.eq_ignore_ascii_case(&entity.kind)),
        Condition::IsEntityOwner(rule) => document["relations"].as_array().is_some_and(|relations| {
            relations.iter().any(|relation| {
                relation["type"] == "ownedBy" && rule.claims.iter().any(|claim| relation["targetRef"] == claim.as_str())
            })
        }),
        Condition::HasLabel(rule) => !document["metadata"]["labels"][&rule.label].is_null(),
        other => panic!("tests do not use {other:?}"),
    }
}
