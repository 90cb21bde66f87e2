//! One text for one value: JSON with sorted keys and without blanks, and its SHA-1. Two entities are the same when
//! their hashes are, and the hash is the entity's etag.

use std::io::{self, Write};

use serde_json::Value;
use sha1::{Digest, Sha1};

pub use crate::values::number::js_number;
use crate::values::text::compare_utf16;

/// The canonical text of a value.
pub fn canonical_json(value: &Value) -> String {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail, and what is written is UTF-8.
    let _ = write_canonical(&mut bytes, value);
    String::from_utf8(bytes).unwrap_or_default()
}

/// The SHA-1 of the canonical text in hexadecimal.
pub fn canonical_hash(value: &Value) -> String {
    let mut hasher = HashWriter(Sha1::new());
    // Hashing cannot fail.
    let _ = write_canonical(&mut hasher, value);
    hex::encode(hasher.0.finalize())
}

/// The SHA-1 of a text in hexadecimal.
pub fn sha1_hex(text: &str) -> String {
    hex::encode(Sha1::digest(text.as_bytes()))
}

/// Writes the canonical text of a value.
pub fn write_canonical(output: &mut impl Write, value: &Value) -> io::Result<()> {
    match value {
        Value::Null => output.write_all(b"null"),
        Value::Bool(true) => output.write_all(b"true"),
        Value::Bool(false) => output.write_all(b"false"),
        Value::Number(number) => output.write_all(js_number(number).as_bytes()),
        Value::String(text) => write_string(output, text),
        Value::Array(elements) => {
            output.write_all(b"[")?;
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    output.write_all(b",")?;
                }
                write_canonical(output, element)?;
            }
            output.write_all(b"]")
        }
        Value::Object(members) => {
            let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
            sorted.sort_unstable_by(|(left, _), (right, _)| compare_utf16(left, right));
            output.write_all(b"{")?;
            for (index, (key, member)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    output.write_all(b",")?;
                }
                write_string(output, key)?;
                output.write_all(b":")?;
                write_canonical(output, member)?;
            }
            output.write_all(b"}")
        }
    }
}

fn write_string(output: &mut impl Write, text: &str) -> io::Result<()> {
    serde_json::to_writer(output, text).map_err(io::Error::from)
}

/// Hashes what is written to it.
pub(crate) struct HashWriter(pub(crate) Sha1);

impl Write for HashWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn the_golden_vector_holds() {
        let value = json!({"b": 1, "a": {"c": [1, null]}});
        assert_eq!(canonical_json(&value), r#"{"a":{"c":[1,null]},"b":1}"#);
        assert_eq!(canonical_hash(&value), "ddcfee3060dea7284a7b3a91cf93b8553a0d60b9");
    }

    #[test]
    fn numbers_and_texts_are_written_as_javascript_writes_them() {
        let value = json!({"\u{FFFD}": 1.0, "\u{1F600}": 1e21, "a\n\"": "\u{1}ü"});
        assert_eq!(
            canonical_json(&value),
            "{\"a\\n\\\"\":\"\\u0001ü\",\"\u{1F600}\":1e+21,\"\u{FFFD}\":1}"
        );
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-1_000_000_i64..1_000_000).prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    fn reversed(value: &Value) -> Value {
        match value {
            Value::Array(elements) => elements.iter().map(reversed).collect(),
            Value::Object(members) => Value::Object(
                members
                    .iter()
                    .rev()
                    .map(|(key, member)| (key.clone(), reversed(member)))
                    .collect(),
            ),
            other => other.clone(),
        }
    }

    proptest! {
        #[test]
        fn the_text_is_json_for_the_same_value(value in any_json()) {
            let text = canonical_json(&value);
            prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        }

        #[test]
        fn the_order_of_members_does_not_matter(value in any_json()) {
            let other = reversed(&value);
            prop_assert_eq!(canonical_hash(&other), canonical_hash(&value));
            prop_assert_eq!(sha1_hex(&canonical_json(&value)), canonical_hash(&value));
        }
    }
}
