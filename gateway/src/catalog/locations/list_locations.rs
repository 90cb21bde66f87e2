//! `GET /locations`.

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::ListLocationsRequest;
use http::Uri;
use serde::Serialize;

use super::LocationBody;
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{query_parameters::QueryParameters, respond},
    permission::names::LOCATION_READ,
    upstream::CallContext,
};

#[derive(Serialize)]
struct Item<'a> {
    data: LocationBody<'a>,
}

/// All registered locations.
pub(crate) async fn list_locations(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
) -> Result<Response, ApiError> {
    QueryParameters::none(&uri)?;
    if !gateway.permissions().allows(&context.credentials, &LOCATION_READ) {
        return Ok(respond::tagged_json(&Vec::<Item<'_>>::new()));
    }
    let response = gateway
        .catalog()
        .list_locations(&context, ListLocationsRequest {})
        .await?;
    let items: Vec<Item<'_>> = response
        .locations
        .iter()
        .map(|location| Item { data: location.into() })
        .collect();
    Ok(respond::tagged_json(&items))
}
