//! Building JSON values from the events of the parser.

use std::borrow::Cow;

use granit_parser::{Event, Parser, ScalarStyle, Span, StrInput, Tag, options};
use serde_json::Value;

use super::aliases::Anchors;
use super::mapping::Mapping;
use super::scalar::{Schema, resolve};
use crate::values::storable::DEEPEST;

/// What is wrong with a document, and where in its text: the line from one, the column from zero.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) text: String,
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Problem {
    fn new(text: impl Into<String>, span: Span) -> Self {
        Self {
            text: text.into(),
            line: span.start.line(),
            column: span.start.col(),
        }
    }
}

/// Reads the documents of one text.
pub(super) struct Composer<'text> {
    parser: Parser<'text, StrInput<'text>>,
    schema: Schema,
    anchors: Anchors,
    open: Vec<Open>,
}

/// A collection whose end has not come yet.
struct Open {
    collection: Collection,
    anchor: usize,
    /// The anchors that aliases inside of it refer to.
    aliases: Vec<usize>,
    span: Span,
}

enum Collection {
    Sequence(Vec<Value>),
    Mapping(Mapping),
}

/// How a finished node may serve as a key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Node {
    Scalar,
    PlainScalar,
    Other,
}

impl<'text> Composer<'text> {
    pub(super) fn new(text: &'text str, schema: Schema) -> Self {
        let options = options! { emit_comments: false };
        Self {
            parser: Parser::new_from_str_with_options(text, options),
            schema,
            anchors: Anchors::default(),
            open: Vec::new(),
        }
    }

    /// The rules that hold after what has been read.
    pub(super) fn schema(&self) -> Schema {
        self.schema
    }

    /// The root of the next document, null if it is empty; none at the end. Nothing can be read after a problem.
    pub(super) fn next_document(&mut self) -> Option<Result<Value, Problem>> {
        let mut root = Value::Null;
        loop {
            let (event, span) = match self.parser.next_event()? {
                Ok(event) => event,
                Err(error) => {
                    let marker = error.marker();
                    let problem = Problem {
                        text: error.info(),
                        line: marker.line(),
                        column: marker.col(),
                    };
                    return Some(Err(problem));
                }
            };
            let finished = match event {
                Event::DocumentStart(_, version) => {
                    match version.map(|version| (version.major, version.minor)) {
                        Some((1, 1)) => self.schema = Schema::Version11,
                        Some(_) => self.schema = Schema::Core,
                        None => {}
                    }
                    Ok(None)
                }
                Event::DocumentEnd => return Some(Ok(root)),
                Event::StreamEnd => return None,
                node => self.node(node, span),
            };
            match finished {
                Ok(Some(value)) => root = value,
                Ok(None) => {}
                Err(problem) => return Some(Err(problem)),
            }
        }
    }

    /// Takes a node in; gives the root when it is complete.
    fn node(&mut self, event: Event<'text>, span: Span) -> Result<Option<Value>, Problem> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let (value, node) = self.scalar(&text, style, tag.as_ref(), span)?;
                if anchor > 0 {
                    self.anchors.define(anchor, &value, Vec::new());
                }
                self.place(value, node, span)
            }
            Event::Alias(anchor) => {
                let (value, depth) = self.anchors.resolve(anchor).map_err(|text| Problem::new(text, span))?;
                if self.open.len() + depth > DEEPEST {
                    return Err(Problem::new(
                        format!("Collections are nested more than {DEEPEST} deep"),
                        span,
                    ));
                }
                for open in &mut self.open {
                    if open.anchor > 0 {
                        open.aliases.push(anchor);
                    }
                }
                self.place(value, Node::Other, span)
            }
            Event::SequenceStart(_, anchor, _) => self.open(Collection::Sequence(Vec::new()), anchor, span),
            Event::MappingStart(_, anchor, _) => self.open(Collection::Mapping(Mapping::default()), anchor, span),
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            _ => Ok(None),
        }
    }

    fn scalar(
        &self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Cow<'text, Tag>>,
        span: Span,
    ) -> Result<(Value, Node), Problem> {
        if text.contains('\0') {
            // The database cannot store it, and no catalog file has a use for it.
            return Err(Problem::new("The character U+0000 is not allowed", span));
        }
        let node = if style == ScalarStyle::Plain && tag.is_none() {
            Node::PlainScalar
        } else {
            Node::Scalar
        };
        Ok((resolve(self.schema, text, style, tag.map(Cow::as_ref)), node))
    }

    fn open(&mut self, collection: Collection, anchor: usize, span: Span) -> Result<Option<Value>, Problem> {
        if self.open.len() >= DEEPEST {
            return Err(Problem::new(
                format!("Collections are nested more than {DEEPEST} deep"),
                span,
            ));
        }
        self.open.push(Open {
            collection,
            anchor,
            aliases: Vec::new(),
            span,
        });
        Ok(None)
    }

    fn close(&mut self, span: Span) -> Result<Option<Value>, Problem> {
        let Some(open) = self.open.pop() else {
            return Err(Problem::new("Unexpected end of a collection", span));
        };
        let value = match open.collection {
            Collection::Sequence(elements) => Value::Array(elements),
            Collection::Mapping(mapping) => mapping.finish(),
        };
        if open.anchor > 0 {
            self.anchors.define(open.anchor, &value, open.aliases);
        }
        self.place(value, Node::Other, open.span)
    }

    /// Puts a complete value into the collection around it.
    fn place(&mut self, value: Value, node: Node, span: Span) -> Result<Option<Value>, Problem> {
        let Some(open) = self.open.last_mut() else {
            return Ok(Some(value));
        };
        let placed = match &mut open.collection {
            Collection::Sequence(elements) => {
                elements.push(value);
                Ok(())
            }
            Collection::Mapping(mapping) if mapping.expects_key() => {
                let merges = self.schema == Schema::Version11 && node == Node::PlainScalar && value == "<<";
                if merges {
                    mapping.begin_merge();
                    Ok(())
                } else {
                    mapping.begin(value, node != Node::Other)
                }
            }
            Collection::Mapping(mapping) => mapping.complete(value),
        };
        placed.map(|()| None).map_err(|text| Problem::new(text, span))
    }
}
