//! The gateway over real connections: the REST API in front, a catalog behind, Postgres beside it.

mod access;
mod administration;
mod audit;
mod cache;
mod catalog;
mod edge;
mod events;
mod frontend;
mod grpc;
mod limits;
mod signals;
mod support;
mod user_settings;
