//! `GetStatus`: how many endpoints there are.

use callboard_proto::proxy::v1::GetStatusResponse;
use callboard_service_kit::error::ServiceError;
use tonic::Status;

use super::ProxyServer;
use crate::store;

pub(super) async fn get_status(server: &ProxyServer) -> Result<GetStatusResponse, Status> {
    let counts = store::status_counts(&server.pool).await.map_err(ServiceError::from)?;
    let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(GetStatusResponse {
        configured_endpoints: server.configured_endpoints,
        stored_endpoints: count(counts.stored),
        disabled_endpoints: count(counts.disabled),
    })
}
