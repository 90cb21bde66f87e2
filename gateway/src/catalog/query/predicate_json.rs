//! The predicate language of POST bodies: `{"kind": "component", "metadata.tags": {"$in": ["java"]}}`.

use callboard_proto::catalog::v1::{Predicate, RelationMatch, predicate::Condition};
use serde_json::{Map, Number, Value};

use super::predicate::{all, all_of, any, exists, has_prefix, is_in, not};

/// Deeper predicates are refused: the message they become is nested twice as deep, and decoders have a limit.
const DEEPEST: usize = 40;

/// Why a predicate was refused.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(crate) enum PredicateError {
    /// It does not fit the grammar.
    #[error("Validation error: {0}")]
    Grammar(String),
    /// It fits the grammar but asks for something there is not.
    #[error("{0}")]
    Meaning(String),
}

fn grammar<T>(message: impl Into<String>) -> Result<T, PredicateError> {
    Err(PredicateError::Grammar(message.into()))
}

fn meaning<T>(message: impl Into<String>) -> Result<T, PredicateError> {
    Err(PredicateError::Meaning(message.into()))
}

/// What differs between the things predicates are about.
pub(crate) trait Dialect {
    /// Checks a key, and gives it the spelling that the catalog expects.
    fn key(key: &str) -> Result<String, PredicateError>;
    /// `$all` without members.
    fn empty_all() -> Predicate;
    /// `$contains` with a single value.
    fn contains_value(key: String, value: String) -> Predicate;
    /// `$contains` with an object.
    fn contains_object(key: String, object: &Map<String, Value>) -> Result<Predicate, PredicateError>;
}

/// Predicates about entities.
#[derive(Debug)]
pub(crate) struct Entities;

impl Dialect for Entities {
    fn key(key: &str) -> Result<String, PredicateError> {
        Ok(key.to_owned())
    }

    fn empty_all() -> Predicate {
        all(Vec::new())
    }

    fn contains_value(key: String, value: String) -> Predicate {
        // Lists are flattened into one value each, so containing is having.
        is_in(key, vec![value])
    }

    fn contains_object(key: String, object: &Map<String, Value>) -> Result<Predicate, PredicateError> {
        if key.eq_ignore_ascii_case("relations") {
            relation(object)
        } else {
            meaning(format!("Object form of $contains is not supported for field \"{key}\""))
        }
    }
}

/// Parses a predicate about entities. An empty object matches everything.
pub(crate) fn parse(query: &Map<String, Value>) -> Result<Predicate, PredicateError> {
    parse_object::<Entities>(query, 0)
}

/// Parses a predicate in a dialect.
pub(crate) fn parse_as<D: Dialect>(query: &Map<String, Value>) -> Result<Predicate, PredicateError> {
    parse_object::<D>(query, 0)
}

fn parse_value<D: Dialect>(value: &Value, depth: usize) -> Result<Predicate, PredicateError> {
    match value {
        Value::Object(object) => parse_object::<D>(object, depth),
        Value::String(_) | Value::Number(_) | Value::Bool(_) => meaning(
            "Invalid filter predicate: top-level primitive values are not supported. Wrap the value in a field expression, \
             e.g. { \"kind\": \"x\" }",
        ),
        Value::Null | Value::Array(_) => grammar("a predicate must be an object"),
    }
}

fn parse_object<D: Dialect>(object: &Map<String, Value>, depth: usize) -> Result<Predicate, PredicateError> {
    if depth > DEEPEST {
        return grammar(format!("predicates may be nested {DEEPEST} deep at most"));
    }
    let operator = object.iter().find(|(key, _)| key.starts_with('$'));
    if let Some((operator, operand)) = operator {
        if object.len() > 1 {
            return grammar(format!("\"{operator}\" must be the only member of its object"));
        }
        return parse_operator::<D>(operator, operand, depth);
    }
    if object.is_empty() {
        return Ok(all(Vec::new()));
    }
    let conditions = object.iter().map(|(key, value)| parse_field::<D>(key, value, depth));
    Ok(all_of(conditions.collect::<Result<_, _>>()?))
}

fn parse_operator<D: Dialect>(operator: &str, operand: &Value, depth: usize) -> Result<Predicate, PredicateError> {
    let members = || match operand {
        Value::Array(members) => members
            .iter()
            .map(|member| parse_value::<D>(member, depth + 1))
            .collect(),
        _ => grammar(format!("\"{operator}\" must be a list of predicates")),
    };
    match operator {
        "$all" => {
            let members: Vec<Predicate> = members()?;
            Ok(if members.is_empty() {
                D::empty_all()
            } else {
                all(members)
            })
        }
        "$any" => Ok(any(members()?)),
        "$not" => Ok(not(parse_value::<D>(operand, depth + 1)?)),
        _ => grammar(format!("unknown operator \"{operator}\"")),
    }
}

