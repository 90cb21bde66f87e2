//! What callers may do, by the policy of `permission.policy`.
//!
//! A permission is a name with an action, such as `catalog.entity.delete`. The policy decides about it for a caller: yes, no, or
//! yes for entities that meet a condition. Conditions are applied where entities are: the catalog's index answers as if there
//! were no others, so that counts, facets, pages and cursors know nothing of what a caller may not see.
//!
//! Reads go through [`visibility`], everything else through [`check`]; a handler that asks neither is open to every known caller.

pub(crate) mod apply_conditions;
pub(crate) mod authorize;
pub(crate) mod check;
pub(crate) mod condition;
pub(crate) mod explain;
pub(crate) mod metadata;
pub(crate) mod names;
pub(crate) mod policy;
pub(crate) mod question;
pub(crate) mod visibility;

use callboard_service_kit::administrators::Administrators;

use self::policy::Policy;

/// What decides.
#[derive(Debug)]
pub(crate) struct Permissions {
    /// Absent, permissions are off, and every known caller may do everything.
    policy: Option<Policy>,
    administrators: Administrators,
}

impl Permissions {
    /// Decides by a policy; without one, permissions are off. Administrators look after the portal either way.
    pub(crate) fn new(policy: Option<Policy>, administrators: Administrators) -> Self {
        Self { policy, administrators }
    }

    /// The policy, where permissions are on.
    pub(crate) fn policy(&self) -> Option<&Policy> {
        self.policy.as_ref()
    }
}
