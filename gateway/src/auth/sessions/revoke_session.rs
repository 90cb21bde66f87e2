//! `DELETE /api/auth/v1/sessions` and `DELETE /api/auth/v1/sessions/{id}`.

use axum::{extract::State, response::Response};
use http::{HeaderMap, StatusCode};
use uuid::Uuid;

use crate::{
    audit::Audited,
    auth::authenticate::bearer_credentials,
    error::ApiError,
    gateway::Gateway,
    http::{path_parameters::PathParameters, respond},
};

/// Ends one of the caller's sessions. Its tokens end with it: here at once, at other replicas
/// within a minute.
pub(crate) async fn revoke_session(
    State(gateway): State<Gateway>,
    headers: HeaderMap,
    path: PathParameters,
) -> Result<Response, ApiError> {
    let credentials = bearer_credentials(&gateway, &headers).await?;
    let (user_entity_ref, _) = credentials.user()?;
    let [id] = path.decode()?;
    let missing = || ApiError::not_found(format!("There is no session {id}"));
    let session_id: Uuid = id.parse().map_err(|_| missing())?;
    // Whether it never was, is gone already or is somebody else's: the caller learns nothing about that.
    if !gateway.sessions().revoke(user_entity_ref, session_id).await? {
        return Err(missing());
    }
    gateway.verifier().forget();
    Ok(revoked(user_entity_ref, session_id.to_string()))
}

/// Ends all of the caller's sessions but the one they ask from.
pub(crate) async fn revoke_other_sessions(
    State(gateway): State<Gateway>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let credentials = bearer_credentials(&gateway, &headers).await?;
    let (user_entity_ref, _) = credentials.user()?;
    gateway
        .sessions()
        .revoke_others(user_entity_ref, credentials.session_id)
        .await?;
    gateway.verifier().forget();
    Ok(revoked(user_entity_ref, "all others".to_owned()))
}

fn revoked(user_entity_ref: &str, sessions: String) -> Response {
    let mut response = respond::empty(StatusCode::NO_CONTENT);
    response.extensions_mut().insert(Audited {
        actor: Some(user_entity_ref.to_owned()),
        resource: Some(sessions),
        status: None,
    });
    response
}
