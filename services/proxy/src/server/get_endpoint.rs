//! `GetEndpoint`: one endpoint, its secrets left out.

use callboard_proto::proxy::v1::{Endpoint, GetEndpointRequest, GetEndpointResponse};
use callboard_service_kit::error::ServiceError;
use tonic::{Request, Status};
use uuid::Uuid;

use super::{ProxyServer, administrator, convert};
use crate::store::endpoints::{self, StoredEndpoint};

pub(super) async fn get_endpoint(
    server: &ProxyServer,
    request: Request<GetEndpointRequest>,
) -> Result<GetEndpointResponse, Status> {
    administrator::require(server, &request)?;
    let id = request.into_inner().id;
    let endpoint = if let Some(endpoint) = configured(server, &id) {
        endpoint
    } else {
        let row = stored(server, &id).await?;
        convert::stored_endpoint(&row, server.registry.table.get(&id).as_deref())
    };
    Ok(GetEndpointResponse {
        endpoint: Some(endpoint),
    })
}

fn configured(server: &ProxyServer, id: &str) -> Option<Endpoint> {
    let endpoint = server.registry.table.configured_by_id(id)?;
    Some(convert::endpoint(&endpoint))
}

/// The row with this id.
pub(super) async fn stored(server: &ProxyServer, id: &str) -> Result<StoredEndpoint, ServiceError> {
    let absent = || ServiceError::not_found(format!("There is no proxy endpoint with the id {id}"));
    let uuid: Uuid = id.parse().map_err(|_| absent())?;
    endpoints::get_endpoint(&server.registry.pool, uuid)
        .await?
        .ok_or_else(absent)
}
