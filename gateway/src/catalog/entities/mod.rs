//! Reading and deleting entities.

pub(crate) mod delete_entity_by_uid;
pub(crate) mod get_entities_by_refs;
pub(crate) mod get_entity_ancestry;
pub(crate) mod get_entity_by_name;
pub(crate) mod get_entity_by_uid;
pub(crate) mod get_entity_facets;
pub(crate) mod list_entities;
pub(crate) mod list_entity_changes;
pub(crate) mod query_entities;
pub(crate) mod query_entities_by_predicate;
pub(crate) mod query_entity_facets;

use callboard_proto::catalog::v1::Predicate;
use serde_json::{Map, Value};

use super::query::predicate_json::{self, PredicateError};
use crate::error::ApiError;

/// The `query` member of a body as a predicate.
fn predicate_of(query: Option<&Map<String, Value>>) -> Result<Option<Predicate>, ApiError> {
    query
        .map(predicate_json::parse)
        .transpose()
        .map_err(|error| match error {
            PredicateError::Grammar(_) => ApiError::input(format!("Invalid query: {error}")),
            PredicateError::Meaning(message) => ApiError::input(message),
        })
}

/// The paths of a projection: trimmed, without empty ones. Lists cannot be projected into.
fn projection(fields: &[String]) -> Result<Vec<String>, ApiError> {
    let mut paths = Vec::with_capacity(fields.len());
    for field in fields {
        let path = field.trim();
        if path.contains('[') {
            return Err(ApiError::input(format!(
                "Invalid field \"{path}\", array type fields are not supported"
            )));
        }
        if !path.is_empty() {
            paths.push(path.to_owned());
        }
    }
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleans_projections() {
        let fields = |fields: &[&str]| fields.iter().map(|field| (*field).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            projection(&fields(&[" kind ", "", "metadata.name"])).expect("is fine"),
            ["kind", "metadata.name"]
        );
        assert_eq!(
            projection(&fields(&["a[0]"])).expect_err("is refused").message(),
            "Invalid field \"a[0]\", array type fields are not supported"
        );
    }
}
