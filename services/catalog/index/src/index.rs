//! The index as its users see it: one lock, one writer, many readers.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::{Mutex, RwLock, RwLockWriteGuard};
use roaring::RoaringBitmap;

use crate::answer::{self, Visibility};
use crate::entity::{Change, EntityView, Interner, Prepared, Rows, StoredEntity};
use crate::loader::Loader;
use crate::query::{Ancestor, Facets, List, ListQuery, Page, Predicate, Query, QueryError};
use crate::search::{self, SearchError, SearchFailure, SearchIndex, SearchPage, SearchQuery};
use crate::state::State;

/// Readers get their turn after at most this many changes of a batch.
const CHANGES_PER_LOCK: usize = 128;

/// Up to this many entities a predicate is asked about each; beyond, it is cheaper to find all that match.
const FEW_REFERENCES: usize = 32;

/// A catalog in memory, for many readers and one writer at a time.
///
/// Everything it returns is of one moment. A caller that wants to know a revision it has certainly seen asks for
/// [`CatalogIndex::revision`] before it reads.
#[derive(Debug, Default)]
pub struct CatalogIndex {
    state: RwLock<State>,
    /// Held while changes are prepared and put in. Readers never wait for it.
    writer: Mutex<()>,
    interner: Mutex<Interner>,
    visibility: Visibility,
    search: SearchIndex,
}

/// A change of one entity, with everything that can be worked out before readers have to wait.
struct Step {
    entity_ref: String,
    old: Rows,
    /// None if the entity is deleted.
    new: Option<Prepared>,
}

impl CatalogIndex {
    /// An empty catalog at revision 0.
    pub fn new() -> Self {
        Self::default()
    }

    /// Replaces the whole catalog. For catalogs that should not be in memory twice, see [`Loader`].
    pub fn load(&self, mut entities: Vec<StoredEntity>, revision: i64) {
        entities.sort_by(|left, right| left.entity_ref.cmp(&right.entity_ref));
        let mut loader = Loader::new();
        loader.add(&entities);
        drop(entities);
        self.finish(loader, revision);
    }

    /// Replaces the whole catalog by one that was loaded in batches. Readers see the old one until then.
    pub fn finish(&self, loader: Loader, revision: i64) {
        let (mut state, interner) = loader.finish();
        state.revision = revision;
        let writer = self.writer.lock();
        *self.interner.lock() = interner;
        let mut present = self.state.write();
        state.succeed(&present);
        let old = std::mem::replace(&mut *present, state);
        self.search.note_all();
        drop(present);
        drop(writer);
        // Nobody has to wait until all of it is freed.
        drop(old);
    }

    /// Applies changes up to a revision. Of several changes of one entity the one with the highest revision counts, and
    /// a change that is older than what is there is passed over, so that parts of the feed may be applied again.
    ///
    /// A large batch is put in by parts, between which readers see some of it. The revision is that of the whole batch
    /// and is set at its end.
    pub fn apply(&self, changes: Vec<Change>, revision: i64) {
        let _writer = self.writer.lock();
        let mut latest: HashMap<String, Change> = HashMap::with_capacity(changes.len());
        for change in changes {
            let known = latest.get(change.entity_ref());
            if known.is_none_or(|known| known.revision() <= change.revision()) {
                latest.insert(change.entity_ref().to_owned(), change);
            }
        }
        let steps: Vec<Step> = latest
            .into_iter()
            .filter_map(|(entity_ref, change)| self.step(entity_ref, change))
            .collect();
        let touched: Vec<String> = steps.iter().map(|step| step.entity_ref.clone()).collect();
        let mut state = self.state.write();
        for (number, step) in steps.into_iter().enumerate() {
            if number > 0 && number % CHANGES_PER_LOCK == 0 {
                RwLockWriteGuard::bump(&mut state);
            }
            let slot = state.slot_of_reference(&step.entity_ref);
            match (slot, step.new) {
                (Some(slot), Some(new)) => state.update(slot, new.record, &step.old, &new.rows),
                (Some(slot), None) => state.remove(slot, &step.old),
                (None, Some(new)) => state.insert(new.record, &new.rows),
                (None, None) => {}
            }
        }
        // When their words are put in, the state has them: here, and not before.
        self.search.note(touched.iter().map(String::as_str));
        state.revision = state.revision.max(revision);
    }

    /// Works out what a change changes; nothing if it is out of date.
    fn step(&self, entity_ref: String, change: Change) -> Option<Step> {
        let present = self.get_by_ref(&entity_ref);
        if present
            .as_ref()
            .is_some_and(|present| present.revision() > change.revision())
        {
            return None;
        }
        let new = match change {
            Change::Upsert(entity) => Some(Prepared::new(&entity, &self.interner)),
            Change::Delete { .. } => None,
        };
        let old = present
            .map(|present| Rows::parse(&present.document()))
            .unwrap_or_default();
        Some(Step { entity_ref, old, new })
    }

    /// The revision that was reached last.
    pub fn revision(&self) -> i64 {
        self.state.read().revision
    }

