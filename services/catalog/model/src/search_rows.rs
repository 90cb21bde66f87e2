//! An entity flattened into keys and values: what filters, facets, ordering and text search see of it.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::error::EntityError;
use crate::reference::entity_ref::DEFAULT_NAMESPACE;
use crate::values::number::js_number;
use crate::values::text::fits_utf16;

/// Longer keys are left out, and longer values are known to exist but not compared (in UTF-16 code units).
const LONGEST: usize = 200;

/// Subtrees that are not searchable as they stand; some of them get rows of their own.
const SKIPPED: [&str; 7] = [
    "attachments",
    "relations",
    "status",
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "metadata.etag",
];

/// The key of the levels of what is said of an entity's state: `error`, `warning` or `info`.
const STATUS_LEVEL: &str = "status.items.level";

/// One searchable fact about an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchRow {
    /// The path of the value, its segments joined by dots, in lower case.
    pub key: String,
    /// The value in lower case; none for null and for what is too long.
    pub value: Option<String>,
    /// The value as it is written.
    pub original: Option<String>,
}

/// The rows of a final entity, in document order, each key and value once.
pub fn search_rows(entity: &Value) -> Result<Vec<SearchRow>, EntityError> {
    let mut walk = Walk::default();
    walk.visit(&mut String::new(), entity);
    let metadata = entity.get("metadata");
    let field = |name: &str| metadata.and_then(|metadata| metadata.get(name)).unwrap_or(&Value::Null);
    walk.scalar("metadata.name", field("name"));
    walk.scalar("metadata.namespace", field("namespace"));
    walk.scalar("metadata.uid", field("uid"));
    if field("namespace").as_str().is_none_or(str::is_empty) {
        walk.text("metadata.namespace", DEFAULT_NAMESPACE);
    }
    for relation in entity.get("relations").and_then(Value::as_array).into_iter().flatten() {
        if let (Some(relation_type), Some(target)) = (
            relation.get("type").and_then(Value::as_str),
            relation.get("targetRef").and_then(Value::as_str),
        ) {
            walk.text(&format!("relations.{relation_type}"), target);
        }
    }
    // Upstream has no rows of the status. Without any nobody could ask for what is broken.
    let items = entity.get("status").and_then(|status| status.get("items"));
    for item in items.and_then(Value::as_array).into_iter().flatten() {
        if let Some(level) = item.get("level").and_then(Value::as_str) {
            walk.text(STATUS_LEVEL, level);
        }
    }
    walk.finish()
}

#[derive(Default)]
struct Walk {
    rows: Vec<SearchRow>,
    /// Every key in lower case, with the spellings met so far.
    spellings: HashMap<String, Vec<String>>,
    /// The keys made of list elements, in lower case: of elements that differ by case only, the first one counts.
    elements: HashSet<String>,
    /// Keys that were met in more than one spelling.
    colliding: Vec<String>,
}

impl Walk {
    /// Visits a value; `path` is the same text before and after, and grows only in between.
    fn visit(&mut self, path: &mut String, value: &Value) {
        if SKIPPED.contains(&path.as_str()) {
            return;
        }
        match value {
            Value::Array(elements) => {
                for element in elements {
                    self.visit(path, element);
                    if let Value::String(text) = element {
                        within(path, text, |path| self.mark_element(path));
                    }
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    within(path, name, |path| self.visit(path, member));
                }
            }
            scalar => self.scalar(path, scalar),
        }
    }

    /// An element of a list is also a key, so that a filter can ask for several at once.
    fn mark_element(&mut self, path: &str) {
        if self.elements.insert(path.to_lowercase()) {
            self.text(path, "true");
        }
    }

    fn scalar(&mut self, key: &str, value: &Value) {
        match value {
            Value::String(text) => self.text(key, text),
            Value::Number(number) => self.text(key, &js_number(number)),
            Value::Bool(true) => self.text(key, "true"),
            Value::Bool(false) => self.text(key, "false"),
            Value::Null | Value::Array(_) | Value::Object(_) => self.push(key, None, None),
        }
    }

    fn text(&mut self, key: &str, text: &str) {
        let value = text.to_lowercase();
        if fits_utf16(&value, LONGEST) {
            self.push(key, Some(value), Some(text.to_owned()));
        } else {
            self.push(key, None, None);
        }
    }

