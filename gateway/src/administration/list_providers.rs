//! `GET /api/admin/v1/providers`.

use std::time::Duration;

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::{ListProvidersRequest, Provider};
use http::{StatusCode, Uri};
use serde::Serialize;

use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{json_form::time_text, query_parameters::QueryParameters, respond},
    permission::names::STATUS_READ,
    upstream::CallContext,
};

#[derive(Debug, Serialize)]
struct ProvidersBody {
    items: Vec<ProviderBody>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ProviderBody {
    name: String,
    /// What its name begins with, where it is one of several of its kind: `github-provider`.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    schedule: ScheduleBody,
    is_running: bool,
    /// Whether the configuration has it; otherwise it is one of former times, whose entities are kept.
    is_configured: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_started_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_finished_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_succeeded_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_run_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failing_since: Option<String>,
    entity_count: u64,
}

#[derive(Debug, Serialize)]
struct ScheduleBody {
    /// `null` for one that has no schedule.
    frequency: Option<String>,
}

/// Where the catalog's root entities come from, and how the last runs went.
pub(crate) async fn list_providers(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
) -> Result<Response, ApiError> {
    gateway.permissions().require(&context.credentials, &STATUS_READ)?;
    QueryParameters::none(&uri)?;
    let answer = gateway
        .catalog()
        .list_providers(&context, ListProvidersRequest {})
        .await?;
    let items = answer.providers.into_iter().map(Into::into).collect();
    Ok(respond::json(StatusCode::OK, &ProvidersBody { items }))
}

impl From<Provider> for ProviderBody {
    fn from(provider: Provider) -> Self {
        let frequency = provider.schedule.and_then(|schedule| schedule.frequency);
        Self {
            kind: provider.name.split_once(':').map(|(kind, _)| kind.to_owned()),
            schedule: ScheduleBody {
                frequency: frequency.map(iso_8601_duration),
            },
            is_running: provider.running,
            is_configured: provider.configured,
            last_started_at: provider.last_started.and_then(time_text),
            last_finished_at: provider.last_finished.and_then(time_text),
            last_succeeded_at: provider.last_succeeded.and_then(time_text),
            next_run_at: provider.next_run.and_then(time_text),
            last_error: (!provider.last_error.is_empty()).then_some(provider.last_error),
            failing_since: provider.failing_since.and_then(time_text),
            entity_count: provider.entities,
            name: provider.name,
        }
    }
}

/// `PT30M`, `PT1H30M`, as ISO 8601 and Backstage have lengths of time.
fn iso_8601_duration(duration: prost_types::Duration) -> String {
    let duration = Duration::try_from(duration).unwrap_or_default();
    let seconds = duration.as_secs();
    let parts = [(seconds / 3600, 'H'), (seconds / 60 % 60, 'M'), (seconds % 60, 'S')];
    let told: Vec<String> = parts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, unit)| format!("{number}{unit}"))
        .collect();
    if told.is_empty() {
        return format!("PT{}S", duration.as_secs_f64());
    }
    format!("PT{}", told.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules_are_told_as_backstage_tells_them() {
        for (seconds, expected) in [
            (1800, "PT30M"),
            (5400, "PT1H30M"),
            (86_400, "PT24H"),
            (1, "PT1S"),
            (0, "PT0S"),
        ] {
            assert_eq!(iso_8601_duration(prost_types::Duration { seconds, nanos: 0 }), expected);
        }
        let unscheduled = serde_json::to_value(ProviderBody::from(Provider {
            name: "ConfigLocationProvider".to_owned(),
            ..Provider::default()
        }));
        let unscheduled = unscheduled.expect("serialises");
        assert!(
            unscheduled["schedule"]["frequency"].is_null() && unscheduled.get("kind").is_none(),
            "{unscheduled}"
        );
    }
}
