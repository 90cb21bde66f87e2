//! Which kinds of entities may come from where.

use globset::{GlobBuilder, GlobMatcher};
use serde_json::Value;

use crate::emit::Origin;
use crate::error::EntityError;
use crate::reference::entity_ref::EntityRef;
use crate::reference::location_ref::LocationRef;

/// The kinds that are allowed from everywhere when nothing is configured.
const DEFAULT_KINDS: [&str; 3] = ["Component", "API", "Location"];

/// The rules of this installation. Each one only ever allows.
#[derive(Clone, Debug)]
pub struct CatalogRules {
    rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
struct Rule {
    allow: Vec<Allowed>,
    /// From where; none means from everywhere.
    locations: Option<Vec<Place>>,
}

#[derive(Clone, Debug)]
struct Allowed {
    kind: String,
    spec_type: Option<String>,
}

#[derive(Clone, Debug)]
struct Place {
    kind: String,
    target: Target,
}

#[derive(Clone, Debug)]
enum Target {
    Any,
    Exact(String),
    Pattern(GlobMatcher),
}

impl CatalogRules {
    /// Reads `catalog.rules` and the rules within `catalog.locations`. The targets of `file` locations must be
    /// absolute by now. An error names the key that is wrong.
    pub fn new(rules: Option<&Value>, locations: Option<&Value>) -> Result<Self, EntityError> {
        let mut read = match rules {
            None | Some(Value::Null) => {
                vec![Rule {
                    allow: DEFAULT_KINDS.map(Allowed::kind).to_vec(),
                    locations: None,
                }]
            }
            Some(rules) => elements(rules, "catalog.rules")?
                .map(|(rule, path)| Rule::general(rule, &path))
                .collect::<Result<_, _>>()?,
        };
        if let Some(locations) = locations.filter(|locations| !locations.is_null()) {
            for (location, path) in elements(locations, "catalog.locations")? {
                if let Some(rules) = location.get("rules") {
                    let place = Place {
                        kind: text(location, "type", &path)?.to_owned(),
                        target: Target::Exact(text(location, "target", &path)?.to_owned()),
                    };
                    for (rule, path) in elements(rules, &format!("{path}.rules"))? {
                        read.push(Rule::of_location(rule, &path, place.clone())?);
                    }
                }
            }
        }
        Ok(Self { rules: read })
    }

    /// Whether an entity may come from a registered location.
    pub fn allows(&self, document: &Value, origin: &LocationRef) -> bool {
        self.rules
            .iter()
            .any(|rule| rule.is_for(origin) && rule.allow.iter().any(|allowed| allowed.covers(document)))
    }

    /// Refuses an entity that may not come from where it comes from.
    pub fn check(&self, document: &Value, entity_ref: &EntityRef, origin: &Origin) -> Result<(), EntityError> {
        if self.allows(document, &origin.origin) {
            return Ok(());
        }
        Err(EntityError::not_allowed(format!(
            "Entity {entity_ref} at {}, originated at {}, is not of an allowed kind for that location",
            origin.location, origin.origin
        )))
    }
}

impl Rule {
    fn general(rule: &Value, path: &str) -> Result<Self, EntityError> {
        let locations = match rule.get("locations") {
            None | Some(Value::Null) => None,
            Some(locations) => Some(
                elements(locations, &format!("{path}.locations"))?
                    .map(|(place, path)| Place::read(place, &path))
                    .collect::<Result<_, _>>()?,
            ),
        };
        Ok(Self {
            allow: Allowed::read_all(rule, path)?,
            locations,
        })
    }

    fn of_location(rule: &Value, path: &str, place: Place) -> Result<Self, EntityError> {
        let allow = Allowed::read_all(rule, path)?;
        if allow.iter().any(|allowed| allowed.spec_type.is_some()) {
            return Err(EntityError::plain(format!(
                "{path}.allow: the rules of a location name kinds only"
            )));
        }
        Ok(Self {
            allow,
            locations: Some(vec![place]),
        })
    }

