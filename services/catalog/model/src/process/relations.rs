//! Which relations follow from an entity's spec.

use std::collections::HashSet;

use serde_json::Value;

use crate::error::EntityError;
use crate::reference::entity_ref::EntityRef;

/// One direction of a relation between two entities.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Relation {
    /// The entity that has the relation.
    pub source: EntityRef,
    /// The name of the relation, such as `ownedBy`.
    pub relation_type: &'static str,
    /// The entity that it leads to, which need not exist.
    pub target: EntityRef,
}

/// A field of a spec that names other entities.
struct Field {
    name: &'static str,
    /// The kind of a reference that names none; without one, the reference has to.
    default_kind: Option<&'static str>,
    /// The relation of this entity to the named one.
    forward: &'static str,
    /// The relation of the named entity to this one.
    reverse: &'static str,
}

const fn field(
    name: &'static str,
    default_kind: Option<&'static str>,
    forward: &'static str,
    reverse: &'static str,
) -> Field {
    Field {
        name,
        default_kind,
        forward,
        reverse,
    }
}

const OWNER: Field = field("owner", Some("Group"), "ownedBy", "ownerOf");
const SYSTEM: Field = field("system", Some("System"), "partOf", "hasPart");
const DEPENDS_ON: Field = field("dependsOn", None, "dependsOn", "dependencyOf");
const DEPENDENCY_OF: Field = field("dependencyOf", None, "dependencyOf", "dependsOn");

fn fields(kind: &str) -> &'static [Field] {
    match kind {
        "Component" => {
            const {
                &[
                    OWNER,
                    field("subcomponentOf", Some("Component"), "partOf", "hasPart"),
                    field("providesApis", Some("API"), "providesApi", "apiProvidedBy"),
                    field("consumesApis", Some("API"), "consumesApi", "apiConsumedBy"),
                    DEPENDS_ON,
                    DEPENDENCY_OF,
                    SYSTEM,
                ]
            }
        }
        "API" => const { &[OWNER, SYSTEM] },
        "Resource" => const { &[OWNER, DEPENDS_ON, DEPENDENCY_OF, SYSTEM] },
        "User" => const { &[field("memberOf", Some("Group"), "memberOf", "hasMember")] },
        "Group" => {
            const {
                &[
                    field("parent", Some("Group"), "childOf", "parentOf"),
                    field("children", Some("Group"), "parentOf", "childOf"),
                    field("members", Some("User"), "hasMember", "memberOf"),
                ]
            }
        }
        "System" => const { &[OWNER, field("domain", Some("Domain"), "partOf", "hasPart")] },
        "Domain" => const { &[OWNER, field("subdomainOf", Some("Domain"), "partOf", "hasPart")] },
        "Template" => const { &[OWNER] },
        _ => &[],
    }
}

/// The relations that a valid entity declares, both directions of each, every one once.
pub(super) fn relations_of(document: &Value, source: &EntityRef) -> Result<Vec<Relation>, EntityError> {
    let mut relations = Vec::new();
    let mut seen = HashSet::new();
    let (kind, spec) = (document["kind"].as_str().unwrap_or_default(), &document["spec"]);
    for field in fields(kind) {
        let values = match &spec[field.name] {
            Value::Array(elements) => elements.as_slice(),
            nothing if is_nothing(nothing) => &[],
            single => std::slice::from_ref(single),
        };
        for value in values {
            let target = target(value, field, source)?;
            if seen.insert((field.forward, target.clone())) {
                relations.push(Relation {
                    source: source.clone(),
                    relation_type: field.forward,
                    target: target.clone(),
                });
                relations.push(Relation {
                    source: target,
                    relation_type: field.reverse,
                    target: source.clone(),
                });
            }
        }
    }
    Ok(relations)
}

fn target(value: &Value, field: &Field, source: &EntityRef) -> Result<EntityRef, EntityError> {
    match value {
        Value::String(text) => EntityRef::parse_with(text, field.default_kind, source.namespace()),
        // Only fields that no rule covers hold anything else.
        nothing if is_nothing(nothing) => Err(EntityError::plain("Entity reference must not be empty")),
        other => compound(other, field, source).ok_or_else(|| {
            EntityError::plain(format!(
                "Entity reference {other} had missing or empty kind (e.g. did not start with \"component:\" or similar)"
            ))
        }),
    }
}

/// A reference that is written as an object with its parts.
fn compound(value: &Value, field: &Field, source: &EntityRef) -> Option<EntityRef> {
    let part = |name: &str| value[name].as_str().filter(|part| !part.is_empty());
    let namespace = part("namespace").unwrap_or_else(|| source.namespace());
    Some(EntityRef::new(
        part("kind").or(field.default_kind)?,
        namespace,
        part("name")?,
    ))
}

/// What JavaScript takes for no value.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::Bool(true) | Value::Array(_) | Value::Object(_) => false,
    }
}
