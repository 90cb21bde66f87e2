//! Filling an index from nothing.

use std::num::NonZero;
use std::sync::mpsc::sync_channel;
use std::thread;

use parking_lot::Mutex;

use crate::entity::{Interner, Prepared, Rows, StoredEntity};
use crate::field::Field;
use crate::state::State;

/// How many entities a thread prepares at a time.
const CHUNK: usize = 128;

/// A catalog that is being loaded, batch by batch as it is read. Nobody sees it before
/// [`CatalogIndex::finish`](crate::CatalogIndex::finish) puts it in place of what is there.
///
/// Entities that come in the order of their references make the most compact and fastest index.
#[derive(Debug)]
pub struct Loader {
    state: State,
    interner: Mutex<Interner>,
    /// Entities that were there already when they came again.
    repeated: Vec<Prepared>,
}

impl Loader {
    /// Starts with an empty catalog.
    #[expect(
        clippy::new_without_default,
        reason = "an empty loader is the start of something, not a value"
    )]
    pub fn new() -> Self {
        Self {
            state: State::for_loading(),
            interner: Mutex::default(),
            repeated: Vec::new(),
        }
    }

    /// Adds entities. Of several with one reference the one with the highest revision counts. All cores parse; the
    /// calling thread does the rest.
    pub fn add(&mut self, entities: &[StoredEntity]) {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let chunks = Mutex::new(entities.chunks(CHUNK).enumerate());
        let (sender, receiver) = sync_channel::<(usize, Vec<Prepared>)>(2 * threads);
        let interner = &self.interner;
        let state = &mut self.state;
        let repeated = &mut self.repeated;
        thread::scope(|scope| {
            for _ in 0..threads {
                let (sender, chunks) = (sender.clone(), &chunks);
                scope.spawn(move || {
                    loop {
                        // Bound to a name, so that the lock is not held for the rest of the statement.
                        let next = chunks.lock().next();
                        let Some((number, chunk)) = next else { break };
                        let prepared = chunk.iter().map(|entity| Prepared::new(entity, interner)).collect();
                        if sender.send((number, prepared)).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            // Chunks are taken in order, so slots are numbered in the order in which the entities came.
            let mut waiting = std::collections::BTreeMap::new();
            let mut next = 0;
            for (number, prepared) in receiver {
                waiting.insert(number, prepared);
                while let Some(chunk) = waiting.remove(&next) {
                    next += 1;
                    for prepared in chunk {
                        if state.slot_of_reference(prepared.record.entity_ref()).is_some() {
                            repeated.push(prepared);
                        } else {
                            state.insert(prepared.record, &prepared.rows);
                        }
                    }
                }
            }
        });
    }

    /// Puts everything in order.
    pub(crate) fn finish(mut self) -> (State, Interner) {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        self.state.finish_loading();
        let mut fields: Vec<&mut Field> = self.state.fields_mut().collect();
        // The largest first, or the last thread may start on the one that takes longest.
        fields.sort_by_key(|field| std::cmp::Reverse(field.rows()));
        let fields = Mutex::new(fields.into_iter());
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    loop {
                        let next = fields.lock().next();
                        let Some(field) = next else { break };
                        field.sort();
                    }
                });
            }
        });
        drop(fields);
        for Prepared { record, rows } in self.repeated {
            let Some(slot) = self.state.slot_of_reference(record.entity_ref()) else {
                continue;
            };
            let Some(present) = self.state.record(slot) else {
                continue;
            };
            if present.revision <= record.revision {
                let old = Rows::parse(&present.document.bytes());
                self.state.update(slot, record, &old, &rows);
            }
        }
        (self.state, self.interner.into_inner())
    }
}
