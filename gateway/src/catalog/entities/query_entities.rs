//! `GET /entities/by-query`.

use axum::{extract::State, response::Response};
use bytes::Bytes;
use callboard_proto::catalog::v1::{FullTextFilter, QueryEntitiesRequest, QueryEntitiesResponse};
use http::Uri;

use super::projection;
use crate::{
    catalog::{
        query::{filter_string, order},
        splice::{Splice, documents_bytes},
    },
    error::ApiError,
    gateway::Gateway,
    http::{query_parameters::QueryParameters, respond},
    upstream::CallContext,
};

const PARAMETERS: [&str; 9] = [
    "fields",
    "limit",
    "offset",
    "orderField",
    "cursor",
    "filter",
    "totalItems",
    "fullTextFilterTerm",
    "fullTextFilterFields",
];

/// A page of entities, with cursors to its neighbours.
pub(crate) async fn query_entities(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
) -> Result<Response, ApiError> {
    let mut request = parse(&uri)?;
    request.read = gateway.read_options(&context);
    let response = gateway.catalog().query_entities(&context, request).await?;
    Ok(respond::json_at_revision(body(&response), response.revision))
}

fn parse(uri: &Uri) -> Result<QueryEntitiesRequest, ApiError> {
    let mut parameters = QueryParameters::parse(uri, &PARAMETERS)?;
    let limit = parameters.count("limit");
    let offset = parameters.count("offset").unwrap_or(0);
    let total_items = parameters.one_of("totalItems", &["include", "exclude"]);
    let cursor = parameters.text("cursor");
    let term = parameters.text("fullTextFilterTerm");
    let text_fields = parameters.comma_list("fullTextFilterFields");
    let order_fields = parameters.list("orderField");
    let filters = parameters.list("filter");
    let fields = parameters.comma_list("fields");
    parameters.finish()?;
    let mut request = QueryEntitiesRequest {
        limit,
        fields: projection(&fields)?,
        exclude_total: total_items == Some("exclude"),
        ..QueryEntitiesRequest::default()
    };
    if let Some(cursor) = cursor {
        // The cursor brings its own query; what the request says beside it does not count.
        request.cursor = cursor;
        return Ok(request);
    }
    request.offset = offset;
    request.predicate = filter_string::parse(&filters)?;
    request.order = order::parse_suffixed(&order_fields)?;
    request.full_text = full_text(term.as_deref(), &text_fields);
    Ok(request)
}

/// A text filter, where there is a term.
pub(super) fn full_text(term: Option<&str>, fields: &[String]) -> Option<FullTextFilter> {
    let term = term?.trim().to_lowercase();
    let fields = fields
        .iter()
        .map(|field| field.trim().to_owned())
        .filter(|field| !field.is_empty())
        .collect();
    (!term.is_empty()).then_some(FullTextFilter { term, fields })
}

/// The body of both query endpoints.
pub(super) fn body(response: &QueryEntitiesResponse) -> Bytes {
    let mut splice = Splice::with_room_for(documents_bytes(response.items.iter()) + 1024);
    splice.raw("{\"items\":[");
    splice.separated(&response.items, |splice, entity| {
        splice.raw(&entity.document);
    });
    splice
        .raw("],\"totalItems\":")
        .number(response.total_items)
        .raw(",\"pageInfo\":{");
    let cursors = [
        ("\"nextCursor\":", &response.next_cursor),
        ("\"prevCursor\":", &response.prev_cursor),
    ];
    let cursors = cursors
        .into_iter()
        .filter_map(|(name, cursor)| Some((name, cursor.as_ref()?)));
    splice.separated(cursors, |splice, (name, cursor)| {
        splice.raw(name).text(cursor);
    });
    splice.raw("}}");
    splice.finish()
}

#[cfg(test)]
mod tests {
    use callboard_proto::catalog::v1::{Entity, OrderField, SortDirection};

    use super::*;
    use crate::catalog::query::predicate::is_in;

    #[test]
    fn reads_all_parameters() {
        let uri: Uri = "/entities/by-query?limit=20&offset=40&orderField=metadata.name,desc&filter=kind=api&totalItems=exclude\
                        &fullTextFilterTerm=%20Pet%20&fullTextFilterFields=metadata.name,metadata.title&fields=kind,metadata"
            .parse()
            .expect("a URI");
        let expected = QueryEntitiesRequest {
            limit: Some(20),
            offset: 40,
            order: vec![OrderField {
                field: "metadata.name".to_owned(),
                direction: SortDirection::Desc.into(),
            }],
            predicate: Some(is_in("kind", vec!["api".to_owned()])),
            exclude_total: true,
            full_text: Some(FullTextFilter {
                term: "pet".to_owned(),
                fields: vec!["metadata.name".to_owned(), "metadata.title".to_owned()],
            }),
            fields: vec!["kind".to_owned(), "metadata".to_owned()],
            ..QueryEntitiesRequest::default()
        };
        assert_eq!(parse(&uri).expect("parses"), expected);
    }

    #[test]
    fn a_cursor_brings_its_own_query() {
        let uri: Uri = "/entities/by-query?cursor=abc&limit=5&filter==&offset=3"
            .parse()
            .expect("a URI");
        let expected = QueryEntitiesRequest {
            cursor: "abc".to_owned(),
            limit: Some(5),
            ..QueryEntitiesRequest::default()
        };
        assert_eq!(parse(&uri).expect("parses"), expected);
    }

    #[test]
    fn writes_pages() {
        let mut response = QueryEntitiesResponse {
            items: vec![Entity {
                document: Bytes::from_static(b"{\"a\":1}"),
                ..Entity::default()
            }],
            total_items: 7,
            next_cursor: Some("n".to_owned()),
            prev_cursor: Some("p".to_owned()),
            revision: 1,
        };
        assert_eq!(
            &body(&response)[..],
            br#"{"items":[{"a":1}],"totalItems":7,"pageInfo":{"nextCursor":"n","prevCursor":"p"}}"#
        );
        response.next_cursor = None;
        response.prev_cursor = None;
        assert_eq!(
            &body(&response)[..],
            br#"{"items":[{"a":1}],"totalItems":7,"pageInfo":{}}"#
        );
    }
}
