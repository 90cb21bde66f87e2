//! `POST /entity-facets`.

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::GetEntityFacetsRequest;
use http::{StatusCode, Uri};

use super::{get_entity_facets, predicate_of};
use crate::{
    error::ApiError,
    gateway::Gateway,
    http::{json_body::JsonBody, query_parameters::QueryParameters, respond},
    upstream::CallContext,
};

/// Like `GET /entity-facets`, with a predicate.
pub(crate) async fn query_entity_facets(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
    mut body: JsonBody,
) -> Result<Response, ApiError> {
    QueryParameters::none(&uri)?;
    body.require("facets");
    let facets: Vec<String> = body
        .texts("facets")
        .into_iter()
        .filter(|facet| !facet.is_empty())
        .collect();
    let query = body.object("query");
    body.finish()?;
    if facets.is_empty() {
        return Err(ApiError::input("Missing or empty facets parameter"));
    }
    let predicate = predicate_of(query.as_ref())?;
    let request = GetEntityFacetsRequest {
        read: gateway.read_options(&context),
        facets,
        predicate,
    };
    let response = gateway.catalog().get_entity_facets(&context, request).await?;
    Ok(respond::json_bytes(
        StatusCode::OK,
        get_entity_facets::body(&response.facets),
    ))
}
