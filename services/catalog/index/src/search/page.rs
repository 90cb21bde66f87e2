//! A page of search results.

use std::sync::Arc;

use roaring::RoaringBitmap;

use crate::answer::{self, facet};
use crate::entity::EntityView;
use crate::index::CatalogIndex;
use crate::query::{Direction, Facet, Order, Predicate, Query, QueryError};
use crate::search::collect::{Found, InSlots};
use crate::search::highlight::highlights;
use crate::search::words::words_of_query;
use crate::search::{SearchError, SearchIndex, score};
use crate::sets::Bits;
use crate::state::State;

/// Without words entities are in the order of this field.
const ORDER: &str = "metadata.name";

/// A request for a page of the entities that have some words.
#[derive(Clone, Debug, Default)]
pub struct SearchQuery {
    /// Words, all of which an entity must have; each may be the start of one. Without any, all entities are found.
    pub text: String,
    /// What else must hold.
    pub filter: Option<Predicate>,
    /// What the caller may see.
    pub restriction: Option<Predicate>,
    /// The most results on the page.
    pub limit: usize,
    /// How many results to skip.
    pub offset: usize,
    /// Fields to count the results by.
    pub facets: Vec<String>,
}

/// The tags to put around what was found.
#[derive(Clone, Copy, Debug)]
pub struct Highlighting<'tag> {
    /// Before it.
    pub before: &'tag str,
    /// After it.
    pub after: &'tag str,
}

/// Part of an entity's text, with what was found in it marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// `title`, `text` or `name`.
    pub field: &'static str,
    /// The text.
    pub text: String,
}

/// A result.
#[derive(Clone, Debug)]
pub struct SearchHit {
    /// The entity.
    pub entity: EntityView,
    /// How well it fits, compared with the others; 0 where there were no words.
    pub score: f32,
}

/// The answer to a [`SearchQuery`].
#[derive(Clone, Debug)]
pub struct SearchPage {
    /// Best first.
    pub hits: Vec<SearchHit>,
    /// How many there are, on all pages.
    pub total: u64,
    /// One for each field that was to be counted.
    pub facets: Vec<Facet>,
    /// Everything up to this revision could be found.
    pub revision: i64,
    words: Vec<String>,
}

impl SearchPage {
    /// Where in an entity the words are.
    pub fn highlights(&self, entity: &EntityView, tags: Highlighting<'_>) -> Vec<Highlight> {
        highlights(&entity.document(), &self.words, tags)
    }
}

/// Why a search has no answer.
#[derive(Debug, thiserror::Error)]
pub enum SearchFailure {
    /// Not all entities have been put in yet.
    #[error("the search index is being built, try again in a few seconds")]
    NotReady,
    /// The question makes no sense.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// It failed.
    #[error(transparent)]
    Failed(#[from] SearchError),
}

/// Searches. The catalog's lock is not held while the text index works.
pub(crate) fn search(
    catalog: &CatalogIndex,
    search: &SearchIndex,
    query: &SearchQuery,
) -> Result<SearchPage, SearchFailure> {
    let words = words_of_query(&query.text);
    if words.is_empty() {
        return without_words(catalog, query);
    }
    if let Some(filter) = &query.filter {
        filter.check_depth()?;
    }
    // Before the search: what is put in meanwhile may be found or not.
    let revision = search.revision().ok_or(SearchFailure::NotReady)?;
    let (allowed, allowed_at) = catalog.read(|state, visible| {
        let visible = visible(query.restriction.as_ref());
        let allowed = state.matching_visible(query.filter.as_ref(), visible.as_deref());
        (InSlots(Arc::new(Bits::new(&allowed))), state.revision)
    });
    let searcher = search.reader.searcher();
    let mut found = score::find(&searcher, &search.words, &words, &allowed).map_err(SearchError::from)?;
    if found.is_empty() {
        let mistaken = search.words.mistaken(&words);
        found = searcher.search(&mistaken, &allowed).map_err(SearchError::from)?;
    }
    Ok(catalog.read(|state, visible| {
        // What may be found may have changed while the words were looked up.
        if state.revision != allowed_at {
            let visible = visible(query.restriction.as_ref());
            let allowed = state.matching_visible(query.filter.as_ref(), visible.as_deref());
            found.retain(|found| allowed.contains(found.slot));
        }
        // Where nothing has changed since the words were put in, no slot can be another's; looking at each reference takes longer
        // than all the rest.
        if revision < state.revision {
            found.retain(|found| search.key(state.reference(found.slot)) == found.key);
        }
        let total = found.len() as u64;
        let facets = facets(state, &query.facets, || found.iter().map(|found| found.slot).collect());
        best(&mut found, query.offset.saturating_add(query.limit), |slot| {
            state.references().rank(slot)
        });
        let page = found.iter().skip(query.offset).filter_map(|found| {
            Some(SearchHit {
                entity: state.view(found.slot)?,
                score: found.score,
            })
        });
        SearchPage {
            hits: page.collect(),
            total,
            facets,
            revision: revision.min(state.revision),
            words,
        }
    }))
}

/// The facets of what matches, which is only asked for if there are any.
fn facets(state: &State, names: &[String], matches: impl FnOnce() -> RoaringBitmap) -> Vec<Facet> {
    if names.is_empty() {
        return Vec::new();
    }
    let matches = matches();
    names.iter().map(|name| facet(state, name, Some(&matches))).collect()
}

/// Sorts the first few, best first, and drops the others. Equals are in the order of their references.
fn best(found: &mut Vec<Found>, take: usize, rank: impl Fn(u32) -> u64) {
    let compare = |left: &Found, right: &Found| {
        right
            .score
            .total_cmp(&left.score)
            .then_with(|| rank(left.slot).cmp(&rank(right.slot)))
    };
    if take < found.len() {
        if take > 0 {
            found.select_nth_unstable_by(take - 1, compare);
        }
        found.truncate(take);
    }
    found.sort_unstable_by(compare);
}

fn without_words(catalog: &CatalogIndex, query: &SearchQuery) -> Result<SearchPage, SearchFailure> {
    let in_order = Query {
        filter: query.filter.clone(),
        order: vec![Order {
            field: ORDER.to_owned(),
            direction: Direction::Ascending,
        }],
        limit: Some(query.limit),
        offset: query.offset,
        ..Query::default()
    };
    catalog.read(|state, visible| {
        let visible = visible(query.restriction.as_ref());
        let page = answer::page(state, &in_order, visible.as_deref())?;
        let matches = || state.matching_visible(query.filter.as_ref(), visible.as_deref());
        let facets = facets(state, &query.facets, || matches().into_owned());
        let hit = |entity| SearchHit { entity, score: 0.0 };
        Ok(SearchPage {
            hits: page.items.into_iter().map(hit).collect(),
            total: page.total_items,
            facets,
            revision: page.revision,
            words: Vec::new(),
        })
    })
}
