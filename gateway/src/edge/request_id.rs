//! Ids that tie a response, its log lines and its calls to services together.

use http::{HeaderMap, HeaderName, HeaderValue};
use rand::RngCore;

use crate::http::conditional::hex;

/// The header that carries the id, both ways.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The caller's id when it is a sensible one, else a new one.
pub(crate) fn assign(headers: &HeaderMap) -> HeaderValue {
    match headers.get(&REQUEST_ID) {
        Some(id) if is_sensible(id.as_bytes()) => id.clone(),
        _ => HeaderValue::try_from(random_id(16)).unwrap_or_else(|_| HeaderValue::from_static("unknown")),
    }
}

/// An id of `bytes` random bytes, in hexadecimal digits.
pub(crate) fn random_id(bytes: usize) -> String {
    let mut id = vec![0; bytes];
    rand::rng().fill_bytes(&mut id);
    hex(&id)
}

/// Ids go to logs: they are short, and of harmless characters.
fn is_sensible(id: &[u8]) -> bool {
    (8..=64).contains(&id.len())
        && id
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_sensible_ids_only() {
        for (sent, kept) in [
            ("0123456789abcdef", true),
            ("short", false),
            ("with space in it", false),
            (&"a".repeat(65), false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(REQUEST_ID, HeaderValue::from_str(sent).expect("a header value"));
            assert_eq!(assign(&headers) == sent, kept, "{sent}");
        }
        assert_eq!(assign(&HeaderMap::new()).len(), 32);
    }
}
