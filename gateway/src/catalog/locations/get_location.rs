//! `GET /locations/{id}`.

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::GetLocationRequest;
use http::StatusCode;

use super::{LocationBody, present};
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{path_parameters::PathParameters, query_parameters::QueryParameters, respond},
    permission::names::LOCATION_READ,
    upstream::CallContext,
};

/// One registered location.
pub(crate) async fn get_location(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
) -> Result<Response, ApiError> {
    QueryParameters::none(path.uri())?;
    let [id] = path.decode()?;
    let missing = || ApiError::not_found(format!("Found no location with ID {id}"));
    if !gateway.permissions().allows(&context.credentials, &LOCATION_READ) {
        return Err(missing());
    }
    let response = gateway
        .catalog()
        .get_location(&context, GetLocationRequest { id: id.clone() })
        .await;
    let response = response.map_err(|error| {
        if error.status() == StatusCode::NOT_FOUND {
            missing()
        } else {
            error
        }
    })?;
    Ok(respond::tagged_json(&LocationBody::from(&present(response.location)?)))
}
