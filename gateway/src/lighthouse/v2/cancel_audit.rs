//! `POST /v2/audits/{id}/cancel`.

use axum::response::Response;
use callboard_proto::lighthouse_audit::v1::CancelAuditRequest;
use http::StatusCode;

use super::bodies::AuditBody;
use crate::{error::ApiError, http::respond, lighthouse::present, upstream::ById};

/// Ends an audit that waits or runs.
pub(crate) async fn cancel_audit(ById { gateway, context, id }: ById) -> Result<Response, ApiError> {
    let answer = gateway
        .lighthouse_audit()
        .cancel_audit(&context, CancelAuditRequest { id })
        .await?;
    Ok(respond::json(StatusCode::OK, &AuditBody::from(&present(answer.audit)?)))
}
