//! Member names: JSON has only texts for them, YAML has everything.

use serde_json::Value;

use crate::values::number::js_number;

/// The text of a key that is not a text.
pub(super) fn key_text(key: &Value) -> String {
    match key {
        Value::Null => String::new(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => js_number(number),
        Value::String(text) => text.clone(),
        Value::Array(_) | Value::Object(_) => flow(key),
    }
}

/// A collection as a key is written in flow style. That is what an unquoted `{{ name }}` becomes.
fn flow(value: &Value) -> String {
    match value {
        Value::Array(elements) if elements.is_empty() => String::from("[]"),
        Value::Object(members) if members.is_empty() => String::from("{}"),
        Value::Array(elements) => format!("[ {} ]", elements.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members = members.iter().map(|(name, member)| match member {
                Value::Null => name.clone(),
                member => format!("{name}: {}", flow(member)),
            });
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        Value::Null => String::from("null"),
        scalar => key_text(scalar),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_become_texts() {
        for (key, expected) in [
            (json!(null), ""),
            (json!(true), "true"),
            (json!(1.5), "1.5"),
            (json!([1, 2]), "[ 1, 2 ]"),
            (json!({"a": 1}), "{ a: 1 }"),
            (json!({"values.name": null}), "{ values.name }"),
            (json!([]), "[]"),
            (json!({}), "{}"),
        ] {
            assert_eq!(key_text(&key), expected);
        }
    }
}
