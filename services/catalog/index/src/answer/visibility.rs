//! What callers may see, as sets of slots that are worked out once for each state of the catalog.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use roaring::RoaringBitmap;

use crate::query::Predicate;
use crate::state::State;

/// As many restrictions are remembered: one for each caller, or rather for each set of groups that callers are in.
const REMEMBERED: usize = 1024;

/// The sets of the restrictions that were asked about lately.
#[derive(Debug, Default)]
pub(crate) struct Visibility {
    known: Mutex<HashMap<Predicate, Known>>,
}

#[derive(Debug)]
struct Known {
    generation: u64,
    visible: Arc<RoaringBitmap>,
}

impl Visibility {
    /// The slots that a restriction leaves.
    pub(crate) fn of(&self, state: &State, restriction: &Predicate) -> Arc<RoaringBitmap> {
        let generation = state.generation();
        if let Some(known) = self.known.lock().get(restriction)
            && known.generation == generation
        {
            return Arc::clone(&known.visible);
        }
        // Not under the lock: two that come at once both work it out, and nobody waits.
        let visible = Arc::new(state.matching_all([restriction]).into_owned());
        let mut known = self.known.lock();
        if known.len() >= REMEMBERED {
            known.retain(|_, known| known.generation == generation);
            if known.len() >= REMEMBERED {
                known.clear();
            }
        }
        let entry = Known {
            generation,
            visible: Arc::clone(&visible),
        };
        known.insert(restriction.clone(), entry);
        visible
    }
}