    fn is_for(&self, origin: &LocationRef) -> bool {
        self.locations
            .as_ref()
            .is_none_or(|places| places.iter().any(|place| place.covers(origin)))
    }
}

impl Allowed {
    fn kind(kind: &str) -> Self {
        Self {
            kind: kind.to_lowercase(),
            spec_type: None,
        }
    }

    fn read_all(rule: &Value, path: &str) -> Result<Vec<Self>, EntityError> {
        let path = format!("{path}.allow");
        let allow = rule
            .get("allow")
            .ok_or_else(|| EntityError::plain(format!("Missing required config value at '{path}'")))?;
        elements(allow, &path)?
            .map(|(allowed, path)| match allowed {
                Value::String(kind) => Ok(Self::kind(kind)),
                Value::Object(_) => {
                    let spec_type = match allowed.get("spec.type") {
                        Some(_) => Some(text(allowed, "spec.type", &path)?.to_lowercase()),
                        None => None,
                    };
                    Ok(Self {
                        spec_type,
                        ..Self::kind(text(allowed, "kind", &path)?)
                    })
                }
                _ => Err(EntityError::plain(format!(
                    "{path} must be a kind, or an object with a kind"
                ))),
            })
            .collect()
    }

    fn covers(&self, document: &Value) -> bool {
        let is = |value: &Value, expected: &str| value.as_str().is_some_and(|text| text.to_lowercase() == expected);
        is(&document["kind"], &self.kind)
            && self
                .spec_type
                .as_ref()
                .is_none_or(|spec_type| is(&document["spec"]["type"], spec_type))
    }
}

impl Place {
    fn read(place: &Value, path: &str) -> Result<Self, EntityError> {
        let kind = text(place, "type", path)?.to_owned();
        let target = match (place.get("exact"), place.get("pattern")) {
            (Some(_), Some(_)) => {
                return Err(EntityError::plain(
                    "A catalog rule location cannot have both exact and pattern values",
                ));
            }
            (Some(_), None) => Target::Exact(text(place, "exact", path)?.to_owned()),
            (None, Some(_)) => Target::Pattern(glob(text(place, "pattern", path)?, path)?),
            (None, None) => Target::Any,
        };
        Ok(Self { kind, target })
    }

    fn covers(&self, location: &LocationRef) -> bool {
        self.kind == location.kind
            && match &self.target {
                Target::Any => true,
                Target::Exact(target) => *target == location.target,
                Target::Pattern(pattern) => pattern.is_match(one_slash(&location.target)),
            }
    }
}

fn glob(pattern: &str, path: &str) -> Result<GlobMatcher, EntityError> {
    GlobBuilder::new(&one_slash(pattern))
        .case_insensitive(true)
        .literal_separator(true)
        .backslash_escape(true)
        .build()
        .map(|glob| glob.compile_matcher())
        .map_err(|error| EntityError::plain(format!("{path}.pattern: {error}")))
}

/// Patterns do not tell one slash from several, so that `https:/host` and `https://host` are the same to them.
fn one_slash(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for character in text.chars() {
        if character != '/' || !kept.ends_with('/') {
            kept.push(character);
        }
    }
    kept
}

/// The elements of a list, each with its path in the configuration.
fn elements<'value>(
    list: &'value Value,
    path: &str,
) -> Result<impl Iterator<Item = (&'value Value, String)>, EntityError> {
    let elements = list
        .as_array()
        .ok_or_else(|| EntityError::plain(format!("{path} must be a list")))?;
    Ok(elements
        .iter()
        .enumerate()
        .map(move |(index, element)| (element, format!("{path}[{index}]"))))
}

