//! `GET /api/signals`: the WebSocket of signals.

use axum::{
    body::Body,
    extract::{
        State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    response::{IntoResponse, Response},
};
use callboard_service_kit::identity::Principal;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::socket;
use crate::{error::ApiError, gateway::Gateway};

/// Browsers only say which channels they want.
const LARGEST_MESSAGE: usize = 16 * 1024;

/// Opens the connection. The token comes as the subprotocol, since browsers cannot set headers here; without one the
/// connection gets what goes to everybody.
pub(crate) async fn connect_signals(
    State(gateway): State<Gateway>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let Ok(upgrade) = upgrade else {
        return ApiError::input("This is a WebSocket; connect to it as one").into_response();
    };
    let token = headers
        .get(header::SEC_WEBSOCKET_PROTOCOL)
        .and_then(|value| value.to_str().ok())
        .and_then(|protocols| protocols.split(',').next())
        .map(|token| token.trim().to_owned());
    let (user, allowed) = match &token {
        None => (None, None),
        Some(token) => match gateway.verifier().verify(token, "signals").await {
            Ok(credentials) => {
                let user = match &credentials.caller.principal {
                    Principal::User { entity_ref, .. } => Some(entity_ref.to_lowercase()),
                    _ => None,
                };
                (user, credentials.remaining(gateway.unix_seconds()))
            }
            Err(_) => return refused(),
        },
    };
    upgrade
        .protocols(token)
        .max_message_size(LARGEST_MESSAGE)
        .on_upgrade(move |socket| socket::serve(gateway, socket, user, allowed))
}

/// Load balancers take anything else than a plain answer for a broken server.
fn refused() -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::UNAUTHORIZED;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
