//! The gateway over real connections: the REST API in front, a catalog behind, Postgres beside it.

mod administration;
mod audit;
mod auth;
mod cache;
mod edge;
mod entities;
mod events;
mod external_access;
mod frontend;
mod grpc;
mod limits;
mod locations;
mod permission;
mod processing;
mod search;
mod sign_in;
mod signals;
mod support;
mod user_settings;
