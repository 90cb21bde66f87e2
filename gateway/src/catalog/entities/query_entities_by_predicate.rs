//! `POST /entities/by-query`.

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::QueryEntitiesRequest;
use http::{StatusCode, Uri};

use super::{predicate_of, projection, query_entities};
use crate::{
    catalog::query::order,
    error::ApiError,
    gateway::Gateway,
    http::{json_body::JsonBody, query_parameters::QueryParameters, respond},
    upstream::CallContext,
};

/// Like `GET /entities/by-query`, with a predicate.
pub(crate) async fn query_entities_by_predicate(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
    body: JsonBody,
) -> Result<Response, ApiError> {
    QueryParameters::none(&uri)?;
    let mut request = parse(body)?;
    request.read = gateway.read_options(&context);
    let response = gateway.catalog().query_entities(&context, request).await?;
    Ok(respond::json_bytes(StatusCode::OK, query_entities::body(&response)))
}

fn parse(mut body: JsonBody) -> Result<QueryEntitiesRequest, ApiError> {
    let cursor = body.text("cursor");
    let limit = body.count("limit");
    let offset = body.count("offset").unwrap_or(0);
    let order = order::parse_members(&mut body);
    let full_text = body.inside("fullTextFilter", |filter| (filter.text("term"), filter.texts("fields")));
    let fields = body.texts("fields");
    let total_items = body.one_of("totalItems", &["include", "exclude"]);
    let query = body.object("query");
    body.finish()?;
    if cursor.as_deref() == Some("") {
        return Err(ApiError::input("Cursor cannot be empty"));
    }
    let mut request = QueryEntitiesRequest {
        limit,
        fields: projection(&fields)?,
        exclude_total: total_items == Some("exclude"),
        ..QueryEntitiesRequest::default()
    };
    if let Some(cursor) = cursor {
        request.cursor = cursor;
        return Ok(request);
    }
    request.offset = offset;
    request.order = order;
    request.predicate = predicate_of(query.as_ref())?;
    let (term, text_fields) = full_text.unwrap_or_default();
    request.full_text = query_entities::full_text(term.as_deref(), &text_fields);
    Ok(request)
}

#[cfg(test)]
mod tests {
    use callboard_proto::catalog::v1::{FullTextFilter, OrderField, SortDirection};

    use super::*;
    use crate::catalog::query::predicate::is_in;

    fn parse_text(body: &str) -> Result<QueryEntitiesRequest, ApiError> {
        parse(JsonBody::parse(body.as_bytes()).expect("JSON"))
    }

    #[test]
    fn reads_all_members() {
        let request = parse_text(
            r#"{"limit":2,"offset":1,"orderBy":[{"field":"metadata.name","order":"desc"}],"fields":["kind"],
                "fullTextFilter":{"term":"Pet","fields":["metadata.name"]},"totalItems":"exclude","query":{"kind":"api"},
                "ignored":1}"#,
        );
        let expected = QueryEntitiesRequest {
            limit: Some(2),
            offset: 1,
            order: vec![OrderField {
                field: "metadata.name".to_owned(),
                direction: SortDirection::Desc.into(),
            }],
            predicate: Some(is_in("kind", vec!["api".to_owned()])),
            full_text: Some(FullTextFilter {
                term: "pet".to_owned(),
                fields: vec!["metadata.name".to_owned()],
            }),
            fields: vec!["kind".to_owned()],
            exclude_total: true,
            ..QueryEntitiesRequest::default()
        };
        assert_eq!(request.expect("parses"), expected);
    }

    #[test]
    fn refuses_bad_members() {
        let cases = [
            (r#"{"cursor":""}"#, "Cursor cannot be empty"),
            (r#"{"query":"x"}"#, "request/body/query must be object"),
            (r#"{"limit":-1}"#, "request/body/limit must be >= 0"),
            (r#"{"limit":"1"}"#, "request/body/limit must be number"),
        ];
        for (body, message) in cases {
            assert_eq!(parse_text(body).expect_err(body).message(), message);
        }
        let error = parse_text(r#"{"query":{"a":null}}"#).expect_err("is refused");
        assert!(
            error.message().starts_with("Invalid query: Validation error: "),
            "{}",
            error.message()
        );
    }
}
