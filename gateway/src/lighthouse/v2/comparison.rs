//! `GET /v2/comparison`.

use axum::{extract::State, response::Response};
use callboard_proto::lighthouse_audit::v1::CompareReportsRequest;
use http::Uri;
use serde::Serialize;

use super::{
    bodies::{AuditBody, CheckBody},
    query,
};
use crate::{error::ApiError, gateway::Gateway, http::respond, lighthouse::present, upstream::CallContext};

#[derive(Serialize)]
struct ComparisonBody<'a> {
    base: AuditBody<'a>,
    other: AuditBody<'a>,
    checks: Vec<CheckBody<'a>>,
}

/// What changed between two audits, check by check.
pub(crate) async fn compare_reports(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
) -> Result<Response, ApiError> {
    let mut parameters = query(&uri, &["base", "other"])?;
    parameters.require("base");
    parameters.require("other");
    let request = CompareReportsRequest {
        base_audit_id: parameters.text("base").unwrap_or_default(),
        other_audit_id: parameters.text("other").unwrap_or_default(),
    };
    parameters.finish()?;
    let answer = gateway.lighthouse_audit().compare_reports(&context, request).await?;
    let (base, other) = (present(answer.base)?, present(answer.other)?);
    Ok(respond::tagged_json(&ComparisonBody {
        base: AuditBody::from(&base),
        other: AuditBody::from(&other),
        checks: answer.checks.iter().map(CheckBody::from).collect(),
    }))
}
