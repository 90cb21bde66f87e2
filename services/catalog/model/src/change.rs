//! What differs between two versions of an entity, for its history: what its source says, without what follows from other entities.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::process::{EDIT_URL, MANAGED_BY_LOCATION, ORPHAN, VIEW_URL};

/// How many fields of a change are told.
const MOST_FIELDS: usize = 20;
/// The longest value that is told whole, in bytes of JSON.
const LONGEST_VALUE: usize = 500;
/// The longest name of a member that is told whole, in bytes.
const LONGEST_NAME: usize = 200;
/// Hexadecimal digits of a commit id.
const COMMIT_DIGITS: usize = 40;
/// Members of `metadata` that are the catalog's own.
const OWN_METADATA: [&str; 2] = ["uid", "etag"];
/// Annotations that follow from where an entity was read, which is an annotation itself, and from what others emit.
const DERIVED_ANNOTATIONS: [&str; 3] = [VIEW_URL, EDIT_URL, ORPHAN];

/// What is compared of a final document.
#[derive(Debug, Deserialize)]
pub struct Version {
    #[serde(default)]
    metadata: Value,
    #[serde(default)]
    spec: Value,
}

/// How a version differs from the one before.
#[derive(Debug, PartialEq)]
pub struct Change {
    /// Location ref of the file that the version was read from; empty when it does not say.
    pub location: String,
    /// What changed, in the order of the paths.
    pub fields: Vec<FieldChange>,
    /// How many fields changed beside those.
    pub more_fields: usize,
}

/// One field that changed. Null is as good as nothing.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The members that lead to it.
    pub path: Vec<String>,
    /// Its value before; of a list that was there before and after, the items that went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// Its value after; of a list that was there before and after, the items that came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
    /// Something was too long: names and texts end in an ellipsis, lists lack items.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shortened: bool,
}

impl Version {
    /// How `after` differs from this version; `None` when it does not.
    pub fn change_to(&self, after: &Self) -> Option<Change> {
        let mut found = Found::default();
        found.values(&["metadata"], present(&self.metadata), present(&after.metadata));
        found.values(&["spec"], present(&self.spec), present(&after.spec));
        (!found.fields.is_empty()).then(|| Change {
            location: after.location().to_owned(),
            fields: found.fields,
            more_fields: found.more,
        })
    }

    fn location(&self) -> &str {
        self.metadata
            .get("annotations")
            .and_then(|annotations| annotations.get(MANAGED_BY_LOCATION))
            .and_then(Value::as_str)
            .unwrap_or_default()
    }
}

#[derive(Default)]
struct Found {
    fields: Vec<FieldChange>,
    more: usize,
}

impl Found {
    fn objects(&mut self, path: &[&str], before: &Map<String, Value>, after: &Map<String, Value>) {
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for name in names {
            let path = [path, &[name.as_str()]].concat();
            let (before, after) = (before.get(name), after.get(name));
            self.values(&path, before.and_then(present), after.and_then(present));
        }
    }

    fn values(&mut self, path: &[&str], before: Option<&Value>, after: Option<&Value>) {
        if before == after || is_beside_the_point(path, before, after) {
            return;
        }
        let nothing = Map::new();
        match (before, after) {
            (Some(Value::Object(before)), Some(Value::Object(after))) => self.objects(path, before, after),
            (Some(Value::Object(before)), None) => self.objects(path, before, &nothing),
            (None, Some(Value::Object(after))) => self.objects(path, &nothing, after),
            (Some(Value::Array(before)), Some(Value::Array(after))) => {
                let (went, came) = (missing_from(after, before), missing_from(before, after));
                self.push(path, Some(Value::Array(went)), Some(Value::Array(came)));
            }
            _ => self.push(path, before.cloned(), after.cloned()),
        }
    }

    fn push(&mut self, path: &[&str], mut before: Option<Value>, mut after: Option<Value>) {
        if self.fields.len() == MOST_FIELDS {
            self.more += 1;
            return;
        }
        let mut path: Vec<String> = path.iter().map(|&name| name.to_owned()).collect();
        let mut shortened = false;
        for name in &mut path {
            shortened |= shorten_text(name, LONGEST_NAME);
        }
        for value in before.iter_mut().chain(&mut after) {
            shortened |= shorten(value);
        }
        self.fields.push(FieldChange {
            path,
            before,
            after,
            shortened,
        });
    }
}

fn present(value: &Value) -> Option<&Value> {
    (!value.is_null()).then_some(value)
}

/// What is no change to anybody who reads it.
fn is_beside_the_point(path: &[&str], before: Option<&Value>, after: Option<&Value>) -> bool {
    match path {
        ["metadata", name] => OWN_METADATA.contains(name),
        ["metadata", "annotations", name] => {
            DERIVED_ANNOTATIONS.contains(name)
                || matches!((before, after), (Some(Value::String(before)), Some(Value::String(after)))
                    if without_commits(before) == without_commits(after))
        }
        _ => false,
    }
}

