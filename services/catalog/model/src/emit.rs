//! What a parent hands to the catalog: the Location entities that it makes up, and the mark of origin on every child.

use serde_json::{Map, Value, json};

use crate::process::{MANAGED_BY_LOCATION, MANAGED_BY_ORIGIN_LOCATION};
use crate::reference::location_ref::LocationRef;

/// Where an entity was read from, and the registered location at the root of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The location that the entity was read from.
    pub location: LocationRef,
    /// The registered location.
    pub origin: LocationRef,
}

impl Origin {
    /// The origin of what a registered location holds.
    pub fn root(location: LocationRef) -> Self {
        Self {
            origin: location.clone(),
            location,
        }
    }
}

/// The Location entity that stands for a location. Without a parent it is a registered one, which is its own origin.
pub fn location_entity(location: &LocationRef, parent: Option<&Origin>, presence: Option<&str>) -> Value {
    let (managed_by, origin) = parent.map_or((location, location), |parent| (&parent.location, &parent.origin));
    let mut spec = json!({"type": location.kind, "target": location.target});
    if let Some(presence) = presence {
        spec["presence"] = Value::from(presence);
    }
    json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Location",
        "metadata": {
            "name": location.generated_name(),
            "annotations": {
                MANAGED_BY_LOCATION: managed_by.to_string(),
                MANAGED_BY_ORIGIN_LOCATION: origin.to_string(),
            }
        },
        "spec": spec
    })
}

/// Notes on a child where it comes from, whatever its author wrote there. The child has passed the envelope's check.
pub fn mark_origin(child: &mut Value, origin: &Origin) {
    let Some(metadata) = child.get_mut("metadata").and_then(Value::as_object_mut) else {
        return;
    };
    let annotations = metadata.entry("annotations").or_insert(Value::Null);
    if annotations.is_null() {
        *annotations = Value::Object(Map::new());
    }
    // Anything else than an object is left for the checks of the entity itself to refuse.
    if let Value::Object(annotations) = annotations {
        annotations.insert(MANAGED_BY_LOCATION.to_owned(), Value::from(origin.location.to_string()));
        annotations.insert(
            MANAGED_BY_ORIGIN_LOCATION.to_owned(),
            Value::from(origin.origin.to_string()),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(text: &str) -> LocationRef {
        LocationRef::parse(text).unwrap()
    }

    #[test]
    fn a_registered_location_is_its_own_origin() {
        let entity = location_entity(&location("url:http://127.0.0.1:9393/a.yaml"), None, Some("optional"));
        assert_eq!(
            entity,
            json!({
                "apiVersion": "backstage.io/v1alpha1",
                "kind": "Location",
                "metadata": {
                    "name": "generated-cca72d6f3ccde84101e4f4814f765460c39b4c1b",
                    "annotations": {
                        "backstage.io/managed-by-location": "url:http://127.0.0.1:9393/a.yaml",
                        "backstage.io/managed-by-origin-location": "url:http://127.0.0.1:9393/a.yaml"
                    }
                },
                "spec": {"type": "url", "target": "http://127.0.0.1:9393/a.yaml", "presence": "optional"}
            })
        );
    }

    #[test]
    fn an_emitted_location_has_its_parents_origin() {
        let parent = Origin {
            location: location("url:a"),
            origin: location("url:b"),
        };
        let entity = location_entity(&location("url:c"), Some(&parent), None);
        assert_eq!(entity["metadata"]["annotations"][MANAGED_BY_LOCATION], "url:a");
        assert_eq!(entity["metadata"]["annotations"][MANAGED_BY_ORIGIN_LOCATION], "url:b");
        assert_eq!(entity["spec"], json!({"type": "url", "target": "c"}));
    }

    #[test]
    fn the_origin_of_a_child_is_not_its_authors_to_say() {
        let origin = Origin::root(location("url:x"));
        for annotations in [json!({MANAGED_BY_LOCATION: "url:mine", "a": "b"}), json!({"a": "b"})] {
            let mut child = json!({"metadata": {"name": "n", "annotations": annotations}});
            mark_origin(&mut child, &origin);
            let expected = json!({MANAGED_BY_LOCATION: "url:x", MANAGED_BY_ORIGIN_LOCATION: "url:x", "a": "b"});
            assert_eq!(child["metadata"]["annotations"], expected);
        }
        for mut child in [
            json!({"metadata": {"name": "n", "annotations": null}}),
            json!({"metadata": {"name": "n"}}),
        ] {
            mark_origin(&mut child, &origin);
            assert_eq!(child["metadata"]["annotations"][MANAGED_BY_LOCATION], "url:x");
        }
    }
}
