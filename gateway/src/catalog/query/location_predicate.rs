//! Predicates about registered locations: the same grammar, four keys, and two habits of upstream.

use callboard_proto::catalog::v1::Predicate;
use serde_json::{Map, Value};

use super::{
    predicate::{any, is_in},
    predicate_json::{Dialect, PredicateError, parse_as},
};

const KEYS: [&str; 4] = ["id", "type", "target", "entityRef"];

#[derive(Debug)]
struct Locations;

impl Dialect for Locations {
    fn key(key: &str) -> Result<String, PredicateError> {
        KEYS.iter()
            .find(|known| known.eq_ignore_ascii_case(key))
            .map(|known| (*known).to_owned())
            .ok_or_else(|| {
                PredicateError::Meaning(format!(
                    "Invalid filter predicate, expected key to be 'id', 'type', 'target', or 'entityRef', got '{key}'"
                ))
            })
    }

    fn empty_all() -> Predicate {
        // Unlike for entities, an empty `$all` matches nothing here.
        any(Vec::new())
    }

    fn contains_value(key: String, _: String) -> Predicate {
        // No field of a location is a list.
        is_in(key, Vec::new())
    }

    fn contains_object(key: String, _: &Map<String, Value>) -> Result<Predicate, PredicateError> {
        Ok(is_in(key, Vec::new()))
    }
}

/// Parses a predicate about locations. An empty object matches everything.
pub(crate) fn parse(query: &Map<String, Value>) -> Result<Predicate, PredicateError> {
    parse_as::<Locations>(query)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::catalog::query::predicate::all;

    #[test]
    fn parses_location_predicates() {
        let cases = [
            (json!({"TYPE": "url"}), Ok(is_in("type", vec!["url".to_owned()]))),
            (json!({"entityref": "a"}), Ok(is_in("entityRef", vec!["a".to_owned()]))),
            (json!({}), Ok(all(vec![]))),
            (json!({"$all": []}), Ok(any(vec![]))),
            (json!({"target": {"$contains": "x"}}), Ok(is_in("target", vec![]))),
            (
                json!({"foo": "x"}),
                Err(
                    "Invalid filter predicate, expected key to be 'id', 'type', 'target', or 'entityRef', got 'foo'"
                        .to_owned(),
                ),
            ),
        ];
        for (query, expected) in cases {
            let parsed = parse(query.as_object().expect("an object")).map_err(|error| error.to_string());
            assert_eq!(parsed, expected, "{query}");
        }
    }
}