/// A text without the commit ids in it. An address that names a commit changes with every commit, whatever is in it.
fn without_commits(text: &str) -> String {
    let is_commit = |word: &str| word.len() == COMMIT_DIGITS && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.split_inclusive(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !is_commit(word.trim_end_matches(|character: char| !character.is_ascii_alphanumeric())))
        .collect()
}

/// The items of a list that another one lacks, as often as it lacks them.
fn missing_from(other: &[Value], list: &[Value]) -> Vec<Value> {
    let mut counts: HashMap<&Value, usize> = HashMap::new();
    for item in other {
        *counts.entry(item).or_default() += 1;
    }
    list.iter()
        .filter(|item| match counts.get_mut(item) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        })
        .cloned()
        .collect()
}

/// Cuts a value that is too long. Returns whether it was.
fn shorten(value: &mut Value) -> bool {
    match value {
        Value::String(text) => shorten_text(text, LONGEST_VALUE),
        Value::Array(items) => {
            let mut room = LONGEST_VALUE;
            let fitting = items
                .iter()
                .take_while(|item| {
                    let length = item.to_string().len();
                    let fits = length <= room;
                    room = room.saturating_sub(length);
                    fits
                })
                .count();
            let is_long = fitting < items.len();
            items.truncate(fitting);
            is_long
        }
        // Where something else stood before or after; as a text it can be cut.
        Value::Object(_) => {
            let mut text = value.to_string();
            let is_long = shorten_text(&mut text, LONGEST_VALUE);
            if is_long {
                *value = Value::String(text);
            }
            is_long
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn shorten_text(text: &mut String, longest: usize) -> bool {
    let is_long = text.len() > longest;
    if is_long {
        text.truncate(text.floor_char_boundary(longest));
        text.push('…');
    }
    is_long
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn change(before: &Value, after: &Value) -> Option<Change> {
        let version = |value: &Value| Version::deserialize(value).unwrap();
        version(before).change_to(&version(after))
    }

    fn fields(before: &Value, after: &Value) -> Value {
        json!(change(before, after).map(|change| change.fields).unwrap_or_default())
    }

    fn annotated(annotations: &Value) -> Value {
        json!({"metadata": {"annotations": annotations}})
    }

    #[test]
    fn values_are_told_with_their_paths_and_in_their_order() {
        let before = json!({
            "metadata": {"name": "shop", "title": "Shop"},
            "spec": {"type": "service", "lifecycle": "experimental", "profile": {"email": "a@example.com"}},
        });
        let after = json!({
            "metadata": {"name": "shop", "description": "Sells"},
            "spec": {"type": "service", "lifecycle": "production", "profile": {"email": "b@example.com"}},
        });
        assert_eq!(
            fields(&before, &after),
            json!([
                {"path": ["metadata", "description"], "after": "Sells"},
                {"path": ["metadata", "title"], "before": "Shop"},
                {"path": ["spec", "lifecycle"], "before": "experimental", "after": "production"},
                {"path": ["spec", "profile", "email"], "before": "a@example.com", "after": "b@example.com"},
            ])
        );
        assert_eq!(change(&before, &before), None);
    }

    #[test]
    fn relations_status_and_what_is_the_catalogs_own_do_not_count() {
        let before = json!({"metadata": {"name": "a", "uid": "1", "etag": "x"}, "relations": [], "spec": {"type": "t", "owner": null}});
        let after = json!({
            "metadata": {"name": "a", "uid": "2", "etag": "y"},
            "relations": [{"type": "ownedBy", "targetRef": "group:default/a"}],
            "spec": {"type": "t"},
            "status": {"items": []},
        });
        assert_eq!(change(&before, &after), None);
    }

    #[test]
    fn of_lists_what_went_and_what_came_is_told() {
        let spec = |items: Value| json!({"spec": {"tags": items}});
        let lists = |before: Value, after: Value| fields(&spec(before), &spec(after));
        assert_eq!(
            lists(json!(["a", "b", "b"]), json!(["b", "c"])),
            json!([{"path": ["spec", "tags"], "before": ["a", "b"], "after": ["c"]}])
        );
        assert_eq!(
            lists(json!([{"url": "x", "title": "X"}]), json!([{"title": "X", "url": "x"}])),
            json!([])
        );
        assert_eq!(
            lists(json!(["a", "b"]), json!(["b", "a"])),
            json!([{"path": ["spec", "tags"], "before": [], "after": []}]),
            "only the order changed"
        );
        assert_eq!(
            fields(&json!({"spec": {}}), &spec(json!(["a"]))),
            json!([{"path": ["spec", "tags"], "after": ["a"]}])
        );
    }

    #[test]
    fn objects_that_come_or_go_are_told_member_by_member() {
        let none = json!({"metadata": {}});
        let some = annotated(&json!({"a/b": "1", "c": {"d": "2"}}));
        assert_eq!(
            fields(&none, &some),
            json!([
                {"path": ["metadata", "annotations", "a/b"], "after": "1"},
                {"path": ["metadata", "annotations", "c", "d"], "after": "2"},
            ])
        );
        assert_eq!(
            fields(&some, &annotated(&json!("odd"))),
            json!([{"path": ["metadata", "annotations"], "before": {"a/b": "1", "c": {"d": "2"}}, "after": "odd"}])
        );
    }

    #[test]
    fn annotations_that_change_by_themselves_do_not_count() {
        let at = |commit: &str, branch: &str| {
            annotated(&json!({
                MANAGED_BY_LOCATION: format!("url:https://example.com/{commit}/{branch}/catalog-info.yaml"),
                VIEW_URL: format!("https://example.com/{branch}"),
                EDIT_URL: format!("https://example.com/edit/{branch}"),
                "example.com/commit": commit,
            }))
        };
        let (one, two) = (
            "0123456789abcdef0123456789abcdef01234567",
            "76543210fedcba9876543210fedcba9876543210",
        );
        assert_eq!(change(&at(one, "main"), &at(two, "main")), None);
        let moved = change(&at(one, "main"), &at(two, "next")).unwrap();
        let names: Vec<_> = moved.fields.iter().map(|field| field.path.join(" ")).collect();
        assert_eq!(names, [format!("metadata annotations {MANAGED_BY_LOCATION}")]);
        assert_eq!(
            moved.location,
            format!("url:https://example.com/{two}/next/catalog-info.yaml")
        );
        assert_eq!(
            change(&annotated(&json!({})), &annotated(&json!({ORPHAN: "true"}))),
            None
        );
        let short = |id: &str| annotated(&json!({"example.com/id": id}));
        assert!(change(&short("0123"), &short("4567")).is_some());
    }

    #[test]
    fn a_change_has_a_bound() {
        let many = |value: &str| -> Value {
            let members: Map<String, Value> = (0..50).map(|index| (format!("k{index:02}"), json!(value))).collect();
            json!({"spec": members})
        };
        let change_of_many = change(&many("a"), &many("b")).unwrap();
        assert_eq!(
            (change_of_many.fields.len(), change_of_many.more_fields),
            (MOST_FIELDS, 50 - MOST_FIELDS)
        );

        let definition = |text: String| json!({"spec": {"definition": text}});
        let long = change(&definition("short".to_owned()), &definition("ä".repeat(1000))).unwrap();
        let [field] = &long.fields[..] else { panic!("{long:?}") };
        assert_eq!(field.before, Some(json!("short")));
        assert_eq!(field.after, Some(json!("ä".repeat(LONGEST_VALUE / 2) + "…")));
        assert!(field.shortened);

        let named = |name: String| change(&json!({"spec": {}}), &json!({"spec": {name: "x"}})).unwrap();
        let [field] = &named("ä".repeat(1000)).fields[..] else {
            panic!("one field")
        };
        assert_eq!(field.path, ["spec".to_owned(), "ä".repeat(LONGEST_NAME / 2) + "…"]);
        assert!(field.shortened);

        let items: Vec<String> = (0..1000)
            .map(|index| format!("component:default/c{index:04}"))
            .collect();
        let grown = change(
            &json!({"spec": {"dependsOn": []}}),
            &json!({"spec": {"dependsOn": items}}),
        )
        .unwrap();
        let told = grown.fields[0].after.as_ref().and_then(Value::as_array).unwrap();
        assert_eq!(json!(told), json!(items[..told.len()]));
        assert!(
            told.len() > 10 && told.len() < 50 && grown.fields[0].shortened,
            "{}",
            told.len()
        );

        let odd = change(
            &json!({"spec": {"a": "x"}}),
            &json!({"spec": {"a": {"b": "y".repeat(1000)}}}),
        )
        .unwrap();
        assert!(
            odd.fields[0]
                .after
                .as_ref()
                .and_then(Value::as_str)
                .is_some_and(|text| text.starts_with("{\"b\":\"yy"))
        );
    }

    #[test]
    fn what_is_stored_reads_as_it_was() {
        let stored = FieldChange {
            path: vec!["spec".to_owned(), "a".to_owned()],
            before: None,
            after: Some(json!(["x"])),
            shortened: true,
        };
        let text = serde_json::to_string(&stored).unwrap();
        assert_eq!(text, r#"{"path":["spec","a"],"after":["x"],"shortened":true}"#);
        assert_eq!(serde_json::from_str::<FieldChange>(&text).unwrap(), stored);
    }
}
