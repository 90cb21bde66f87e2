//! Anchors and aliases, and the limits that keep a few lines from growing into gigabytes.

use std::collections::HashMap;

use serde_json::Value;

/// How often an anchor may count, aliases within it counted along.
const MOST_ALIASES: usize = 100;

/// How much all aliases of a document may copy together, in values and bytes of text.
const MOST_COPIED: usize = 16 << 20;

pub(super) const TOO_MANY_ALIASES: &str = "Excessive alias count indicates a resource exhaustion attack";

/// The anchors of one document.
#[derive(Default)]
pub(super) struct Anchors {
    by_id: HashMap<usize, Anchor>,
    copied: usize,
}

struct Anchor {
    value: Value,
    /// The anchors that aliases inside this one refer to.
    inner: Vec<usize>,
    /// How many aliases have referred to it, itself included.
    count: usize,
    /// What one more use weighs; known from the first use on.
    weight: Option<usize>,
    size: usize,
    depth: usize,
}

impl Anchors {
    /// Keeps the complete value of an anchor.
    pub(super) fn define(&mut self, id: usize, value: &Value, inner: Vec<usize>) {
        let (size, depth) = measure(value);
        self.by_id.insert(
            id,
            Anchor {
                value: value.clone(),
                inner,
                count: 1,
                weight: None,
                size,
                depth,
            },
        );
    }

    /// A copy of an anchor's value and its depth, or why there is none.
    pub(super) fn resolve(&mut self, id: usize) -> Result<(Value, usize), &'static str> {
        let weight = match self.by_id.get(&id) {
            // The parser knows the name, so the anchor is one that still encloses its alias.
            None => return Err("This alias is inside of what it refers to"),
            Some(Anchor {
                weight: Some(weight), ..
            }) => *weight,
            Some(anchor) => self.weight_of(anchor),
        };
        let Some(anchor) = self.by_id.get_mut(&id) else {
            return Err(TOO_MANY_ALIASES);
        };
        anchor.weight = Some(weight);
        anchor.count += 1;
        self.copied += anchor.size;
        if anchor.count * weight > MOST_ALIASES || self.copied > MOST_COPIED {
            return Err(TOO_MANY_ALIASES);
        }
        Ok((anchor.value.clone(), anchor.depth))
    }

    fn weight_of(&self, anchor: &Anchor) -> usize {
        let inner = anchor.inner.iter().filter_map(|id| self.by_id.get(id));
        inner
            .map(|inner| inner.count * inner.weight.unwrap_or(1))
            .max()
            .unwrap_or(1)
    }
}

/// The size of a value in values and bytes of text, and its depth.
fn measure(value: &Value) -> (usize, usize) {
    let (sizes, depth) = match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => return (1, 0),
        Value::String(text) => return (1 + text.len(), 0),
        Value::Array(elements) => elements.iter().map(measure).fold((0, 0), add),
        Value::Object(members) => {
            let keys: usize = members.keys().map(String::len).sum();
            members.values().map(measure).fold((keys, 0), add)
        }
    };
    (1 + sizes, 1 + depth)
}

fn add((size, depth): (usize, usize), (more, deeper): (usize, usize)) -> (usize, usize) {
    (size + more, depth.max(deeper))
}
