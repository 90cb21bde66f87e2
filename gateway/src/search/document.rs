//! An entity as a document of search.

use serde::{Deserialize, Serialize};

/// The members that are read of an entity.
pub(super) const FIELDS: [&str; 11] = [
    "kind",
    "metadata.name",
    "metadata.namespace",
    "metadata.title",
    "metadata.description",
    "spec.type",
    "spec.lifecycle",
    "spec.owner",
    "spec.profile",
    "apiVersion",
    "metadata.uid",
];

#[derive(Deserialize)]
struct Entity {
    kind: String,
    metadata: Metadata,
    #[serde(default)]
    spec: Spec,
}

#[derive(Deserialize)]
struct Metadata {
    name: String,
    namespace: Option<String>,
    title: Option<String>,
    description: Option<String>,
}

/// Members of any type: only texts are of use.
#[derive(Default, Deserialize)]
struct Spec {
    r#type: Option<serde_json::Value>,
    lifecycle: Option<serde_json::Value>,
    owner: Option<serde_json::Value>,
    profile: Option<Profile>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Profile {
    display_name: Option<serde_json::Value>,
    email: Option<serde_json::Value>,
}

/// What Backstage's collator makes of an entity.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document {
    title: String,
    text: String,
    component_type: String,
    r#type: String,
    namespace: String,
    kind: String,
    lifecycle: String,
    owner: String,
    location: String,
}

fn text(value: Option<serde_json::Value>) -> Option<String> {
    match value {
        Some(serde_json::Value::String(text)) if !text.is_empty() => Some(text),
        _ => None,
    }
}

impl Document {
    /// Reads an entity's JSON.
    pub(super) fn of(entity: &[u8]) -> Result<Self, serde_json::Error> {
        let Entity { kind, metadata, spec } = serde_json::from_slice(entity)?;
        let namespace = metadata.namespace.unwrap_or_else(|| "default".to_owned());
        let location = format!("/catalog/{namespace}/{kind}/{}", metadata.name).to_lowercase();
        let profile = spec.profile.map(|profile| {
            let email = text(profile.email).filter(|_| kind.eq_ignore_ascii_case("user"));
            [text(profile.display_name), email]
        });
        let about = profile.into_iter().flatten().flatten();
        let parts: Vec<String> = metadata.description.into_iter().chain(about).collect();
        let entity_type = text(spec.r#type).unwrap_or_else(|| "other".to_owned());
        Ok(Self {
            title: metadata.title.unwrap_or(metadata.name),
            text: parts.join(" : "),
            component_type: entity_type.clone(),
            r#type: entity_type,
            namespace,
            kind,
            lifecycle: text(spec.lifecycle).unwrap_or_default(),
            owner: text(spec.owner).unwrap_or_default(),
            location,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn entities_become_documents() {
        let component = json!({
            "kind": "Component",
            "metadata": {"name": "Shop", "description": "Sells."},
            "spec": {"type": "service", "lifecycle": "production", "owner": "team-a"},
        });
        let document = Document::of(component.to_string().as_bytes()).expect("an entity");
        assert_eq!(
            serde_json::to_value(&document).expect("JSON"),
            json!({
                "title": "Shop", "text": "Sells.", "componentType": "service", "type": "service", "namespace": "default",
                "kind": "Component", "lifecycle": "production", "owner": "team-a", "location": "/catalog/default/component/shop",
            })
        );
        let user = json!({
            "kind": "User", "metadata": {"name": "jane", "namespace": "x"},
            "spec": {"profile": {"displayName": "Jane Doe", "email": "jane@example.com"}, "type": 7},
        });
        let document = Document::of(user.to_string().as_bytes()).expect("an entity");
        assert_eq!(
            (document.text.as_str(), document.r#type.as_str()),
            ("Jane Doe : jane@example.com", "other")
        );
    }
}