fn parse_field<D: Dialect>(key: &str, value: &Value, depth: usize) -> Result<Predicate, PredicateError> {
    let key = D::key(key)?;
    if let Some(text) = scalar(value) {
        return Ok(is_in(key, vec![text]));
    }
    let Value::Object(operators) = value else {
        return grammar(format!(
            "the value of \"{key}\" must be a string, a number, a boolean or an operator"
        ));
    };
    if let Some(operand) = operators.get("$exists") {
        return match operand {
            Value::Bool(true) => Ok(exists(key)),
            Value::Bool(false) => Ok(not(exists(key))),
            _ => grammar(format!("\"$exists\" of \"{key}\" must be a boolean")),
        };
    }
    if let Some(operand) = operators.get("$in") {
        let values = operand
            .as_array()
            .and_then(|values| values.iter().map(scalar).collect::<Option<Vec<_>>>());
        return match values {
            Some(values) => Ok(is_in(key, values)),
            None => grammar(format!(
                "\"$in\" of \"{key}\" must be a list of strings, numbers and booleans"
            )),
        };
    }
    if let Some(operand) = operators.get("$contains") {
        return match operand {
            Value::Object(object) => {
                if depth >= DEEPEST {
                    return grammar("a predicate is nested too deeply");
                }
                D::contains_object(key, object)
            }
            operand => match scalar(operand) {
                Some(value) => Ok(D::contains_value(key, value)),
                None => grammar(format!("\"$contains\" of \"{key}\" must be a value or an object")),
            },
        };
    }
    match operators.get("$hasPrefix") {
        Some(Value::String(prefix)) => Ok(has_prefix(key, prefix)),
        Some(_) => grammar(format!("\"$hasPrefix\" of \"{key}\" must be a string")),
        None => grammar(format!("the value of \"{key}\" has no operator")),
    }
}

fn relation(object: &Map<String, Value>) -> Result<Predicate, PredicateError> {
    let mut relation_type = None;
    let mut target_refs = Vec::new();
    for (key, value) in object {
        match (key.to_ascii_lowercase().as_str(), value) {
            ("type", value) => relation_type = value.as_str(),
            ("targetref", Value::String(target)) => target_refs = vec![target.clone()],
            ("targetref", value) => target_refs = relation_targets(value)?,
            _ => {
                return meaning(format!(
                    "Unsupported key \"{key}\" in $contains for \"relations\". Only \"type\" and \"targetRef\" are supported"
                ));
            }
        }
    }
    let Some(relation_type) = relation_type else {
        return meaning("The $contains operator for \"relations\" requires a \"type\" string property");
    };
    let relation = RelationMatch {
        r#type: relation_type.to_owned(),
        target_refs,
    };
    Ok(Predicate {
        condition: Some(Condition::Relation(relation)),
    })
}

fn relation_targets(value: &Value) -> Result<Vec<String>, PredicateError> {
    let targets = value.get("$in").and_then(Value::as_array);
    let targets = targets.and_then(|targets| {
        targets
            .iter()
            .map(|target| target.as_str().map(ToOwned::to_owned))
            .collect::<Option<Vec<_>>>()
    });
    match targets {
        Some(targets) if targets.is_empty() => {
            meaning("Empty \"$in\" array for $contains on \"relations\" is not allowed")
        }
        Some(targets) => Ok(targets),
        None => grammar("\"targetRef\" must be a string or {\"$in\": [strings]}"),
    }
}

