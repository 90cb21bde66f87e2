//! Tokens of other systems, by `backend.auth.externalAccess`.

use callboard_service_kit::identity::secrets_equal;
use sha2::{Digest, Sha256};

use crate::config::auth::StaticToken;

/// Looks tokens up without telling, by the time it takes, how much of one was right.
#[derive(Debug)]
pub(crate) struct StaticTokens {
    // Digests are of one length, which comparing in constant time needs.
    entries: Vec<([u8; 32], StaticToken)>,
}

impl StaticTokens {
    pub(crate) fn new(tokens: &[StaticToken]) -> Self {
        let digest = |token: &StaticToken| Sha256::digest(token.token.expose().as_bytes()).into();
        Self {
            entries: tokens.iter().map(|token| (digest(token), token.clone())).collect(),
        }
    }

    /// The entry of a token. All entries are compared, whichever it is.
    pub(crate) fn find(&self, token: &str) -> Option<&StaticToken> {
        let digest: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        let mut found = None;
        for (candidate, entry) in &self.entries {
            if secrets_equal(candidate, &digest) && found.is_none() {
                found = Some(entry);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use callboard_service_kit::config::Secret;

    use super::*;

    #[test]
    fn finds_exact_tokens_only() {
        let entry = StaticToken {
            token: Secret::new("secret-token".to_owned()),
            subject: "ci".to_owned(),
            plugins: None,
        };
        let tokens = StaticTokens::new(&[entry]);
        assert_eq!(
            tokens.find("secret-token").map(|entry| entry.subject.as_str()),
            Some("ci")
        );
        for other in ["", "secret-toke", "secret-token ", "SECRET-TOKEN"] {
            assert!(tokens.find(other).is_none(), "{other}");
        }
    }
}
