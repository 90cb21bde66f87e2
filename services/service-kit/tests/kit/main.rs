//! The kit against real servers: Postgres (`DATABASE_URL`), Redis (`CALLBOARD_TEST_REDIS_URL`), memcached
//! (`CALLBOARD_TEST_MEMCACHE`), and gRPC over real sockets.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails its test")]

mod cache;
mod certificates;
mod channel;
mod database;
mod life;
mod server;
mod support;
mod telemetry;
mod tls;
