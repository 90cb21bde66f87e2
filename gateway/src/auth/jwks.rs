//! `GET /api/auth/.well-known/jwks.json`.

use axum::{extract::State, response::Response};
use http::StatusCode;
use serde_json::json;

use crate::{error::ApiError, gateway::Gateway, http::respond};

/// The keys to verify user tokens with.
pub(crate) async fn get_jwks(State(gateway): State<Gateway>) -> Result<Response, ApiError> {
    let keys = gateway.signing_keys().public_jwks().await?;
    Ok(respond::json(StatusCode::OK, &json!({ "keys": keys })))
}
