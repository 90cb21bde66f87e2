//! `ListEndpoints`: all endpoints, those of the configuration included.

use callboard_proto::proxy::v1::{ListEndpointsRequest, ListEndpointsResponse};
use callboard_service_kit::error::ServiceError;
use tonic::{Request, Status};

use super::{ProxyServer, administrator, convert};
use crate::store::endpoints;

pub(super) async fn list_endpoints(
    server: &ProxyServer,
    request: Request<ListEndpointsRequest>,
) -> Result<ListEndpointsResponse, Status> {
    administrator::require(server, &request)?;
    let rows = endpoints::list_endpoints(&server.registry.pool)
        .await
        .map_err(ServiceError::from)?;
    let table = &server.registry.table;
    let stored = rows
        .iter()
        .map(|row| convert::stored_endpoint(row, table.get(&row.id.to_string()).as_deref()));
    let configured = table.configured();
    let configured = configured.iter().map(|endpoint| convert::endpoint(endpoint));
    let mut items: Vec<_> = configured.chain(stored).collect();
    items.sort_by(|left, right| left.route.cmp(&right.route));
    Ok(ListEndpointsResponse { items })
}
