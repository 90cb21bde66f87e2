//! A small validator for JSON values: rules are tables, and the first violation is reported in the words and in the
//! order that users of the catalog format know.

use std::fmt::Write;

use serde_json::{Map, Value};

/// What a value must be.
#[derive(Debug)]
pub(crate) enum Rule {
    /// A string.
    Text,
    /// A string of at least one character.
    NonEmptyText,
    /// A string of letters, digits and underscores.
    Word,
    /// One of a few strings.
    OneOf(&'static [&'static str]),
    /// A string, true or false.
    TextOrTruth,
    /// An object with rules for its members.
    Object(&'static Members),
    /// An object, or a list of objects.
    ObjectOrObjects,
    /// A list with a rule for its elements.
    List(&'static Rule),
}

/// The rules for the members of an object.
#[derive(Debug)]
pub(crate) struct Members {
    /// The members that must be there.
    pub(crate) required: &'static [&'static str],
    /// The members that have a rule, in the order in which they are checked.
    pub(crate) known: &'static [(&'static str, Rule)],
    /// What holds for all others.
    pub(crate) others: Others,
}

/// What holds for members that have no rule of their own.
#[derive(Debug)]
pub(crate) enum Others {
    /// They may be anything.
    Free,
    /// There must be none.
    Refused,
    /// They share one rule.
    Each(&'static Rule),
}

/// An object of which nothing more is asked.
pub(crate) static ANY_OBJECT: Members = Members {
    required: &[],
    known: &[],
    others: Others::Free,
};

/// What is wrong with a value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Violation {
    /// Where, as a JSON pointer; empty for the root.
    path: String,
    /// What, in words.
    message: String,
    /// The rule's parameter: its name and its value.
    parameter: (&'static str, String),
}

impl Violation {
    fn new(message: impl Into<String>, parameter: &'static str, value: impl Into<String>) -> Self {
        Self {
            path: String::new(),
            message: message.into(),
            parameter: (parameter, value.into()),
        }
    }

    fn wrong_type(expected: &str) -> Self {
        Self::new(format!("must be {expected}"), "type", expected)
    }

    /// Says where the violation is, from the outside in.
    fn below(mut self, segment: &str) -> Self {
        let segment = segment.replace('~', "~0").replace('/', "~1");
        self.path = format!("/{segment}{}", self.path);
        self
    }

    /// The place and the rule in words.
    pub(crate) fn summary(&self) -> String {
        let path = if self.path.is_empty() { "<root>" } else { &self.path };
        format!("{path} {}", self.message)
    }

    /// The summary and the parameter of the rule.
    pub(crate) fn details(&self) -> String {
        let mut text = self.summary();
        let (name, value) = &self.parameter;
        // Writing to memory cannot fail.
        let _ = write!(text, " - {name}: {value}");
        text
    }
}

impl Rule {
    /// Checks a value; the error is the first violation.
    pub(crate) fn check(&self, value: &Value) -> Result<(), Violation> {
        match self {
            Self::Text => text(value).map(|_| ()),
            Self::NonEmptyText => non_empty_text(value).map(|_| ()),
            Self::Word => {
                let is_word = |character: char| character.is_ascii_alphanumeric() || character == '_';
                let text = non_empty_text(value)?;
                let violation = || Violation::new("must match pattern \"^\\w+$\"", "pattern", "^\\w+$");
                text.chars().all(is_word).then_some(()).ok_or_else(violation)
            }
            Self::OneOf(choices) => {
                let text = text(value)?;
                let message = "must be equal to one of the allowed values";
                let violation = || Violation::new(message, "allowedValues", choices.join(","));
                choices.contains(&text).then_some(()).ok_or_else(violation)
            }
            Self::TextOrTruth => match value {
                Value::String(_) | Value::Bool(_) => Ok(()),
                _ => Err(Violation::wrong_type("string,boolean")),
            },
            Self::Object(members) => match value {
                Value::Object(object) => members.check(object),
                _ => Err(Violation::wrong_type("object")),
            },
            Self::ObjectOrObjects => match value {
                Value::Object(_) => Ok(()),
                Value::Array(elements) if elements.iter().all(Value::is_object) => Ok(()),
                _ => Err(Violation::wrong_type("object")),
            },
            Self::List(rule) => match value {
                Value::Array(elements) => elements.iter().enumerate().try_for_each(|(index, element)| {
                    rule.check(element)
                        .map_err(|violation| violation.below(&index.to_string()))
                }),
                _ => Err(Violation::wrong_type("array")),
            },
        }
    }
}

impl Members {
    fn check(&self, object: &Map<String, Value>) -> Result<(), Violation> {
        if let Some(missing) = self.required.iter().find(|name| !object.contains_key(**name)) {
            let message = format!("must have required property '{missing}'");
            return Err(Violation::new(message, "missingProperty", *missing));
        }
        let is_known = |name: &String| self.known.iter().any(|(known, _)| known == name);
        if matches!(self.others, Others::Refused)
            && let Some(name) = object.keys().find(|name| !is_known(name))
        {
            return Err(Violation::new(
                "must NOT have additional properties",
                "additionalProperty",
                name,
            ));
        }
        if let Others::Each(rule) = &self.others {
            for (name, member) in object.iter().filter(|(name, _)| !is_known(name)) {
                rule.check(member).map_err(|violation| violation.below(name))?;
            }
        }
        for (name, rule) in self.known {
            if let Some(member) = object.get(*name) {
                rule.check(member).map_err(|violation| violation.below(name))?;
            }
        }
        Ok(())
    }
}

fn text(value: &Value) -> Result<&str, Violation> {
    value.as_str().ok_or_else(|| Violation::wrong_type("string"))
}

fn non_empty_text(value: &Value) -> Result<&str, Violation> {
    match text(value)? {
        "" => Err(Violation::new("must NOT have fewer than 1 characters", "limit", "1")),
        text => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    static RULE: Rule = Rule::Object(&Members {
        required: &["a"],
        known: &[
            ("a", Rule::NonEmptyText),
            ("list", Rule::List(&Rule::OneOf(&["x", "y"]))),
        ],
        others: Others::Refused,
    });

    #[test]
    fn the_first_violation_is_told() {
        for (value, expected) in [
            (json!([]), "<root> must be object - type: object"),
            (
                json!({"z": 1}),
                "<root> must have required property 'a' - missingProperty: a",
            ),
            (
                json!({"a": "", "z": 1}),
                "<root> must NOT have additional properties - additionalProperty: z",
            ),
            (
                json!({"list": 1, "a": ""}),
                "/a must NOT have fewer than 1 characters - limit: 1",
            ),
            (json!({"a": "x", "list": {}}), "/list must be array - type: array"),
            (
                json!({"a": "x", "list": ["x", "z"]}),
                "/list/1 must be equal to one of the allowed values - allowedValues: x,y",
            ),
        ] {
            assert_eq!(RULE.check(&value).unwrap_err().details(), expected);
        }
        assert_eq!(RULE.check(&json!({"a": "x", "list": ["y"]})), Ok(()));
    }

    #[test]
    fn names_in_paths_are_escaped() {
        static LABELS: Rule = Rule::Object(&Members {
            required: &[],
            known: &[],
            others: Others::Each(&Rule::Text),
        });
        assert_eq!(
            LABELS.check(&json!({"a/b~": 1})).unwrap_err().summary(),
            "/a~1b~0 must be string"
        );
    }
}
