//! How each replica of a unit is, for people who look after them.

use std::{net::SocketAddr, time::Duration};

use http::HeaderMap;
use tokio::time::{Instant, timeout};
use tonic::Status;
use tonic_health::pb::{HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient};

use super::{BalancedChannel, endpoint::Endpoint};
use crate::grpc::server::about::{STARTED_AT, VERSION};

/// A replica as its callers and it itself see it.
#[derive(Debug)]
pub struct Replica {
    /// Where it is called.
    pub address: SocketAddr,
    /// Calls keep away from it, because some failed there.
    pub is_ejected: bool,
    /// What it says of itself, or why it does not.
    pub answer: Result<HealthAnswer, Status>,
}

/// What a replica says of itself.
#[derive(Debug)]
pub struct HealthAnswer {
    /// It is ready for calls.
    pub is_serving: bool,
    /// The release that runs there.
    pub version: Option<String>,
    /// When it was started, in seconds since 1970.
    pub started_at: Option<u64>,
    /// How long the answer took, the way there included.
    pub latency: Duration,
}

impl BalancedChannel {
    /// Asks every replica there is how it is, all at the same time, each for `time_limit` at most. There are none while the
    /// unit's name leads nowhere.
    pub async fn replicas(&self, time_limit: Duration) -> Vec<Replica> {
        let asked = self.shared.endpoints.known().into_iter().map(async |endpoint| {
            let is_ejected = endpoint.is_ejected();
            let answer = timeout(time_limit, ask(&endpoint))
                .await
                .unwrap_or_else(|_| Err(Status::deadline_exceeded("it does not answer in time")));
            Replica {
                address: endpoint.address,
                is_ejected,
                answer,
            }
        });
        futures::future::join_all(asked).await
    }
}

async fn ask(endpoint: &Endpoint) -> Result<HealthAnswer, Status> {
    let begin = Instant::now();
    let answer = HealthClient::new(endpoint.channel())
        .check(HealthCheckRequest::default())
        .await?;
    let latency = begin.elapsed();
    let headers = answer.metadata().clone().into_headers();
    Ok(HealthAnswer {
        is_serving: answer.get_ref().status() == ServingStatus::Serving,
        version: text(&headers, &VERSION).map(str::to_owned),
        started_at: text(&headers, &STARTED_AT).and_then(|seconds| seconds.parse().ok()),
        latency,
    })
}

fn text<'a>(headers: &'a HeaderMap, name: &http::HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
