//! `PUT /locations/{id}`.

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::UpdateLocationRequest;
use http::StatusCode;

use super::{LocationBody, present};
use crate::{
    audit::Audited,
    error::ApiError,
    gateway::Gateway,
    http::{json_body::JsonBody, path_parameters::PathParameters, query_parameters::QueryParameters, respond},
    permission::names::LOCATION_CREATE,
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
    gateway.permissions().require(&context.credentials, &LOCATION_CREATE)?;
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
    let location = present(response.location)?;
    let audited = Audited::resource(format!("{}:{}", location.r#type, location.target));
    let mut response = respond::json(StatusCode::OK, &LocationBody::from(&location));
    response.extensions_mut().insert(audited);
    Ok(response)
}
