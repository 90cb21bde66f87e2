//! What a caller may see of the catalog.

use callboard_proto::catalog::v1::PermissionCondition;
use sha2::{Digest, Sha256};

use super::{Permissions, condition::Condition, names::ENTITY_READ, policy::Decision};
use crate::{auth::credentials::Credentials, http::conditional::hex};

/// The entities a caller may see.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Visibility {
    Everything,
    /// Those that meet a condition.
    Some {
        condition: PermissionCondition,
        /// Equal for callers who see the same: what cached answers are kept apart by.
        key: String,
    },
    Nothing,
}

impl Visibility {
    /// The condition for the catalog; absent means everything.
    pub(crate) fn condition(&self) -> Option<PermissionCondition> {
        match self {
            Self::Everything => None,
            Self::Some { condition, .. } => Some(condition.clone()),
            Self::Nothing => Some(Condition::never().to_wire()),
        }
    }

    /// What answers are kept apart by: callers with the same key see the same.
    pub(crate) fn key(&self) -> &str {
        match self {
            Self::Everything => "",
            Self::Some { key, .. } => key,
            Self::Nothing => "-",
        }
    }
}

impl Permissions {
    /// What a caller may see.
    pub(crate) fn visibility<'a>(&self, credentials: &'a Credentials) -> &'a Visibility {
        // A decision depends on nothing but the policy and the credentials.
        credentials
            .visibility
            .get_or_init(|| match self.decide(credentials, &ENTITY_READ) {
                Decision::Allow => Visibility::Everything,
                Decision::Deny => Visibility::Nothing,
                Decision::Conditional(condition) => Visibility::Some {
                    condition: condition.to_wire(),
                    key: hex(&Sha256::digest(condition.to_json().to_string())[..16]),
                },
            })
    }
}
