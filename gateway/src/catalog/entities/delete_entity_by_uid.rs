//! `DELETE /entities/by-uid/{uid}`.

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::DeleteEntityByUidRequest;
use http::StatusCode;

use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{path_parameters::PathParameters, query_parameters::QueryParameters, respond},
    permission::names::ENTITY_DELETE,
    upstream::CallContext,
};

/// Deletes an entity; that there is none is no error.
pub(crate) async fn delete_entity_by_uid(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
) -> Result<Response, ApiError> {
    QueryParameters::none(path.uri())?;
    let [uid] = path.decode()?;
    let condition = gateway.permissions().condition(&context.credentials, &ENTITY_DELETE)?;
    let request = DeleteEntityByUidRequest {
        uid: uid.to_ascii_lowercase(),
        condition,
    };
    let response = gateway.catalog().delete_entity_by_uid(&context, request).await?;
    gateway.revisions().note_write(response.revision);
    Ok(respond::empty(StatusCode::NO_CONTENT))
}
