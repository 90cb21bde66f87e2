//! What end-to-end tests share: a Callboard of its own for each test, started as real processes, a client of its REST API, web
//! servers that behave badly, and the recording of what the original made of real catalogs.
//!
//! The tests are in `tests/end_to_end/`, one file a subject. To add one: a module there and its line in `main.rs`.

pub mod api;
pub mod collector;
pub mod event_stream;
pub mod file_server;
pub mod grpc;
pub mod portal;
pub mod proxy;
pub mod recording;
pub mod replica;
pub mod wait;
