//! Conditional requests: weak entity tags and `If-None-Match`.

use http::{HeaderMap, HeaderValue, header};
use sha1::{Digest, Sha1};

/// A weak tag of a whole response body.
pub(crate) fn weak_etag(body: &[u8]) -> HeaderValue {
    let mut tag = String::with_capacity(46);
    tag.push_str("W/\"");
    tag.push_str(&hex(&Sha1::digest(body)));
    tag.push('"');
    // Made of ASCII letters, digits and quotes only, which every header value may hold.
    HeaderValue::try_from(tag).unwrap_or_else(|_| HeaderValue::from_static("W/\"\""))
}

/// Whether the client holds the response that `etag` stands for. Tags compare weakly, as `If-None-Match` asks for.
pub(crate) fn is_fresh(request: &HeaderMap, etag: &HeaderValue) -> bool {
    let Ok(etag) = etag.to_str() else { return false };
    let opaque = etag.trim_start_matches("W/");
    request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|candidate| candidate == "*" || candidate.trim_start_matches("W/") == opaque)
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_tags_weakly() {
        let etag = weak_etag(b"body");
        let text = etag.to_str().expect("ASCII").to_owned();
        let strong = text.trim_start_matches("W/").to_owned();
        for (sent, expected) in [
            (text.as_str(), true),
            (strong.as_str(), true),
            ("*", true),
            ("\"a\", W/\"b\"", false),
            (&format!("\"a\", {text}"), true),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(
                header::IF_NONE_MATCH,
                HeaderValue::from_str(sent).expect("a header value"),
            );
            assert_eq!(is_fresh(&headers, &etag), expected, "{sent}");
        }
        assert!(!is_fresh(&HeaderMap::new(), &etag));
    }
}
