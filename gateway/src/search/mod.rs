//! `/api/search`: full-text search in the shape of Backstage's search backend. The catalog does the searching; entities are
//! shown as the documents that Backstage's catalog collator makes of them.

mod document;
mod nested_query;
pub(crate) mod query_search;
