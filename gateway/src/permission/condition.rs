//! Conditions on entities: Backstage's rules, as policies write them, as its API shows them, and as the catalog takes them.

use callboard_proto::catalog::v1::{
    HasAnnotation, HasLabel, HasMetadata, HasSpec, IsEntityKind, IsEntityOwner, PermissionCondition,
    PermissionConditionList, permission_condition::Condition as Wire,
};
use serde_json::{Map, Value, json};

use super::question::Subject;

/// The only resource type that has rules.
pub(crate) const RESOURCE_TYPE: &str = "catalog-entity";
/// Stands for the user in a parameter.
const CURRENT_USER: &str = "$currentUser";
/// Stands for everything the user owns things as.
const OWNER_REFS: &str = "$ownerRefs";
/// Deeper conditions are refused.
const DEEPEST: usize = 16;

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    AllOf(Vec<Condition>),
    AnyOf(Vec<Condition>),
    Not(Box<Condition>),
    Rule(Rule),
}

/// One of the catalog's rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    IsEntityOwner {
        claims: Vec<String>,
    },
    IsEntityKind {
        kinds: Vec<String>,
    },
    Has {
        what: Has,
        key: String,
        value: Option<String>,
    },
}

/// What an entity may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Has {
    Annotation,
    Label,
    Metadata,
    Spec,
}

impl Has {
    const ALL: [Self; 4] = [Self::Annotation, Self::Label, Self::Metadata, Self::Spec];

    /// The rule's name.
    pub(super) fn rule(self) -> &'static str {
        match self {
            Self::Annotation => "HAS_ANNOTATION",
            Self::Label => "HAS_LABEL",
            Self::Metadata => "HAS_METADATA",
            Self::Spec => "HAS_SPEC",
        }
    }

    /// The parameter that names what the entity has.
    pub(super) fn parameter(self) -> &'static str {
        match self {
            Self::Annotation => "annotation",
            Self::Label => "label",
            Self::Metadata | Self::Spec => "key",
        }
    }
}

impl Condition {
    /// One that holds for nothing.
    pub(crate) fn never() -> Self {
        Self::Rule(Rule::IsEntityOwner { claims: Vec::new() })
    }

    /// Reads a condition as policies and Backstage's API write it.
    pub(crate) fn parse(value: &Value) -> Result<Self, String> {
        Self::parse_at(value, 0)
    }

    fn parse_at(value: &Value, depth: usize) -> Result<Self, String> {
        if depth > DEEPEST {
            return Err(format!("conditions are nested deeper than {DEEPEST} levels"));
        }
        if value.as_str() == Some("isOwner") {
            return Ok(Self::Rule(Rule::IsEntityOwner {
                claims: vec![OWNER_REFS.to_owned()],
            }));
        }
        let members = value
            .as_object()
            .ok_or_else(|| format!("{value} is no condition: write isOwner, rule, allOf, anyOf or not"))?;
        let list = |value: &Value, name: &str| {
            let members = value.as_array().filter(|members| !members.is_empty());
            let members = members.ok_or_else(|| format!("{name} must be a list, and not empty"))?;
            members
                .iter()
                .map(|member| Self::parse_at(member, depth + 1))
                .collect::<Result<Vec<_>, String>>()
        };
        match (
            members.get("allOf"),
            members.get("anyOf"),
            members.get("not"),
            members.get("rule"),
        ) {
            (Some(all), None, None, None) => Ok(Self::AllOf(list(all, "allOf")?)),
            (None, Some(any), None, None) => Ok(Self::AnyOf(list(any, "anyOf")?)),
            (None, None, Some(not), None) => Ok(Self::Not(Box::new(Self::parse_at(not, depth + 1)?))),
            (None, None, None, Some(rule)) => Ok(Self::Rule(Rule::parse(rule, members)?)),
            _ => Err("a condition has exactly one of rule, allOf, anyOf and not".to_owned()),
        }
    }

