//! The `fields` parameter: a part of an entity instead of the whole.

use serde_json::{Map, Value};

use crate::error::EntityError;

/// Which members of an entity are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Projection {
    /// Dotted paths, as they were asked for.
    paths: Vec<String>,
}

impl Projection {
    /// Reads field lists; each may hold several paths separated by commas. No path at all means the whole entity.
    pub fn parse<Text: AsRef<str>>(fields: &[Text]) -> Result<Self, EntityError> {
        let lists = fields.iter().flat_map(|list| list.as_ref().split(','));
        let paths = lists.map(str::trim).filter(|path| !path.is_empty());
        let paths = paths.map(|path| {
            if path.contains('[') {
                let problem = format!("Invalid field \"{path}\", array type fields are not supported");
                return Err(EntityError::input(problem));
            }
            Ok(path.to_owned())
        });
        Ok(Self {
            paths: paths.collect::<Result<_, _>>()?,
        })
    }

    /// Whether the whole entity is wanted, so that nothing needs to be applied.
    pub fn is_whole(&self) -> bool {
        self.paths.is_empty()
    }

    /// The wanted part of an entity. What it does not have is left out.
    pub fn apply(&self, entity: &Value) -> Value {
        if self.is_whole() {
            return entity.clone();
        }
        let mut output = Map::new();
        for path in &self.paths {
            if let Some((segments, value)) = find(entity, path) {
                put(&mut output, &segments, value);
            }
        }
        Value::Object(output)
    }
}

/// Follows a dotted path. Member names may hold dots themselves: where an object has no member of the segment's name,
/// the segment is tried together with the next one.
fn find<'entity, 'path>(entity: &'entity Value, path: &'path str) -> Option<(Vec<&'path str>, &'entity Value)> {
    let mut segments = Vec::new();
    let mut current = entity;
    let mut rest = path;
    let mut from = 0;
    loop {
        let end = rest[from..].find('.').map_or(rest.len(), |dot| from + dot);
        let segment = &rest[..end];
        let member = current.as_object().and_then(|members| members.get(segment));
        if let Some(member) = member {
            segments.push(segment);
            current = member;
        }
        if end == rest.len() {
            return member.map(|member| (segments, member));
        }
        if member.is_some() {
            rest = &rest[end + 1..];
            from = 0;
        } else {
            from = end + 1;
        }
    }
}

/// Copies a value to its place, making the objects on the way.
fn put(output: &mut Map<String, Value>, segments: &[&str], value: &Value) {
    let [segment, rest @ ..] = segments else { return };
    if rest.is_empty() {
        output.insert((*segment).to_owned(), value.clone());
    } else if let Value::Object(members) = output.entry(*segment).or_insert_with(|| Value::Object(Map::new())) {
        put(members, rest, value);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn entity() -> Value {
        json!({
            "kind": "K",
            "metadata": {
                "name": "n",
                "annotations": {"backstage.io/x": "1", "a.b.c": 2, "a": {"b": 3}},
                "nothing": null,
                "list": [{"a": 1}]
            }
        })
    }

    #[test]
    fn parts_of_an_entity_are_picked() {
        for (fields, expected) in [
            (vec!["kind,metadata.name"], r#"{"kind":"K","metadata":{"name":"n"}}"#),
            (
                vec!["metadata.name , spec", " kind "],
                r#"{"metadata":{"name":"n"},"kind":"K"}"#,
            ),
            (
                vec!["metadata.annotations.backstage.io/x"],
                r#"{"metadata":{"annotations":{"backstage.io/x":"1"}}}"#,
            ),
            (vec!["metadata.nothing"], r#"{"metadata":{"nothing":null}}"#),
            (
                vec!["metadata.annotations.a.b"],
                r#"{"metadata":{"annotations":{"a":{"b":3}}}}"#,
            ),
            (vec!["metadata.annotations.a.b.c"], "{}"),
            (vec!["metadata.list.a"], "{}"),
            (vec!["metadata.list"], r#"{"metadata":{"list":[{"a":1}]}}"#),
            (vec!["zzz"], "{}"),
            (vec![".kind", "kind.", "metadata..name"], "{}"),
            (vec!["kind.length"], "{}"),
        ] {
            let projection = Projection::parse(&fields).unwrap();
            assert_eq!(projection.apply(&entity()).to_string(), expected, "{fields:?}");
        }
    }

    #[test]
    fn a_longer_path_and_a_shorter_one_unite() {
        let whole = json!({"metadata": entity()["metadata"]});
        for fields in [["metadata.name", "metadata"], ["metadata", "metadata.name"]] {
            assert_eq!(Projection::parse(&fields).unwrap().apply(&entity()), whole);
        }
    }

    #[test]
    fn no_field_is_the_whole() {
        for fields in [vec![], vec![""], vec![" , ,"]] {
            let projection = Projection::parse(&fields).unwrap();
            assert!(projection.is_whole());
            assert_eq!(projection.apply(&entity()), entity());
        }
    }

    #[test]
    fn list_indices_are_refused() {
        let error = Projection::parse(&["kind", "a[0]"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "InputError: Invalid field \"a[0]\", array type fields are not supported"
        );
    }
}
