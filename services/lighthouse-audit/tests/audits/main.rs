//! Audits by the real process: with the real Lighthouse on a real Chromium, and, for what is about queues and leases, with a
//! runner that answers at once.

#![expect(clippy::unwrap_used, reason = "in a test a failure is a panic")]

mod fast;
mod real;
mod replicas;
mod safety;
mod support;
