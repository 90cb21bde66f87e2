//! `GET /v1/audits`.

use axum::{extract::State, response::Response};
use callboard_proto::lighthouse_audit::v1::ListAuditsRequest;
use http::Uri;

use super::{
    bodies::{AuditBody, PageBody},
    paging::Paging,
    plain_error::PlainError,
};
use crate::{gateway::Gateway, http::respond, upstream::CallContext};

/// A page of audits, newest first.
pub(crate) async fn list_audits(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
) -> Result<Response, PlainError> {
    let paging = Paging::parse(&uri)?;
    let request = ListAuditsRequest {
        limit: Some(paging.bounded_limit()),
        offset: paging.offset,
        ..ListAuditsRequest::default()
    };
    let answer = gateway.lighthouse_audit().list_audits(&context, request).await?;
    Ok(respond::tagged_json(&PageBody {
        items: answer.items.iter().map(AuditBody::listed).collect(),
        total: answer.total,
        limit: paging.limit,
        offset: paging.offset,
    }))
}
