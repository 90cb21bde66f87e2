//! The final form of an entity: what was processed, together with its relations, its status and its identity.

use std::io::{self, Write};

use serde_json::{Map, Value, json};
use sha1::{Digest, Sha1};

use crate::error::EntityError;
use crate::process::{EDIT_URL, ORPHAN, VIEW_URL};
use crate::values::canonical::{HashWriter, write_canonical};
use crate::values::text::{compare_utf16, is_script_url};

const REJECTED_URL: &str = "https://backstage.io/annotation-rejected-for-security-reasons";
const PROCESSING_STATUS: &str = "backstage.io/catalog-processing";

/// A final entity, ready to be served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Final {
    /// The document as JSON.
    pub json: Vec<u8>,
    /// The etag in the document: its author's, or else the hash.
    pub etag: String,
    /// The hash of everything but the etag; the entity has changed if it has.
    pub hash: String,
}

/// Composes the final form of a processed entity. `relations` are the types and targets of all relations that have
/// this entity as their source, in any order and as often as they were declared.
pub fn compose<Type, Target>(
    processed: Value,
    uid: &str,
    relations: impl IntoIterator<Item = (Type, Target)>,
    orphan: bool,
    errors: &[EntityError],
) -> Final
where
    Type: AsRef<str>,
    Target: AsRef<str>,
{
    let mut root = match processed {
        Value::Object(root) => root,
        // Only objects are ever processed.
        _ => Map::new(),
    };
    root.remove("relations");
    let status = status(root.remove("status"), errors);
    let authors_etag = with_object(&mut root, "metadata", |metadata| {
        metadata.insert(String::from("uid"), Value::from(uid));
        if orphan {
            with_object(metadata, "annotations", |annotations| {
                annotations.insert(ORPHAN.to_owned(), Value::from("true"));
            });
        }
        if let Some(Value::Object(annotations)) = metadata.get_mut("annotations") {
            reject_script_urls(annotations);
        }
        metadata
            .get("etag")
            .and_then(Value::as_str)
            .filter(|etag| !etag.is_empty())
            .map(str::to_owned)
    });

    let mut relations: Vec<(Type, Target)> = relations.into_iter().collect();
    let compare = |(left_type, left_target): &(Type, Target), (right_type, right_target): &(Type, Target)| {
        compare_utf16(left_type.as_ref(), right_type.as_ref())
            .then_with(|| compare_utf16(left_target.as_ref(), right_target.as_ref()))
    };
    relations.sort_unstable_by(compare);
    relations.dedup_by(|right, left| compare(left, right).is_eq());
    let mut relations_json = Vec::with_capacity(relations.len() * 64 + 2);
    // Writing to memory cannot fail.
    let _ = write_relations(&mut relations_json, &relations);

    let hash = hash(&root, &relations_json, status.as_ref());
    let etag = authors_etag.unwrap_or_else(|| hash.clone());
    with_object(&mut root, "metadata", |metadata| {
        metadata.insert(String::from("etag"), Value::from(etag.as_str()));
    });
    let mut json = Vec::with_capacity(relations_json.len() + 1024);
    // As above; and the keys of JSON objects are texts.
    let _ = write_document(&mut json, &root, &relations_json, status.as_ref());
    Final { json, etag, hash }
}

/// Works on a member that is an object, and makes it one if it is not.
fn with_object<Outcome>(
    root: &mut Map<String, Value>,
    name: &str,
    work: impl FnOnce(&mut Map<String, Value>) -> Outcome,
) -> Outcome {
    if let Some(Value::Object(members)) = root.get_mut(name) {
        return work(members);
    }
    let mut members = Map::new();
    let outcome = work(&mut members);
    root.insert(name.to_owned(), Value::Object(members));
    outcome
}

fn reject_script_urls(annotations: &mut Map<String, Value>) {
    for key in [VIEW_URL, EDIT_URL] {
        if let Some(Value::String(address)) = annotations.get_mut(key)
            && is_script_url(address)
        {
            REJECTED_URL.clone_into(address);
        }
    }
}

