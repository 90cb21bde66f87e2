//! `DELETE /entities/unprocessed/delete/{uid}`.

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::DeleteEntityByUidRequest;
use http::StatusCode;

use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{path_parameters::PathParameters, query_parameters::QueryParameters, respond},
    permission::names::UNPROCESSED_DELETE,
    upstream::CallContext,
};

/// Forgets an entity that waits or fails; that there is none is no error. One that is still declared comes back.
pub(crate) async fn delete_unprocessed_entity(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
) -> Result<Response, ApiError> {
    QueryParameters::none(path.uri())?;
    let [uid] = path.decode()?;
    // What is not processed yet has no owner that a condition could be about.
    gateway
        .permissions()
        .require(&context.credentials, &UNPROCESSED_DELETE)?;
    let request = DeleteEntityByUidRequest {
        uid: uid.to_ascii_lowercase(),
        condition: None,
    };
    let response = gateway.catalog().delete_entity_by_uid(&context, request).await?;
    gateway.revisions().note_write(response.revision);
    Ok(respond::empty(StatusCode::NO_CONTENT))
}
