//! An entity's search rows in the form in which the index takes them.

use callboard_catalog_model::search_rows::{SearchRow, search_rows};
use serde_json::Value;

use crate::dictionary::compare_optional;

/// What the extra row of a list's element says.
pub(crate) const ELEMENT: &str = "true";

/// One value of one field of one entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) key: String,
    /// None for null and for what is too long to be compared.
    pub(crate) value: Option<String>,
    /// The value as it is written, where that differs.
    pub(crate) original: Option<String>,
    /// Whether the entity also has the row `<key>.<value> = true`. Every text in a list has such a row besides its own;
    /// kept as they are, they would make a field of each tag and each dependency.
    pub(crate) element: bool,
}

/// The rows of one entity, sorted by key and value, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rows(Vec<Row>);

impl Rows {
    /// The rows of a final document. A document that has none because its keys collide cannot have been composed by
    /// the catalog; it is still found by its reference.
    pub(crate) fn of(document: &Value) -> Self {
        Self::fold(search_rows(document).unwrap_or_default())
    }

    /// The rows of a stored document.
    pub(crate) fn parse(document: &[u8]) -> Self {
        serde_json::from_slice(document).map_or_else(|_| Self::default(), |document| Self::of(&document))
    }

    /// The rows of each key.
    pub(crate) fn by_key(&self) -> impl Iterator<Item = &[Row]> {
        self.0.chunk_by(|left, right| left.key == right.key)
    }

    fn fold(rows: Vec<SearchRow>) -> Self {
        let mut rows: Vec<Row> = rows
            .into_iter()
            .map(|row| Row {
                original: row.original.filter(|original| Some(original) != row.value.as_ref()),
                key: row.key,
                value: row.value,
                element: false,
            })
            .collect();
        rows.sort_unstable_by(|left, right| compare(left, &right.key, right.value.as_deref()));
        // From the last to the first: a key comes behind every key it extends, so a row is given its mark before it is
        // asked whether it can be left out, and one that bears a mark stays.
        let mut left_out = Vec::new();
        for index in (0..rows.len()).rev() {
            if let Some(element) = element_behind(&rows, index) {
                rows[element].element = true;
                left_out.push(index);
            }
        }
        if !left_out.is_empty() {
            let mut index = 0;
            rows.retain(|_| {
                let keep = left_out.last() != Some(&index);
                if !keep {
                    left_out.pop();
                }
                index += 1;
                keep
            });
        }
        rows.shrink_to_fit();
        Self(rows)
    }
}

/// The row of the list element that a row `<key>.<element> = true` merely repeats.
fn element_behind(rows: &[Row], index: usize) -> Option<usize> {
    let row = &rows[index];
    if row.value.as_deref() != Some(ELEMENT) || row.original.is_some() || row.element {
        return None;
    }
    splits(&row.key).find_map(|(key, element)| {
        rows[..index]
            .binary_search_by(|row| compare(row, key, Some(element)))
            .ok()
    })
}

/// Every way to read a key as the key of a list and an element of it; both may contain dots.
pub(crate) fn splits(key: &str) -> impl Iterator<Item = (&str, &str)> {
    key.match_indices('.').map(|(dot, _)| (&key[..dot], &key[dot + 1..]))
}

fn compare(row: &Row, key: &str, value: Option<&str>) -> std::cmp::Ordering {
    row.key
        .as_str()
        .cmp(key)
        .then_with(|| compare_optional(row.value.as_deref(), value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn printed(document: &Value) -> Vec<String> {
        Rows::of(document)
            .0
            .iter()
            .filter(|row| row.key.starts_with("spec"))
            .map(|row| {
                let value = row
                    .original
                    .as_ref()
                    .or(row.value.as_ref())
                    .map_or("null", String::as_str);
                format!("{}={value}{}", row.key, if row.element { " *" } else { "" })
            })
            .collect()
    }

    #[test]
    fn rows_of_list_elements_become_marks() {
        assert_eq!(
            printed(&json!({"spec": {"tags": ["Java", "a.b", 1], "type": "x", "none": null}})),
            [
                "spec.none=null",
                "spec.tags=1",
                "spec.tags=a.b *",
                "spec.tags=Java *",
                "spec.type=x"
            ]
        );
    }

    #[test]
    fn a_row_that_bears_a_mark_stays() {
        assert_eq!(
            printed(&json!({"spec": {"x": ["y", {"y": ["true"]}]}})),
            ["spec.x=y", "spec.x.y=true *"]
        );
    }

    #[test]
    fn rows_that_only_look_like_marks_stay_unless_they_say_the_same() {
        assert_eq!(
            printed(&json!({"spec": {"tags": {"java": true}}})),
            ["spec.tags.java=true"]
        );
        assert_eq!(
            printed(&json!({"spec": {"tags": ["a", {"b": "True"}, "b"]}})),
            ["spec.tags=a *", "spec.tags=b", "spec.tags.b=True"]
        );
        // One row and the other mean the same: that the key has the value "true".
        assert_eq!(printed(&json!({"spec": {"a": "b", "a.b": true}})), ["spec.a=b *"]);
    }

    #[test]
    fn broken_documents_have_no_rows() {
        assert_eq!(Rows::parse(b"{"), Rows::default());
        assert_eq!(Rows::parse(br#"{"a": 1, "A": 1}"#), Rows::default());
    }
}
