//! Showing where words were found.

use crate::search::page::{Highlight, Highlighting};
use crate::search::text::Texts;
use crate::search::words::{Word, words};

/// About as much of a long text is shown.
const EXCERPT_BYTES: usize = 240;
/// As much of it stands before what was found first.
const LEAD_BYTES: usize = 60;

/// The texts of a document that have one of the words, or words that start with it, marked.
pub(crate) fn highlights(document: &[u8], wanted: &[String], tags: Highlighting<'_>) -> Vec<Highlight> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let texts = Texts::parse(document, "");
    let mut fields = vec![("title", texts.title()), ("text", &*texts.text)];
    if texts.title.is_some() {
        fields.push(("name", &*texts.name));
    }
    fields
        .into_iter()
        .filter_map(|(field, text)| {
            let text = mark(text, wanted, tags)?;
            Some(Highlight { field, text })
        })
        .collect()
}

/// None if nothing is found.
fn mark(text: &str, wanted: &[String], tags: Highlighting<'_>) -> Option<String> {
    let is_wanted = |word: &Word| wanted.iter().any(|wanted| word.text.starts_with(wanted));
    let found: Vec<Word> = words(text).into_iter().filter(is_wanted).collect();
    let (start, end) = excerpt(text, found.first()?.from);
    let mut marked = String::with_capacity(end - start + 64);
    let mut at = start;
    if start > 0 {
        marked.push('…');
    }
    for word in found.iter().take_while(|word| word.to <= end) {
        marked.push_str(&text[at..word.from]);
        marked.push_str(tags.before);
        marked.push_str(&text[word.from..word.to]);
        marked.push_str(tags.after);
        at = word.to;
    }
    marked.push_str(&text[at..end]);
    if end < text.len() {
        marked.push('…');
    }
    Some(marked)
}

/// From where to where a text is shown, so that the word at `first` is seen: whole words, as far as there are blanks.
fn excerpt(text: &str, first: usize) -> (usize, usize) {
    if text.len() <= EXCERPT_BYTES {
        return (0, text.len());
    }
    let earliest = text.floor_char_boundary(first.saturating_sub(LEAD_BYTES));
    let start = if earliest == 0 {
        0
    } else {
        text[earliest..first]
            .find(char::is_whitespace)
            .map_or(first, |blank| text.ceil_char_boundary(earliest + blank + 1))
    };
    let latest = text.floor_char_boundary(start + EXCERPT_BYTES);
    if latest == text.len() {
        return (start, latest);
    }
    let end = text[start..latest]
        .rfind(char::is_whitespace)
        .map(|blank| start + blank)
        // A word longer than all of the excerpt is cut.
        .filter(|end| *end > first)
        .unwrap_or(latest);
    (start, end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const TAGS: Highlighting<'_> = Highlighting {
        before: "<",
        after: ">",
    };

    fn marked(text: &str, wanted: &[&str]) -> Option<String> {
        let wanted: Vec<String> = wanted.iter().map(|word| (*word).to_owned()).collect();
        mark(text, &wanted, TAGS)
    }

    #[test]
    fn words_and_starts_of_words_are_marked() {
        assert_eq!(
            marked("Payments, and Pay!", &["pay"]).as_deref(),
            Some("<Payments>, and <Pay>!")
        );
        assert_eq!(marked("Crédit", &["credit"]).as_deref(), Some("<Crédit>"));
        assert_eq!(marked("nothing", &["pay"]), None);
    }

    #[test]
    fn a_long_text_is_cut_around_what_was_found() {
        let text = format!("{} pay {}", "before ".repeat(100).trim(), "after ".repeat(100));
        let marked = marked(&text, &["pay"]).unwrap();
        assert!(
            marked.starts_with("…before ") && marked.ends_with(" after…"),
            "{marked}"
        );
        assert!(marked.contains(" <pay> ") && marked.len() < 300, "{marked}");
    }

    #[test]
    fn a_document_is_marked_field_by_field() {
        let document =
            json!({"metadata": {"name": "pay-api", "title": "Payment", "description": "To pay."}}).to_string();
        let found = highlights(document.as_bytes(), &["pay".to_owned()], TAGS);
        let found: Vec<(&str, &str)> = found.iter().map(|found| (found.field, &*found.text)).collect();
        assert_eq!(
            found,
            [("title", "<Payment>"), ("text", "To <pay>."), ("name", "<pay>-api")]
        );
    }

    proptest! {
        #[test]
        fn any_text_can_be_marked(text in "([aü ]|pay|\\PC){0,400}") {
            if let Some(marked) = marked(&text, &["pay", "a"]) {
                prop_assert!(marked.contains('<'));
            }
        }
    }
}
