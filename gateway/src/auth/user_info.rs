//! `GET /api/auth/v1/userinfo`.

use axum::{extract::State, response::Response};
use callboard_service_kit::identity::Principal;
use http::{HeaderMap, StatusCode};
use serde_json::json;

use super::authenticate::bearer_token;
use crate::{error::ApiError, gateway::Gateway, http::respond};

/// Who the bearer of a user token is, and what they belong to.
pub(crate) async fn get_user_info(State(gateway): State<Gateway>, headers: HeaderMap) -> Result<Response, ApiError> {
    let token = bearer_token(&headers).ok_or_else(|| ApiError::authentication("Missing credentials"))?;
    let verified = gateway.verifier().verify(token).await?;
    match &verified.caller.principal {
        Principal::User {
            entity_ref,
            ownership_refs,
        } => {
            let claims = json!({"sub": entity_ref, "ent": ownership_refs, "exp": verified.expires_at});
            Ok(respond::json(StatusCode::OK, &json!({ "claims": claims })))
        }
        _ => Err(ApiError::not_allowed(
            "This endpoint does not allow 'service' credentials",
        )),
    }
}
