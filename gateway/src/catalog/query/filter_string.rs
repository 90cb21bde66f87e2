//! The `filter` query parameter: `kind=component,spec.type=service`.
//!
//! A parameter is a set of statements that must all hold; of several parameters any may hold. Within a set, statements about
//! one key (in one spelling) merge: any of the values will do, and a bare key beside a valued one adds nothing.

use callboard_proto::catalog::v1::Predicate;

use super::predicate::{all_of, any, exists, is_in};
use crate::error::ApiError;

/// Parses all `filter` parameters of a request; `None` when there is nothing to filter by.
pub(crate) fn parse<T: AsRef<str>>(filters: &[T]) -> Result<Option<Predicate>, ApiError> {
    let mut sets = Vec::new();
    for filter in filters {
        sets.extend(parse_set(filter.as_ref())?);
    }
    Ok(match sets.len() {
        0 => None,
        1 => sets.pop(),
        _ => Some(any(sets)),
    })
}

fn parse_set(filter: &str) -> Result<Option<Predicate>, ApiError> {
    let mut fields: Vec<(&str, Vec<String>)> = Vec::new();
    for statement in filter
        .split(',')
        .map(str::trim)
        .filter(|statement| !statement.is_empty())
    {
        let (key, value) = match statement.split_once('=') {
            Some((key, value)) => (key.trim(), Some(value.trim())),
            None => (statement, None),
        };
        if key.is_empty() {
            return Err(ApiError::input(format!(
                "Invalid filter, '{statement}' is not a valid statement (expected a string on the form a=b or a= or a)"
            )));
        }
        let position = fields.iter().position(|(name, _)| *name == key).unwrap_or_else(|| {
            fields.push((key, Vec::new()));
            fields.len() - 1
        });
        fields[position].1.extend(value.map(ToOwned::to_owned));
    }
    if fields.is_empty() {
        return Ok(None);
    }
    let conditions = fields.into_iter().map(|(key, values)| {
        if values.is_empty() {
            exists(key)
        } else {
            is_in(key, values)
        }
    });
    Ok(Some(all_of(conditions.collect())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::query::predicate::all;

    fn values(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }

    #[test]
    fn parses_filters() {
        let cases: Vec<(&[&str], Option<Predicate>)> = vec![
            (&["kind=a,kind=b"], Some(is_in("kind", values(&["a", "b"])))),
            (&["kind="], Some(is_in("kind", values(&[""])))),
            (&["a=b=c"], Some(is_in("a", values(&["b=c"])))),
            (
                &["kind=a", "kind=b,x"],
                Some(any(vec![
                    is_in("kind", values(&["a"])),
                    all(vec![is_in("kind", values(&["b"])), exists("x")]),
                ])),
            ),
            (&["kind,kind=a"], Some(is_in("kind", values(&["a"])))),
            (&["kind=a,kind"], Some(is_in("kind", values(&["a"])))),
            (
                &["Kind=a,kind=b"],
                Some(all(vec![is_in("Kind", values(&["a"])), is_in("kind", values(&["b"]))])),
            ),
            (&["metadata.tags.java"], Some(exists("metadata.tags.java"))),
            (
                &[" a = b , c "],
                Some(all(vec![is_in("a", values(&["b"])), exists("c")])),
            ),
            (
                &["relations.ownedBy=group:default/t"],
                Some(is_in("relations.ownedBy", values(&["group:default/t"]))),
            ),
            (&[",,"], None),
            (&[",,", "a"], Some(exists("a"))),
            (&[], None),
        ];
        for (filters, expected) in cases {
            assert_eq!(parse(filters).expect("parses"), expected, "{filters:?}");
        }
    }

    #[test]
    fn refuses_a_statement_without_a_key() {
        assert_eq!(
            parse(&["=a"]).expect_err("is refused").message(),
            "Invalid filter, '=a' is not a valid statement (expected a string on the form a=b or a= or a)"
        );
    }
}
