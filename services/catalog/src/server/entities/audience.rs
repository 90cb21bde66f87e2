//! What a watcher who does not see everything hears of.

use std::{
    collections::HashSet,
    hash::{BuildHasher, RandomState},
};

use callboard_catalog_index::{CatalogIndex, ListQuery, Predicate, QueryError};

/// Keeps a watcher from hearing of anything it never saw, because it did not ask for it or because it may not: that an entity is
/// gone, or does not match any more, is told to those who saw it before, and to nobody else.
#[derive(Debug)]
pub(super) struct Audience {
    filter: Predicate,
    /// Hashes of the refs it knows of; the refs themselves would cost many times as much.
    known: HashSet<u64>,
    hasher: RandomState,
    /// From here on `known` is complete.
    since: i64,
}

/// What to tell of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hearing {
    /// It is seen.
    Visible,
    /// It was seen, and is not seen any more.
    Lost,
    /// It was never seen.
    Never,
    /// It is not seen, and what it was when this watcher last heard of anything is not known.
    Unknown,
}

impl Audience {
    /// Everything that is seen now is known.
    pub(super) fn new(index: &CatalogIndex, filter: Predicate) -> Result<Self, QueryError> {
        let visible = index.list(&ListQuery {
            filter: Some(filter.clone()),
            ..ListQuery::default()
        })?;
        let hasher = RandomState::new();
        Ok(Self {
            filter,
            known: visible
                .items
                .iter()
                .map(|view| hasher.hash_one(view.entity_ref()))
                .collect(),
            hasher,
            since: visible.revision,
        })
    }

    /// It is told of this entity.
    pub(super) fn meet(&mut self, entity_ref: &str) {
        self.known.insert(self.hasher.hash_one(entity_ref));
    }

    /// What to tell of a change of this entity, which `exists` after it or not.
    pub(super) fn hear(&mut self, index: &CatalogIndex, entity_ref: &str, revision: i64, exists: bool) -> Hearing {
        let hash = self.hasher.hash_one(entity_ref);
        if exists && index.matches(entity_ref, &self.filter) {
            self.known.insert(hash);
            Hearing::Visible
        } else if self.known.remove(&hash) {
            Hearing::Lost
        } else if revision <= self.since {
            Hearing::Unknown
        } else {
            Hearing::Never
        }
    }
}
