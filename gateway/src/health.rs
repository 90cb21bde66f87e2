//! `/.backstage/health/v1/*`, for load balancers and people.

use std::time::Duration;

use axum::{extract::State, response::Response};
use http::StatusCode;
use serde_json::{Value, json};

use crate::{gateway::Gateway, http::respond};

/// A check that takes longer has failed.
const CHECK_TIMEOUT: Duration = Duration::from_millis(500);

/// The process runs: touches nothing.
pub(crate) async fn get_liveness() -> Response {
    respond::json(StatusCode::OK, &json!({"status": "ok"}))
}

/// Requests should come here. A service that is down fails its own routes and shows in `checks`; it does not take the whole
/// portal down with it.
pub(crate) async fn get_readiness(State(gateway): State<Gateway>) -> Response {
    let readiness = gateway.readiness();
    let problem = match (readiness.is_ready(), readiness.is_stopping()) {
        (_, true) => Some("Backend is shutting down"),
        (false, false) => Some("Backend has not started yet"),
        (true, false) => None,
    };
    match problem {
        Some(message) => respond::json(
            StatusCode::SERVICE_UNAVAILABLE,
            &json!({"message": message, "status": "error"}),
        ),
        None => respond::json(
            StatusCode::OK,
            &json!({"status": "ok", "checks": checks(&gateway).await}),
        ),
    }
}

async fn checks(gateway: &Gateway) -> Value {
    let database = tokio::time::timeout(CHECK_TIMEOUT, gateway.identity_store().ping()).await;
    let describe = |is_ok: bool| if is_ok { "ok" } else { "error" };
    json!({
        "database": describe(matches!(database, Ok(Ok(())))),
        "catalog": describe(gateway.revisions().current().is_some()),
    })
}
