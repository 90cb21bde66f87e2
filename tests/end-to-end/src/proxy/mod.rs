//! The proxy behind the gateway as real processes, and third parties on loopback for it to reach.

pub mod raw_server;
pub mod replica;
pub mod stack;
pub mod third_party;
