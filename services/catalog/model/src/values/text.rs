//! Texts as JavaScript sees them. Limits and orders of the catalog format are defined in UTF-16 code units, and
//! clients were written against that.

use std::cmp::Ordering;

/// How many UTF-16 code units the text has.
pub fn utf16_length(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.encode_utf16().count()
    }
}

/// Whether the text has at most `limit` UTF-16 code units.
pub fn fits_utf16(text: &str, limit: usize) -> bool {
    // A text never has more code units than bytes, which settles nearly every call.
    text.len() <= limit || utf16_length(text) <= limit
}

/// The order of two texts by UTF-16 code units, without converting them.
pub fn compare_utf16(left: &str, right: &str) -> Ordering {
    match left.bytes().zip(right.bytes()).find(|(left, right)| left != right) {
        None => left.len().cmp(&right.len()),
        // Code units and bytes order texts alike, except that the surrogates of characters beyond U+FFFF (first byte
        // from 0xF0) come before U+E000 to U+FFFF (first byte 0xEE or 0xEF).
        Some((left, right)) if left.min(right) >= 0xEE && (left >= 0xF0) != (right >= 0xF0) => right.cmp(&left),
        Some((left, right)) => left.cmp(&right),
    }
}

/// Whether a browser would run this address as a script. Browsers skip leading control characters and blanks, and
/// line breaks and tabs anywhere in the scheme, so a plain prefix test would be easy to get around.
pub fn is_script_url(address: &str) -> bool {
    const SCHEME: &str = "javascript:";
    let mut visible = address
        .trim_start_matches(|character: char| character <= ' ')
        .chars()
        .filter(|character| !matches!(character, '\r' | '\n' | '\t'));
    SCHEME.chars().all(|expected| {
        visible
            .next()
            .is_some_and(|found| found.eq_ignore_ascii_case(&expected))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lengths_count_code_units() {
        assert_eq!(utf16_length("abc"), 3);
        assert_eq!(utf16_length("ü"), 1);
        assert_eq!(utf16_length("😀"), 2);
        assert!(fits_utf16(&"ü".repeat(200), 200));
        assert!(!fits_utf16(&"😀".repeat(101), 200));
    }

    #[test]
    fn disguised_scripts_are_seen() {
        for address in [
            "javascript:x",
            "JavaScript:x",
            " \u{1}java\nscript:x",
            "\tj\ra\nvascript\t:",
            "javascript:",
        ] {
            assert!(is_script_url(address), "{address:?}");
        }
        for address in [
            "https://x/javascript:",
            "javascript",
            "xjavascript:",
            "java script:x",
            "",
        ] {
            assert!(!is_script_url(address), "{address:?}");
        }
    }

    proptest! {
        #[test]
        fn the_order_is_that_of_code_units(left in any::<String>(), right in any::<String>()) {
            prop_assert_eq!(compare_utf16(&left, &right), left.encode_utf16().cmp(right.encode_utf16()));
        }

        #[test]
        fn the_order_holds_where_it_differs_from_that_of_bytes(
            left in "[\u{E000}\u{FFFD}\u{10000}\u{10FFFF}a]{0,3}",
            right in "[\u{E000}\u{FFFD}\u{10000}\u{10FFFF}a]{0,3}",
        ) {
            prop_assert_eq!(compare_utf16(&left, &right), left.encode_utf16().cmp(right.encode_utf16()));
        }
    }
}