    /// How many entities there are.
    pub fn len(&self) -> usize {
        usize::try_from(self.state.read().live().len()).unwrap_or(usize::MAX)
    }

    /// Whether there are no entities.
    pub fn is_empty(&self) -> bool {
        self.state.read().live().is_empty()
    }

    /// One page of the entities that match.
    pub fn query(&self, query: &Query) -> Result<Page, QueryError> {
        let state = self.state.read();
        let visible = self.visible(&state, query.restriction.as_ref());
        answer::page(&state, query, visible.as_deref())
    }

    /// A list of the entities that match.
    pub fn list(&self, query: &ListQuery) -> Result<List, QueryError> {
        let state = self.state.read();
        let visible = self.visible(&state, query.restriction.as_ref());
        answer::list(&state, query, visible.as_deref())
    }

    /// Counts the distinct values of fields among the entities that match.
    pub fn facets(&self, names: &[String], filter: Option<&Predicate>, restriction: Option<&Predicate>) -> Facets {
        let state = self.state.read();
        let visible = self.visible(&state, restriction);
        let narrowed = filter.is_some() || visible.is_some();
        let matches = narrowed.then(|| state.matching_visible(filter, visible.as_deref()));
        Facets {
            facets: names
                .iter()
                .map(|name| answer::facet(&state, name, matches.as_deref()))
                .collect(),
            revision: state.revision,
        }
    }

    /// The entity with a full reference in lower case.
    pub fn get_by_ref(&self, entity_ref: &str) -> Option<EntityView> {
        let state = self.state.read();
        state.view(state.slot_of_reference(entity_ref)?)
    }

    /// The entity with a unique id.
    pub fn get_by_uid(&self, uid: &str) -> Option<EntityView> {
        let state = self.state.read();
        let slot = state
            .slot_of_uid(uid)
            .or_else(|| state.slot_of_uid(&uid.to_lowercase()));
        state.view(slot?)
    }

    /// The entities with these references, each at the place of its reference; none for those that are not there or
    /// do not match.
    pub fn get_by_refs(
        &self,
        entity_refs: &[String],
        filter: Option<&Predicate>,
        restriction: Option<&Predicate>,
    ) -> Vec<Option<EntityView>> {
        let state = self.state.read();
        let visible = self.visible(&state, restriction);
        let matches = filter
            .filter(|_| entity_refs.len() > FEW_REFERENCES)
            .map(|filter| state.matching_all([filter]));
        let is_wanted = |slot: &u32| {
            visible.as_ref().is_none_or(|visible| visible.contains(*slot))
                && match (&matches, filter) {
                    (Some(matches), _) => matches.contains(*slot),
                    (None, Some(filter)) => state.holds(*slot, filter),
                    (None, None) => true,
                }
        };
        let find = |entity_ref: &String| state.view(state.slot_of_reference(entity_ref).filter(is_wanted)?);
        entity_refs.iter().map(find).collect()
    }

    /// An entity and everything above it, itself first and the nearest next; none if the entity is not there or may
    /// not be seen. Ancestors that may not be seen are left out, with all that only leads through them.
    pub fn ancestry(&self, entity_ref: &str, restriction: Option<&Predicate>) -> Option<Vec<Ancestor>> {
        answer::ancestry(&self.state.read(), entity_ref, restriction)
    }

    /// Searches by words, see [`Self::index_words`].
    pub fn search(&self, query: &SearchQuery) -> Result<SearchPage, SearchFailure> {
        search::search(self, &self.search, query)
    }

    /// Puts the words of what changed into the text index. That is real work, and nothing waits for it but searches, so
    /// it is for the caller to say when: seldom while much changes. Returns how many entities there were.
    pub fn index_words(&self) -> Result<usize, SearchError> {
        self.search.put_in_pending(self)
    }

    /// How many changed entities have not had their words put in; none if all of them have to be.
    pub fn words_waiting(&self) -> Option<usize> {
        self.search.waiting()
    }

    /// Up to which revision entities can be searched by words; none before the first time.
    pub fn words_revision(&self) -> Option<i64> {
        self.search.revision()
    }

    /// Asks the state, with a way to know what a restriction leaves of it.
    pub(crate) fn read<Answer>(
        &self,
        ask: impl FnOnce(&State, &dyn Fn(Option<&Predicate>) -> Option<Arc<RoaringBitmap>>) -> Answer,
    ) -> Answer {
        let state = self.state.read();
        ask(&state, &|restriction| self.visible(&state, restriction))
    }

    /// The slots that a restriction leaves; none if there is no restriction.
    fn visible(&self, state: &State, restriction: Option<&Predicate>) -> Option<Arc<RoaringBitmap>> {
        restriction.map(|restriction| self.visibility.of(state, restriction))
    }

    /// Whether an entity is there and matches.
    pub fn matches(&self, entity_ref: &str, predicate: &Predicate) -> bool {
        let state = self.state.read();
        state
            .slot_of_reference(entity_ref)
            .is_some_and(|slot| state.holds(slot, predicate))
    }
}
