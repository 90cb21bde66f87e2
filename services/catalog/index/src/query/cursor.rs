//! Cursors: a query in progress, written down so that nobody has to remember it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::query::predicate::Predicate;
use crate::query::{Order, QueryError, TextFilter};

/// Longer cursors are neither made nor read.
const LONGEST_CURSOR: usize = 4 << 20;
/// Cursors up to this length fit into a URL everywhere.
const LONGEST_IN_URL: usize = 4096;

/// Everything about a query but its limit, and about where it stands.
///
/// It holds no total: that is counted for every page, which costs next to nothing here and stays true when entities
/// come and go. Nor does it hold what the caller may see, which is for each request to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cursor {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) filter: Option<Predicate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) order: Option<Order>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<TextFilter>,
    pub(crate) count: bool,
    /// The page lies before the position, not behind it.
    pub(crate) backward: bool,
    /// None for the start of everything.
    pub(crate) position: Option<Position>,
    /// The first row of the first page: there is nothing before it.
    pub(crate) first: Option<Position>,
}

/// A row of the result. It need not exist any more to tell what comes before and behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    /// The value ordered by, unless the order is by reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<String>,
    #[serde(rename = "ref")]
    pub(crate) reference: String,
}

/// A member that makes the stock client send the next request as a POST, whose body has room for long cursors.
#[derive(Serialize)]
struct Long<'cursor> {
    query: &'cursor RawValue,
    #[serde(flatten)]
    cursor: &'cursor Cursor,
}

impl Cursor {
    pub(crate) fn encode(&self) -> Result<String, QueryError> {
        let unwritable = |_| QueryError::PredicateTooLong;
        let mut json = serde_json::to_vec(self).map_err(unwritable)?;
        if json.len() > LONGEST_IN_URL {
            json = serde_json::to_vec(&Long {
                query: RawValue::NULL,
                cursor: self,
            })
            .map_err(unwritable)?;
        }
        let text = STANDARD.encode(json);
        if text.len() > LONGEST_CURSOR {
            return Err(QueryError::PredicateTooLong);
        }
        Ok(text)
    }

    pub(crate) fn decode(text: &str) -> Result<Self, QueryError> {
        let malformed = |reason: &str| QueryError::MalformedCursor(reason.to_owned());
        if text.len() > LONGEST_CURSOR {
            return Err(malformed("too long"));
        }
        let json = STANDARD.decode(text).map_err(|_| malformed("not base64"))?;
        let cursor: Self = serde_json::from_slice(&json).map_err(|_| malformed("not a cursor of this catalog"))?;
        if let Some(filter) = &cursor.filter {
            filter.check_depth().map_err(|_| malformed("nested too deep"))?;
        }
        let fits = |position: &Option<Position>| {
            position
                .as_ref()
                .is_none_or(|position| position.value.is_some() == cursor.order.is_some())
        };
        if !fits(&cursor.position) || !fits(&cursor.first) {
            return Err(malformed("its position does not fit its order"));
        }
        Ok(cursor)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::query::Direction;
    use crate::query::predicate::DEEPEST_PREDICATE;

    fn cursor(filter: Predicate) -> Cursor {
        Cursor {
            filter: Some(filter),
            order: Some(Order {
                field: "metadata.name".to_owned(),
                direction: Direction::Descending,
            }),
            text: Some(TextFilter {
                term: "x".to_owned(),
                fields: vec!["kind".to_owned()],
            }),
            count: true,
            backward: true,
            position: Some(Position {
                value: Some("b".to_owned()),
                reference: "component:default/b".to_owned(),
            }),
            first: None,
        }
    }

    fn members(text: &str) -> Value {
        serde_json::from_slice(&STANDARD.decode(text).unwrap()).unwrap()
    }

    fn nested(depth: usize) -> Predicate {
        (1..depth).fold(Predicate::All(vec![]), |inner, level| {
            if level % 2 == 0 {
                Predicate::Not(Box::new(inner))
            } else {
                Predicate::Any(vec![inner])
            }
        })
    }

    #[test]
    fn cursors_read_back() {
        let original = cursor(Predicate::equals("kind", "component"));
        let text = original.encode().unwrap();
        assert_eq!(Cursor::decode(&text).unwrap(), original);
        assert!(members(&text).get("query").is_none(), "short ones travel in a URL");
    }

    #[test]
    fn long_cursors_ask_to_be_posted() {
        let original = cursor(Predicate::equals("kind", "x".repeat(LONGEST_IN_URL)));
        let text = original.encode().unwrap();
        assert!(members(&text).get("query").is_some());
        assert_eq!(Cursor::decode(&text).unwrap(), original);
        let endless = cursor(Predicate::equals("kind", "x".repeat(LONGEST_CURSOR)));
        assert_eq!(endless.encode().unwrap_err(), QueryError::PredicateTooLong);
    }

    #[test]
    fn the_deepest_predicate_reads_back() {
        let deepest = nested(DEEPEST_PREDICATE);
        deepest.check_depth().unwrap();
        let original = cursor(deepest);
        assert_eq!(Cursor::decode(&original.encode().unwrap()).unwrap(), original);
        assert_eq!(
            nested(DEEPEST_PREDICATE + 1).check_depth().unwrap_err(),
            QueryError::PredicateTooDeep
        );
        let deeper = cursor(nested(DEEPEST_PREDICATE + 1)).encode().unwrap();
        assert!(Cursor::decode(&deeper).is_err());
    }

    #[test]
    fn foreign_cursors_are_malformed() {
        let upstream = r#"{"orderFields":[],"isPrevious":false,"orderFieldValues":["u"],"firstSortFieldValues":["u"],"totalItems":1}"#;
        let unordered = r#"{"count":true,"backward":false,"position":{"value":"x","ref":"r"},"first":null}"#;
        for text in [
            "",
            "x",
            "%%%%",
            "bnVsbA==",
            &STANDARD.encode(upstream),
            &STANDARD.encode(unordered),
        ] {
            let error = Cursor::decode(text).unwrap_err();
            assert!(error.to_string().starts_with("Malformed cursor: "), "{text}: {error}");
        }
        assert!(Cursor::decode(&"A".repeat(LONGEST_CURSOR + 4)).is_err());
    }

    proptest! {
        #[test]
        fn nonsense_never_panics(text in any::<String>(), json in "[\\[\\]{}:,\"a-z0-9]{0,40}") {
            let _ = Cursor::decode(&text);
            let _ = Cursor::decode(&STANDARD.encode(json));
        }
    }
}
