//! Secret texts that stand for programs.

use std::sync::Arc;

use callboard_service_kit::identity::secrets_equal;
use sha2::{Digest, Sha256};

use crate::config::auth::external_access::{AccessRestriction, ExternalAccess, ExternalMethod};

type Restrictions = Option<Arc<[AccessRestriction]>>;

/// Looks tokens up without telling, by the time it takes, how much of one was right.
#[derive(Debug)]
pub(super) struct StaticTokens {
    // Digests are of one length, which comparing in constant time needs.
    entries: Vec<([u8; 32], String, Restrictions)>,
}

impl StaticTokens {
    pub(super) fn new(access: &[ExternalAccess]) -> Self {
        let entry = |entry: &ExternalAccess| match &entry.method {
            ExternalMethod::Static { token, subject } => {
                let digest = Sha256::digest(token.expose().as_bytes()).into();
                Some((digest, subject.clone(), entry.restrictions.clone()))
            }
            _ => None,
        };
        Self {
            entries: access.iter().filter_map(entry).collect(),
        }
    }

    /// The subject of a token, and what it is good for. All entries are compared, whichever it is.
    pub(super) fn find(&self, token: &str) -> Option<(&str, Restrictions)> {
        let digest: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        let mut found = None;
        for (candidate, subject, restrictions) in &self.entries {
            if secrets_equal(candidate, &digest) && found.is_none() {
                found = Some((subject.as_str(), restrictions));
            }
        }
        found.map(|(subject, restrictions)| (subject, restrictions.clone()))
    }
}

#[cfg(test)]
mod tests {
    use callboard_service_kit::config::Secret;

    use super::*;

    #[test]
    fn finds_exact_tokens_only() {
        let method = ExternalMethod::Static {
            token: Secret::new("secret-token".to_owned()),
            subject: "ci".to_owned(),
        };
        let tokens = StaticTokens::new(&[ExternalAccess {
            method,
            restrictions: None,
        }]);
        assert_eq!(tokens.find("secret-token").map(|(subject, _)| subject), Some("ci"));
        for other in ["", "secret-toke", "secret-token ", "SECRET-TOKEN"] {
            assert!(tokens.find(other).is_none(), "{other}");
        }
    }
}
