//! The scalars of YAML 1.1, for documents that begin with `%YAML 1.1`.

use super::scalar::{is_digits, radix, unsigned};

pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Some(true),
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Some(false),
        _ => None,
    }
}

/// Binary, octal by a leading zero, decimal, hexadecimal and base 60; underscores may group digits.
pub(super) fn integer(text: &str) -> Option<f64> {
    let digits = unsigned(text);
    let magnitude = if let Some(binary) = digits.strip_prefix("0b") {
        radix(&without_underscores(binary), 2)
    } else if let Some(hexadecimal) = digits.strip_prefix("0x") {
        radix(&without_underscores(hexadecimal), 16)
    } else if digits.contains(':') {
        base_60(digits)
    } else if !digits.starts_with(|first: char| first.is_ascii_digit()) {
        None
    } else {
        let digits = without_underscores(digits);
        let octal = digits.strip_prefix('0').and_then(|octal| radix(octal, 8));
        octal.or_else(|| is_digits(&digits).then(|| digits.parse().ok()).flatten())
    };
    magnitude.map(|magnitude| signed(text, magnitude))
}

pub(super) fn float(text: &str) -> Option<f64> {
    let digits = unsigned(text);
    if let Some((whole, fraction)) = digits.rsplit_once('.')
        && whole.contains(':')
    {
        let fraction: f64 = format!("0.{}", grouped(fraction)?).parse().ok()?;
        return Some(signed(text, base_60(whole)? + fraction));
    }
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) if is_digits(unsigned(exponent)) => (mantissa, exponent),
        None if digits.contains('.') => (digits, "0"),
        _ => return None,
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let (whole, fraction) = (grouped(whole)?, grouped(fraction)?);
    format!("{whole}.{fraction}e{exponent}")
        .parse()
        .ok()
        .map(|magnitude| signed(text, magnitude))
}

fn base_60(text: &str) -> Option<f64> {
    let mut sum = 0.0;
    for (index, part) in text.split(':').enumerate() {
        let digits = if index == 0 {
            without_underscores(part)
        } else {
            part.to_owned()
        };
        let value: f64 = is_digits(&digits).then(|| digits.parse().ok()).flatten()?;
        if index > 0 && (digits.len() > 2 || value >= 60.0) {
            return None;
        }
        sum = sum * 60.0 + value;
    }
    Some(sum)
}

/// Digits without their underscores; possibly none.
fn grouped(text: &str) -> Option<String> {
    let digits = without_underscores(text);
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(digits)
}

fn without_underscores(text: &str) -> String {
    text.replace('_', "")
}

fn signed(text: &str, magnitude: f64) -> f64 {
    if text.starts_with('-') { -magnitude } else { magnitude }
}

#[cfg(test)]
mod tests {
    use granit_parser::ScalarStyle;
    use serde_json::{Value, json};

    use super::super::scalar::{Schema, resolve};

    #[test]
    fn the_older_rules_hold_where_they_are_asked_for() {
        for (text, expected) in [
            ("yes", json!(true)),
            ("Off", json!(false)),
            ("y", json!(true)),
            ("012", json!(10)),
            ("08", json!(8)),
            ("089", json!(89)),
            ("0o7", json!("0o7")),
            ("1_000", json!(1000)),
            ("-0b1_1", json!(-3)),
            ("0xF_F", json!(255)),
            ("1:30", json!(90)),
            ("190:20:30.15", json!(685_230.15)),
            ("1_0.5_0", json!(10.5)),
            ("1e3", json!(1000)),
            (".5", json!(0.5)),
            ("1.", json!(1)),
            ("1:75", json!("1:75")),
            ("=", json!("=")),
            ("~", Value::Null),
            ("", Value::Null),
            ("word", json!("word")),
            ("_1", json!("_1")),
            ("2001-12-14 21:59:43", json!("2001-12-14T21:59:43.000Z")),
        ] {
            assert_eq!(
                resolve(Schema::Version11, text, ScalarStyle::Plain, None),
                expected,
                "{text}"
            );
        }
    }
}
