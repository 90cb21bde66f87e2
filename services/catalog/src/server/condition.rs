//! What a caller may see, from Backstage's permission rules to predicates of the index.
//!
//! Whatever is not understood is refused: an answer that shows too much cannot be taken back.

use callboard_catalog_index::{DEEPEST_PREDICATE, Predicate};
use callboard_proto::catalog::v1::{
    self as proto, PermissionCondition, PermissionConditionList, permission_condition::Condition,
};
use tonic::Status;

use super::errors;

/// The predicate of a condition; absent means everything.
pub(super) fn restriction(condition: Option<PermissionCondition>) -> Result<Option<Predicate>, Status> {
    condition.map(|condition| predicate(condition, 0)).transpose()
}

fn predicate(message: PermissionCondition, depth: usize) -> Result<Predicate, Status> {
    if depth > DEEPEST_PREDICATE {
        return Err(errors::invalid(format!(
            "Invalid permission condition: nested deeper than {DEEPEST_PREDICATE} levels"
        )));
    }
    let Some(condition) = message.condition else {
        return Err(errors::invalid(
            "Invalid permission condition: empty, or a rule that this version does not know",
        ));
    };
    Ok(match condition {
        Condition::AllOf(list) => Predicate::All(members(list, depth)?),
        Condition::AnyOf(list) => Predicate::Any(members(list, depth)?),
        Condition::Not(member) => Predicate::Not(Box::new(predicate(*member, depth + 1)?)),
        Condition::IsEntityOwner(rule) => Predicate::In {
            key: "relations.ownedBy".to_owned(),
            values: rule.claims,
        },
        Condition::IsEntityKind(rule) => Predicate::In {
            key: "kind".to_owned(),
            values: rule.kinds,
        },
        Condition::HasAnnotation(rule) => has(&format!("metadata.annotations.{}", rule.annotation), rule.value),
        Condition::HasLabel(rule) => has(&format!("metadata.labels.{}", rule.label), rule.value),
        Condition::HasMetadata(rule) => has(&format!("metadata.{}", rule.key), rule.value),
        Condition::HasSpec(rule) => has(&format!("spec.{}", rule.key), rule.value),
    })
}

fn members(list: PermissionConditionList, depth: usize) -> Result<Vec<Predicate>, Status> {
    if list.conditions.is_empty() {
        return Err(errors::invalid(
            "Invalid permission condition: a list of conditions must not be empty",
        ));
    }
    list.conditions
        .into_iter()
        .map(|condition| predicate(condition, depth + 1))
        .collect()
}

fn has(key: &str, value: Option<String>) -> Predicate {
    match value {
        Some(value) => Predicate::equals(key, value),
        None => Predicate::Exists { key: key.to_owned() },
    }
}

/// Refuses an action on an entity, given its ref, that the caller's condition does not hold for, as one that is not there.
pub(super) fn require(
    server: &super::CatalogServer,
    condition: Option<proto::PermissionCondition>,
    entity_ref: Option<&str>,
) -> Result<(), Status> {
    let Some(restriction) = restriction(condition)? else {
        return Ok(());
    };
    let index = &server.replica.index;
    if entity_ref.is_some_and(|entity_ref| index.matches(entity_ref, &restriction)) {
        Ok(())
    } else {
        Err(errors::not_allowed(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(condition: Condition) -> PermissionCondition {
        PermissionCondition {
            condition: Some(condition),
        }
    }

    fn list(conditions: Vec<PermissionCondition>) -> PermissionConditionList {
        PermissionConditionList { conditions }
    }

    #[test]
    fn rules_are_about_the_fields_that_backstage_s_are() {
        let rule = |key: &str, value: Option<&str>| (key.to_owned(), value.map(str::to_owned));
        let (key, value) = rule("a", Some("1"));
        let all = message(Condition::AllOf(list(vec![
            message(Condition::IsEntityOwner(proto::IsEntityOwner {
                claims: vec!["group:default/x".to_owned()],
            })),
            message(Condition::IsEntityKind(proto::IsEntityKind {
                kinds: vec!["API".to_owned()],
            })),
            message(Condition::HasAnnotation(proto::HasAnnotation {
                annotation: "x/y".to_owned(),
                value: None,
            })),
            message(Condition::HasLabel(proto::HasLabel {
                label: "l".to_owned(),
                value: Some("v".to_owned()),
            })),
            message(Condition::HasMetadata(proto::HasMetadata {
                key: key.clone(),
                value: value.clone(),
            })),
            message(Condition::Not(Box::new(message(Condition::HasSpec(proto::HasSpec {
                key,
                value,
            }))))),
        ])));
        let owner = Predicate::equals("relations.ownedBy", "group:default/x");
        let expected = Predicate::All(vec![
            owner,
            Predicate::equals("kind", "API"),
            Predicate::Exists {
                key: "metadata.annotations.x/y".to_owned(),
            },
            Predicate::equals("metadata.labels.l", "v"),
            Predicate::equals("metadata.a", "1"),
            Predicate::Not(Box::new(Predicate::equals("spec.a", "1"))),
        ]);
        assert_eq!(restriction(Some(all)).unwrap(), Some(expected));
        assert_eq!(restriction(None).unwrap(), None);
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let empty = PermissionCondition { condition: None };
        let deep = (0..=DEEPEST_PREDICATE + 1).fold(
            message(Condition::IsEntityKind(proto::IsEntityKind::default())),
            |inner, _| message(Condition::Not(Box::new(inner))),
        );
        for condition in [
            empty.clone(),
            message(Condition::AllOf(list(Vec::new()))),
            message(Condition::AnyOf(list(Vec::new()))),
            message(Condition::Not(Box::new(empty))),
            deep,
        ] {
            assert!(restriction(Some(condition)).is_err());
        }
    }
}
