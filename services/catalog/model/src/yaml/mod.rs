//! Reading entities from YAML, by the core schema of YAML 1.2.
//!
//! A stream holds many documents, and a broken one must not take its neighbours along. So the stream is split first,
//! at the markers that start a line, and each document is parsed alone. JSON is YAML and is read here as well.

mod aliases;
mod compose;
mod key;
mod mapping;
mod scalar;
mod scalar11;
mod split;
mod timestamp;

use serde_json::Value;

use crate::error::EntityError;
use crate::reference::location_ref::LocationRef;
use compose::Composer;
use scalar::Schema;
use split::Chunk;

/// What is wrong with a text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong, in words.
    pub problem: String,
    /// The line, counted from one.
    pub line: usize,
    /// The column in characters, counted from one.
    pub column: usize,
    /// The line itself, below the one before it, with a mark under the column.
    pub excerpt: String,
}

impl std::fmt::Display for SyntaxError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "YAMLParseError: {} at line {}, column {}",
            self.problem, self.line, self.column
        )?;
        write!(formatter, ":\n\n{}\n", self.excerpt)
    }
}

impl std::error::Error for SyntaxError {}

/// Reads the entities of a file, in order, with an error in the place of each broken document. Empty documents are
/// passed over.
pub fn parse_documents(text: &str, location: &LocationRef) -> Vec<Result<Value, EntityError>> {
    let documents = parse_stream(text)
        .into_iter()
        .filter(|document| !matches!(document, Ok(Value::Null)));
    documents
        .map(|document| match document {
            Ok(root @ Value::Object(_)) => Ok(root),
            Ok(other) => Err(EntityError::plain(format!(
                "Expected object at root, got {}",
                type_name(&other)
            ))),
            Err(error) => Err(EntityError::plain(format!("YAML error at {location}, {error}"))),
        })
        .collect()
}

/// Reads all documents of a text, whatever their roots are.
pub fn parse_stream(text: &str) -> Vec<Result<Value, SyntaxError>> {
    let mut schema = Schema::Core;
    let mut documents = Vec::new();
    for chunk in split::split(text) {
        let mut composer = Composer::new(chunk.text, schema);
        let first = documents.len();
        while let Some(document) = composer.next_document() {
            match document {
                Ok(root) => documents.push(Ok(root)),
                Err(problem) => {
                    // What follows a complete root without a marker makes the whole document wrong.
                    documents.truncate(first);
                    documents.push(Err(chunk.locate(text, problem)));
                    break;
                }
            }
        }
        // A `%YAML 1.1` holds for the documents after it, too.
        schema = composer.schema();
    }
    documents
}

/// What JavaScript's `typeof` says.
fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Null | Value::Array(_) | Value::Object(_) => "object",
    }
}

impl Chunk<'_> {
    /// Turns a place within the chunk into a place within the stream.
    fn locate(&self, stream: &str, problem: compose::Problem) -> SyntaxError {
        let line = self.lines_before + problem.line.max(1);
        SyntaxError {
            excerpt: excerpt(stream, line, problem.column),
            problem: problem.text,
            line,
            column: problem.column + 1,
        }
    }
}

/// The line of the problem, with the one before it and a caret below.
fn excerpt(stream: &str, line: usize, column: usize) -> String {
    const WIDEST: usize = 80;
    let shown: Vec<String> = stream
        .lines()
        .skip(line.saturating_sub(2))
        .take(line.min(2))
        .map(|text| text.chars().take(WIDEST).collect())
        .collect();
    format!("{}\n{}^", shown.join("\n"), " ".repeat(column.min(WIDEST)))
}

#[cfg(test)]
mod tests;
