//! `GET /v1/audits/{id}/website`.

use axum::{extract::State, response::Response};
use callboard_proto::lighthouse_audit::v1::GetWebsiteByAuditRequest;

use super::{bodies, plain_error::PlainError};
use crate::{gateway::Gateway, http::path_parameters::PathParameters, upstream::CallContext};

/// The website that an audit belongs to.
pub(crate) async fn get_website_by_audit(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
) -> Result<Response, PlainError> {
    let [audit_id] = path.decode()?;
    let request = GetWebsiteByAuditRequest {
        audit_id: audit_id.clone(),
        audit_limit: None,
    };
    let answer = gateway.lighthouse_audit().get_website_by_audit(&context, request).await;
    // The original's words.
    let answer = answer
        .map_err(|error| PlainError::or_not_found(error, || format!("website found for audit id \"{audit_id}\"")))?;
    bodies::website(answer.website)
}
