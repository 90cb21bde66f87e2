//! gRPC health of the gateway: of the whole, and of each service as far as the gateway would take calls for it.

use callboard_service_kit::grpc::server::report_health;
use tokio_util::sync::CancellationToken;

use super::methods;
use crate::gateway::Gateway;

/// Keeps what gRPC health answers at the gateway's readiness, until `stop`.
pub async fn report_grpc_health(gateway: Gateway, stop: CancellationToken) {
    let services = methods::services().collect();
    report_health(
        gateway.grpc_health().clone(),
        services,
        gateway.readiness().clone(),
        stop,
    )
    .await;
}
