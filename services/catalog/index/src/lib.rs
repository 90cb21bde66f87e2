//! The catalog's query index: filters, ordering, pages, facets, text search and ancestry, answered from memory.
//!
//! Every entity has a *slot*, a small number. Every key of the entities' searchable rows has a `field`, with a
//! `dictionary` of its values and for each value the set of slots that have it. Predicates are answered by combining
//! such sets (`evaluation`), pages by following a field's order or by ranking what matches (`scan`), facets by counting
//! intersections (`facets`). Nothing looks at a document, except when it changes or is handed out.
//!
//! Strings are compared once, when they enter: `sorted_ids` keeps slots and values in order and gives each a number, so
//! that from there on places are compared and not texts.
//!
//! What a caller may see is one more predicate, the *restriction*; its set of slots is kept for as long as nothing changes
//! (`visibility`), so that restricted answers cost what unrestricted ones do.
//!
//! All comparisons are of lower-case bytes, and entities that are equal otherwise are in the order of their references.
//!
//! To add a kind of condition, add it to [`Predicate`] and to the two functions in `evaluation`: one finds all slots, the
//! other asks about one. The reference implementation in `tests/` needs it too; the property tests compare both.

mod ancestry;
mod bits;
mod column;
mod cursor;
mod dictionary;
mod document;
mod entity;
mod evaluation;
mod facets;
mod field;
mod index;
mod intern;
mod list;
mod loader;
mod nearest;
mod page;
mod posting;
mod predicate;
mod prepare;
mod query;
mod resolved;
mod rows;
mod scan;
mod search;
mod sequence;
mod sorted_ids;
mod spellings;
mod state;
mod union;
mod visibility;

pub use entity::{Change, EntityView, StoredEntity};
pub use index::CatalogIndex;
pub use loader::Loader;
pub use predicate::{DEEPEST_PREDICATE, Predicate};
pub use query::{
    Ancestor, DEFAULT_LIMIT, Direction, Facet, FacetValue, Facets, List, ListQuery, Order, Page, Query, QueryError,
    TextFilter,
};
pub use search::{Highlight, Highlighting, SearchError, SearchFailure, SearchHit, SearchPage, SearchQuery};
