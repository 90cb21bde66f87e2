//! `QueryEntities`: a page by filter, order and text.

use callboard_catalog_index::{Query, TextFilter};
use callboard_proto::catalog::v1 as proto;
use tonic::Status;

use crate::server::{CatalogServer, convert, errors};

pub(in crate::server) async fn query_entities(
    server: &CatalogServer,
    request: proto::QueryEntitiesRequest,
) -> Result<proto::QueryEntitiesResponse, Status> {
    let restriction = server.admit(request.read).await?;
    let projection = convert::projection(&request.fields)?;
    let query = Query {
        filter: convert::predicate(request.predicate)?,
        restriction,
        order: request.order.into_iter().map(convert::order).collect(),
        text: request.full_text.map(|text| TextFilter {
            term: text.term,
            fields: text.fields,
        }),
        limit: request.limit.map(|limit| limit as usize),
        offset: request.offset as usize,
        cursor: (!request.cursor.is_empty()).then_some(request.cursor),
        count: !request.exclude_total,
    };
    let page = server.replica.index.query(&query).map_err(errors::query)?;
    Ok(proto::QueryEntitiesResponse {
        items: page
            .items
            .iter()
            .map(|view| convert::entity(view, &projection))
            .collect::<Result<_, _>>()?,
        total_items: page.total_items,
        next_cursor: page.next_cursor,
        prev_cursor: page.prev_cursor,
        revision: page.revision,
    })
}
