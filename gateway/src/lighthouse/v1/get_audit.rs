//! `GET /v1/audits/{id}`.

use axum::{extract::State, response::Response};
use callboard_proto::lighthouse_audit::v1::GetAuditRequest;
use http::{HeaderMap, StatusCode};

use super::{bodies::audit_with_report, plain_error::PlainError};
use crate::{
    gateway::Gateway,
    http::{path_parameters::PathParameters, respond},
    lighthouse::{
        present,
        report_response::{page, prefers_json},
    },
    upstream::CallContext,
};

/// An audit with its report, as JSON where that is asked for, else as a page.
pub(crate) async fn get_audit(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
    headers: HeaderMap,
) -> Result<Response, PlainError> {
    let [id] = path.decode()?;
    if !prefers_json(&headers) {
        return Ok(page(&gateway, &context, &headers, id).await?);
    }
    let answer = gateway
        .lighthouse_audit()
        .get_audit(&context, GetAuditRequest { id })
        .await?;
    let body = audit_with_report(&gateway, &context, &present(answer.audit)?).await?;
    Ok(respond::json_bytes(StatusCode::OK, body))
}
