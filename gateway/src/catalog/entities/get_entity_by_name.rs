//! `GET /entities/by-name/{kind}/{namespace}/{name}`.

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::GetEntityByNameRequest;
use http::StatusCode;

use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{path_parameters::PathParameters, query_parameters::QueryParameters, respond},
    upstream::CallContext,
};

/// One entity, whatever the case its name is written in.
pub(crate) async fn get_entity_by_name(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
) -> Result<Response, ApiError> {
    QueryParameters::none(path.uri())?;
    let [kind, namespace, name] = path.decode()?;
    let missing = || {
        ApiError::not_found(format!(
            "No entity named '{name}' found, with kind '{kind}' in namespace '{namespace}'"
        ))
    };
    let request = GetEntityByNameRequest {
        read: gateway.read_options(&context),
        kind: kind.clone(),
        namespace: namespace.clone(),
        name: name.clone(),
    };
    let response = gateway.catalog().get_entity_by_name(&context, request).await;
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
