//! `GET /v1/websites/{encoded URL}`.

use axum::{extract::State, response::Response};
use callboard_proto::lighthouse_audit::v1::GetWebsiteRequest;

use super::{bodies, plain_error::PlainError};
use crate::{gateway::Gateway, http::path_parameters::PathParameters, upstream::CallContext};

/// One website by its URL, exactly as it was audited. Clients know an unknown one by the text.
pub(crate) async fn get_website(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
) -> Result<Response, PlainError> {
    let [url] = path.decode()?;
    let request = GetWebsiteRequest {
        url: url.clone(),
        audit_limit: None,
    };
    let answer = gateway.lighthouse_audit().get_website(&context, request).await;
    let answer = answer
        .map_err(|error| PlainError::or_not_found(error, || format!("no audited website found for url \"{url}\"")))?;
    bodies::website(answer.website)
}
