//! `GET /api/auth/v1/sessions`.

use axum::{extract::State, response::Response};
use http::{HeaderMap, StatusCode};
use serde::Serialize;
use serde_json::json;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use uuid::Uuid;

use super::session_store::ListedSession;
use crate::{auth::authenticate::bearer_credentials, error::ApiError, gateway::Gateway, http::respond};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    id: Uuid,
    provider: String,
    created_at: String,
    last_used_at: String,
    expires_at: String,
    user_agent: Option<String>,
    address: Option<String>,
    is_current: bool,
}

/// The caller's own sessions, the one used last first.
pub(crate) async fn list_sessions(State(gateway): State<Gateway>, headers: HeaderMap) -> Result<Response, ApiError> {
    let credentials = bearer_credentials(&gateway, &headers).await?;
    let (user_entity_ref, _) = credentials.user()?;
    let now = gateway.clock().now().into();
    let sessions = gateway.sessions().sessions_of(user_entity_ref, now).await?;
    let items = sessions
        .into_iter()
        .map(|session| item(session, credentials.session_id))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(respond::json(StatusCode::OK, &json!({ "items": items })))
}

fn item(session: ListedSession, current: Option<Uuid>) -> Result<Item, ApiError> {
    let text = |time: OffsetDateTime| time.format(&Rfc3339).map_err(ApiError::internal);
    Ok(Item {
        id: session.session_id,
        created_at: text(session.created_at)?,
        last_used_at: text(session.last_used_at)?,
        expires_at: text(session.expires_at)?,
        is_current: current == Some(session.session_id),
        provider: session.provider,
        user_agent: session.user_agent,
        address: session.address,
    })
}
