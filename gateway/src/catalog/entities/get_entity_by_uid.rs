//! `GET /entities/by-uid/{uid}`.

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::GetEntityByUidRequest;
use http::StatusCode;

use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{path_parameters::PathParameters, query_parameters::QueryParameters, respond},
    upstream::CallContext,
};

/// One entity by the id the catalog gave it.
pub(crate) async fn get_entity_by_uid(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
) -> Result<Response, ApiError> {
    QueryParameters::none(path.uri())?;
    let [uid] = path.decode()?;
    let missing = || ApiError::not_found(format!("No entity with uid {uid}"));
    // Uids are compared without regard to case.
    let request = GetEntityByUidRequest {
        read: gateway.read_options(&context),
        uid: uid.to_ascii_lowercase(),
    };
    let response = gateway.catalog().get_entity_by_uid(&context, request).await;
    let response = response.map_err(|error| {
        if error.status() == StatusCode::NOT_FOUND {
            missing()
        } else {
            error
        }
    })?;
    let entity = response.entity.ok_or_else(missing)?;
    Ok(respond::json_at_revision(entity.document, response.revision))
}
