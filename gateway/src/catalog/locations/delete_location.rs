//! `DELETE /locations/{id}`.

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::DeleteLocationRequest;
use http::StatusCode;

use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{path_parameters::PathParameters, query_parameters::QueryParameters, respond},
    permission::names::LOCATION_DELETE,
    upstream::CallContext,
};

/// Unregisters a location and removes what came from it.
pub(crate) async fn delete_location(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
) -> Result<Response, ApiError> {
    QueryParameters::none(path.uri())?;
    gateway.permissions().require(&context.credentials, &LOCATION_DELETE)?;
    let [id] = path.decode()?;
    let missing = || ApiError::not_found(format!("Found no location with ID {id}"));
    let response = gateway
        .catalog()
        .delete_location(&context, DeleteLocationRequest { id: id.clone() })
        .await;
    let response = response.map_err(|error| {
        if error.status() == StatusCode::NOT_FOUND {
            missing()
        } else {
            error
        }
    })?;
    gateway.revisions().note_write(response.revision);
    Ok(respond::empty(StatusCode::NO_CONTENT))
}
