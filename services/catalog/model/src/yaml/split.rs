//! Splitting a stream into documents.

/// A part of a stream that holds at most one document, with the directives before it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Chunk<'stream> {
    pub(super) text: &'stream str,
    /// How many lines of the stream come before this part.
    pub(super) lines_before: usize,
}

/// Splits at the markers `---` and `...`. At the start of a line they end a document whatever surrounds them, be it
/// an unclosed bracket or an unclosed quote.
pub(super) fn split(stream: &str) -> Vec<Chunk<'_>> {
    let mut splitter = Splitter {
        stream,
        chunks: Vec::new(),
        start: 0,
        start_line: 0,
        in_document: false,
    };
    let mut offset = 0;
    for (number, line) in stream.split_inclusive('\n').enumerate() {
        if is_marker(line, "---") {
            if splitter.in_document {
                splitter.cut(offset, number);
            }
            splitter.in_document = true;
        } else if is_marker(line, "...") {
            splitter.cut(offset + line.len(), number + 1);
        } else if !is_between_documents(line) {
            splitter.in_document = true;
        }
        offset += line.len();
    }
    splitter.cut(stream.len(), 0);
    splitter.chunks
}

struct Splitter<'stream> {
    stream: &'stream str,
    chunks: Vec<Chunk<'stream>>,
    start: usize,
    start_line: usize,
    in_document: bool,
}

impl Splitter<'_> {
    fn cut(&mut self, end: usize, next_line: usize) {
        if self.start < end {
            self.chunks.push(Chunk {
                text: &self.stream[self.start..end],
                lines_before: self.start_line,
            });
        }
        self.start = end;
        self.start_line = next_line;
        self.in_document = false;
    }
}

fn is_marker(line: &str, marker: &str) -> bool {
    // A byte order mark may stand before the first marker.
    line.trim_start_matches('\u{FEFF}')
        .strip_prefix(marker)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
}

/// Whether the line can stand before a document: blank, a comment or a directive.
fn is_between_documents(line: &str) -> bool {
    let text = line.trim_start_matches('\u{FEFF}');
    text.starts_with('%') || text.trim().is_empty() || text.trim_start().starts_with('#')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(stream: &str) -> Vec<(&str, usize)> {
        split(stream)
            .into_iter()
            .map(|chunk| (chunk.text, chunk.lines_before))
            .collect()
    }

    #[test]
    fn markers_split() {
        for (stream, expected) in [
            ("", vec![]),
            ("a: 1\n", vec![("a: 1\n", 0)]),
            (
                "# c\n---\na: 1\n---\nb: 2",
                vec![("# c\n---\na: 1\n", 0), ("---\nb: 2", 3)],
            ),
            ("a: [\n--- x\r\n---y", vec![("a: [\n", 0), ("--- x\r\n---y", 1)]),
            (
                "a\n...\n%YAML 1.1\n---\nb",
                vec![("a\n...\n", 0), ("%YAML 1.1\n---\nb", 2)],
            ),
            ("---\n---\n", vec![("---\n", 0), ("---\n", 1)]),
            ("a: |\n  ---\n", vec![("a: |\n  ---\n", 0)]),
        ] {
            assert_eq!(texts(stream), expected, "{stream:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(stream in "(---|\\.\\.\\.|a: 1|%X|#|\n|\r\n| ){0,20}") {
            let joined: String = split(&stream).into_iter().map(|chunk| chunk.text).collect();
            prop_assert_eq!(joined, stream);
        }
    }
}
