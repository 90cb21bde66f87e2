//! The name by which entities refer to each other: `kind:namespace/name`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::error::EntityError;

/// The namespace of whatever does not name one.
pub const DEFAULT_NAMESPACE: &str = "default";

/// A full reference in the lower-case form that identifies an entity everywhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityRef {
    kind: String,
    namespace: String,
    name: String,
}

impl EntityRef {
    /// Makes a reference of its parts, in any case.
    pub fn new(kind: &str, namespace: &str, name: &str) -> Self {
        Self {
            kind: kind.to_lowercase(),
            namespace: namespace.to_lowercase(),
            name: name.to_lowercase(),
        }
    }

    /// Reads a reference that names its kind; the namespace defaults to `default`.
    pub fn parse(text: &str) -> Result<Self, EntityError> {
        Self::parse_with(text, None, DEFAULT_NAMESPACE)
    }

    /// Reads a reference of the form `[<kind>:][<namespace>/]<name>` and fills in what it leaves out.
    pub fn parse_with(text: &str, default_kind: Option<&str>, default_namespace: &str) -> Result<Self, EntityError> {
        if text.is_empty() {
            return Err(EntityError::plain("Entity reference must not be empty"));
        }
        let parts = Parts::split(text)?;
        let kind = parts.kind.or(default_kind).filter(|kind| !kind.is_empty()).ok_or_else(|| {
            EntityError::plain(format!(
                "Entity reference \"{text}\" had missing or empty kind (e.g. did not start with \"component:\" or similar)"
            ))
        })?;
        let default_namespace = if default_namespace.is_empty() {
            DEFAULT_NAMESPACE
        } else {
            default_namespace
        };
        Ok(Self::new(
            kind,
            parts.namespace.unwrap_or(default_namespace),
            parts.name,
        ))
    }

    /// The reference of an entity document.
    pub fn of_document(document: &Value) -> Result<Self, EntityError> {
        let metadata = document.get("metadata");
        let part = |value: Option<&'_ Value>, path: &str| {
            value
                .and_then(Value::as_str)
                .filter(|text| !text.is_empty())
                .map(str::to_lowercase)
                .ok_or_else(|| EntityError::type_error(format!("Entity has no {path}")))
        };
        let namespace = metadata
            .and_then(|metadata| metadata.get("namespace"))
            .and_then(Value::as_str);
        Ok(Self {
            kind: part(document.get("kind"), "kind")?,
            namespace: namespace
                .filter(|text| !text.is_empty())
                .unwrap_or(DEFAULT_NAMESPACE)
                .to_lowercase(),
            name: part(metadata.and_then(|metadata| metadata.get("name")), "metadata.name")?,
        })
    }

    /// The kind, in lower case.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The namespace, in lower case.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// The name, in lower case.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// The parts of a written reference, as they are written.
struct Parts<'text> {
    kind: Option<&'text str>,
    namespace: Option<&'text str>,
    name: &'text str,
}

impl<'text> Parts<'text> {
    fn split(text: &'text str) -> Result<Self, EntityError> {
        let slash = text.find('/');
        // A colon behind the first slash belongs to the name.
        let colon = text.find(':').filter(|colon| slash.is_none_or(|slash| *colon < slash));
        let kind = colon.map(|colon| &text[..colon]);
        let after_kind = colon.map_or(0, |colon| colon + 1);
        let namespace = slash.map(|slash| &text[after_kind..slash]);
        let name = &text[slash.map_or(after_kind, |slash| slash + 1)..];
        if kind == Some("") || namespace == Some("") || name.is_empty() {
            return Err(EntityError::type_error(format!(
                "Entity reference \"{text}\" was not on the form [<kind>:][<namespace>/]<name>"
            )));
        }
        Ok(Self { kind, namespace, name })
    }
}

impl fmt::Display for EntityRef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}/{}", self.kind, self.namespace, self.name)
    }
}

impl FromStr for EntityRef {
    type Err = EntityError;

    fn from_str(text: &str) -> Result<Self, EntityError> {
        Self::parse(text)
    }
}

impl Serialize for EntityRef {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EntityRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn written_forms_are_read() {
        for (text, expected) in [
            ("a", "k:default/a"),
            ("a:b", "a:default/b"),
            ("a:b/c", "a:b/c"),
            ("b/c", "k:b/c"),
            ("a/b:c", "k:a/b:c"),
            ("a:b:c", "a:default/b:c"),
            ("a:b/c/d", "a:b/c/d"),
            ("A:B/C", "a:b/c"),
            ("a: b", "a:default/ b"),
        ] {
            assert_eq!(
                EntityRef::parse_with(text, Some("K"), "default").unwrap().to_string(),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn empty_parts_are_refused() {
        for text in [":b", "a:", "a:/c", "a:b/", "/c", "b/", ":", "/"] {
            let error = EntityRef::parse_with(text, Some("K"), "default").unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("TypeError: Entity reference \"{text}\" was not on the form [<kind>:][<namespace>/]<name>")
            );
        }
    }

    #[test]
    fn a_kind_is_needed() {
        assert_eq!(
            EntityRef::parse("x").unwrap_err().to_string(),
            "Error: Entity reference \"x\" had missing or empty kind (e.g. did not start with \"component:\" or similar)"
        );
        assert_eq!(
            EntityRef::parse("").unwrap_err().to_string(),
            "Error: Entity reference must not be empty"
        );
    }

    #[test]
    fn documents_have_references() {
        let document = json!({"kind": "Component", "metadata": {"name": "N", "namespace": null}});
        assert_eq!(
            EntityRef::of_document(&document).unwrap().to_string(),
            "component:default/n"
        );
        let document = json!({"kind": "Component", "metadata": {"name": "N", "namespace": "Ns"}});
        assert_eq!(EntityRef::of_document(&document).unwrap().to_string(), "component:ns/n");
        assert!(EntityRef::of_document(&json!({"kind": "Component"})).is_err());
        assert!(EntityRef::of_document(&json!(1)).is_err());
    }

    proptest! {
        #[test]
        fn parsing_never_panics(text in any::<String>()) {
            let _ = EntityRef::parse_with(&text, Some("kind"), "namespace");
        }

        #[test]
        fn what_is_printed_reads_back(kind in "[a-zA-Z]{1,8}", namespace in "[a-z0-9-]{1,8}", name in "[A-Za-z0-9:/._-]{1,12}") {
            let reference = EntityRef::new(&kind, &namespace, &name);
            prop_assert_eq!(EntityRef::parse(&reference.to_string()).unwrap(), reference);
        }
    }
}
