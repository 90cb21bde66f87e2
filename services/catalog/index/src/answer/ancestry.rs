//! Who emitted whom.

use std::collections::{HashSet, VecDeque};

use crate::query::{Ancestor, Predicate};
use crate::state::State;

/// An entity and all entities above it, nearest first, each once. What may not be seen is left out, and so is
/// everything that is above that alone.
pub(crate) fn ancestry(state: &State, entity_ref: &str, restriction: Option<&Predicate>) -> Option<Vec<Ancestor>> {
    let visible = |reference: &str| {
        state
            .slot_of_reference(reference)
            .filter(|slot| restriction.is_none_or(|restriction| state.holds(*slot, restriction)))
    };
    let start = visible(entity_ref)?;
    let mut seen = HashSet::from([start]);
    let mut queue = VecDeque::from([start]);
    let mut ancestors = Vec::new();
    while let Some(slot) = queue.pop_front() {
        let Some(record) = state.record(slot) else {
            continue;
        };
        let mut parents = Vec::new();
        for parent in &record.parents {
            if let Some(slot) = visible(parent) {
                parents.push(parent.to_string());
                if seen.insert(slot) {
                    queue.push_back(slot);
                }
            }
        }
        ancestors.extend(state.view(slot).map(|entity| Ancestor { entity, parents }));
    }
    Some(ancestors)
}
