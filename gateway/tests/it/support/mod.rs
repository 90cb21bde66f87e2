//! The gateway on a port of its own, with a database of its own, in front of a catalog that does what a test says.

pub(crate) mod app;
pub(crate) mod browser;
pub(crate) mod client;
pub(crate) mod fake_catalog;
pub(crate) mod fake_github;
pub(crate) mod identity_provider;
