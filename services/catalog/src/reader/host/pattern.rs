//! Patterns of paths within a repository: `*` and `?` within a segment, `**` over many, `{a,b}` and `[ab]`.

use globset::{GlobBuilder, GlobMatcher};

use super::super::ReadError;

/// Whether a path stands for many.
pub(crate) fn is_pattern(path: &str) -> bool {
    path.contains(['*', '?', '{', '['])
}

/// A pattern, ready to be compared.
#[derive(Debug)]
pub(crate) struct Pattern {
    matcher: GlobMatcher,
    folder: String,
    names_hidden: bool,
}

impl Pattern {
    pub(crate) fn new(text: &str) -> Result<Self, ReadError> {
        let matcher = GlobBuilder::new(text)
            .literal_separator(true)
            .build()
            .map_err(|error| ReadError::Input(format!("{text} is not a valid pattern: {}", error.kind())))?
            .compile_matcher();
        let literal = text.split('/').take_while(|segment| !is_pattern(segment));
        let mut folder: Vec<&str> = literal.collect();
        if folder.len() == text.split('/').count() {
            folder.pop();
        }
        Ok(Self {
            matcher,
            folder: folder.join("/"),
            names_hidden: text.split('/').any(is_hidden),
        })
    }

    /// The folder that all matches are in; empty for the root.
    pub(super) fn folder(&self) -> &str {
        &self.folder
    }

    /// As shells do it, `*` does not match what begins with a dot.
    pub(crate) fn matches(&self, path: &str) -> bool {
        self.matcher.is_match(path) && (self.names_hidden || !path.split('/').any(is_hidden))
    }
}

fn is_hidden(segment: &str) -> bool {
    segment.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_within_segments_and_over_many() {
        let table = [
            ("**/catalog-info.yaml", "catalog-info.yaml", true),
            ("**/catalog-info.yaml", "a/b/catalog-info.yaml", true),
            ("**/catalog-info.yaml", ".github/catalog-info.yaml", false),
            (".github/*.yaml", ".github/catalog-info.yaml", true),
            ("services/*/catalog-info.yaml", "services/a/catalog-info.yaml", true),
            ("services/*/catalog-info.yaml", "services/a/b/catalog-info.yaml", false),
            ("*.{yaml,yml}", "a.yml", true),
        ];
        for (pattern, path, expected) in table {
            assert_eq!(
                Pattern::new(pattern).unwrap().matches(path),
                expected,
                "{pattern} {path}"
            );
        }
        assert_eq!(Pattern::new("a/b/*/c.yaml").unwrap().folder(), "a/b");
        assert_eq!(Pattern::new("*.yaml").unwrap().folder(), "");
        assert!(Pattern::new("a[").is_err());
    }
}