    fn push(&mut self, key: &str, value: Option<String>, original: Option<String>) {
        let lower = key.to_lowercase();
        if let Some(spellings) = self.spellings.get_mut(&lower) {
            if !spellings.iter().any(|spelling| spelling == key) {
                spellings.push(key.to_owned());
                self.colliding.push(lower.clone());
            }
        } else {
            self.spellings.insert(lower.clone(), vec![key.to_owned()]);
        }
        if fits_utf16(&lower, LONGEST) {
            self.rows.push(SearchRow {
                key: lower,
                value,
                original,
            });
        }
    }

    fn finish(self) -> Result<Vec<SearchRow>, EntityError> {
        if !self.colliding.is_empty() {
            return Err(EntityError::input(format!(
                "Entity has duplicate keys that vary only in casing, '{}'",
                self.colliding.join("', '")
            )));
        }
        let keep: Vec<bool> = {
            let mut seen = HashSet::with_capacity(self.rows.len());
            self.rows
                .iter()
                .map(|row| seen.insert((row.key.as_str(), row.value.as_deref())))
                .collect()
        };
        Ok(self
            .rows
            .into_iter()
            .zip(keep)
            .filter_map(|(row, keep)| keep.then_some(row))
            .collect())
    }
}

/// Runs `visit` with the path extended by one segment.
fn within(path: &mut String, segment: &str, visit: impl FnOnce(&mut String)) {
    let length = path.len();
    if length > 0 {
        path.push('.');
    }
    path.push_str(segment);
    visit(path);
    path.truncate(length);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn printed(entity: &Value) -> Vec<String> {
        search_rows(entity)
            .unwrap()
            .into_iter()
            .map(|row| match (row.value, row.original) {
                (Some(value), Some(original)) if value == original => format!("{}={value}", row.key),
                (Some(value), Some(original)) => format!("{}={value}/{original}", row.key),
                _ => format!("{}=null", row.key),
            })
            .collect()
    }

    fn refusal(metadata: &Value) -> String {
        search_rows(&json!({"metadata": metadata})).unwrap_err().to_string()
    }

    #[test]
    fn the_golden_vector_holds() {
        let entity = json!({
            "apiVersion": "backstage.io/v1alpha1",
            "kind": "Component",
            "metadata": {
                "name": "My-App", "title": null, "tags": ["Java", "web"], "labels": {"A": "B"},
                "annotations": {"x.io/Y": "Z"},
                "links": [{"url": "https://H/1", "title": "One"}, {"url": "https://H/2"}],
                "num": 1.0, "flag": true, "uid": "U-1", "etag": "e"
            },
            "spec": {
                "type": "service", "empty": [], "obj": {}, "nested": [[1, "q"]], "long": "x".repeat(201),
                "mix": ["A", "a", 1, {"d": 1}]
            },
            "relations": [
                {"type": "ownedBy", "targetRef": "group:default/a"},
                {"type": "ownedBy", "targetRef": "group:default/b"}
            ],
            "status": {"items": []}
        });
        assert_eq!(
            printed(&entity),
            [
                "apiversion=backstage.io/v1alpha1",
                "kind=component/Component",
                "metadata.title=null",
                "metadata.tags=java/Java",
                "metadata.tags.java=true",
                "metadata.tags=web",
                "metadata.tags.web=true",
                "metadata.labels.a=b/B",
                "metadata.annotations.x.io/y=z/Z",
                "metadata.links.url=https://h/1/https://H/1",
                "metadata.links.title=one/One",
                "metadata.links.url=https://h/2/https://H/2",
                "metadata.num=1",
                "metadata.flag=true",
                "spec.type=service",
                "spec.nested=1",
                "spec.nested=q",
                "spec.nested.q=true",
                "spec.long=null",
                "spec.mix=a/A",
                "spec.mix.a=true",
                "spec.mix=1",
                "spec.mix.d=1",
                "metadata.name=my-app/My-App",
                "metadata.namespace=null",
                "metadata.uid=u-1/U-1",
                "metadata.namespace=default",
                "relations.ownedby=group:default/a",
                "relations.ownedby=group:default/b",
            ]
        );
    }

    #[test]
    fn of_the_status_the_levels_are_searchable() {
        let item = |level: &str| json!({"type": "processing", "level": level, "message": "no owner"});
        let entity = json!({
            "metadata": {"name": "a", "namespace": "b", "uid": "c"},
            "status": {"items": [item("error"), item("warning"), item("error"), {"level": 1}, "x"]},
        });
        let status = |row: &String| row.starts_with("status");
        let rows: Vec<String> = printed(&entity).into_iter().filter(status).collect();
        assert_eq!(rows, ["status.items.level=error", "status.items.level=warning"]);
        assert!(
            !printed(&json!({"metadata": {}, "status": {"items": 3}}))
                .iter()
                .any(status)
        );
    }

    #[test]
    fn only_the_root_members_of_their_names_are_skipped() {
        let entity = json!({
            "metadata": {"namespace": "ns", "uid": "u", "attachments": {"a": 1}},
            "spec": {"status": 1, "relations": 2},
            "attachments": {"a": 1}
        });
        assert_eq!(
            printed(&entity),
            [
                "metadata.attachments.a=1",
                "spec.status=1",
                "spec.relations=2",
                "metadata.name=null",
                "metadata.namespace=ns",
                "metadata.uid=u"
            ]
        );
    }

    #[test]
    fn keys_that_differ_by_case_are_refused() {
        for (metadata, expected) in [
            (
                json!({"annotations": {"A/b": "1", "a/B": "2"}}),
                "'metadata.annotations.a/b'",
            ),
            (json!({"a": {"B.c": 1}, "A": {"B": {"c": 2}}}), "'metadata.a.b.c'"),
            (json!({"tags": ["A"], "tags.a": 1}), "'metadata.tags.a'"),
            (json!({"tags.A": 1, "tags": ["a"]}), "'metadata.tags.a'"),
            (json!({"t": [{"a": true}, "A"]}), "'metadata.t.a'"),
            (json!({"x": 1, "X": 2, "y": 1, "Y": 2}), "'metadata.x', 'metadata.y'"),
        ] {
            assert_eq!(
                refusal(&metadata),
                format!("InputError: Entity has duplicate keys that vary only in casing, {expected}")
            );
        }
    }

    #[test]
    fn list_elements_may_differ_by_case_only() {
        let rows = printed(&json!({"metadata": {"tags": ["Java", "java", "JAVA"], "tags.Java": 1}}));
        assert_eq!(
            &rows[..3],
            [
                "metadata.tags=java/Java",
                "metadata.tags.java=true",
                "metadata.tags.java=1"
            ]
        );
    }

    #[test]
    fn lengths_are_limited() {
        let key_at_limit = "k".repeat(LONGEST - "metadata.".len());
        let entity = json!({"metadata": {
            "a": "x".repeat(200), "b": "x".repeat(201), "c": "😀".repeat(101), "d": "ü".repeat(200),
            key_at_limit.as_str(): 1, format!("{key_at_limit}k"): 1
        }});
        let rows = search_rows(&entity).unwrap();
        let value_length = |key: &str| {
            rows.iter()
                .find(|row| row.key == key)
                .map(|row| row.value.as_ref().map(|value| value.chars().count()))
        };
        assert_eq!(value_length("metadata.a"), Some(Some(200)));
        assert_eq!(value_length("metadata.b"), Some(None));
        assert_eq!(value_length("metadata.c"), Some(None));
        assert_eq!(value_length("metadata.d"), Some(Some(200)));
        assert_eq!(value_length(&format!("metadata.{key_at_limit}")), Some(Some(1)));
        assert_eq!(value_length(&format!("metadata.{key_at_limit}k")), None);
    }

    #[test]
    fn numbers_are_those_of_javascript() {
        let rows = printed(&json!({"metadata": {"d": -0.0, "e": 1e21, "f": 1e-7, "g": "İ"}}));
        assert_eq!(
            &rows[..4],
            [
                "metadata.d=0",
                "metadata.e=1e+21",
                "metadata.f=1e-7",
                "metadata.g=i\u{307}/İ"
            ]
        );
    }
}
