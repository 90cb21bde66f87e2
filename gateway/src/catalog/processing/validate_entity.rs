//! `POST /validate-entity`.

use axum::{extract::State, response::Response};
use bytes::Bytes;
use callboard_proto::catalog::v1::ValidateEntityRequest;
use http::{StatusCode, Uri};
use serde_json::{Value, json};

use super::error_value;
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{json_body::JsonBody, query_parameters::QueryParameters, respond},
    permission::names::ENTITY_VALIDATE,
    upstream::CallContext,
};

/// Runs an entity through all checks. What they find is a 400 in a shape of its own; a malformed request is one in the common
/// shape.
pub(crate) async fn validate_entity(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
    mut body: JsonBody,
) -> Result<Response, ApiError> {
    QueryParameters::none(&uri)?;
    gateway.permissions().require(&context.credentials, &ENTITY_VALIDATE)?;
    body.require("location");
    body.require("entity");
    let location = body.text("location").unwrap_or_default();
    let entity = body.object("entity");
    body.finish()?;
    let entity = serde_json::to_vec(&entity.unwrap_or_default()).map_err(ApiError::internal)?;
    let request = ValidateEntityRequest {
        entity: Bytes::from(entity),
        location,
    };
    let response = gateway.catalog().validate_entity(&context, request).await?;
    if response.errors.is_empty() {
        return Ok(respond::empty(StatusCode::OK));
    }
    let errors: Vec<Value> = response.errors.iter().map(error_value).collect();
    Ok(respond::json(StatusCode::BAD_REQUEST, &json!({ "errors": errors })))
}
