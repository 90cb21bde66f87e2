//! JSON as JavaScript writes it, made fit for readers that want whole characters.

use std::borrow::Cow;

/// Replaces escapes of lone surrogates (`\ud800`) by that of the replacement character. Lighthouse copies texts of pages, which
/// hold such things; serde refuses them.
pub(super) fn with_whole_characters(json: &[u8]) -> Cow<'_, [u8]> {
    let mut fixed: Option<Vec<u8>> = None;
    let mut position = 0;
    while let Some(offset) = memchr::memchr(b'\\', &json[position..]) {
        let start = position + offset;
        let Some(unit) = escaped_unit(json, start) else {
            // An escape of one character; a backslash can be that character.
            position = start + 2;
            if position >= json.len() {
                break;
            }
            continue;
        };
        let is_pair = is_high(unit) && escaped_unit(json, start + 6).is_some_and(is_low);
        if is_pair {
            position = start + 12;
            continue;
        }
        if is_high(unit) || is_low(unit) {
            let fixed = fixed.get_or_insert_with(|| json.to_vec());
            fixed[start..start + 6].copy_from_slice(b"\\ufffd");
        }
        position = start + 6;
    }
    fixed.map_or(Cow::Borrowed(json), Cow::Owned)
}

/// The UTF-16 unit of the `\uXXXX` at a position, if there is one.
fn escaped_unit(json: &[u8], start: usize) -> Option<u16> {
    let escape = json.get(start..start + 6)?;
    let digits = escape.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

fn is_high(unit: u16) -> bool {
    (0xd800..0xdc00).contains(&unit)
}

fn is_low(unit: u16) -> bool {
    (0xdc00..0xe000).contains(&unit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fixed(json: &str) -> String {
        String::from_utf8(with_whole_characters(json.as_bytes()).into_owned()).unwrap()
    }

    #[test]
    fn only_lone_surrogates_change() {
        assert_eq!(fixed(r#""a\ud800b""#), r#""a\ufffdb""#);
        assert_eq!(fixed(r#""\udc00\ud83d\ude00\ud800""#), r#""\ufffd\ud83d\ude00\ufffd""#);
        assert_eq!(fixed(r#""\\ud800 \n \u0000""#), r#""\\ud800 \n \u0000""#);
        assert_eq!(fixed(r#""\ud800\ud800\udc00""#), r#""\ufffd\ud800\udc00""#);
        assert_eq!(fixed("\"\\"), "\"\\");
    }

    proptest! {
        #[test]
        fn whatever_javascript_escapes_can_be_read(units in prop::collection::vec(any::<u16>(), 0..20)) {
            let escaped = units.iter().map(|unit| format!("\\u{unit:04x}")).collect::<Vec<_>>().concat();
            let json = format!("\"{escaped}\"");
            let read: Result<String, _> = serde_json::from_slice(&with_whole_characters(json.as_bytes()));
            prop_assert_eq!(read.unwrap(), String::from_utf16_lossy(&units));
        }

        #[test]
        fn any_bytes_keep_their_length(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            prop_assert_eq!(with_whole_characters(&bytes).len(), bytes.len());
        }
    }
}
