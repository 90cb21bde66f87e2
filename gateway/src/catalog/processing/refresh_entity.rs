//! `POST /refresh`.

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::RefreshEntityRequest;
use http::{StatusCode, Uri};

use crate::{
    audit::Audited,
    error::ApiError,
    gateway::Gateway,
    http::{json_body::JsonBody, query_parameters::QueryParameters, respond},
    permission::names::ENTITY_REFRESH,
    upstream::CallContext,
};

/// Has an entity read anew, soon. A token in the body would act for the caller in the header; the header's counts here.
pub(crate) async fn refresh_entity(
    State(gateway): State<Gateway>,
    context: CallContext,
    uri: Uri,
    mut body: JsonBody,
) -> Result<Response, ApiError> {
    QueryParameters::none(&uri)?;
    body.require("entityRef");
    body.text("authorizationToken");
    let entity_ref = body.text("entityRef");
    body.finish_strict()?;
    let entity_ref = entity_ref.unwrap_or_default().to_lowercase();
    let audited = Audited::resource(entity_ref.clone());
    let condition = gateway.permissions().condition(&context.credentials, &ENTITY_REFRESH)?;
    let request = RefreshEntityRequest { entity_ref, condition };
    gateway.catalog().refresh_entity(&context, request).await?;
    let mut response = respond::empty(StatusCode::OK);
    response.extensions_mut().insert(audited);
    Ok(response)
}
