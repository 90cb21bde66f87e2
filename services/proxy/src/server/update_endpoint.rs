//! `UpdateEndpoint`: replaces an endpoint by what somebody made of it.

use callboard_proto::proxy::v1::{UpdateEndpointRequest, UpdateEndpointResponse};
use callboard_service_kit::error::ServiceError;
use tonic::{Request, Status};

use super::{ProxyServer, administrator, change, conflict, get_endpoint::stored};

pub(super) async fn update_endpoint(
    server: &ProxyServer,
    request: Request<UpdateEndpointRequest>,
) -> Result<UpdateEndpointResponse, Status> {
    let administrator = administrator::require(server, &request)?;
    let asked = request
        .into_inner()
        .endpoint
        .ok_or_else(|| ServiceError::input("endpoint is missing"))?;
    change::refuse_configured(server, &asked.id)?;
    let row = stored(server, &asked.id).await?;
    if row.revision != asked.revision {
        return Err(conflict::changed_meanwhile());
    }
    let (id, revision) = (row.id, row.revision);
    let change = change::checked(server, id, asked, Some(row), administrator)?;
    let endpoint = change::update(server, change, revision).await?;
    Ok(UpdateEndpointResponse {
        endpoint: Some(endpoint),
    })
}
