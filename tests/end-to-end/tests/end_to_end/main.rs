//! Whole Callboards, started as real processes and used from outside. Each test has its own, with its own databases, so they run
//! side by side.

mod bad_input;
mod changes;
mod crashes;
mod database_away;
mod descriptors;
mod edge;
mod lifecycle;
mod live;
mod proxy;
mod real_catalogs;
mod resilience;
mod searching;
mod watching;
