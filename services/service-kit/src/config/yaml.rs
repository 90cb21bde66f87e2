//! YAML 1.2 (core schema) into nodes that know their line.

use std::{collections::HashMap, sync::Arc};

use granit_parser::{Event, Marker, Parser, ScalarStyle};
use serde_json::Number;

use super::{
    error::{ConfigError, Origin},
    node::{Kind, Node, Object},
};

/// Aliases are copied, so a file of a few lines can describe a tree of any size; no real configuration comes near this.
const MAX_NODES: usize = 200_000;

/// Reads the one document of a configuration file. An empty file is an empty object.
pub(crate) fn parse(text: &str, source: &str) -> Result<Node, ConfigError> {
    let mut builder = Builder {
        source: Arc::from(source),
        anchors: HashMap::new(),
        nodes: 0,
    };
    let mut parser = Parser::new_from_str(text);
    let mut document = None;
    while let Some((event, at)) = builder.next(&mut parser)? {
        match event {
            Event::DocumentStart(..) | Event::DocumentEnd | Event::StreamStart | Event::StreamEnd => {}
            event if document.is_none() => document = Some(builder.node(&mut parser, event, at)?),
            _ => return Err(builder.error(at, "a configuration file holds one YAML document, and this is a second")),
        }
    }
    Ok(match document {
        None => Node::empty(builder.source),
        Some(node) if matches!(node.kind, Kind::Null) => Node::empty(builder.source),
        Some(node) => node,
    })
}

struct Builder {
    source: Arc<str>,
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
}

type Events<'a> = Parser<'a, granit_parser::StrInput<'a>>;

impl Builder {
    fn error(&self, at: Marker, message: impl Into<String>) -> ConfigError {
        ConfigError::Syntax {
            origin: self.origin(at),
            message: message.into(),
        }
    }

    fn origin(&self, at: Marker) -> Origin {
        Origin::new(self.source.clone(), at.line(), at.col() + 1)
    }

    /// The next event that carries data.
    fn next<'a>(&self, parser: &mut Events<'a>) -> Result<Option<(Event<'a>, Marker)>, ConfigError> {
        match parser.next_event() {
            None => Ok(None),
            Some(Ok((event, span))) => Ok(Some((event, span.start))),
            Some(Err(error)) => Err(self.error(*error.marker(), error.info())),
        }
    }

    fn expect_next<'a>(&self, parser: &mut Events<'a>, at: Marker) -> Result<(Event<'a>, Marker), ConfigError> {
        self.next(parser)?
            .ok_or_else(|| self.error(at, "the file ends in the middle of a value"))
    }

    fn count(&mut self, added: usize, at: Marker) -> Result<(), ConfigError> {
        self.nodes += added;
        if self.nodes > MAX_NODES {
            return Err(self.error(
                at,
                format!("the document has more than {MAX_NODES} values, aliases included"),
            ));
        }
        Ok(())
    }

    fn node<'a>(&mut self, parser: &mut Events<'a>, event: Event<'a>, at: Marker) -> Result<Node, ConfigError> {
        self.count(1, at)?;
        let before = self.nodes;
        let (kind, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = tag.as_ref().is_some_and(|tag| tag.core_suffix() == Some("str"));
                let kind = if style == ScalarStyle::Plain && !is_text {
                    plain(&text)
                } else {
                    Kind::String(text.into_owned())
                };
                (kind, anchor)
            }
            Event::SequenceStart(_, anchor, _) => {
                let mut items = Vec::new();
                loop {
                    let (event, at) = self.expect_next(parser, at)?;
                    if event == Event::SequenceEnd {
                        break (Kind::Array(items), anchor);
                    }
                    items.push(self.node(parser, event, at)?);
                }
            }
            Event::MappingStart(_, anchor, _) => (Kind::Object(self.object(parser, at)?), anchor),
            Event::Alias(anchor) => {
                let (node, size) = self
                    .anchors
                    .get(&anchor)
                    .cloned()
                    .ok_or_else(|| self.error(at, "this alias stands inside the value it names"))?;
                self.count(size, at)?;
                return Ok(node);
            }
            _ => return Err(self.error(at, "unexpected YAML construct")),
        };
        let node = Node::new(kind, self.origin(at));
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), self.nodes - before + 1));
        }
        Ok(node)
    }

    fn object(&mut self, parser: &mut Events<'_>, at: Marker) -> Result<Object, ConfigError> {
        let mut entries: Object = Vec::new();
        loop {
            let (event, key_at) = self.expect_next(parser, at)?;
            let key = match event {
                Event::MappingEnd => return Ok(entries),
                Event::Scalar(text, ..) => text.into_owned(),
                _ => return Err(self.error(key_at, "a key must be a plain word or a string")),
            };
            if entries.iter().any(|(name, _)| *name == key) {
                return Err(self.error(key_at, format!("the key {key:?} is written twice in this object")));
            }
            let (event, value_at) = self.expect_next(parser, key_at)?;
            let mut node = self.node(parser, event, value_at)?;
            // A reader looks for the key, not for the place where a nested object's first child begins.
            node.origin = self.origin(key_at);
            entries.push((key, node));
        }
    }
}

