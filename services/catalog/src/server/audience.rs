//! What a watcher who may not see everything may hear of.

use std::{
    collections::HashSet,
    hash::{BuildHasher, RandomState},
};

use callboard_catalog_index::{CatalogIndex, ListQuery, Predicate, QueryError};

/// Keeps a restricted watcher from hearing of anything it has never been allowed to see: that an entity is gone, or may not be seen
/// any more, is told to those who could see it before, and to nobody else.
#[derive(Debug)]
pub(super) struct Audience {
    restriction: Predicate,
    /// Hashes of the refs it may know of; a ref a thousand times over would cost much more.
    known: HashSet<u64>,
    hasher: RandomState,
    /// From here on `known` is complete.
    since: i64,
}

/// What to tell of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hearing {
    /// It may be seen.
    Visible,
    /// It was seen, and is not to be seen any more.
    Lost,
    /// It must not be heard of.
    Never,
    /// It happened before this watcher came, and nobody knows what it could see then.
    Unknown,
}

impl Audience {
    /// Everything that may be seen now is known.
    pub(super) fn new(index: &CatalogIndex, restriction: Predicate) -> Result<Self, QueryError> {
        let visible = index.list(&ListQuery {
            filter: Some(restriction.clone()),
            ..ListQuery::default()
        })?;
        let hasher = RandomState::new();
        Ok(Self {
            restriction,
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
        if exists && index.matches(entity_ref, &self.restriction) {
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
