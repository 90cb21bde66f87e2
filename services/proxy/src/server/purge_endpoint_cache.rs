//! `PurgeEndpointCache`: forgets the cached answers of an endpoint, on all replicas.

use callboard_proto::proxy::v1::{PurgeEndpointCacheRequest, PurgeEndpointCacheResponse};
use callboard_service_kit::error::ServiceError;
use tonic::{Request, Status};

use super::{ProxyServer, administrator, change, get_endpoint::stored};
use crate::store::endpoints;

pub(super) async fn purge_endpoint_cache(
    server: &ProxyServer,
    request: Request<PurgeEndpointCacheRequest>,
) -> Result<PurgeEndpointCacheResponse, Status> {
    administrator::require(server, &request)?;
    let id = request.into_inner().id;
    let route = match server.registry.table.configured_by_id(&id) {
        Some(endpoint) => endpoint.route().to_owned(),
        None => stored(server, &id).await?.route,
    };
    endpoints::purge(&server.registry.pool, &route)
        .await
        .map_err(ServiceError::from)?;
    change::apply(server).await;
    Ok(PurgeEndpointCacheResponse {})
}
