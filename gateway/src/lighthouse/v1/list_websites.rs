//! `GET /v1/websites`.

use axum::{extract::State, response::Response};
use callboard_proto::lighthouse_audit::v1::ListWebsitesRequest;
use http::Uri;

use super::{
    bodies::{PageBody, WebsiteBody},
    paging::Paging,
    plain_error::PlainError,
};
use crate::{gateway::Gateway, http::respond, upstream::CallContext};

/// A page of websites with all of their audits, the most recently audited first.
pub(crate) async fn list_websites(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
) -> Result<Response, PlainError> {
    let paging = Paging::parse(&uri)?;
    let request = ListWebsitesRequest {
        limit: Some(paging.bounded_limit()),
        offset: paging.offset,
        ..ListWebsitesRequest::default()
    };
    let answer = gateway.lighthouse_audit().list_websites(&context, request).await?;
    Ok(respond::tagged_json(&PageBody {
        items: answer.items.iter().map(WebsiteBody::from).collect(),
        total: answer.total,
        limit: paging.limit,
        offset: paging.offset,
    }))
}