fn text<'value>(object: &'value Value, name: &str, path: &str) -> Result<&'value str, EntityError> {
    match object.get(name) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text),
        Some(_) => Err(EntityError::plain(format!("{path}.{name} must be a text"))),
        None => Err(EntityError::plain(format!(
            "Missing required config value at '{path}.{name}'"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn origin() -> LocationRef {
        LocationRef::parse("url:https://github.com/Org/r/blob/main/a.yaml").unwrap()
    }

    fn allowed(rules: &Value, kind: &str) -> bool {
        let rules = CatalogRules::new(rules.get("rules"), rules.get("locations")).unwrap();
        rules.allows(&json!({"kind": kind, "spec": {"type": "service"}}), &origin())
    }

    #[test]
    fn rules_allow() {
        let at = |place: Value| json!({"rules": [{"allow": ["Group"], "locations": [place]}]});
        let target = "https://github.com/Org/r/blob/main/a.yaml";
        for (config, kind, expected) in [
            (json!({}), "component", true),
            (json!({}), "API", true),
            (json!({}), "Group", false),
            (json!({"rules": []}), "Component", false),
            (json!({"rules": [{"allow": ["GROUP"]}]}), "Group", true),
            (json!({"rules": [{"allow": ["GROUP"]}]}), "Component", false),
            (
                json!({"rules": [{"allow": [{"kind": "Component", "spec.type": "Service"}]}]}),
                "Component",
                true,
            ),
            (
                json!({"rules": [{"allow": [{"kind": "Component", "spec.type": "other"}]}]}),
                "Component",
                false,
            ),
            (at(json!({"type": "url"})), "Group", true),
            (at(json!({"type": "file"})), "Group", false),
            (
                at(json!({"type": "url", "pattern": "https://github.com/org/**"})),
                "Group",
                true,
            ),
            (
                at(json!({"type": "url", "pattern": "https://github.com/org/*"})),
                "Group",
                false,
            ),
            (
                at(json!({"type": "url", "pattern": "https://github.com/{org,x}/**/*.yaml"})),
                "Group",
                true,
            ),
            (at(json!({"type": "url", "exact": target})), "Group", true),
            (
                at(json!({"type": "url", "exact": target.to_lowercase()})),
                "Group",
                false,
            ),
            (
                json!({"rules": [{"allow": ["Group"], "locations": []}]}),
                "Group",
                false,
            ),
            (
                json!({"locations": [{"type": "url", "target": target, "rules": [{"allow": ["Group"]}]}]}),
                "Group",
                true,
            ),
            (
                json!({"locations": [{"type": "url", "target": target, "rules": [{"allow": ["Group"]}]}]}),
                "API",
                true,
            ),
            (
                json!({"locations": [{"type": "url", "target": "x", "rules": [{"allow": ["Group"]}]}]}),
                "Group",
                false,
            ),
            (
                json!({"locations": [{"type": "url", "target": "x"}]}),
                "Component",
                true,
            ),
        ] {
            assert_eq!(allowed(&config, kind), expected, "{config} {kind}");
        }
    }

    #[test]
    fn wrong_rules_are_refused_with_their_place() {
        for (rules, expected) in [
            (json!([{}]), "Missing required config value at 'catalog.rules[0].allow'"),
            (json!([{"allow": "Group"}]), "catalog.rules[0].allow must be a list"),
            (
                json!([{"allow": [1]}]),
                "catalog.rules[0].allow[0] must be a kind, or an object with a kind",
            ),
            (
                json!([{"allow": [{}]}]),
                "Missing required config value at 'catalog.rules[0].allow[0].kind'",
            ),
            (
                json!([{"allow": ["A"], "locations": [{"pattern": "x"}]}]),
                "Missing required config value at 'catalog.rules[0].locations[0].type'",
            ),
            (
                json!([{"allow": ["A"], "locations": [{"type": "url", "exact": "x", "pattern": "y"}]}]),
                "A catalog rule location cannot have both exact and pattern values",
            ),
        ] {
            let error = CatalogRules::new(Some(&rules), None).unwrap_err();
            assert_eq!(error.message, expected);
        }
    }

    #[test]
    fn a_refusal_names_both_locations() {
        let rules = CatalogRules::new(None, None).unwrap();
        let origin = Origin {
            location: LocationRef::parse("url:a").unwrap(),
            origin: origin(),
        };
        let error = rules.check(
            &json!({"kind": "Group"}),
            &EntityRef::new("Group", "default", "g"),
            &origin,
        );
        assert_eq!(
            error.unwrap_err().to_string(),
            "NotAllowedError: Entity group:default/g at url:a, originated at \
             url:https://github.com/Org/r/blob/main/a.yaml, is not of an allowed kind for that location"
        );
    }
}
