//! An entity's search rows in the form in which the index takes them.

use callboard_catalog_model::search_rows::{SearchRow, search_rows};
use serde_json::Value;

/// What the extra row of a list's element says.
pub(crate) const ELEMENT: &str = "true";

/// One value of one field of one entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row<'rows> {
    pub(crate) key: &'rows str,
    /// None for null and for what is too long to be compared.
    pub(crate) value: Option<&'rows str>,
    /// The value as it is written, where that differs.
    pub(crate) original: Option<&'rows str>,
    /// Whether the entity also has the row `<key>.<value> = true`. Every text in a list has such a row besides its own;
    /// kept as they are, they would make a field of each tag and each dependency.
    pub(crate) element: bool,
}

/// The rows of one entity, sorted by key and value, each once.
///
/// They are made by one thread and used by another, so they are two pieces of memory and not a hundred.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rows {
    /// Keys, values and originals, one behind the other.
    text: Box<str>,
    spans: Box<[Span]>,
}

/// How long the texts of a row are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    key: u32,
    value: Option<u32>,
    original: Option<u32>,
    element: bool,
}

impl Rows {
    /// The rows of a final document. A document that has none because its keys collide cannot have been composed by
    /// the catalog; it is still found by its reference.
    pub(crate) fn of(document: &Value) -> Self {
        let rows = search_rows(document).unwrap_or_default();
        Self::pack(&folded(&rows))
    }

    /// The rows of a stored document.
    pub(crate) fn parse(document: &[u8]) -> Self {
        serde_json::from_slice(document).map_or_else(|_| Self::default(), |document| Self::of(&document))
    }

    /// All rows, to be taken key by key, see [`by_key`].
    pub(crate) fn unpack(&self) -> Vec<Row<'_>> {
        let mut rest = &*self.text;
        let mut take = |length: u32| {
            let (text, behind) = rest.split_at(length as usize);
            rest = behind;
            text
        };
        let row = |span: &Span| Row {
            key: take(span.key),
            value: span.value.map(&mut take),
            original: span.original.map(&mut take),
            element: span.element,
        };
        self.spans.iter().map(row).collect()
    }

    fn pack(rows: &[Row<'_>]) -> Self {
        let texts = rows
            .iter()
            .flat_map(|row| [Some(row.key), row.value, row.original])
            .flatten();
        let text: String = texts.collect();
        let span = |row: &Row<'_>| Span {
            key: length(row.key),
            value: row.value.map(length),
            original: row.original.map(length),
            element: row.element,
        };
        Self {
            text: text.into(),
            spans: rows.iter().map(span).collect(),
        }
    }
}

/// The rows of each key.
pub(crate) fn by_key<'rows, 'text>(rows: &'rows [Row<'text>]) -> impl Iterator<Item = &'rows [Row<'text>]> {
    rows.chunk_by(|left, right| left.key == right.key)
}

fn length(text: &str) -> u32 {
    // Keys and values have at most 200 UTF-16 code units, or they would not be rows.
    u32::try_from(text.len()).unwrap_or_default()
}

/// Sorts rows, and makes those that merely repeat a list's element a mark on that element's own row.
fn folded(rows: &[SearchRow]) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = rows.iter().map(borrowed).collect();
    rows.sort_unstable_by(|left, right| compare(left, right.key, right.value));
    // From the last to the first: a key comes behind every key it extends, so a row is given its mark before it is
    // asked whether it can be left out, and one that bears a mark stays.
    let mut left_out = Vec::new();
    for index in (0..rows.len()).rev() {
        if let Some(element) = element_behind(&rows, index) {
            rows[element].element = true;
            left_out.push(index);
        }
    }
    let mut index = 0;
    rows.retain(|_| {
        let keep = left_out.last() != Some(&index);
        if !keep {
            left_out.pop();
        }
        index += 1;
        keep
    });
    rows
}

fn borrowed(row: &SearchRow) -> Row<'_> {
    Row {
        key: &row.key,
        value: row.value.as_deref(),
        original: row
            .original
            .as_deref()
            .filter(|original| Some(*original) != row.value.as_deref()),
        element: false,
    }
}

/// The row of the list element that a row `<key>.<element> = true` merely repeats.
fn element_behind(rows: &[Row<'_>], index: usize) -> Option<usize> {
    let row = &rows[index];
    if row.value != Some(ELEMENT) || row.original.is_some() || row.element {
        return None;
    }
    splits(row.key).find_map(|(key, element)| {
        rows[..index]
            .binary_search_by(|row| compare(row, key, Some(element)))
            .ok()
    })
}

/// Every way to read a key as the key of a list and an element of it; both may contain dots.
pub(crate) fn splits(key: &str) -> impl Iterator<Item = (&str, &str)> {
    key.match_indices('.').map(|(dot, _)| (&key[..dot], &key[dot + 1..]))
}

fn compare(row: &Row<'_>, key: &str, value: Option<&str>) -> std::cmp::Ordering {
    row.key.cmp(key).then_with(|| row.value.cmp(&value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn printed(document: &Value) -> Vec<String> {
        Rows::of(document)
            .unpack()
            .iter()
            .filter(|row| row.key.starts_with("spec"))
            .map(|row| {
                let value = row.original.or(row.value).unwrap_or("null");
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
