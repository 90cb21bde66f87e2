//! `CreateEndpoint`: one more way out.

use callboard_proto::proxy::v1::{CreateEndpointRequest, CreateEndpointResponse};
use callboard_service_kit::error::ServiceError;
use tonic::{Request, Status};
use uuid::Uuid;

use super::{ProxyServer, administrator, change};

pub(super) async fn create_endpoint(
    server: &ProxyServer,
    request: Request<CreateEndpointRequest>,
) -> Result<CreateEndpointResponse, Status> {
    let administrator = administrator::require(server, &request)?;
    let asked = request
        .into_inner()
        .endpoint
        .ok_or_else(|| ServiceError::input("endpoint is missing"))?;
    let change = change::checked(server, Uuid::new_v4(), asked, None, administrator)?;
    let endpoint = change::insert(server, change).await?;
    Ok(CreateEndpointResponse {
        endpoint: Some(endpoint),
    })
}
