//! Audits.

pub(super) mod cancel_audit;
pub(super) mod create_audit;
pub(super) mod delete_audit;
pub(super) mod get_audit;
pub(super) mod list_audits;
pub(super) mod watch_audit;
