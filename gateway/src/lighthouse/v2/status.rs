//! `GET /v2/status`.

use axum::{extract::State, response::Response};
use callboard_proto::lighthouse_audit::v1::GetStatusRequest;
use http::StatusCode;
use serde::Serialize;

use crate::{error::ApiError, gateway::Gateway, http::respond, upstream::CallContext};

#[derive(Serialize)]
struct StatusBody {
    queued: u64,
    running: u64,
    completed: u64,
    failed: u64,
    websites: u64,
    schedules: u64,
}

/// How much there is and how much waits.
pub(crate) async fn get_status(State(gateway): State<Gateway>, context: CallContext) -> Result<Response, ApiError> {
    let answer = gateway
        .lighthouse_audit()
        .get_status(&context, GetStatusRequest {})
        .await?;
    let body = StatusBody {
        queued: answer.queued,
        running: answer.running,
        completed: answer.completed,
        failed: answer.failed,
        websites: answer.websites,
        schedules: answer.schedules,
    };
    Ok(respond::json(StatusCode::OK, &body))
}
