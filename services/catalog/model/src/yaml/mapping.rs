//! A mapping while it is being read.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::key::key_text;

/// The members so far, and the key that waits for its value.
#[derive(Default)]
pub(super) struct Mapping {
    members: Map<String, Value>,
    /// The scalar keys so far. `1` and `"1"` are different keys, even though they end as the same member.
    keys: HashSet<(bool, String)>,
    pending: Option<Key>,
}

/// What stands before the colon.
pub(super) enum Key {
    Member(String),
    /// The `<<` of YAML 1.1, whose value gives its members to the mapping.
    Merge,
}

impl Mapping {
    /// Whether the next value is a key.
    pub(super) fn expects_key(&self) -> bool {
        self.pending.is_none()
    }

    /// Takes a key; `unique` says whether it must differ from the others.
    pub(super) fn begin(&mut self, key: Value, unique: bool) -> Result<(), &'static str> {
        let is_text = key.is_string();
        let text = match key {
            Value::String(text) => text,
            other => key_text(&other),
        };
        if unique && !self.keys.insert((is_text, text.clone())) {
            return Err("Map keys must be unique");
        }
        self.pending = Some(Key::Member(text));
        Ok(())
    }

    /// Takes the key that merges.
    pub(super) fn begin_merge(&mut self) {
        self.pending = Some(Key::Merge);
    }

    /// Takes the value of the key before it.
    pub(super) fn complete(&mut self, value: Value) -> Result<(), &'static str> {
        match self.pending.take() {
            Some(Key::Member(name)) => {
                self.members.insert(name, value);
                Ok(())
            }
            Some(Key::Merge) => self.merge(value),
            None => Err("A value has no key"),
        }
    }

    fn merge(&mut self, value: Value) -> Result<(), &'static str> {
        let sources = match value {
            Value::Array(sources) => sources,
            source => vec![source],
        };
        for source in sources {
            let Value::Object(members) = source else {
                return Err("Merge sources must be maps or map aliases");
            };
            for (name, member) in members {
                self.members.entry(name).or_insert(member);
            }
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Value {
        Value::Object(self.members)
    }
}
