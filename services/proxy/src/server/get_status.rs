//! `GetStatus`: how many endpoints there are.

use std::time::Duration;

use callboard_proto::proxy::v1::{GetStatusRequest, GetStatusResponse};
use callboard_service_kit::error::ServiceError;
use prost::Message;
use tonic::{Request, Status};

use super::ProxyServer;
use crate::store;

/// Counting reads every row; dashboards that all ask at once share one answer for this long.
const FRESH_FOR: Duration = Duration::from_secs(2);
const KEY: &str = "counts";

pub(super) async fn get_status(
    server: &ProxyServer,
    _: Request<GetStatusRequest>,
) -> Result<GetStatusResponse, Status> {
    let cached = server.status_cache.get(KEY).await;
    if let Some(answer) = cached.and_then(|bytes| GetStatusResponse::decode(bytes).ok()) {
        return Ok(answer);
    }
    let answer = count(server).await?;
    server
        .status_cache
        .set(KEY, answer.encode_to_vec().into(), Some(FRESH_FOR))
        .await;
    Ok(answer)
}

async fn count(server: &ProxyServer) -> Result<GetStatusResponse, Status> {
    let counts = store::status_counts(&server.registry.pool)
        .await
        .map_err(ServiceError::from)?;
    let narrow = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(GetStatusResponse {
        configured_endpoints: u32::try_from(server.registry.table.configured().len()).unwrap_or(u32::MAX),
        stored_endpoints: narrow(counts.stored),
        disabled_endpoints: narrow(counts.disabled),
    })
}
