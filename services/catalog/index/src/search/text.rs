//! What of a document is searched.

use serde_json::Value;

/// Longer texts are searched up to here: a description may be a book.
const LONGEST_TEXT: usize = 16 * 1024;

/// The texts of a document.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    /// `metadata.name`.
    pub(crate) name: String,
    /// `metadata.title`, where there is one.
    pub(crate) title: Option<String>,
    /// `metadata.description`, or who a user or group is.
    pub(crate) text: String,
    words: Vec<String>,
}

impl Texts {
    /// Takes them out of a document. One that is not JSON is found by its name.
    pub(crate) fn parse(document: &[u8], entity_ref: &str) -> Self {
        match serde_json::from_slice(document) {
            Ok(document) => Self::of(&document),
            Err(_) => Self {
                name: entity_ref.rsplit('/').next().unwrap_or_default().to_owned(),
                ..Self::default()
            },
        }
    }

    pub(crate) fn of(document: &Value) -> Self {
        let (metadata, spec) = (&document["metadata"], &document["spec"]);
        let text = |value: &Value| value.as_str().map(str::to_owned).filter(|text| !text.trim().is_empty());
        let profile = &spec["profile"];
        let who = || {
            let parts = [&profile["displayName"], &profile["email"]];
            let parts: Vec<String> = parts.into_iter().filter_map(text).collect();
            (!parts.is_empty()).then(|| parts.join(" : "))
        };
        let mut words: Vec<String> = [
            &document["kind"],
            &metadata["namespace"],
            &spec["type"],
            &spec["lifecycle"],
            &profile["displayName"],
            &profile["email"],
        ]
        .into_iter()
        .filter_map(text)
        .collect();
        // Of a reference its name: everything is in the namespace `default`.
        for reference in [&spec["owner"], &spec["system"], &spec["domain"]] {
            if let Some(reference) = reference.as_str() {
                words.extend(reference.rsplit(['/', ':']).next().map(str::to_owned));
            }
        }
        let tags = metadata["tags"].as_array().into_iter().flatten();
        let links = metadata["links"].as_array().into_iter().flatten();
        words.extend(tags.filter_map(text));
        words.extend(links.filter_map(|link| text(&link["title"])));
        let mut description = text(&metadata["description"]).or_else(who).unwrap_or_default();
        truncate(&mut description, LONGEST_TEXT);
        Self {
            name: text(&metadata["name"]).unwrap_or_default(),
            title: text(&metadata["title"]),
            text: description,
            words,
        }
    }

    /// The title, or else the name.
    pub(crate) fn title(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.name)
    }

    /// Name and title, and what a name in camel case is made of.
    pub(crate) fn names(&self) -> String {
        let mut names = self.name.clone();
        if let Some(title) = &self.title {
            names.push(' ');
            names.push_str(title);
        }
        for hump in humps(&self.name) {
            names.push(' ');
            names.push_str(hump);
        }
        names
    }

    /// Everything else.
    pub(crate) fn about(&self) -> String {
        self.words.join(" ")
    }
}

/// The parts of a name that begin with a capital behind a small letter, when there are any.
fn humps(name: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = Vec::new();
    let mut before = None;
    for (index, character) in name.char_indices() {
        if character.is_uppercase() && before.is_some_and(char::is_lowercase) {
            starts.push(index);
        }
        before = Some(character);
    }
    if starts.is_empty() {
        return Vec::new();
    }
    let ends = starts.iter().copied().chain([name.len()]);
    let starts = [0].into_iter().chain(starts.iter().copied());
    starts.zip(ends).map(|(start, end)| &name[start..end]).collect()
}

/// Cuts a text at the last character that fits.
pub(crate) fn truncate(text: &mut String, longest: usize) {
    if text.len() > longest {
        text.truncate(text.floor_char_boundary(longest));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_in_camel_case_are_taken_apart() {
        assert_eq!(humps("paymentGatewayAPI"), ["payment", "Gateway", "API"]);
        assert_eq!(humps("API-gateway"), [""; 0]);
    }

    #[test]
    fn a_document_has_its_texts() {
        let texts = Texts::of(&json!({
            "kind": "User",
            "metadata": {"name": "janeDoe", "tags": ["on-call"], "links": [{"url": "https://x", "title": "Desk"}]},
            "spec": {"profile": {"displayName": "Jane Doe", "email": "jane@example.com"}, "owner": "group:default/payments"},
        }));
        assert_eq!(texts.title(), "janeDoe");
        assert_eq!(texts.names(), "janeDoe jane Doe");
        assert_eq!(texts.text, "Jane Doe : jane@example.com");
        assert_eq!(texts.about(), "User Jane Doe jane@example.com payments on-call Desk");
        assert_eq!(Texts::parse(b"{", "component:default/x").title(), "x");
    }
}
