//! Lighthouse audits through the gateway: the REST API of lighthouse-audit-service, and ours beside it.

#![expect(clippy::unwrap_used, reason = "in a test a failure is a panic")]

mod contract;
mod real_audit;
mod schedules;
mod support;
mod version_two;
