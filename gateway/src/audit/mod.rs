//! The audit log: every change through the gateway, with who, what, when and how it ended.
//!
//! What is a change is decided here and not by handlers, so that none can be forgotten: every request that is not a read, unless
//! [`action`] knows better. A handler that knows more than the path does says so with [`Audited`].

pub(crate) mod action;
mod audit_store;
pub(crate) mod list_events;
mod record;
mod retention;

pub use self::retention::remove_old_events;
pub(crate) use self::{
    audit_store::AuditStore,
    record::{Audited, record_changes},
};
