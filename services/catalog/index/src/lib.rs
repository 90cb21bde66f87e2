//! The catalog's query index: filters, ordering, pages, facets, text search and ancestry, answered from memory.
//!
//! Every entity has a *slot*, a small number. Every key of the entities' searchable rows has a `field`, with a
//! `dictionary` of its values and for each value the set of slots that have it (`sets`). Predicates are answered by
//! combining such sets (`answer::evaluation`), pages by following a field's order or by ranking what matches
//! (`answer::scan`), facets by counting intersections (`answer::facets`). Nothing looks at a document, except when it
//! changes or is handed out.
//!
//! Strings are compared once, when they enter: `order::sorted_ids` keeps slots and values in order and gives each a number,
//! so that from there on places are compared and not texts.
//!
//! What a caller may see is one more predicate, the *restriction*; its set of slots is kept for as long as nothing changes
//! (`answer::visibility`), so that restricted answers cost what unrestricted ones do.
//!
//! All comparisons are of lower-case bytes, and entities that are equal otherwise are in the order of their references.
//!
//! The parts build on one another: `sets`, `order` and `entity` on nothing of the others, `field` on these three, `state` on
//! fields, `answer` on the state and on the questions of `query`. `search` adds the words, and `index` is the front of all.
//!
//! To add a kind of condition, add it to [`Predicate`] and to the two functions in `answer::evaluation`: one finds all slots,
//! the other asks about one. The reference implementation in `tests/` needs it too; the property tests compare both.

mod answer;
mod entity;
mod field;
mod index;
mod loader;
mod order;
mod query;
mod search;
mod sets;
mod state;

pub use entity::{Change, EntityView, StoredEntity};
pub use index::CatalogIndex;
pub use loader::Loader;
pub use query::{
    Ancestor, DEEPEST_PREDICATE, DEFAULT_LIMIT, Direction, Facet, FacetValue, Facets, List, ListQuery, Order, Page,
    Predicate, Query, QueryError, TextFilter,
};
pub use search::{Highlight, Highlighting, SearchError, SearchFailure, SearchHit, SearchPage, SearchQuery};
