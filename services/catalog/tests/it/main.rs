//! The catalog against a real Postgres: each test has a database of its own.

mod conflicts;
mod feed;
mod ingestion;
mod locations;
mod real_catalogs;
mod support;
