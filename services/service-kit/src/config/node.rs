use std::sync::Arc;

use serde_json::Number;

use super::error::Origin;

/// A configuration value that remembers where it was written.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) origin: Origin,
}

/// The value itself, as YAML's core schema has it.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    Array(Vec<Node>),
    Object(Object),
}

/// Keys in the order they were written. Configuration objects are small, so a list beats a map.
pub(crate) type Object = Vec<(String, Node)>;

impl Node {
    pub(crate) fn new(kind: Kind, origin: Origin) -> Self {
        Self { kind, origin }
    }

    pub(crate) fn empty(source: impl Into<Arc<str>>) -> Self {
        Self::new(Kind::Object(Vec::new()), Origin::whole(source))
    }

    /// The child under `key` of an object.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        match &self.kind {
            Kind::Object(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// The node at a dotted path such as `backend.auth.keys[0].secret`. A null counts as absent.
    pub(crate) fn at(&self, path: &str) -> Option<&Node> {
        let mut node = self;
        for segment in segments(path) {
            node = match segment {
                Segment::Key(key) => node.get(key)?,
                Segment::Index(index) => match &node.kind {
                    Kind::Array(items) => items.get(index)?,
                    _ => return None,
                },
            };
        }
        (!matches!(node.kind, Kind::Null)).then_some(node)
    }

    /// Lays `over` over this node: objects merge key by key, everything else is replaced.
    pub(crate) fn merge(&mut self, over: Node) {
        match (&mut self.kind, over.kind) {
            (Kind::Object(base), Kind::Object(entries)) => {
                for (key, node) in entries {
                    match base.iter_mut().find(|(name, _)| *name == key) {
                        Some((_, existing)) => existing.merge(node),
                        None => base.push((key, node)),
                    }
                }
            }
            (kind, replacement) => {
                *kind = replacement;
                self.origin = over.origin;
            }
        }
    }

    /// The value without its origins.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        use serde_json::Value;
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Number(value) => Value::Number(value.clone()),
            Kind::String(value) => Value::String(value.clone()),
            Kind::Array(items) => Value::Array(items.iter().map(Node::to_json).collect()),
            Kind::Object(entries) => Value::Object(
                entries
                    .iter()
                    .map(|(key, node)| (key.clone(), node.to_json()))
                    .collect(),
            ),
        }
    }

    /// A node from JSON, every part of it with the same origin.
    pub(crate) fn from_json(value: serde_json::Value, origin: &Origin) -> Self {
        use serde_json::Value;
        let kind = match value {
            Value::Null => Kind::Null,
            Value::Bool(value) => Kind::Bool(value),
            Value::Number(value) => Kind::Number(value),
            Value::String(value) => Kind::String(value),
            Value::Array(items) => Kind::Array(items.into_iter().map(|item| Node::from_json(item, origin)).collect()),
            Value::Object(entries) => Kind::Object(
                entries
                    .into_iter()
                    .map(|(key, value)| (key, Node::from_json(value, origin)))
                    .collect(),
            ),
        };
        Self::new(kind, origin.clone())
    }

    /// What this is, for messages.
    pub(crate) fn type_name(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a string",
            Kind::Array(_) => "a list",
            Kind::Object(_) => "an object",
        }
    }
}

enum Segment<'a> {
    Key(&'a str),
    Index(usize),
}

/// Splits `a.b[0].c`. An empty path has no segments: it names the whole configuration.
fn segments(path: &str) -> impl Iterator<Item = Segment<'_>> {
    path.split('.').filter(|part| !part.is_empty()).flat_map(|part| {
        let (key, indices) = part.split_once('[').unwrap_or((part, ""));
        let key = (!key.is_empty()).then_some(Segment::Key(key));
        let indices = indices
            .split('[')
            .filter_map(|index| index.strip_suffix(']')?.parse().ok().map(Segment::Index));
        key.into_iter().chain(indices)
    })
}

/// Joins a key path and a key, writing list indices in brackets.
pub(crate) fn join(path: &str, key: &str) -> String {
    if path.is_empty() || key.is_empty() {
        return format!("{path}{key}");
    }
    if key.starts_with('[') {
        return format!("{path}{key}");
    }
    format!("{path}.{key}")
}

/// Adds a key that a later source sets, by its path. Used for `APP_CONFIG_` variables.
pub(crate) fn nest(path: &[&str], leaf: Node) -> Node {
    let origin = leaf.origin.clone();
    path.iter().rev().fold(leaf, |node, key| {
        Node::new(Kind::Object(vec![((*key).to_owned(), node)]), origin.clone())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(value: serde_json::Value, source: &str) -> Node {
        Node::from_json(value, &Origin::whole(source))
    }

    #[test]
    fn objects_merge_and_lists_are_replaced() {
        let mut base = node(serde_json::json!({"a": {"b": 1, "c": [1, 2]}, "d": {"e": 1}}), "base");
        base.merge(node(
            serde_json::json!({"a": {"c": [3]}, "d": "flat", "f": true}),
            "over",
        ));
        assert_eq!(
            base.to_json(),
            serde_json::json!({"a": {"b": 1, "c": [3]}, "d": "flat", "f": true})
        );
        assert_eq!(&*base.at("a.c").unwrap().origin.source, "over");
        assert_eq!(&*base.at("a.b").unwrap().origin.source, "base");
    }

    #[test]
    fn paths_reach_into_lists_and_null_is_absent() {
        let tree = node(serde_json::json!({"keys": [{"secret": "x"}], "nothing": null}), "base");
        assert!(tree.at("keys[0].secret").is_some());
        assert!(tree.at("keys[1].secret").is_none());
        assert!(tree.at("keys.secret").is_none());
        assert!(tree.at("nothing").is_none());
        assert!(tree.at("").is_some());
    }
}
