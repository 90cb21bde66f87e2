//! `GET /api/admin/v1/units`.

use std::time::Duration;

use axum::{extract::State, response::Response};
use callboard_service_kit::grpc::channel::{BalancedChannel, Replica};
use http::{StatusCode, Uri};
use serde::Serialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use tonic::Code;

use super::{announce::LONGEST_SILENCE, replica_store::StoredReplica};
use crate::{
    UNIT,
    error::ApiError,
    gateway::Gateway,
    http::{query_parameters::QueryParameters, respond},
    permission::names::STATUS_READ,
    upstream::CallContext,
};

/// A replica that takes longer to say how it is counts as down.
const TIME_LIMIT: Duration = Duration::from_secs(2);

#[derive(Debug, Serialize)]
struct UnitsBody {
    items: Vec<UnitBody>,
}

#[derive(Debug, Serialize)]
struct UnitBody {
    name: &'static str,
    status: UnitStatus,
    replicas: Vec<ReplicaBody>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum UnitStatus {
    /// All replicas are.
    Ok,
    /// Some are not.
    Degraded,
    /// None is.
    Down,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ReplicaBody {
    address: String,
    status: ReplicaStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    started_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latency_ms: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum ReplicaStatus {
    Ok,
    Down,
    /// It says that it is well, and calls to it failed.
    Ejected,
}

/// Every unit and every replica of it, as this gateway reaches them and as they answer now.
pub(crate) async fn list_units(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
) -> Result<Response, ApiError> {
    gateway.permissions().require(&context.credentials, &STATUS_READ)?;
    QueryParameters::none(&uri)?;
    let channels = gateway.channels();
    let (gateways, catalog, audit, proxy) = tokio::join!(
        of_gateways(&gateway),
        of_channel("catalog", &channels.catalog),
        of_channel("lighthouse-audit", &channels.lighthouse_audit),
        of_channel("proxy", &channels.proxy),
    );
    let items = vec![gateways, catalog, audit, proxy];
    Ok(respond::json(StatusCode::OK, &UnitsBody { items }))
}

async fn of_channel(name: &'static str, channel: &BalancedChannel) -> UnitBody {
    let replicas = channel.replicas(TIME_LIMIT).await;
    UnitBody::new(name, replicas.into_iter().map(Into::into).collect())
}

/// The gateways themselves, by what they say in their database.
async fn of_gateways(gateway: &Gateway) -> UnitBody {
    let replicas = match tokio::time::timeout(TIME_LIMIT, gateway.replicas().list()).await {
        Ok(Ok(stored)) => stored.into_iter().map(Into::into).collect(),
        Ok(Err(_)) | Err(_) => vec![ReplicaBody {
            address: gateway.config().listen.to_string(),
            status: ReplicaStatus::Ok,
            version: Some(callboard_service_kit::grpc::server::RELEASE.to_owned()),
            started_at: None,
            detail: Some("its database does not answer, so that other replicas are not known".to_owned()),
            latency_ms: None,
        }],
    };
    UnitBody::new(UNIT, replicas)
}

impl UnitBody {
    fn new(name: &'static str, replicas: Vec<ReplicaBody>) -> Self {
        let well = replicas
            .iter()
            .filter(|replica| replica.status == ReplicaStatus::Ok)
            .count();
        let status = match (well, replicas.len()) {
            (0, _) => UnitStatus::Down,
            (well, all) if well == all => UnitStatus::Ok,
            _ => UnitStatus::Degraded,
        };
        Self { name, status, replicas }
    }
}

impl From<Replica> for ReplicaBody {
    fn from(replica: Replica) -> Self {
        let address = replica.address.to_string();
        let answer = match replica.answer {
            Ok(answer) => answer,
            Err(status) => {
                return Self {
                    address,
                    status: ReplicaStatus::Down,
                    version: None,
                    started_at: None,
                    detail: Some(why(&status)),
                    latency_ms: None,
                };
            }
        };
        let (status, detail) = match (answer.is_serving, replica.is_ejected) {
            (false, _) => (ReplicaStatus::Down, Some("it says that it is not ready")),
            (true, true) => (
                ReplicaStatus::Ejected,
                Some("calls to it failed, and it is left alone for a moment"),
            ),
            (true, false) => (ReplicaStatus::Ok, None),
        };
        Self {
            address,
            status,
            version: answer.version,
            started_at: answer.started_at.and_then(time_text),
            detail: detail.map(str::to_owned),
            latency_ms: Some(answer.latency.as_secs_f64() * 1000.0),
        }
    }
}

impl From<StoredReplica> for ReplicaBody {
    fn from(replica: StoredReplica) -> Self {
        let is_silent = replica.silent_seconds > LONGEST_SILENCE.as_secs_f64();
        let (status, detail) = match (is_silent, replica.is_ready) {
            (true, _) => {
                let detail = format!("nothing was heard of it for {:.0} seconds", replica.silent_seconds);
                (ReplicaStatus::Down, Some(detail))
            }
            (false, false) => (ReplicaStatus::Down, Some("it says that it is not ready".to_owned())),
            (false, true) => (ReplicaStatus::Ok, None),
        };
        Self {
            address: replica.address,
            status,
            version: Some(replica.version),
            started_at: replica.started_at.format(&Rfc3339).ok(),
            detail,
            latency_ms: None,
        }
    }
}

/// Why a replica does not answer, without what only the log shall know.
fn why(status: &tonic::Status) -> String {
    match status.code() {
        Code::DeadlineExceeded => format!("it did not answer within {} s", TIME_LIMIT.as_secs()),
        Code::Unavailable | Code::Unknown | Code::Internal => "it cannot be reached".to_owned(),
        code => format!("it answered {code:?}"),
    }
}

fn time_text(unix_seconds: u64) -> Option<String> {
    let time = OffsetDateTime::from_unix_timestamp(i64::try_from(unix_seconds).ok()?).ok()?;
    time.format(&Rfc3339).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(is_ready: bool, silent_seconds: f64) -> ReplicaBody {
        StoredReplica {
            address: "a:1".to_owned(),
            version: "1".to_owned(),
            started_at: OffsetDateTime::UNIX_EPOCH,
            is_ready,
            silent_seconds,
        }
        .into()
    }

    #[test]
    fn a_unit_is_as_well_as_its_replicas() {
        let status = |replicas| UnitBody::new("gateway", replicas).status;
        assert_eq!(status(vec![stored(true, 1.0), stored(true, 4.0)]), UnitStatus::Ok);
        assert_eq!(
            status(vec![stored(true, 1.0), stored(false, 1.0)]),
            UnitStatus::Degraded
        );
        assert_eq!(status(vec![stored(true, 60.0)]), UnitStatus::Down);
        assert_eq!(status(Vec::new()), UnitStatus::Down);
    }
}
