//! `ListEntities`: all that matches, in parts.

use callboard_catalog_index::ListQuery;
use callboard_proto::catalog::v1 as proto;
use futures::stream;
use tonic::Status;

use crate::server::{CatalogServer, ResponseStream, convert, errors};

/// Entities a part.
const PART: usize = 500;

pub(in crate::server) async fn list_entities(
    server: &CatalogServer,
    request: proto::ListEntitiesRequest,
) -> Result<ResponseStream<proto::ListEntitiesResponse>, Status> {
    let restriction = server.admit(request.read).await?;
    let projection = convert::projection(&request.fields)?;
    let query = ListQuery {
        filter: convert::predicate(request.predicate)?,
        restriction,
        order: request.order.into_iter().map(convert::order).collect(),
        limit: request.limit.map(|limit| limit as usize),
        // An offset of none at all makes a listing a paged one.
        offset: request
            .offset
            .map(|offset| offset as usize)
            .or(request.paged.then_some(0)),
    };
    // The views share the index's documents: holding them costs little, and the answer is of one revision.
    let list = server.replica.index.list(&query).map_err(errors::query)?;
    let (revision, has_more) = (list.revision, list.has_more);
    let mut views = list.items.into_iter().peekable();
    let mut first = true;
    let parts = std::iter::from_fn(move || {
        if views.peek().is_none() && !std::mem::take(&mut first) {
            return None;
        }
        first = false;
        let items: Result<Vec<_>, _> = views
            .by_ref()
            .take(PART)
            .map(|view| convert::entity(&view, &projection))
            .collect();
        let done = views.peek().is_none();
        Some(items.map(|items| proto::ListEntitiesResponse {
            items,
            revision,
            has_more: done && has_more,
        }))
    });
    Ok(Box::pin(stream::iter(parts)))
}