/// The items that the processed entity carries and one for each error; nothing if there is nothing to say.
fn status(processed: Option<Value>, errors: &[EntityError]) -> Option<Value> {
    let mut items = match processed {
        Some(Value::Object(mut status)) => match status.remove("items") {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    items.extend(errors.iter().map(
        |error| json!({"type": PROCESSING_STATUS, "level": "error", "message": error.to_string(), "error": error}),
    ));
    (!items.is_empty()).then(|| json!({"items": items}))
}

/// Writes relations as canonical JSON, which is how they are served, too.
fn write_relations<Type, Target>(output: &mut Vec<u8>, relations: &[(Type, Target)]) -> io::Result<()>
where
    Type: AsRef<str>,
    Target: AsRef<str>,
{
    output.push(b'[');
    for (index, (relation_type, target)) in relations.iter().enumerate() {
        output.extend_from_slice(if index == 0 {
            br#"{"targetRef":"#
        } else {
            br#",{"targetRef":"#
        });
        serde_json::to_writer(&mut *output, target.as_ref())?;
        output.extend_from_slice(br#","type":"#);
        serde_json::to_writer(&mut *output, relation_type.as_ref())?;
        output.push(b'}');
    }
    output.push(b']');
    Ok(())
}

/// The hash of the canonical form of the whole entity.
fn hash(root: &Map<String, Value>, relations: &[u8], status: Option<&Value>) -> String {
    let mut members: Vec<(&str, Option<&Value>)> =
        root.iter().map(|(key, value)| (key.as_str(), Some(value))).collect();
    members.push(("relations", None));
    members.extend(status.map(|status| ("status", Some(status))));
    members.sort_unstable_by(|(left, _), (right, _)| compare_utf16(left, right));
    let mut writer = HashWriter(Sha1::new());
    // Hashing cannot fail.
    let _ = write_members(&mut writer, members.into_iter(), relations, write_canonical);
    hex::encode(writer.0.finalize())
}

fn write_document(
    output: &mut Vec<u8>,
    root: &Map<String, Value>,
    relations: &[u8],
    status: Option<&Value>,
) -> io::Result<()> {
    let members = root.iter().map(|(key, value)| (key.as_str(), Some(value)));
    let members = members
        .chain([("relations", None)])
        .chain(status.map(|status| ("status", Some(status))));
    write_members(output, members, relations, |output, value| {
        Ok(serde_json::to_writer(output, value)?)
    })
}

/// Writes an object; the member without a value is the one that is written already.
fn write_members<'value, Output: Write>(
    output: &mut Output,
    members: impl Iterator<Item = (&'value str, Option<&'value Value>)>,
    written: &[u8],
    mut write_value: impl FnMut(&mut Output, &Value) -> io::Result<()>,
) -> io::Result<()> {
    for (index, (key, value)) in members.enumerate() {
        output.write_all(if index == 0 { b"{" } else { b"," })?;
        serde_json::to_writer(&mut *output, key)?;
        output.write_all(b":")?;
        match value {
            Some(value) => write_value(output, value)?,
            None => output.write_all(written)?,
        }
    }
    output.write_all(b"}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::canonical::canonical_hash;

    const NONE: [(&str, &str); 0] = [];

    fn processed() -> Value {
        json!({
            "apiVersion": "backstage.io/v1alpha1",
            "kind": "Component",
            "metadata": {"name": "n", "namespace": "default", "annotations": {"a": "b"}},
            "spec": {"type": "t"}
        })
    }

    fn document(composed: &Final) -> Value {
        serde_json::from_slice(&composed.json).unwrap()
    }

    #[test]
    fn relations_are_distinct_and_sorted() {
        let relations = [
            ("partOf", "system:default/b"),
            ("ownedBy", "group:default/z"),
            ("ownedBy", "group:default/a"),
            ("partOf", "system:default/b"),
        ];
        let composed = compose(processed(), "u", relations, false, &[]);
        assert_eq!(
            document(&composed)["relations"],
            json!([
                {"type": "ownedBy", "targetRef": "group:default/a"},
                {"type": "ownedBy", "targetRef": "group:default/z"},
                {"type": "partOf", "targetRef": "system:default/b"}
            ])
        );
        assert_eq!(
            document(&compose(processed(), "u", NONE, false, &[]))["relations"],
            json!([])
        );
    }

    #[test]
    fn the_hash_is_that_of_everything_but_the_etag() {
        let errors = [EntityError::input("bad").caused_by(EntityError::plain("worse"))];
        let composed = compose(processed(), "u", [("ownedBy", "group:default/z")], true, &errors);
        let mut document = document(&composed);
        assert_eq!(document["metadata"]["etag"], composed.etag);
        document["metadata"].as_object_mut().unwrap().remove("etag");
        assert_eq!(canonical_hash(&document), composed.hash);
        assert_eq!(composed.etag, composed.hash);
    }

    #[test]
    fn the_same_content_has_the_same_etag() {
        let etag = |orphan, errors: &[EntityError]| compose(processed(), "u", NONE, orphan, errors).etag;
        let error = [EntityError::plain("x")];
        assert_eq!(etag(false, &[]), etag(false, &[]));
        assert_ne!(etag(false, &[]), etag(false, &error));
        assert_ne!(etag(false, &[]), etag(true, &[]));
        assert_ne!(etag(false, &[]), compose(processed(), "v", NONE, false, &[]).etag);
    }

    #[test]
    fn an_authors_etag_survives_and_his_uid_does_not() {
        let mut entity = processed();
        entity["metadata"]["etag"] = json!("mine");
        entity["metadata"]["uid"] = json!("mine");
        let composed = compose(entity.clone(), "u", NONE, false, &[]);
        assert_eq!(composed.etag, "mine");
        assert_eq!(document(&composed)["metadata"]["etag"], "mine");
        assert_eq!(document(&composed)["metadata"]["uid"], "u");
        entity["spec"]["type"] = json!("other");
        assert_ne!(compose(entity, "u", NONE, false, &[]).hash, composed.hash);
    }

    #[test]
    fn errors_become_status_items() {
        let errors = [EntityError::input("bad").caused_by(EntityError::type_error("worse"))];
        assert_eq!(
            document(&compose(processed(), "u", NONE, false, &errors))["status"],
            json!({"items": [{
                "type": "backstage.io/catalog-processing",
                "level": "error",
                "message": "InputError: bad; caused by TypeError: worse",
                "error": {
                    "name": "InputError",
                    "message": "bad; caused by TypeError: worse",
                    "cause": {"name": "TypeError", "message": "worse"}
                }
            }]})
        );
        assert_eq!(
            document(&compose(processed(), "u", NONE, false, &[])).get("status"),
            None
        );
    }

    #[test]
    fn orphans_are_marked() {
        let mut bare = processed();
        bare["metadata"].as_object_mut().unwrap().remove("annotations");
        for entity in [processed(), bare] {
            let orphan = document(&compose(entity.clone(), "u", NONE, true, &[]));
            assert_eq!(orphan["metadata"]["annotations"][ORPHAN], "true");
            let kept = document(&compose(entity, "u", NONE, false, &[]));
            assert_eq!(kept["metadata"]["annotations"].get(ORPHAN), None);
        }
    }

    #[test]
    fn scripts_are_not_linked_to() {
        let mut entity = processed();
        entity["metadata"]["annotations"] =
            json!({VIEW_URL: " java\nscript:x", EDIT_URL: "https://x", "a": "javascript:x"});
        assert_eq!(
            document(&compose(entity, "u", NONE, false, &[]))["metadata"]["annotations"],
            json!({VIEW_URL: REJECTED_URL, EDIT_URL: "https://x", "a": "javascript:x"})
        );
    }
}
