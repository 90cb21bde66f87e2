//! `GET /api/auth/v1/userinfo`.

use axum::{extract::State, response::Response};
use http::{HeaderMap, StatusCode};
use serde_json::json;

use super::authenticate::bearer_credentials;
use crate::{error::ApiError, gateway::Gateway, http::respond};

/// Who the bearer of a user token is, and what they belong to.
pub(crate) async fn get_user_info(State(gateway): State<Gateway>, headers: HeaderMap) -> Result<Response, ApiError> {
    let credentials = bearer_credentials(&gateway, &headers).await?;
    let (entity_ref, ownership_refs) = credentials.user()?;
    let claims = json!({"sub": entity_ref, "ent": ownership_refs, "exp": credentials.expires_at});
    Ok(respond::json(StatusCode::OK, &json!({ "claims": claims })))
}
