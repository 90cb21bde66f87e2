//! `GET /locations/by-entity/{kind}/{namespace}/{name}`.

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::GetLocationByEntityRequest;

use super::{LocationBody, present};
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{path_parameters::PathParameters, query_parameters::QueryParameters, respond},
    permission::names::LOCATION_READ,
    upstream::CallContext,
};

/// The registered location that an entity, at whatever distance, comes from.
pub(crate) async fn get_location_by_entity(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
) -> Result<Response, ApiError> {
    QueryParameters::none(path.uri())?;
    let [kind, namespace, name] = path.decode()?;
    let entity_ref = format!("{kind}:{namespace}/{name}").to_lowercase();
    if !gateway.permissions().allows(&context.credentials, &LOCATION_READ) {
        return Err(ApiError::not_found(format!(
            "found no location for entity {entity_ref}"
        )));
    }
    let response = gateway
        .catalog()
        .get_location_by_entity(&context, GetLocationByEntityRequest { entity_ref })
        .await?;
    Ok(respond::tagged_json(&LocationBody::from(&present(response.location)?)))
}
