//! Parts of an entity that live in other files: `{"$text": "./README.md"}`, `$json` and `$yaml`. This module finds
//! them, says what to read, and puts the content in; reading is the caller's affair.

use serde_json::Value;
use url::Url;

use crate::error::EntityError;
use crate::integration::Integrations;
use crate::values::number::normalise_numbers;
use crate::yaml::parse_stream;

/// How the content of the file goes into the entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceholderKind {
    /// As a text.
    Text,
    /// As the JSON value that it holds.
    Json,
    /// As the one YAML document that it holds.
    Yaml,
}

impl PlaceholderKind {
    fn of_key(key: &str) -> Option<Self> {
        match key {
            "$text" => Some(Self::Text),
            "$json" => Some(Self::Json),
            "$yaml" => Some(Self::Yaml),
            _ => None,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Text => "$text",
            Self::Json => "$json",
            Self::Yaml => "$yaml",
        }
    }
}

/// A step from a value to a value in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A member of an object.
    Member(String),
    /// An element of a list.
    Element(usize),
}

/// A part of an entity that is to be replaced.
#[derive(Clone, Debug, PartialEq)]
pub struct Placeholder {
    /// Where it is in the entity.
    pub path: Vec<Step>,
    /// How its content goes in.
    pub kind: PlaceholderKind,
    /// What its author gave as the target; only texts are valid.
    target: Value,
}

/// Finds the placeholders of an entity in document order. An object with a key that begins with `$` and is no
/// placeholder is left alone with everything in it.
pub fn find(document: &Value) -> Vec<Placeholder> {
    let mut found = Vec::new();
    search(document, &mut Vec::new(), &mut found);
    found
}

