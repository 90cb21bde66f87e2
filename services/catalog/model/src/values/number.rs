//! Numbers as JavaScript holds and prints them. Entities are compared, indexed and shown by programs that know only
//! doubles, so the catalog keeps nothing that a double cannot hold.

use serde_json::{Number, Value};

/// The largest integer up to which every integer has a double of its own.
const LARGEST_EXACT_INTEGER: u64 = 1 << 53;

/// The JSON value for a double: an integer where it is one, and null for what JSON cannot say.
pub fn number_value(double: f64) -> Value {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the bound leaves only integers that an i64 holds"
    )]
    #[expect(clippy::cast_precision_loss, reason = "two to the power of 53 is exact")]
    if double.fract() == 0.0 && double.abs() <= LARGEST_EXACT_INTEGER as f64 {
        return Value::from(double as i64);
    }
    Number::from_f64(double).map_or(Value::Null, Value::Number)
}

/// Replaces every number in the value by what a double holds of it.
pub fn normalise_numbers(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let exact = number.is_i64()
                && number
                    .as_i64()
                    .is_some_and(|n| n.unsigned_abs() <= LARGEST_EXACT_INTEGER)
                || number.is_u64() && number.as_u64().is_some_and(|n| n <= LARGEST_EXACT_INTEGER);
            if !exact {
                *value = number_value(number.as_f64().unwrap_or(f64::NAN));
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(normalise_numbers),
        Value::Object(members) => members.values_mut().for_each(normalise_numbers),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// The number as JavaScript prints it: `1`, `0.1`, `1e+21`, `1e-7`.
pub fn js_number(number: &Number) -> String {
    match number.as_i64() {
        Some(integer) if integer.unsigned_abs() <= LARGEST_EXACT_INTEGER => integer.to_string(),
        _ => js_double(number.as_f64().unwrap_or(f64::NAN)),
    }
}

fn js_double(double: f64) -> String {
    if !double.is_finite() {
        return String::from("null");
    }
    if double == 0.0 {
        return String::from("0");
    }
    // Rust's exponent form has the shortest digits that give the double back, which are also JavaScript's.
    let scientific = format!("{:e}", double.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let sign = if double < 0.0 { "-" } else { "" };
    format!("{sign}{}", lay_out(&digits, exponent))
}

/// Writes `d.ddd` times ten to the power of `exponent` the way JavaScript chooses between plain and exponent form.
fn lay_out(digits: &str, exponent: i32) -> String {
    match usize::try_from(exponent) {
        Ok(exponent) if exponent < 21 => {
            let whole = exponent + 1;
            if digits.len() <= whole {
                format!("{digits:0<whole$}")
            } else {
                format!("{}.{}", &digits[..whole], &digits[whole..])
            }
        }
        Err(_) if exponent >= -6 => {
            let zeroes = usize::try_from(-exponent - 1).unwrap_or(0);
            format!("0.{}{digits}", "0".repeat(zeroes))
        }
        _ => {
            let (first, rest) = digits.split_at(1);
            let point = if rest.is_empty() { "" } else { "." };
            format!("{first}{point}{rest}e{exponent:+}")
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn printed(value: &Value) -> String {
        js_number(value.as_number().unwrap())
    }

    #[test]
    fn numbers_print_as_in_javascript() {
        for (value, expected) in [
            (json!(0), "0"),
            (json!(-0.0), "0"),
            (json!(1.0), "1"),
            (json!(-1.5), "-1.5"),
            (json!(0.1), "0.1"),
            (json!(123.456), "123.456"),
            (json!(1e20), "100000000000000000000"),
            (json!(1e21), "1e+21"),
            (json!(1.5e300), "1.5e+300"),
            (json!(1e-6), "0.000001"),
            (json!(1e-7), "1e-7"),
            (json!(1.25e-9), "1.25e-9"),
            (json!(5e-324), "5e-324"),
            (json!(9_007_199_254_740_993_i64), "9007199254740992"),
            (json!(12_345_678_901_234_567_890_u64), "12345678901234567000"),
            (json!(i64::MIN), "-9223372036854776000"),
        ] {
            assert_eq!(printed(&value), expected);
        }
    }

    #[test]
    fn numbers_become_what_a_double_holds() {
        let mut value =
            json!({"a": [1.0, 9_007_199_254_740_993_u64, 0.5, -3], "b": {"c": 12_345_678_901_234_567_890_u64}});
        normalise_numbers(&mut value);
        assert_eq!(
            value,
            json!({"a": [1, 9_007_199_254_740_992_u64, 0.5, -3], "b": {"c": 12_345_678_901_234_567_000.0_f64}})
        );
        assert_eq!(number_value(f64::INFINITY), Value::Null);
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(double in any::<f64>().prop_filter("finite", |double| double.is_finite())) {
            let text = js_double(double);
            prop_assert_eq!(text.parse::<f64>().unwrap().to_bits(), (double + 0.0).to_bits());
        }
    }
}