/// A string, number or boolean as the text it is indexed as.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number_text(number)),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A number as JavaScript prints it: the catalog indexes numbers that way.
fn number_text(number: &Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e21 => {
            format!("{float:.0}").replace("-0", "0")
        }
        Some(float) if number.is_f64() && (float.abs() >= 1e21 || float.abs() < 1e-6) => {
            let text = format!("{float:e}");
            if text.contains("e-") {
                text
            } else {
                text.replace('e', "e+")
            }
        }
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parse_json(query: &Value) -> Result<Predicate, PredicateError> {
        parse(query.as_object().expect("an object"))
    }

    fn one(value: &str) -> Vec<String> {
        vec![value.to_owned()]
    }

    fn relation_match(relation_type: &str, targets: &[&str]) -> Predicate {
        let target_refs = targets.iter().map(|target| (*target).to_owned()).collect();
        Predicate {
            condition: Some(Condition::Relation(RelationMatch {
                r#type: relation_type.to_owned(),
                target_refs,
            })),
        }
    }

    #[test]
    fn parses_predicates() {
        let cases = [
            (json!({}), all(vec![])),
            (json!({"kind": "component"}), is_in("kind", one("component"))),
            (
                json!({"spec.size": 3, "spec.on": true}),
                all(vec![is_in("spec.size", one("3")), is_in("spec.on", one("true"))]),
            ),
            (json!({"a": {"$exists": true}}), exists("a")),
            (json!({"a": {"$exists": false}}), not(exists("a"))),
            (json!({"a": {"$in": []}}), is_in("a", vec![])),
            (
                json!({"a": {"$in": ["x", 1.5]}}),
                is_in("a", vec!["x".to_owned(), "1.5".to_owned()]),
            ),
            (json!({"a": {"$hasPrefix": "x", "other": 1}}), has_prefix("a", "x")),
            (json!({"a": {"$hasPrefix": "x", "$exists": true}}), exists("a")),
            (
                json!({"metadata.tags": {"$contains": "java"}}),
                is_in("metadata.tags", one("java")),
            ),
            (
                json!({"relations": {"$contains": {"type": "ownedBy"}}}),
                relation_match("ownedBy", &[]),
            ),
            (
                json!({"Relations": {"$contains": {"TYPE": "ownedBy", "targetref": {"$in": ["group:a/b"]}}}}),
                relation_match("ownedBy", &["group:a/b"]),
            ),
            (json!({"$all": []}), all(vec![])),
            (json!({"$any": []}), any(vec![])),
            (
                json!({"$any": [{"a": "b"}, {}]}),
                any(vec![is_in("a", one("b")), all(vec![])]),
            ),
            (json!({"$not": {"a": "b"}}), not(is_in("a", one("b")))),
        ];
        for (query, expected) in cases {
            assert_eq!(parse_json(&query).expect("parses"), expected, "{query}");
        }
    }

    #[test]
    fn refuses_what_does_not_fit_the_grammar() {
        for query in [
            json!({"$all": [], "kind": "a"}),
            json!({"$all": {}}),
            json!({"$nope": []}),
            json!({"a": null}),
            json!({"a": []}),
            json!({"a": {}}),
            json!({"a": {"$in": [null]}}),
            json!({"a": {"$exists": "yes"}}),
            json!({"$any": [null]}),
        ] {
            assert!(matches!(parse_json(&query), Err(PredicateError::Grammar(_))), "{query}");
        }
    }

    #[test]
    fn explains_what_there_is_not() {
        let cases = [
            (
                json!({"$not": "x"}),
                "Invalid filter predicate: top-level primitive values are not supported. Wrap the value in a field \
                 expression, e.g. { \"kind\": \"x\" }",
            ),
            (
                json!({"spec": {"$contains": {"a": 1}}}),
                "Object form of $contains is not supported for field \"spec\"",
            ),
            (
                json!({"relations": {"$contains": {}}}),
                "The $contains operator for \"relations\" requires a \"type\" string property",
            ),
            (
                json!({"relations": {"$contains": {"type": "a", "x": 1}}}),
                "Unsupported key \"x\" in $contains for \"relations\". Only \"type\" and \"targetRef\" are supported",
            ),
            (
                json!({"relations": {"$contains": {"type": "a", "targetRef": {"$in": []}}}}),
                "Empty \"$in\" array for $contains on \"relations\" is not allowed",
            ),
        ];
        for (query, message) in cases {
            assert_eq!(
                parse_json(&query).expect_err("is refused").to_string(),
                message,
                "{query}"
            );
        }
    }

    #[test]
    fn refuses_deep_nesting() {
        let nested = |depth: usize| (0..depth).fold(json!({"a": "b"}), |inner, _| json!({"$not": inner}));
        assert!(parse_json(&nested(DEEPEST)).is_ok());
        assert!(parse_json(&nested(DEEPEST + 1)).is_err());
    }

    #[test]
    fn prints_numbers_as_javascript_does() {
        for (value, expected) in [
            (json!(1), "1"),
            (json!(1.0), "1"),
            (json!(1.5), "1.5"),
            (json!(1e21), "1e+21"),
            (json!(1e-7), "1e-7"),
            (json!(-0.0), "0"),
        ] {
            assert_eq!(scalar(&value).as_deref(), Some(expected), "{value}");
        }
    }
}
