//! The catalog against a real Postgres: each test has a database of its own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod conflicts;
mod events;
mod feed;
mod github;
mod ingestion;
mod providers;
mod races;
mod real_catalogs;
mod scale_out;
mod server;
mod source_hosts;
mod support;
