//! What can be kept: Postgres stores every text but one, and every program that reads the catalog holds numbers as
//! doubles.

use std::fmt::Display;

use serde_json::Value;

use crate::error::EntityError;
use crate::values::number::normalise_numbers;

/// How deep collections may nest. Whoever reads the stored documents back allows 128 levels.
pub(crate) const DEEPEST: usize = 100;

/// Brings a document that did not come from YAML into the form that can be kept, or says where it cannot.
pub(crate) fn make_storable(document: &mut Value) -> Result<(), EntityError> {
    if let Some(path) = nul_path(document) {
        return Err(EntityError::type_error(format!(
            "{path} must NOT contain the character U+0000"
        )));
    }
    if is_deeper_than(document, DEEPEST) {
        return Err(EntityError::type_error(format!(
            "<root> must NOT be nested more than {DEEPEST} levels deep"
        )));
    }
    normalise_numbers(document);
    Ok(())
}

fn is_deeper_than(value: &Value, levels: usize) -> bool {
    let deeper = |value: &Value| is_deeper_than(value, levels - 1);
    match value {
        Value::Array(elements) => levels == 0 || elements.iter().any(deeper),
        Value::Object(members) => levels == 0 || members.values().any(deeper),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
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
    fn depth_is_limited() {
        let nested = |levels: usize| (0..levels).fold(json!(1), |inner, _| json!([inner]));
        assert!(make_storable(&mut nested(DEEPEST)).is_ok());
        assert_eq!(
            make_storable(&mut nested(DEEPEST + 1)).unwrap_err().message,
            "<root> must NOT be nested more than 100 levels deep"
        );
    }

    #[test]
    fn numbers_become_doubles() {
        let mut document = json!({"a": 9_007_199_254_740_993_u64, "b": [1.0]});
        make_storable(&mut document).unwrap();
        assert_eq!(document, json!({"a": 9_007_199_254_740_992_u64, "b": [1]}));
    }
}
