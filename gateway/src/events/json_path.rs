//! Reading members of a payload that may lack any of them.

use serde_json::Value;

/// The text at a path such as `/repository/html_url`.
pub(super) fn text<'a>(payload: &'a Value, path: &str) -> Option<&'a str> {
    payload.pointer(path)?.as_str().filter(|text| !text.is_empty())
}

/// The members of the list at a path; none when there is no list.
pub(super) fn list<'a>(payload: &'a Value, path: &str) -> &'a [Value] {
    payload
        .pointer(path)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// The texts in the list at a path.
pub(super) fn texts<'a>(payload: &'a Value, path: &str) -> impl Iterator<Item = &'a str> {
    list(payload, path).iter().filter_map(Value::as_str)
}
