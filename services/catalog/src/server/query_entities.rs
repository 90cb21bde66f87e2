//! `QueryEntities`: a page by filter, order and text.

use callboard_catalog_index::{FullText, Order, Query};
use callboard_proto::catalog::v1 as proto;
use tonic::Status;

use super::{CatalogServer, convert, errors};

/// Items a page when the request does not say.
const DEFAULT_LIMIT: usize = 200;

pub(super) async fn query_entities(
    server: &CatalogServer,
    request: proto::QueryEntitiesRequest,
) -> Result<proto::QueryEntitiesResponse, Status> {
    server.at_least(request.read).await?;
    let projection = convert::projection(&request.fields)?;
    let query = Query {
        predicate: convert::predicate(request.predicate)?,
        restriction: None,
        order: request.order.into_iter().next().map(order),
        full_text: request.full_text.map(|text| FullText { term: text.term, fields: text.fields }),
        limit: request.limit.map_or(DEFAULT_LIMIT, |limit| limit as usize),
        offset: request.offset as usize,
        cursor: (!request.cursor.is_empty()).then_some(request.cursor),
        exclude_total: request.exclude_total,
    };
    let page = server.replica.index.query(&query).map_err(errors::query)?;
    Ok(proto::QueryEntitiesResponse {
        items: page.items.into_iter().map(|view| convert::entity(view, &projection)).collect::<Result<_, _>>()?,
        total_items: page.total_items as u64,
        next_cursor: page.next_cursor,
        prev_cursor: page.prev_cursor,
        revision: page.revision,
    })
}

/// Unspecified means ascending.
pub(super) fn order(field: proto::OrderField) -> Order {
    let descending = field.direction() == proto::SortDirection::Desc;
    Order { field: field.field, descending }
}
