//! `GET /api/openapi.json` and `GET /api/{plugin}/openapi.json`.

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::document::document;
use crate::{error::ApiError, gateway::Gateway, http::respond};

/// The whole API.
pub(crate) async fn get_openapi(State(gateway): State<Gateway>) -> Result<Response, ApiError> {
    answer(&gateway, None)
}

/// The part of one plugin.
pub(crate) async fn get_plugin_openapi(
    State(gateway): State<Gateway>,
    Path(plugin): Path<String>,
) -> Result<Response, ApiError> {
    answer(&gateway, Some(&plugin))
}

fn answer(gateway: &Gateway, plugin: Option<&str>) -> Result<Response, ApiError> {
    let server = gateway.config().backend_base_url.as_str().trim_end_matches('/');
    document(server, plugin)
        .map_err(ApiError::internal)?
        .map(|document| respond::tagged_json(&document))
        .ok_or_else(|| ApiError::not_found("There is no such plugin"))
}
