//! `DELETE /v1/audits/{id}`.

use axum::{extract::State, response::Response};
use callboard_proto::lighthouse_audit::v1::{DeleteAuditRequest, GetAuditRequest};
use http::StatusCode;

use super::{bodies::audit_with_report, plain_error::PlainError};
use crate::{
    gateway::Gateway,
    http::{path_parameters::PathParameters, respond},
    lighthouse::present,
    upstream::CallContext,
};

/// Deletes an audit and answers what it was, its report included.
pub(crate) async fn delete_audit(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
) -> Result<Response, PlainError> {
    let [id] = path.decode()?;
    let service = gateway.lighthouse_audit();
    let answer = service.get_audit(&context, GetAuditRequest { id: id.clone() }).await?;
    let body = audit_with_report(&gateway, &context, &present(answer.audit)?).await?;
    service.delete_audit(&context, DeleteAuditRequest { id }).await?;
    Ok(respond::json_bytes(StatusCode::OK, body))
}
