//! What can be kept: Postgres stores every text but one, and every program that reads the catalog holds numbers as
//! doubles.

use std::fmt::Display;

use serde_json::Value;

use crate::error::EntityError;
use crate::number::normalise_numbers;

/// Brings a document that did not come from YAML into the form that can be kept, or says where it cannot.
pub(crate) fn make_storable(document: &mut Value) -> Result<(), EntityError> {
    if let Some(path) = nul_path(document) {
        return Err(EntityError::type_error(format!(
            "{path} must NOT contain the character U+0000"
        )));
    }
    normalise_numbers(document);
    Ok(())
}

/// The JSON pointer to the first text with the character U+0000; for a member's name, that of its object.
fn nul_path(value: &Value) -> Option<String> {
    let below = |step: &dyn Display, value: &Value| nul_path(value).map(|path| format!("/{step}{path}"));
    match value {
        Value::String(text) => text.contains('\0').then(String::new),
        Value::Array(elements) => elements
            .iter()
            .enumerate()
            .find_map(|(index, element)| below(&index, element)),
        Value::Object(members) => members.iter().find_map(|(name, member)| {
            if name.contains('\0') {
                Some(String::new())
            } else {
                below(&name, member)
            }
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_cannot_be_stored_is_found() {
        for (mut document, expected) in [
            (json!({"a": ["b", {"c": "\0"}]}), "/a/1/c"),
            (json!({"a": {"b\0": 1}}), "/a"),
            (json!({"a": "x\0"}), "/a"),
        ] {
            let error = make_storable(&mut document).unwrap_err();
            assert_eq!(
                error.message,
                format!("{expected} must NOT contain the character U+0000")
            );
        }
    }

    #[test]
    fn numbers_become_doubles() {
        let mut document = json!({"a": 9_007_199_254_740_993_u64, "b": [1.0]});
        make_storable(&mut document).unwrap();
        assert_eq!(document, json!({"a": 9_007_199_254_740_992_u64, "b": [1]}));
    }
}
