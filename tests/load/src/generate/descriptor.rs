//! One document as YAML text.

use std::fmt::Write as _;

/// A descriptor under construction, in the order of its members. Values are plain words that need no quotes in YAML.
#[derive(Debug)]
pub(super) struct Descriptor {
    text: String,
}

impl Descriptor {
    /// Begins a document.
    pub(super) fn new(kind: &str, name: &str) -> Self {
        Self {
            text: format!("---\napiVersion: backstage.io/v1alpha1\nkind: {kind}\nmetadata:\n  name: {name}\n"),
        }
    }

    /// A member of the current section.
    pub(super) fn member(mut self, key: &str, value: &str) -> Self {
        self.line(&format!("  {key}: {value}"));
        self
    }

    /// A list of the current section, on one line.
    pub(super) fn list<'a>(mut self, key: &str, values: impl IntoIterator<Item = &'a str>) -> Self {
        let values = values.into_iter().collect::<Vec<_>>().join(", ");
        self.line(&format!("  {key}: [{values}]"));
        self
    }

    /// A map of the current section.
    pub(super) fn map(mut self, key: &str, members: &[(&str, &str)]) -> Self {
        self.line(&format!("  {key}:"));
        for (inner, value) in members {
            self.line(&format!("    {inner}: {value}"));
        }
        self
    }

    /// A text of several lines in the current section.
    pub(super) fn block(mut self, key: &str, text: &str) -> Self {
        self.line(&format!("  {key}: |"));
        for line in text.lines() {
            self.line(&format!("    {line}"));
        }
        self
    }

    /// The one link of a descriptor.
    pub(super) fn link(mut self, url: &str, title: &str) -> Self {
        self.line("  links:");
        self.line(&format!("    - url: {url}"));
        self.line(&format!("      title: {title}"));
        self
    }

    /// Ends the metadata; what follows belongs to the spec.
    pub(super) fn spec(mut self) -> Self {
        self.line("spec:");
        self
    }

    /// The whole text.
    pub(super) fn finish(self) -> String {
        self.text
    }

    fn line(&mut self, line: &str) {
        // Writing into a String cannot fail.
        let _ = writeln!(self.text, "{line}");
    }
}
