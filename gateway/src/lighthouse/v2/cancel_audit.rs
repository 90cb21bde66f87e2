//! `POST /v2/audits/{id}/cancel`.

use axum::{extract::State, response::Response};
use callboard_proto::lighthouse_audit::v1::CancelAuditRequest;
use http::StatusCode;

use super::bodies::AuditBody;
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{path_parameters::PathParameters, respond},
    lighthouse::present,
    upstream::CallContext,
};

/// Ends an audit that waits or runs.
pub(crate) async fn cancel_audit(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
) -> Result<Response, ApiError> {
    let [id] = path.decode()?;
    let answer = gateway
        .lighthouse_audit()
        .cancel_audit(&context, CancelAuditRequest { id })
        .await?;
    Ok(respond::json(StatusCode::OK, &AuditBody::from(&present(answer.audit)?)))
}
