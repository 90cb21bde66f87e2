//! What a replica says of itself: one that is about to stop, or not ready, is asked nothing more while others are.

use std::{sync::Weak, time::Duration};

use tonic::{Code, Status};
use tonic_health::pb::{HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient};

use super::endpoint::Endpoint;

const RETRY: Duration = Duration::from_secs(1);

/// Follows the health of an endpoint for as long as somebody holds it. While nothing is heard it counts as serving: calls find
/// out for themselves.
pub(super) async fn follow(endpoint: Weak<Endpoint>) {
    loop {
        let Some(channel) = endpoint.upgrade().map(|endpoint| endpoint.channel()) else {
            return;
        };
        let result = listen(&endpoint, channel).await;
        let Some(endpoint) = endpoint.upgrade() else { return };
        endpoint.set_serving(true);
        drop(endpoint);
        // A unit without a health service will not get one.
        if result.is_err_and(|status| status.code() == Code::Unimplemented) {
            return;
        }
        tokio::time::sleep(RETRY).await;
    }
}

async fn listen(endpoint: &Weak<Endpoint>, channel: tonic::transport::Channel) -> Result<(), Status> {
    let mut health = HealthClient::new(channel);
    let mut answers = health.watch(HealthCheckRequest::default()).await?.into_inner();
    while let Some(answer) = answers.message().await? {
        let Some(endpoint) = endpoint.upgrade() else {
            return Ok(());
        };
        endpoint.set_serving(answer.status() == ServingStatus::Serving);
    }
    Ok(())
}
