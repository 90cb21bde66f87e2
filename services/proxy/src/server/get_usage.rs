//! `GetUsage`: what went through the endpoints over time.

use std::time::{Duration, SystemTime};

use callboard_proto::proxy::v1::{GetUsageRequest, GetUsageResponse, UsageBucket};
use callboard_service_kit::error::ServiceError;
use tonic::{Request, Status};

use super::{ProxyServer, administrator, convert};
use crate::{
    store::usage::{UsageRow, list_usage},
    usage::{RESOLUTIONS, writer},
};

const DAY: Duration = Duration::from_hours(24);
/// A chart that nobody chose the resolution of has about so many points.
const POINTS: u64 = 200;
/// More is not worth its weight.
const MOST_BUCKETS: u64 = 10_000;

pub(super) async fn get_usage(
    server: &ProxyServer,
    request: Request<GetUsageRequest>,
) -> Result<GetUsageResponse, Status> {
    administrator::require(server, &request)?;
    let asked = request.into_inner();
    let now = server.usage.now();
    let time = |name, asked: Option<prost_types::Timestamp>| asked.map(|asked| convert::time(name, asked)).transpose();
    let to = time("to", asked.to)?.unwrap_or(now);
    let from = time("from", asked.from)?.unwrap_or_else(|| to.checked_sub(DAY).unwrap_or(SystemTime::UNIX_EPOCH));
    let length = to
        .duration_since(from)
        .map_err(|_| ServiceError::input("from must be before to"))?;
    let resolution = resolution(asked.resolution, length)?;
    // What this replica has counted since it wrote last belongs to the answer.
    writer::write(&server.registry.pool, &server.usage).await;
    let route = (!asked.route.is_empty()).then_some(asked.route.as_str());
    let rows = list_usage(&server.registry.pool, route, from, to, resolution)
        .await
        .map_err(ServiceError::from)?;
    Ok(GetUsageResponse {
        buckets: rows.into_iter().map(bucket).collect(),
        resolution: Some(convert::duration(Duration::from_secs(u64::from(resolution)))),
    })
}

/// The shortest kept length that is not shorter than what is asked for; unasked, one that gives a readable chart.
fn resolution(asked: Option<prost_types::Duration>, length: Duration) -> Result<u32, ServiceError> {
    let wanted = match asked {
        Some(asked) => Duration::try_from(asked).map_err(|_| ServiceError::input("resolution must not be negative"))?,
        None => Duration::from_secs(length.as_secs() / POINTS),
    };
    let lengths = RESOLUTIONS.map(|(seconds, _)| seconds);
    let chosen = lengths
        .into_iter()
        .find(|seconds| Duration::from_secs(u64::from(*seconds)) >= wanted);
    let chosen = chosen.unwrap_or(lengths[lengths.len() - 1]);
    if length.as_secs() / u64::from(chosen) > MOST_BUCKETS {
        return Err(ServiceError::input(format!(
            "from, to, resolution: more than {MOST_BUCKETS} buckets; ask for a coarser resolution or less time"
        )));
    }
    Ok(chosen)
}

fn bucket(row: UsageRow) -> UsageBucket {
    let UsageRow { route, time, counts } = row;
    UsageBucket {
        route,
        time: Some(convert::timestamp(time.into())),
        requests: counts.requests,
        client_errors: counts.client_errors,
        server_errors: counts.server_errors,
        cache_hits: counts.cache_hits,
        request_bytes: counts.request_bytes,
        response_bytes: counts.response_bytes,
        latency_p50_ms: counts.latency.percentile_ms(0.5),
        latency_p90_ms: counts.latency.percentile_ms(0.9),
        latency_p99_ms: counts.latency.percentile_ms(0.99),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resolution_is_one_that_is_kept() {
        let asked = |seconds: i64| Some(prost_types::Duration { seconds, nanos: 0 });
        let hour = Duration::from_hours(1);
        assert_eq!(resolution(None, hour).unwrap(), 60);
        assert_eq!(resolution(None, DAY).unwrap(), 3600);
        assert_eq!(resolution(None, DAY * 365).unwrap(), 86400);
        assert_eq!(resolution(asked(1), hour).unwrap(), 60);
        assert_eq!(resolution(asked(61), hour).unwrap(), 3600);
        assert_eq!(resolution(asked(1_000_000), hour).unwrap(), 86400);
        assert!(resolution(asked(-1), hour).is_err());
        assert!(resolution(asked(60), DAY * 365).is_err());
    }
}
