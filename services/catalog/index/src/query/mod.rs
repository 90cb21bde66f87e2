//! The questions the index answers, and the answers.

mod cursor;
mod predicate;

use serde::{Deserialize, Serialize};

use crate::entity::EntityView;

pub(crate) use cursor::{Cursor, Position};
pub use predicate::{DEEPEST_PREDICATE, Predicate};

/// How many rows a page has when the caller does not say.
pub const DEFAULT_LIMIT: usize = 200;

/// In which direction values are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Smallest first.
    #[default]
    #[serde(rename = "asc")]
    Ascending,
    /// Largest first.
    #[serde(rename = "desc")]
    Descending,
}

/// A field to order by, and how. Values are compared in lower case, by their bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The path of the field, in any case.
    pub field: String,
    /// The direction.
    pub direction: Direction,
}

/// A text to be found in the values of some fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextFilter {
    /// The text, taken literally but for case and surrounding blanks. An empty one filters nothing.
    pub term: String,
    /// The paths of the fields. Without any it is the field the result is ordered by, or else `metadata.uid`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
}

/// A request for one page of the entities that match.
///
/// With a cursor, `filter`, `order`, `text`, `offset` and `count` come from the request the cursor descends from and are
/// not read here.
#[derive(Clone, Debug)]
pub struct Query {
    /// What the caller asks for.
    pub filter: Option<Predicate>,
    /// What the caller may see. It is given anew with every page and never put into a cursor.
    pub restriction: Option<Predicate>,
    /// Only the first one counts. Entities without a value for it are not part of the result, and those with several
    /// are there once with each. Without any, the order is by reference.
    pub order: Vec<Order>,
    /// The full text filter.
    pub text: Option<TextFilter>,
    /// The most rows on the page, [`DEFAULT_LIMIT`] if it is not given.
    pub limit: Option<usize>,
    /// How many rows to skip before the first page.
    pub offset: usize,
    /// Whether the entities are counted.
    pub count: bool,
    /// A cursor of an earlier page.
    pub cursor: Option<String>,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            filter: None,
            restriction: None,
            order: Vec::new(),
            text: None,
            limit: None,
            offset: 0,
            count: true,
            cursor: None,
        }
    }
}

/// One page of a query.
#[derive(Clone, Debug)]
pub struct Page {
    /// The rows. An entity that has several values of the field ordered by may be there several times.
    pub items: Vec<EntityView>,
    /// How many different entities the query has now, on all pages; 0 if they were not to be counted.
    pub total_items: u64,
    /// Leads to the rows behind this page.
    pub next_cursor: Option<String>,
    /// Leads to the rows before this page.
    pub prev_cursor: Option<String>,
    /// The revision of the catalog that the page shows.
    pub revision: i64,
}

/// A request for a list of entities, all at once or by limit and offset.
///
/// The two ways differ in more than length, as they always have for clients of the catalog. All at once, it is one
/// long page of a [`Query`]: only the first order counts, entities without a value for it are left out. With a limit
/// or an offset, all orders count, each breaking the ties of those before it, and entities without a value come last,
/// in whichever direction.
#[derive(Clone, Debug, Default)]
pub struct ListQuery {
    /// What the caller asks for.
    pub filter: Option<Predicate>,
    /// What the caller may see.
    pub restriction: Option<Predicate>,
    /// What to order by; without any, by reference.
    pub order: Vec<Order>,
    /// The most rows to return.
    pub limit: Option<usize>,
    /// How many rows to skip.
    pub offset: Option<usize>,
}

/// The answer to a [`ListQuery`].
#[derive(Clone, Debug)]
pub struct List {
    /// The rows.
    pub items: Vec<EntityView>,
    /// Whether more rows follow than the limit allowed.
    pub has_more: bool,
    /// The revision of the catalog that the list shows.
    pub revision: i64,
}

/// The distinct values of some fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// One for each field that was asked for, in that order.
    pub facets: Vec<Facet>,
    /// The revision of the catalog that was counted.
    pub revision: i64,
}

/// The distinct values of one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facet {
    /// The field, spelled as it was asked for.
    pub name: String,
    /// Its values as they are written, in the order of their bytes.
    pub values: Vec<FacetValue>,
}

/// A value and how many entities have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// The value as it is written; the same value written differently is another one.
    pub value: String,
    /// How many entities have it.
    pub count: u64,
}

/// An entity among the ancestors of another, itself the first.
#[derive(Clone, Debug)]
pub struct Ancestor {
    /// The entity.
    pub entity: EntityView,
    /// The references of the entities that emitted it, as far as they can be seen.
    pub parents: Vec<String>,
}

/// Why a query was refused. All of these are the caller's doing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// The cursor is not one that a page returned.
    #[error("Malformed cursor: {0}")]
    MalformedCursor(String),
    /// The predicate is nested too deep.
    #[error("Invalid query: nested deeper than {} levels", DEEPEST_PREDICATE)]
    PredicateTooDeep,
    /// The predicate is so long that the cursor of the next page would not be accepted.
    #[error("Invalid query: too long to be continued by a cursor")]
    PredicateTooLong,
}
