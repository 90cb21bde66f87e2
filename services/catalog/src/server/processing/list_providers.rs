//! `ListProviders`: the providers there are, and how their runs went.

use std::{collections::BTreeMap, time::Duration};

use callboard_proto::catalog::v1 as proto;
use tonic::Status;

use crate::{
    ingest::provider::{Schedule, Timing},
    server::{CatalogServer, convert, errors},
    store::provider,
};

pub(in crate::server) async fn list_providers(server: &CatalogServer) -> Result<proto::ListProvidersResponse, Status> {
    let rows = provider::list_states(&server.pool).await.map_err(errors::database)?;
    let mut providers: BTreeMap<String, proto::Provider> =
        rows.into_iter().map(|row| (row.name.clone(), of_row(row))).collect();
    for known in &server.ingest.providers {
        let name = known.name().to_owned();
        let told = providers.entry(name.clone()).or_insert_with(|| proto::Provider {
            name,
            ..proto::Provider::default()
        });
        told.configured = true;
        told.schedule = match known.schedule() {
            Schedule::AtStart => None,
            Schedule::Every(timing) => Some(schedule(timing)),
        };
    }
    Ok(proto::ListProvidersResponse {
        providers: providers.into_values().collect(),
    })
}

fn of_row(row: provider::ProviderState) -> proto::Provider {
    proto::Provider {
        name: row.name,
        schedule: None,
        running: row.running,
        last_started: row.started_at.map(convert::timestamp),
        last_finished: row.finished_at.map(convert::timestamp),
        last_succeeded: row.succeeded_at.map(convert::timestamp),
        next_run: row.next_run_at.map(convert::timestamp),
        last_error: row.error.unwrap_or_default(),
        failing_since: row.failing_since.map(convert::timestamp),
        entities: row.entities.unsigned_abs(),
        configured: false,
    }
}

fn schedule(timing: Timing) -> proto::ProviderSchedule {
    proto::ProviderSchedule {
        frequency: duration(timing.frequency),
        timeout: duration(timing.timeout),
    }
}

/// `None` for one that is longer than the wire can tell.
fn duration(duration: Duration) -> Option<prost_types::Duration> {
    duration.try_into().ok()
}
