//! The kit against real servers: Postgres (`DATABASE_URL`), Redis (`CALLBOARD_TEST_REDIS_URL`), memcached
//! (`CALLBOARD_TEST_MEMCACHE`), and gRPC over real sockets.

mod cache;
mod channel;
mod database;
mod life;
mod server;
mod support;
