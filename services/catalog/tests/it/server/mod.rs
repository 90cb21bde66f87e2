//! What callers are told, over the gRPC handlers.

mod conditions;
mod history;
mod locations;
mod search;
mod unprocessed;
mod watching;
