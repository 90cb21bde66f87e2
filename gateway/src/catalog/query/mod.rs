//! The languages of the REST API's queries, parsed into the catalog's messages.

pub(crate) mod after_cursor;
pub(crate) mod filter_string;
pub(crate) mod location_predicate;
pub(crate) mod order;
pub(crate) mod predicate;
pub(crate) mod predicate_json;
