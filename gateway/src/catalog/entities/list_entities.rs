//! `GET /entities`.

use axum::{body::Body, extract::State, response::Response};
use bytes::Bytes;
use callboard_proto::catalog::v1::{Entity, ListEntitiesRequest, ListEntitiesResponse};
use futures::{StreamExt, TryStreamExt, stream};
use http::{HeaderValue, StatusCode, Uri, header};
use tonic::Streaming;

use super::projection;
use crate::{
    catalog::{
        query::{
            after_cursor::{AfterCursor, next_link},
            filter_string, order,
        },
        splice::{self, Splice, documents_bytes},
    },
    error::ApiError,
    gateway::Gateway,
    http::{query_parameters::QueryParameters, respond},
    upstream::CallContext,
};

/// Everything that matches as one array, or a page of it with a link to the next one.
pub(crate) async fn list_entities(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
) -> Result<Response, ApiError> {
    let mut request = parse(&uri)?;
    request.read = gateway.read_options(&context);
    let page = request.paged.then(|| (request.limit, request.offset.unwrap_or(0)));
    let mut parts = gateway.catalog().list_entities(&context, request).await?;
    match page {
        Some((limit, offset)) => {
            let (entities, last) = collect(&mut parts).await?;
            let mut response = respond::json_at_revision(splice::array(entities.iter()), last.revision);
            if let (Some(limit), true) = (limit, last.has_more) {
                let cursor = AfterCursor::encode(limit, offset.saturating_add(limit));
                let link = HeaderValue::try_from(next_link(&uri, &cursor)).map_err(ApiError::internal)?;
                response.headers_mut().insert(header::LINK, link);
            }
            Ok(response)
        }
        None => all(parts).await,
    }
}

fn parse(uri: &Uri) -> Result<ListEntitiesRequest, ApiError> {
    let mut parameters = QueryParameters::parse(uri, &["fields", "limit", "filter", "offset", "after", "order"])?;
    let limit = parameters.count("limit");
    let offset = parameters.count("offset");
    let after = parameters.text("after");
    let orders = parameters.list("order");
    let filters = parameters.list("filter");
    let fields = parameters.comma_list("fields");
    parameters.finish()?;
    let predicate = filter_string::parse(&filters)?;
    let fields = projection(&fields)?;
    let order = order::parse_prefixed(&orders)?;
    let cursor = after
        .as_deref()
        .map(AfterCursor::parse)
        .transpose()?
        .unwrap_or_default();
    let paged = limit.is_some() || offset.is_some() || after.is_some();
    let limit = cursor.limit.or(limit);
    if limit == Some(0) {
        return Err(ApiError::input("Invalid limit, must be greater than zero"));
    }
    let offset = cursor.offset.or(offset);
    Ok(ListEntitiesRequest {
        read: None,
        predicate,
        order,
        limit,
        offset,
        fields,
        paged,
    })
}

/// All parts of a page.
async fn collect(parts: &mut Streaming<ListEntitiesResponse>) -> Result<(Vec<Entity>, ListEntitiesResponse), ApiError> {
    let mut entities = Vec::new();
    let mut last = ListEntitiesResponse::default();
    while let Some(mut part) = parts.message().await? {
        entities.append(&mut part.items);
        last = part;
    }
    Ok((entities, last))
}

/// The whole catalog as it arrives; in one piece when it arrives in one.
async fn all(mut parts: Streaming<ListEntitiesResponse>) -> Result<Response, ApiError> {
    // The first part is awaited before the response begins, so that an early failure gets its status.
    let first = parts.message().await?.unwrap_or_default();
    let Some(second) = parts.message().await? else {
        return Ok(respond::json_at_revision(
            splice::array(first.items.iter()),
            first.revision,
        ));
    };
    let mut is_first = true;
    let pieces = stream::iter([Ok(first), Ok(second)])
        .chain(parts)
        .map_ok(move |part| piece(&part.items, &mut is_first));
    let end = stream::once(async move { Ok(Bytes::from_static(b"]")) });
    let start = stream::once(async { Ok(Bytes::from_static(b"[")) });
    // An error in the middle ends the response without its end: the client sees that it is not whole.
    Ok(respond::json_bytes(
        StatusCode::OK,
        Body::from_stream(start.chain(pieces).chain(end)),
    ))
}

fn piece(entities: &[Entity], is_first: &mut bool) -> Bytes {
    let mut splice = Splice::with_room_for(documents_bytes(entities.iter()) + 1);
    for entity in entities {
        if !std::mem::take(is_first) {
            splice.raw(",");
        }
        splice.raw(&entity.document);
    }
    splice.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_text(query: &str) -> Result<ListEntitiesRequest, ApiError> {
        parse(&format!("/entities?{query}").parse().expect("a URI"))
    }

    #[test]
    fn pages_when_asked_to() {
        assert!(!parse_text("filter=kind=a").expect("parses").paged);
        for query in ["limit=1", "offset=0", "after=e30="] {
            assert!(parse_text(query).expect(query).paged, "{query}");
        }
    }

    #[test]
    fn the_cursor_overrides_the_parameters() {
        let request = parse_text("limit=5&offset=1&after=eyJsaW1pdCI6Miwib2Zmc2V0IjoyfQ%3D%3D").expect("parses");
        assert_eq!((request.limit, request.offset), (Some(2), Some(2)));
    }

    #[test]
    fn refuses_bad_parameters() {
        let cases = [
            ("limit=0", "Invalid limit, must be greater than zero"),
            ("limit=-1", "request/query/limit must be >= 0"),
            (
                "order=metadata.name",
                "Invalid order parameter \"metadata.name\", expected \"<asc or desc>:<field name>\"",
            ),
            ("after=x", "Malformed after cursor, could not be parsed"),
            (
                "fields=a[0]",
                "Invalid field \"a[0]\", array type fields are not supported",
            ),
            ("orderField=a", "Unknown query parameter 'orderField'"),
        ];
        for (query, message) in cases {
            assert_eq!(parse_text(query).expect_err(query).message(), message);
        }
    }
}
