//! `DeleteEndpoint`: takes an endpoint away, its secrets with it.

use callboard_proto::proxy::v1::{DeleteEndpointRequest, DeleteEndpointResponse};
use callboard_service_kit::error::ServiceError;
use tonic::{Request, Status};

use super::{ProxyServer, administrator, change, get_endpoint::stored};
use crate::store::endpoints;

pub(super) async fn delete_endpoint(
    server: &ProxyServer,
    request: Request<DeleteEndpointRequest>,
) -> Result<DeleteEndpointResponse, Status> {
    let administrator = administrator::require(server, &request)?;
    let id = request.into_inner().id;
    change::refuse_configured(server, &id)?;
    let row = stored(server, &id).await?;
    endpoints::delete_endpoint(&server.registry.pool, row.id, &administrator)
        .await
        .map_err(ServiceError::from)?;
    tracing::info!(route = row.route, administrator, "a proxy endpoint was deleted");
    change::apply(server).await;
    Ok(DeleteEndpointResponse {})
}
