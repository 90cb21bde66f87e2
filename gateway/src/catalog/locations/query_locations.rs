//! `POST /locations/by-query`.

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::{QueryLocationsRequest, QueryLocationsResponse};
use http::{StatusCode, Uri};
use serde::Serialize;
use serde_json::Value;

use super::LocationBody;
use crate::{
    catalog::query::{location_predicate, predicate_json::PredicateError},
    error::ApiError,
    gateway::Gateway,
    http::{json_body::JsonBody, query_parameters::QueryParameters, respond},
    permission::names::LOCATION_READ,
    upstream::CallContext,
};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    items: Vec<LocationBody<'a>>,
    total_items: u64,
    page_info: PageInfo<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<&'a str>,
}

/// A page of registered locations.
pub(crate) async fn query_locations(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
    body: JsonBody,
) -> Result<Response, ApiError> {
    QueryParameters::none(&uri)?;
    let request = parse(body)?;
    let response = if gateway.permissions().allows(&context.credentials, &LOCATION_READ) {
        gateway.catalog().query_locations(&context, request).await?
    } else {
        QueryLocationsResponse::default()
    };
    let body = Body {
        items: response.items.iter().map(LocationBody::from).collect(),
        total_items: response.total_items,
        page_info: PageInfo {
            next_cursor: response.next_cursor.as_deref(),
        },
    };
    Ok(respond::json(StatusCode::OK, &body))
}

fn parse(mut body: JsonBody) -> Result<QueryLocationsRequest, ApiError> {
    let cursor = body.text("cursor");
    let limit = body.take("limit");
    let query = body.object("query");
    body.finish()?;
    match cursor.as_deref() {
        Some("") => return Err(ApiError::input("Cursor cannot be empty")),
        // The cursor brings its own limit and query; nothing else is read.
        Some(cursor) => {
            return Ok(QueryLocationsRequest {
                cursor: cursor.to_owned(),
                ..QueryLocationsRequest::default()
            });
        }
        None => {}
    }
    let limit = match limit.as_ref().map(Value::as_u64) {
        None => None,
        Some(Some(limit)) if limit > 0 => Some(u32::try_from(limit).unwrap_or(u32::MAX)),
        Some(_) => return Err(ApiError::input("Limit must be a positive integer >= 1")),
    };
    let predicate = query
        .as_ref()
        // Without any condition it is no query; `{"$all": []}`, in contrast, matches nothing upstream.
        .filter(|query| !query.is_empty())
        .map(location_predicate::parse)
        .transpose()
        .map_err(|error| match error {
            PredicateError::Grammar(_) => ApiError::input(format!("Invalid query: {error}")),
            PredicateError::Meaning(message) => ApiError::input(message),
        })?;
    Ok(QueryLocationsRequest {
        predicate,
        limit,
        cursor: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_text(body: &str) -> Result<QueryLocationsRequest, ApiError> {
        parse(JsonBody::parse(body.as_bytes()).expect("JSON"))
    }

    #[test]
    fn refuses_bad_members() {
        for (body, message) in [
            (r#"{"limit":0}"#, "Limit must be a positive integer >= 1"),
            (r#"{"limit":"a"}"#, "Limit must be a positive integer >= 1"),
            (r#"{"cursor":""}"#, "Cursor cannot be empty"),
            (
                r#"{"query":{"foo":"x"}}"#,
                "Invalid filter predicate, expected key to be 'id', 'type', 'target', or 'entityRef', got 'foo'",
            ),
        ] {
            assert_eq!(parse_text(body).expect_err(body).message(), message);
        }
    }

    #[test]
    fn a_query_without_conditions_leaves_nothing_out() {
        assert_eq!(
            parse_text(r#"{"query":{}}"#).expect("parses"),
            QueryLocationsRequest::default()
        );
        assert!(
            parse_text(r#"{"query":{"$all":[]}}"#)
                .expect("parses")
                .predicate
                .is_some()
        );
    }

    #[test]
    fn reads_nothing_beside_a_cursor() {
        let request = parse_text(r#"{"cursor":"abc","limit":0,"query":{"foo":"x"}}"#).expect("parses");
        assert_eq!(
            request,
            QueryLocationsRequest {
                cursor: "abc".to_owned(),
                ..QueryLocationsRequest::default()
            }
        );
    }
}
