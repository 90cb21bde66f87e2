//! Every gateway says that it runs: nobody but load balancers calls gateways, so that none of them could be asked for the others.

use std::{net::SocketAddr, time::Duration};

use callboard_service_kit::grpc::server::RELEASE;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::replica_store::OwnReplica;
use crate::gateway::Gateway;

const INTERVAL: Duration = Duration::from_secs(5);
/// One that is silent for longer does not run, or does not reach the database.
pub(super) const LONGEST_SILENCE: Duration = Duration::from_secs(20);
/// One that did not take itself off the list is shown for so long, so that somebody sees that it is gone.
const FORGOTTEN_AFTER: Duration = Duration::from_mins(10);
/// Where a Linux machine, or a container, has its name.
const HOST_NAME: &str = "/proc/sys/kernel/hostname";

/// Announces this gateway, which listens at `listens_at`, until `stop`, and takes it off the list then.
pub async fn announce_replica(gateway: Gateway, listens_at: SocketAddr, stop: CancellationToken) {
    let own = OwnReplica {
        replica_id: Uuid::new_v4(),
        address: reached_at(listens_at).await,
        version: RELEASE,
        started_at: gateway.clock().now().into(),
    };
    let store = gateway.replicas();
    let mut is_warned = false;
    let announcing = async {
        loop {
            let is_ready = gateway.readiness().is_ready();
            let announced = async {
                store.announce(&own, is_ready).await?;
                store.remove_silent(FORGOTTEN_AFTER.as_secs_f64()).await
            };
            match announced.await {
                Ok(()) => is_warned = false,
                Err(error) if is_warned => tracing::debug!(%error, "this gateway still cannot be announced"),
                Err(error) => {
                    tracing::warn!(%error, "this gateway cannot be announced: others show it as down");
                    is_warned = true;
                }
            }
            tokio::select! {
                () = tokio::time::sleep(INTERVAL) => {}
                _ = gateway.readiness().changed_from(is_ready) => {}
            }
        }
    };
    stop.run_until_cancelled(announcing).await;
    if let Err(error) = store.remove(own.replica_id).await {
        tracing::debug!(%error, "this gateway could not be taken off the list");
    }
}

/// The address that others may know it by: where it listens on every address, the machine's name.
async fn reached_at(listens_at: SocketAddr) -> String {
    if !listens_at.ip().is_unspecified() {
        return listens_at.to_string();
    }
    let name = tokio::fs::read_to_string(HOST_NAME).await.unwrap_or_default();
    let name = name.trim();
    let name = if name.is_empty() { "localhost" } else { name };
    format!("{name}:{}", listens_at.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_is_one_that_means_something_elsewhere() {
        let of = async |text: &str| reached_at(text.parse().expect("an address")).await;
        assert_eq!(of("10.0.0.1:7007").await, "10.0.0.1:7007");
        for everywhere in ["0.0.0.0:7007", "[::]:7007"] {
            let address = of(everywhere).await;
            assert!(
                address.ends_with(":7007") && !address.starts_with(['0', '[']),
                "{address}"
            );
        }
    }
}
