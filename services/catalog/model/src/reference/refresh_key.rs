//! The keys by which entities are found that depend on a file.

use sha2::{Digest, Sha256};

use crate::values::text::utf16_length;

/// Longer keys are stored by their beginning and their hash.
const LONGEST: usize = 255;
/// How much of the beginning is kept.
const KEPT: usize = 180;

/// The form in which a refresh key is stored and looked up.
pub fn stored_refresh_key(key: &str) -> String {
    if utf16_length(key) <= LONGEST {
        return key.to_owned();
    }
    let hash = hex::encode(Sha256::digest(key.as_bytes()));
    format!("{}#sha256:{hash}", beginning(key))
}

/// The characters that fit into the first code units; none is cut in two.
fn beginning(key: &str) -> &str {
    let mut units = 0;
    let end = key.char_indices().find(|(_, character)| {
        units += character.len_utf16();
        units > KEPT
    });
    end.map_or(key, |(end, _)| &key[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_keys_are_shortened() {
        assert_eq!(stored_refresh_key("url:x"), "url:x");
        assert_eq!(stored_refresh_key(&"k".repeat(255)), "k".repeat(255));
        let stored = stored_refresh_key(&"k".repeat(256));
        assert_eq!(stored.len(), 252);
        assert!(stored.starts_with(&format!("{}#sha256:", "k".repeat(180))));
        assert_ne!(stored, stored_refresh_key(&"k".repeat(257)));
        assert!(stored_refresh_key(&"😀".repeat(200)).starts_with(&format!("{}#", "😀".repeat(90))));
    }
}