    /// The condition for one user: what stands for them is filled in.
    pub(super) fn of(&self, subject: &Subject<'_>) -> Self {
        let all = |members: &[Self]| members.iter().map(|member| member.of(subject)).collect();
        match self {
            Self::AllOf(members) => Self::AllOf(all(members)),
            Self::AnyOf(members) => Self::AnyOf(all(members)),
            Self::Not(member) => Self::Not(Box::new(member.of(subject))),
            Self::Rule(Rule::IsEntityOwner { claims }) => Self::Rule(Rule::IsEntityOwner {
                claims: filled_in(claims, subject),
            }),
            Self::Rule(Rule::IsEntityKind { kinds }) => Self::Rule(Rule::IsEntityKind { kinds: kinds.clone() }),
            Self::Rule(Rule::Has { what, key, value }) => match value.as_deref() {
                Some(placeholder @ (CURRENT_USER | OWNER_REFS)) => {
                    let values = filled_in(&[placeholder.to_owned()], subject);
                    let rules: Vec<Self> = values
                        .into_iter()
                        .map(|value| {
                            Self::Rule(Rule::Has {
                                what: *what,
                                key: key.clone(),
                                value: Some(value),
                            })
                        })
                        .collect();
                    if rules.is_empty() {
                        Self::never()
                    } else {
                        Self::AnyOf(rules)
                    }
                }
                _ => self.clone(),
            },
        }
    }

    /// As Backstage's API shows it.
    pub(crate) fn to_json(&self) -> Value {
        let all = |members: &[Self]| members.iter().map(Self::to_json).collect::<Vec<_>>();
        match self {
            Self::AllOf(members) => json!({ "allOf": all(members) }),
            Self::AnyOf(members) => json!({ "anyOf": all(members) }),
            Self::Not(member) => json!({ "not": member.to_json() }),
            Self::Rule(rule) => {
                let (name, params) = match rule {
                    Rule::IsEntityOwner { claims } => ("IS_ENTITY_OWNER", json!({ "claims": claims })),
                    Rule::IsEntityKind { kinds } => ("IS_ENTITY_KIND", json!({ "kinds": kinds })),
                    Rule::Has { what, key, value } => {
                        let mut params = json!({ what.parameter(): key });
                        if let Some(value) = value {
                            params["value"] = json!(value);
                        }
                        (what.rule(), params)
                    }
                };
                json!({"rule": name, "resourceType": RESOURCE_TYPE, "params": params})
            }
        }
    }

    /// As the catalog takes it.
    pub(crate) fn to_wire(&self) -> PermissionCondition {
        let all = |members: &[Self]| PermissionConditionList {
            conditions: members.iter().map(Self::to_wire).collect(),
        };
        let condition = match self {
            Self::AllOf(members) => Wire::AllOf(all(members)),
            Self::AnyOf(members) => Wire::AnyOf(all(members)),
            Self::Not(member) => Wire::Not(Box::new(member.to_wire())),
            Self::Rule(Rule::IsEntityOwner { claims }) => Wire::IsEntityOwner(IsEntityOwner { claims: claims.clone() }),
            Self::Rule(Rule::IsEntityKind { kinds }) => Wire::IsEntityKind(IsEntityKind { kinds: kinds.clone() }),
            Self::Rule(Rule::Has { what, key, value }) => {
                let (key, value) = (key.clone(), value.clone());
                match what {
                    Has::Annotation => Wire::HasAnnotation(HasAnnotation { annotation: key, value }),
                    Has::Label => Wire::HasLabel(HasLabel { label: key, value }),
                    Has::Metadata => Wire::HasMetadata(HasMetadata { key, value }),
                    Has::Spec => Wire::HasSpec(HasSpec { key, value }),
                }
            }
        };
        PermissionCondition {
            condition: Some(condition),
        }
    }
}

impl Rule {
    fn parse(name: &Value, members: &Map<String, Value>) -> Result<Self, String> {
        let name = name.as_str().ok_or("rule must be a text")?;
        if let Some(resource_type) = members.get("resourceType")
            && resource_type != RESOURCE_TYPE
        {
            return Err(format!(
                "Unexpected resource types: {}.",
                resource_type.as_str().unwrap_or("?")
            ));
        }
        let none = Map::new();
        let params = match members.get("params") {
            None => &none,
            Some(params) => params.as_object().ok_or("params must be an object")?,
        };
        let check = |known: &[&str]| match params.keys().find(|key| !known.contains(&key.as_str())) {
            Some(unknown) => Err(format!(
                "{name} has no parameter {unknown:?}; it has {}",
                known.join(" and ")
            )),
            None => Ok(()),
        };
        let texts = |key: &str| {
            let values = params.get(key).and_then(Value::as_array);
            let values = values.ok_or_else(|| format!("{name} needs {key}, a list of texts"))?;
            let text = |value: &Value| value.as_str().map(str::to_owned);
            let texts = values.iter().map(text).collect::<Option<Vec<_>>>();
            texts.ok_or_else(|| format!("{name} needs {key}, a list of texts"))
        };
        match name {
            "IS_ENTITY_OWNER" => {
                check(&["claims"])?;
                Ok(Self::IsEntityOwner {
                    claims: texts("claims")?,
                })
            }
            "IS_ENTITY_KIND" => {
                check(&["kinds"])?;
                Ok(Self::IsEntityKind { kinds: texts("kinds")? })
            }
            _ => {
                let what = Has::ALL.into_iter().find(|what| what.rule() == name).ok_or_else(|| {
                    format!(
                        "there is no rule {name:?}; there are IS_ENTITY_OWNER, IS_ENTITY_KIND, HAS_ANNOTATION, HAS_LABEL, \
                         HAS_METADATA and HAS_SPEC"
                    )
                })?;
                check(&[what.parameter(), "value"])?;
                let key = params
                    .get(what.parameter())
                    .and_then(Value::as_str)
                    .filter(|key| !key.is_empty());
                let value = match params.get("value") {
                    None | Some(Value::Null) => None,
                    Some(Value::String(value)) => Some(value.clone()),
                    Some(_) => return Err(format!("the value of {name} must be a text")),
                };
                Ok(Self::Has {
                    what,
                    key: key
                        .ok_or_else(|| format!("{name} needs {}", what.parameter()))?
                        .to_owned(),
                    value,
                })
            }
        }
    }
}