fn search(value: &Value, path: &mut Vec<Step>, found: &mut Vec<Placeholder>) {
    match value {
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                path.push(Step::Element(index));
                search(element, path, found);
                path.pop();
            }
        }
        Value::Object(members) => {
            if members.keys().any(|key| key.starts_with('$')) {
                if let Some((key, target)) = members.iter().next()
                    && members.len() == 1
                    && let Some(kind) = PlaceholderKind::of_key(key)
                {
                    found.push(Placeholder {
                        path: path.clone(),
                        kind,
                        target: target.clone(),
                    });
                }
                return;
            }
            for (name, member) in members {
                path.push(Step::Member(name.clone()));
                search(member, path, found);
                path.pop();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Puts the content of a placeholder in its place.
pub fn substitute(document: &mut Value, path: &[Step], content: Value) {
    let mut place = document;
    for step in path {
        let next = match step {
            Step::Member(name) => place.get_mut(name),
            Step::Element(index) => place.get_mut(index),
        };
        match next {
            Some(next) => place = next,
            None => return,
        }
    }
    *place = content;
}

impl Placeholder {
    /// The address to read, given the address of the entity's own file.
    pub fn address(&self, base: &str, integrations: &Integrations) -> Result<String, EntityError> {
        let key = self.kind.key();
        let target = self.target.as_str().ok_or_else(|| {
            EntityError::plain(format!(
                "Placeholder {key} expected a string value parameter, in the form of an absolute URL or a relative path"
            ))
        })?;
        let address = integrations.resolve_url(base, target).and_then(|address| {
            if leaves_repository(integrations, base, &address) {
                return Err(EntityError::plain(
                    "Placeholder may only reference files from the same repository as the entity",
                ));
            }
            Ok(address)
        });
        address.map_err(|error| {
            EntityError::plain(format!(
                "Placeholder {key} could not form a URL out of {base} and {target}, {error}"
            ))
        })
    }

    /// The content of the file as it goes into the entity.
    pub fn content(&self, text: String) -> Result<Value, EntityError> {
        let key = self.kind.key();
        let target = self.target.as_str().unwrap_or_default();
        if text.contains('\0') {
            return Err(EntityError::plain(format!(
                "Placeholder {key} found the character U+0000 at {target}"
            )));
        }
        match self.kind {
            PlaceholderKind::Text => Ok(Value::String(text)),
            PlaceholderKind::Json => {
                let mut value = serde_json::from_str(&text).map_err(|error| {
                    EntityError::plain(format!(
                        "Placeholder {key} failed to parse JSON data at {target}, SyntaxError: {error}"
                    ))
                })?;
                normalise_numbers(&mut value);
                Ok(value)
            }
            PlaceholderKind::Yaml => {
                let mut documents = parse_stream(&text);
                if documents.len() != 1 {
                    return Err(EntityError::plain(format!(
                        "Placeholder {key} expected to find exactly one document of data at {target}, found {}",
                        documents.len()
                    )));
                }
                documents.remove(0).map_err(|error| {
                    EntityError::plain(format!(
                        "Placeholder {key} found an error in the data at {target}, {error}"
                    ))
                })
            }
        }
    }

    /// The error of a file that could not be read.
    pub fn unreadable(&self, error: &EntityError) -> EntityError {
        let target = self.target.as_str().unwrap_or_default();
        EntityError::plain(format!(
            "Placeholder {} could not read location {target}, {error}",
            self.kind.key()
        ))
    }
}

/// An error of this module as it is reported for the entity.
pub fn failure(cause: EntityError) -> EntityError {
    EntityError::input("Processor PlaceholderProcessor threw an error while preprocessing").caused_by(cause)
}

/// Whether both addresses are in repositories, and not in the same one.
fn leaves_repository(integrations: &Integrations, base: &str, address: &str) -> bool {
    match (repository(integrations, base), repository(integrations, address)) {
        (Some(base), Some(other)) => base != other,
        _ => false,
    }
}

/// The host, the owner and the name of the repository that an address of a file is in.
fn repository(integrations: &Integrations, address: &str) -> Option<(String, String)> {
    let url = Url::parse(address).ok()?;
    let root = integrations.repository(&url)?;
    Some((url.host_str()?.to_owned(), root))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const BASE: &str = "https://github.com/o/r/blob/main/a/c.yaml";

    fn placeholder(value: &Value) -> Placeholder {
        find(value).remove(0)
    }

    fn address(value: &Value, base: &str) -> Result<String, String> {
        placeholder(value)
            .address(base, &Integrations::default())
            .map_err(|error| error.message)
    }

    #[test]
    fn placeholders_are_found_and_filled() {
        let mut entity = json!({
            "a": {"$text": "t"},
            "b": [1, {"$json": "j"}],
            "not": [
                {"$foo": "x"}, {"$text": "t", "$json": "x"}, {"$text": "t", "b": {"$text": "t"}},
                {"$foo": {"$text": "t"}}, {"$": "x"}
            ],
            "c": {"d": {"$yaml": "y"}}
        });
        let found = find(&entity);
        assert_eq!(
            found.iter().map(|placeholder| placeholder.kind).collect::<Vec<_>>(),
            [PlaceholderKind::Text, PlaceholderKind::Json, PlaceholderKind::Yaml]
        );
        let untouched = entity["not"].clone();
        for (index, placeholder) in found.iter().enumerate() {
            substitute(&mut entity, &placeholder.path, json!(index));
        }
        assert_eq!(entity, json!({"a": 0, "b": [1, 1], "not": untouched, "c": {"d": 2}}));
    }

    #[test]
    fn addresses_are_relative_to_the_entity() {
        assert_eq!(
            address(&json!({"$text": "./t"}), BASE).unwrap(),
            "https://github.com/o/r/tree/main/a/t"
        );
        assert_eq!(
            address(&json!({"$text": "/t"}), BASE).unwrap(),
            "https://github.com/o/r/tree/main/t"
        );
        assert_eq!(
            address(&json!({"$text": "https://example.com/x"}), BASE).unwrap(),
            "https://example.com/x"
        );
        assert_eq!(
            address(&json!({"$text": "t"}), "https://h/a/c.yaml").unwrap(),
            "https://h/a/t"
        );
    }

    #[test]
    fn addresses_that_cannot_be_are_refused() {
        for target in [json!(1), json!(null), json!({"a": 1}), json!(["a"])] {
            assert_eq!(
                address(&json!({"$text": target}), BASE).unwrap_err(),
                "Placeholder $text expected a string value parameter, in the form of an absolute URL or a relative path"
            );
        }
        for target in ["https://github.com/o/other/blob/main/x", "../../../../x/y/blob/main/z"] {
            assert_eq!(
                address(&json!({"$text": target}), BASE).unwrap_err(),
                format!(
                    "Placeholder $text could not form a URL out of {BASE} and {target}, Error: Placeholder may only \
                     reference files from the same repository as the entity"
                )
            );
        }
        assert!(
            address(&json!({"$text": "./t"}), "/tmp/a/c.yaml")
                .unwrap_err()
                .starts_with(
                    "Placeholder $text could not form a URL out of /tmp/a/c.yaml and ./t, TypeError: Invalid URL"
                )
        );
    }

    #[test]
    fn contents_are_read() {
        let content = |value: &Value, text: &str| placeholder(value).content(text.to_owned());
        assert_eq!(content(&json!({"$text": "x"}), "a: 1").unwrap(), json!("a: 1"));
        assert_eq!(
            content(&json!({"$json": "x"}), "{\"a\": 1.0}").unwrap(),
            json!({"a": 1})
        );
        assert_eq!(content(&json!({"$yaml": "x"}), "a: 012").unwrap(), json!({"a": 12}));
        assert_eq!(content(&json!({"$yaml": "x"}), "12").unwrap(), json!(12));
        for (value, text, expected) in [
            (
                json!({"$json": "x"}),
                "{",
                "Placeholder $json failed to parse JSON data at x, SyntaxError: ",
            ),
            (
                json!({"$yaml": "x"}),
                "a: [",
                "Placeholder $yaml found an error in the data at x, YAMLParseError: ",
            ),
            (
                json!({"$yaml": "x"}),
                "a\n---\nb",
                "Placeholder $yaml expected to find exactly one document of data at x, found 2",
            ),
            (
                json!({"$yaml": "x"}),
                "",
                "Placeholder $yaml expected to find exactly one document of data at x, found 0",
            ),
            (
                json!({"$text": "x"}),
                "\0",
                "Placeholder $text found the character U+0000 at x",
            ),
        ] {
            let error = content(&value, text).unwrap_err();
            assert!(error.message.starts_with(expected), "{error}");
        }
    }

    #[test]
    fn failures_are_the_processors() {
        let error = placeholder(&json!({"$text": "./x"})).unreadable(&EntityError::not_found("gone"));
        assert_eq!(
            failure(error).to_string(),
            "InputError: Processor PlaceholderProcessor threw an error while preprocessing; caused by Error: \
             Placeholder $text could not read location ./x, NotFoundError: gone"
        );
    }
}
