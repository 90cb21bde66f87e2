use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// memcached allows 250 bytes; this leaves room for a prefix.
const MAX_KEY_BYTES: usize = 200;

/// The key under which a store keeps a caller's key: without spaces or control characters, and short enough for every store.
///
/// The caller's part is base64, which holds no `:`, so a key cannot reach into another namespace.
pub(super) fn mangle(prefix: &str, key: &str) -> String {
    let plain = format!("{prefix}{}", URL_SAFE_NO_PAD.encode(key));
    if plain.len() <= MAX_KEY_BYTES && prefix.bytes().all(|byte| byte.is_ascii_graphic()) {
        return plain;
    }
    // `.` occurs in no plain key's last part, so a hash never equals one.
    let digest = Sha256::new()
        .chain_update(prefix)
        .chain_update([0])
        .chain_update(key)
        .finalize();
    format!("callboard.{}", URL_SAFE_NO_PAD.encode(digest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn short_keys_stay_readable_and_long_ones_are_hashed() {
        assert_eq!(mangle("catalog:pages:", "a"), "catalog:pages:YQ");
        let long = mangle("catalog:pages:", &"x".repeat(500));
        assert!(long.len() < MAX_KEY_BYTES && long.starts_with("callboard."), "{long}");
        assert_ne!(long, mangle("catalog:pages:", &"x".repeat(501)));
        assert_ne!(long, mangle("catalog:other:", &"x".repeat(500)));
    }

    proptest! {
        #[test]
        fn every_key_fits_every_store(prefix in "\\PC{0,80}", key in "\\PC{0,400}") {
            let mangled = mangle(&prefix, &key);
            prop_assert!(mangled.len() <= MAX_KEY_BYTES);
            prop_assert!(mangled.bytes().all(|byte| byte.is_ascii_graphic()));
        }

        #[test]
        fn different_keys_stay_different(left in "\\PC{0,300}", right in "\\PC{0,300}") {
            prop_assert_eq!(left == right, mangle("a:b:", &left) == mangle("a:b:", &right));
        }
    }
}
