//! `/api/auth/<provider>/*` for providers there are not.

use axum::{
    body::Body,
    extract::State,
    response::{IntoResponse, Response},
};
use http::{Request, StatusCode};

use crate::{error::ApiError, gateway::Gateway, http::path_parameters::PathParameters};

/// Says that a provider is not known, or not supported although it is configured.
pub(crate) async fn unknown_provider(
    State(gateway): State<Gateway>,
    path: PathParameters,
    request: Request<Body>,
) -> Response {
    let answer = path.decode().map(|[provider]: [String; 1]| {
        let is_action = request.uri().path().ends_with("/start")
            || request.uri().path().ends_with("/refresh")
            || request.uri().path().ends_with("/logout")
            || request.uri().path().ends_with("/handler/frame");
        let is_configured = gateway.config().auth.provider_names.contains(&provider);
        match (is_action, is_configured) {
            (false, _) => StatusCode::NOT_FOUND.into_response(),
            (true, true) => {
                ApiError::not_found(format!("No auth provider registered for '{provider}'")).into_response()
            }
            (true, false) => ApiError::not_found(format!("Unknown auth provider '{provider}'")).into_response(),
        }
    });
    answer.unwrap_or_else(IntoResponse::into_response)
}
