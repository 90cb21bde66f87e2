//! What a scalar means: the core schema of YAML 1.2.

use granit_parser::{ScalarStyle, Tag};
use serde_json::Value;

use super::scalar11;
use super::timestamp::timestamp;
use crate::values::number::number_value;

/// Which version's rules hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Schema {
    /// YAML 1.2.
    Core,
    /// YAML 1.1, which a document has to ask for.
    Version11,
}

const CORE_TAGS: &str = "tag:yaml.org,2002:";

/// The value of a scalar. Only plain scalars without a tag are interpreted; a tag of the core schema is obeyed if the
/// text fits it, and any other tag leaves a string.
pub(super) fn resolve(schema: Schema, text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let resolved = match tag {
        None if style == ScalarStyle::Plain => untagged(schema, text),
        None => None,
        Some(tag) => tag
            .suffix_in_namespace(CORE_TAGS)
            .and_then(|name| tagged(schema, text, &name)),
    };
    resolved.unwrap_or_else(|| Value::from(text))
}

fn untagged(schema: Schema, text: &str) -> Option<Value> {
    // Nearly every scalar of an entity is a word, and a word that starts so is a string in both versions.
    match text.as_bytes().first() {
        Some(b'a'..=b'e' | b'g'..=b'm' | b'p'..=b's' | b'u'..=b'x' | b'z' | b'A'..=b'E' | b'G'..=b'M') => None,
        _ => null(text)
            .or_else(|| boolean(schema, text))
            .or_else(|| integer(schema, text))
            .or_else(|| float(schema, text))
            .or_else(|| (schema == Schema::Version11).then(|| date(text)).flatten()),
    }
}

fn tagged(schema: Schema, text: &str, name: &str) -> Option<Value> {
    match name {
        "null" => null(text),
        "bool" => boolean(schema, text),
        "int" => integer(schema, text),
        "float" => float(schema, text),
        "timestamp" => date(text),
        _ => None,
    }
}

fn date(text: &str) -> Option<Value> {
    timestamp(text).map(Value::String)
}

fn null(text: &str) -> Option<Value> {
    matches!(text, "" | "~" | "null" | "Null" | "NULL").then_some(Value::Null)
}

fn boolean(schema: Schema, text: &str) -> Option<Value> {
    match text {
        "true" | "True" | "TRUE" => Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => Some(Value::Bool(false)),
        _ if schema == Schema::Version11 => scalar11::boolean(text).map(Value::Bool),
        _ => None,
    }
}

fn integer(schema: Schema, text: &str) -> Option<Value> {
    if schema == Schema::Version11 {
        return scalar11::integer(text).map(number_value);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8).map(number_value);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16).map(number_value);
    }
    is_digits(unsigned(text))
        .then(|| text.parse().ok().map(number_value))
        .flatten()
}

fn float(schema: Schema, text: &str) -> Option<Value> {
    if matches!(unsigned(text), ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        // JSON has no such numbers.
        return Some(Value::Null);
    }
    if schema == Schema::Version11 {
        return scalar11::float(text).map(number_value);
    }
    is_float(unsigned(text))
        .then(|| text.parse().ok().map(number_value))
        .flatten()
}

/// Digits with a point, an exponent, or both.
fn is_float(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let mantissa_fits = match mantissa.split_once('.') {
        Some(("", fraction)) => is_digits(fraction),
        Some((whole, fraction)) => is_digits(whole) && (fraction.is_empty() || is_digits(fraction)),
        None => exponent.is_some() && is_digits(mantissa),
    };
    mantissa_fits && exponent.is_none_or(|exponent| is_digits(unsigned(exponent)))
}

pub(super) fn unsigned(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits of another base as the double nearest to them.
pub(super) fn radix(digits: &str, base: u32) -> Option<f64> {
    if digits.is_empty() {
        return None;
    }
    digits.chars().try_fold(0.0, |sum, digit| {
        Some(sum * f64::from(base) + f64::from(digit.to_digit(base)?))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn plain(text: &str) -> Value {
        resolve(Schema::Core, text, ScalarStyle::Plain, None)
    }

    #[test]
    fn words_stay_words() {
        for text in [
            "yes",
            "no",
            "on",
            "off",
            "y",
            "n",
            "Yes",
            "tRUE",
            "nulL",
            "1_000",
            "2020-01-01",
            "0o8",
            "0xZ",
            "0o",
            "0x",
            "-0x1F",
            "+0o7",
            ".",
            "+",
            "1e",
            "e1",
            "0.1.2",
            "1:30",
            "0b11",
            "<<",
            "=",
            "+-1",
            ".e1",
            "~x",
            "a",
            "1 2",
        ] {
            assert_eq!(plain(text), json!(text));
        }
    }

    #[test]
    fn what_the_core_schema_knows_is_read() {
        for (text, expected) in [
            ("", json!(null)),
            ("~", json!(null)),
            ("Null", json!(null)),
            ("True", json!(true)),
            ("FALSE", json!(false)),
            ("012", json!(12)),
            ("017", json!(17)),
            ("0o14", json!(12)),
            ("0x1F", json!(31)),
            ("+12", json!(12)),
            ("-0", json!(0)),
            ("1.0", json!(1)),
            ("1.", json!(1)),
            ("-.5", json!(-0.5)),
            ("1e3", json!(1000)),
            ("1E-2", json!(0.01)),
            (".5e1", json!(5)),
            (".inf", json!(null)),
            ("-.Inf", json!(null)),
            (".NaN", json!(null)),
            ("1e400", json!(null)),
            ("9007199254740993", json!(9_007_199_254_740_992_u64)),
            ("123456789012345678901234567890", json!(1.234_567_890_123_456_8e29)),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn quotes_and_blocks_are_strings() {
        for style in [
            ScalarStyle::SingleQuoted,
            ScalarStyle::DoubleQuoted,
            ScalarStyle::Literal,
            ScalarStyle::Folded,
        ] {
            assert_eq!(resolve(Schema::Core, "12", style, None), json!("12"));
        }
    }
}
