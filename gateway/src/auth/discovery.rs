//! What others need to verify user tokens.

use axum::{extract::State, response::Response};
use http::StatusCode;
use serde_json::json;

use crate::{error::ApiError, gateway::Gateway, http::respond};

/// `GET /api/auth/.well-known/jwks.json`: the keys to verify user tokens with.
pub(crate) async fn get_jwks(State(gateway): State<Gateway>) -> Result<Response, ApiError> {
    let keys = gateway.signing_keys().public_jwks().await?;
    Ok(respond::json(StatusCode::OK, &json!({ "keys": keys })))
}

/// `GET /api/{plugin}/.backstage/auth/v1/jwks.json`: the keys to verify a plugin's own tokens with. There are none: what is behind
/// the gateway calls nobody with such a token.
pub(crate) async fn get_plugin_jwks() -> Response {
    respond::json(StatusCode::OK, &json!({ "keys": [] }))
}

/// `GET /api/auth/.well-known/openid-configuration`: who issues them, and where the keys are.
pub(crate) async fn get_openid_configuration(State(gateway): State<Gateway>) -> Response {
    let issuer = &gateway.config().auth.issuer;
    let document = json!({
        "issuer": issuer,
        "token_endpoint": format!("{issuer}/v1/token"),
        "userinfo_endpoint": format!("{issuer}/v1/userinfo"),
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "response_types_supported": ["id_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "scopes_supported": ["openid"],
        "token_endpoint_auth_methods_supported": [],
        "claims_supported": ["sub", "ent"],
        "grant_types_supported": [],
    });
    respond::json(StatusCode::OK, &document)
}
