//! The gateway over real connections: the REST API in front, a catalog behind, Postgres beside it.

mod auth;
mod cache;
mod edge;
mod entities;
mod frontend;
mod locations;
mod processing;
mod sign_in;
mod support;
