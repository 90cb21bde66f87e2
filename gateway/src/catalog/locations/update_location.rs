//! `PUT /locations/{id}`.

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::UpdateLocationRequest;
use http::StatusCode;

use super::{LocationBody, present};
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{json_body::JsonBody, path_parameters::PathParameters, query_parameters::QueryParameters, respond},
    upstream::CallContext,
};

/// Points a registered location elsewhere.
pub(crate) async fn update_location(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
    mut body: JsonBody,
) -> Result<Response, ApiError> {
    QueryParameters::none(path.uri())?;
    let [id] = path.decode()?;
    body.require("type");
    body.require("target");
    let location_type = body.text("type");
    let target = body.text("target");
    body.finish_strict()?;
    let request = UpdateLocationRequest {
        id,
        r#type: location_type.unwrap_or_default(),
        target: target.unwrap_or_default(),
    };
    let response = gateway.catalog().update_location(&context, request).await?;
    gateway.revisions().note_write(response.revision);
    Ok(respond::json(
        StatusCode::OK,
        &LocationBody::from(&present(response.location)?),
    ))
}