/// What an unquoted scalar means in YAML 1.2's core schema.
fn plain(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
        "true" | "True" | "TRUE" => return Kind::Bool(true),
        "false" | "False" | "FALSE" => return Kind::Bool(false),
        _ => {}
    }
    number(text).map_or_else(|| Kind::String(text.to_owned()), Kind::Number)
}

fn number(text: &str) -> Option<Number> {
    if let Some(digits) = text.strip_prefix("0x") {
        return u64::from_str_radix(digits, 16).ok().map(Number::from);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return u64::from_str_radix(digits, 8).ok().map(Number::from);
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        || !unsigned.contains(|character: char| character.is_ascii_digit())
        || unsigned.contains(|character: char| !matches!(character, '0'..='9' | '.' | 'e' | 'E' | '-' | '+'))
    {
        return None;
    }
    let text = text.strip_prefix('+').unwrap_or(text);
    if let Ok(value) = text.parse::<u64>() {
        return Some(Number::from(value));
    }
    if let Ok(value) = text.parse::<i64>() {
        return Some(Number::from(value));
    }
    text.parse::<f64>().ok().and_then(Number::from_f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> serde_json::Value {
        parse(text, "test.yaml").unwrap().to_json()
    }

    #[test]
    fn scalars_follow_the_core_schema() {
        assert_eq!(
            json("a: yes\nb: 0x10\nc: 1.5e3\nd: ~\ne: \"1\"\nf: 1_000\ng: -3\nh: 1.2.3\ni: 2020-01-01\nj: !!str 5"),
            serde_json::json!({"a": "yes", "b": 16, "c": 1500.0, "d": null, "e": "1", "f": "1_000", "g": -3,
                "h": "1.2.3", "i": "2020-01-01", "j": "5"})
        );
    }

    #[test]
    fn aliases_are_copied_and_bombs_are_refused() {
        assert_eq!(json("a: &x [1]\nb: *x"), serde_json::json!({"a": [1], "b": [1]}));
        let levels = (1..9).map(|level| {
            let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
            format!("a{level}: &a{level} [{aliases}]\n")
        });
        let bomb: String = std::iter::once("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned())
            .chain(levels)
            .collect();
        let error = parse(&bomb, "bomb.yaml").unwrap_err().to_string();
        assert!(error.contains("bomb.yaml:") && error.contains("more than"), "{error}");
    }

    #[test]
    fn origins_point_at_keys() {
        let tree = parse("backend:\n  cache:\n    store: memory\n", "app-config.yaml").unwrap();
        assert_eq!(
            tree.at("backend.cache").unwrap().origin.to_string(),
            "app-config.yaml:2:3"
        );
        assert_eq!(
            tree.at("backend.cache.store").unwrap().origin.to_string(),
            "app-config.yaml:3:5"
        );
    }

    #[test]
    fn broken_files_name_file_and_line() {
        let error = parse("a: 1\nb: [1,\nc: 2\n", "broken.yaml").unwrap_err().to_string();
        assert!(error.starts_with("broken.yaml:"), "{error}");
        let error = parse("a: 1\na: 2\n", "twice.yaml").unwrap_err().to_string();
        assert_eq!(error, "twice.yaml:2:1: the key \"a\" is written twice in this object");
        assert!(
            parse("a: 1\n---\nb: 2\n", "two.yaml")
                .unwrap_err()
                .to_string()
                .contains("one YAML document")
        );
    }

    #[test]
    fn an_empty_file_is_an_empty_object() {
        assert_eq!(json(""), serde_json::json!({}));
        assert_eq!(json("# only a comment\n"), serde_json::json!({}));
    }
}
