//! `/api/openapi.json`: the API described for programs, and a page for people.
//!
//! The description is kept in `gateway/openapi/`, one file a plugin; a test compares it with the routes there are. To add a route:
//! its line in the router, and its entry in the file of its plugin.

mod document;
pub(crate) mod get_openapi;
pub(crate) mod page;
#[cfg(test)]
mod routes;
