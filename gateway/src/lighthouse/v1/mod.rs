//! The REST API of lighthouse-audit-service, unchanged: one file a route. Errors are bare text, which its clients show and compare.

mod bodies;
pub(crate) mod create_audit;
pub(crate) mod delete_audit;
pub(crate) mod get_audit;
pub(crate) mod get_website;
pub(crate) mod get_website_by_audit;
pub(crate) mod list_audits;
pub(crate) mod list_websites;
mod paging;
pub(crate) mod ping;
mod plain_error;
