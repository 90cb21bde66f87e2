//! Guests: people who sign in without credentials.

use axum::{extract::State, response::Response};
use callboard_service_kit::error::ErrorCode;

use super::Profile;
use crate::{
    auth::sign_in::{
        identity::{self, Identity},
        session_answer::SessionAnswer,
    },
    config::auth::providers::GuestConfig,
    error::ApiError,
    gateway::Gateway,
    upstream::CallContext,
};

/// `GET` and `POST /api/auth/guest/refresh`: a new session, for anybody.
pub(crate) async fn refresh_guest_session(
    State(gateway): State<Gateway>,
    context: CallContext,
) -> Result<Response, ApiError> {
    let guest = allowed_guest(&gateway)?;
    let user_entity_ref = guest.user_entity_ref.to_lowercase();
    // Guests get in while the catalog is away too.
    let known = identity::find_by_ref(&gateway, &context, &user_entity_ref).await;
    let known = known.unwrap_or_else(|error| {
        tracing::warn!(
            error = error.message(),
            "the groups of the guest user could not be looked up"
        );
        None
    });
    let identity = known.unwrap_or_else(|| Identity {
        ownership_entity_refs: guest
            .ownership_entity_refs
            .clone()
            .unwrap_or_else(|| vec![user_entity_ref.clone()]),
        user_entity_ref,
    });
    let answer = SessionAnswer::new(&gateway, Profile::default(), None, Some(identity), None).await?;
    answer.into_response(&gateway)
}

/// `start`, `handler/frame` and `logout`: guests have nothing to start and nothing to end.
pub(crate) async fn not_for_guests(State(gateway): State<Gateway>) -> Result<Response, ApiError> {
    allowed_guest(&gateway)?;
    Err(ApiError::new(ErrorCode::NotImplementedError, "Not implemented"))
}

fn allowed_guest(gateway: &Gateway) -> Result<&GuestConfig, ApiError> {
    let auth = &gateway.config().auth;
    let guest = auth
        .guest
        .as_ref()
        .ok_or_else(|| ApiError::not_found("Unknown auth provider 'guest'"))?;
    if auth.allows_guests() {
        return Ok(guest);
    }
    Err(ApiError::not_allowed(
        "The guest provider cannot be used outside of a development environment, unless you opt in with \
         auth.providers.guest.dangerouslyAllowOutsideDevelopment",
    ))
}
