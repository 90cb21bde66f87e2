//! From a type's JSON schema to the rows of a table.

use serde_json::Value;

/// One key.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The whole path, with `[]` for the elements of a list and `<name>` for the keys of a map.
    pub(super) key: String,
    /// What is expected there, in words.
    pub(super) kind: String,
    /// What holds when it is absent; empty when nothing does.
    pub(super) default: String,
    /// The documentation of the field.
    pub(super) meaning: String,
}

/// The keys below a path, in the order of the fields.
pub(super) fn of(path: &str, schema: &Value) -> Vec<Row> {
    let mut rows = Vec::new();
    below(path, schema, &mut rows);
    rows
}

/// The rows of what is inside a value.
fn below(path: &str, schema: &Value, rows: &mut Vec<Row>) {
    for schema in alternatives(schema) {
        for (name, property) in schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            let key = format!("{path}.{name}");
            let meaning = text(property, "description").replace('\n', " ");
            let mut inside = Vec::new();
            below(&key, property, &mut inside);
            // An object whose parts are described needs a row of its own only when something is said of the whole.
            if !meaning.is_empty() || inside.is_empty() {
                rows.push(Row {
                    kind: kind(property),
                    default: default(name, property),
                    key,
                    meaning,
                });
            }
            rows.append(&mut inside);
        }
        if let Some(items) = schema.get("items") {
            below(&format!("{path}[]"), items, rows);
        }
        if let Some(values) = schema.get("additionalProperties").filter(|values| values.is_object()) {
            let name = schema.get("x-name").and_then(Value::as_str).unwrap_or("name");
            below(&format!("{path}.<{name}>"), values, rows);
        }
    }
}

/// What a value may be, without "nothing".
fn alternatives(schema: &Value) -> Vec<&Value> {
    let choices = ["anyOf", "oneOf"].iter().find_map(|key| schema.get(key)?.as_array());
    match choices {
        Some(choices) => choices
            .iter()
            .flat_map(alternatives)
            .filter(|choice| !is_null(choice))
            .collect(),
        None => vec![schema],
    }
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("null")
}

fn text(schema: &Value, key: &str) -> String {
    schema.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// What is expected, in words: `text`, `number`, `list of text`, `` `redis` or `memory` ``.
fn kind(schema: &Value) -> String {
    let mut words: Vec<String> = Vec::new();
    for choice in alternatives(schema) {
        for word in words_of(choice) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
    }
    match words.split_last() {
        None => "anything".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

fn words_of(schema: &Value) -> Vec<String> {
    if let Some(word) = schema.get("x-type").and_then(Value::as_str) {
        return vec![word.to_owned()];
    }
    let constants = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    let constants: Vec<String> = constants
        .chain(schema.get("const"))
        .filter(|constant| !constant.is_null())
        .map(|constant| format!("`{}`", plain(constant)))
        .collect();
    if !constants.is_empty() {
        return constants;
    }
    let types = match schema.get("type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    types
        .into_iter()
        .filter_map(|name| match name {
            "null" => None,
            "string" => Some("text".to_owned()),
            "integer" => Some("number".to_owned()),
            "array" => Some(
                schema
                    .get("items")
                    .map_or_else(|| "list".to_owned(), |items| format!("list of {}", kind(items))),
            ),
            "object" if schema.get("additionalProperties").is_some_and(Value::is_object) => Some("map".to_owned()),
            other => Some(other.to_owned()),
        })
        .collect()
}

fn default(name: &str, schema: &Value) -> String {
    if let Some(words) = schema.get("x-default").and_then(Value::as_str) {
        return words.to_owned();
    }
    match schema.get("default") {
        None | Some(Value::Null | Value::Object(_)) => String::new(),
        Some(Value::Array(items)) if items.is_empty() => String::new(),
        Some(Value::String(text)) if text.is_empty() => String::new(),
        Some(Value::Number(number)) if name.ends_with("Bytes") => number.as_u64().map_or_else(String::new, bytes),
        // A duration reads well as it is.
        Some(Value::String(text)) if schema.get("x-type").is_some() => text.clone(),
        Some(value) => format!("`{}`", plain(value)),
    }
}

/// A size in the largest unit that gives a whole number.
fn bytes(number: u64) -> String {
    const UNITS: [&str; 3] = ["KiB", "MiB", "GiB"];
    let mut shown = (number, "bytes");
    for unit in UNITS {
        if shown.0 == 0 || !shown.0.is_multiple_of(1024) {
            break;
        }
        shown = (shown.0 / 1024, unit);
    }
    if number == 0 {
        "0".to_owned()
    } else {
        format!("{} {}", shown.0, shown.1)
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