fn filled_in(values: &[String], subject: &Subject<'_>) -> Vec<String> {
    let mut filled = Vec::new();
    for value in values {
        match value.as_str() {
            CURRENT_USER => filled.extend(subject.entity_ref.map(str::to_owned)),
            OWNER_REFS => filled.extend_from_slice(subject.ownership_refs),
            _ => filled.push(value.clone()),
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_shows_backstages_conditions() {
        let written = json!({"anyOf": [
            {"rule": "IS_ENTITY_OWNER", "resourceType": "catalog-entity", "params": {"claims": ["user:default/a"]}},
            {"allOf": [
                {"rule": "IS_ENTITY_KIND", "resourceType": "catalog-entity", "params": {"kinds": ["API"]}},
                {"not": {"rule": "HAS_LABEL", "resourceType": "catalog-entity", "params": {"label": "secret", "value": "yes"}}},
            ]},
        ]});
        let condition = Condition::parse(&written).expect("parses");
        assert_eq!(condition.to_json(), written);
        assert!(matches!(condition.to_wire().condition, Some(Wire::AnyOf(list)) if list.conditions.len() == 2));
    }

    #[test]
    fn fills_in_who_asks() {
        let groups = ["user:default/a".to_owned(), "group:default/b".to_owned()];
        let subject = Subject {
            entity_ref: Some("user:default/a"),
            ownership_refs: &groups,
        };
        let owner = Condition::parse(&json!("isOwner")).expect("parses");
        assert_eq!(
            owner.of(&subject).to_json()["params"]["claims"],
            json!(["user:default/a", "group:default/b"])
        );
        assert_eq!(owner.of(&Subject::default()), Condition::never());
        let by_label = json!({"rule": "HAS_LABEL", "params": {"label": "reader", "value": "$currentUser"}});
        let by_label = Condition::parse(&by_label).expect("parses");
        assert_eq!(
            by_label.of(&subject).to_json()["anyOf"][0]["params"]["value"],
            "user:default/a"
        );
        // Nobody must not become everybody who has the label.
        assert_eq!(by_label.of(&Subject::default()), Condition::never());
    }

    #[test]
    fn refuses_what_it_does_not_understand() {
        let mut deep = json!("isOwner");
        for _ in 0..20 {
            deep = json!({ "not": deep });
        }
        let cases = [
            (json!("isFriend"), "is no condition"),
            (json!({}), "exactly one"),
            (json!({"allOf": []}), "not empty"),
            (json!({"rule": "HAS_MAGIC"}), "no rule"),
            (json!({"rule": "HAS_SPEC", "params": {}}), "needs key"),
            (
                json!({"rule": "HAS_SPEC", "params": {"key": "a", "vlaue": "b"}}),
                "no parameter",
            ),
            (
                json!({"rule": "IS_ENTITY_KIND", "params": {"kinds": "API"}}),
                "list of texts",
            ),
            (
                json!({"rule": "IS_ENTITY_KIND", "resourceType": "x", "params": {"kinds": []}}),
                "Unexpected resource types: x.",
            ),
            (deep, "deeper"),
        ];
        for (value, expected) in cases {
            let error = Condition::parse(&value).expect_err("is refused");
            assert!(error.contains(expected), "{value}: {error}");
        }
    }
}
