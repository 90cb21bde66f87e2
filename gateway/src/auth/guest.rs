//! Signing in without credentials: `/api/auth/guest/*`.

use axum::{extract::State, response::Response};
use callboard_proto::catalog::v1::GetEntitiesByRefsRequest;
use callboard_service_kit::error::ErrorCode;
use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::{config::auth::GuestConfig, error::ApiError, gateway::Gateway, http::respond, upstream::CallContext};

/// Upstream's session of a signed-in user.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Session {
    profile: Profile,
    backstage_identity: BackstageIdentity,
}

/// Guests have no profile.
#[derive(Serialize)]
struct Profile {}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BackstageIdentity {
    token: String,
    expires_in_seconds: u64,
    identity: Identity,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Identity {
    r#type: &'static str,
    user_entity_ref: String,
    ownership_entity_refs: Vec<String>,
}

/// `GET` and `POST /api/auth/guest/refresh`: a new session, for anybody.
pub(crate) async fn refresh_guest_session(
    State(gateway): State<Gateway>,
    context: CallContext,
) -> Result<Response, ApiError> {
    let guest = allowed_guest(&gateway)?;
    let user_entity_ref = guest.user_entity_ref.to_lowercase();
    let ownership_entity_refs = match memberships(&gateway, &context, &user_entity_ref).await {
        Some(refs) => refs,
        None => guest
            .ownership_entity_refs
            .clone()
            .unwrap_or_else(|| vec![user_entity_ref.clone()]),
    };
    let token = gateway.user_tokens().issue(&user_entity_ref).await?;
    let now = gateway.clock().now().into();
    gateway
        .identity_store()
        .put_user_info(&user_entity_ref, &ownership_entity_refs, now)
        .await?;
    let session = Session {
        profile: Profile {},
        backstage_identity: BackstageIdentity {
            token,
            expires_in_seconds: gateway.user_tokens().lifetime_seconds(),
            identity: Identity {
                r#type: "user",
                user_entity_ref,
                ownership_entity_refs,
            },
        },
    };
    Ok(respond::json(StatusCode::OK, &session))
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
    if auth.environment == "development" || guest.dangerously_allow_outside_development {
        return Ok(guest);
    }
    Err(ApiError::not_allowed(
        "The guest provider cannot be used outside of a development environment, unless you opt in with \
         auth.providers.guest.dangerouslyAllowOutsideDevelopment",
    ))
}

#[derive(Deserialize)]
struct WithRelations {
    #[serde(default)]
    relations: Vec<Relation>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Relation {
    r#type: String,
    target_ref: String,
}

/// The user and their groups, when the catalog knows the user. Guests get in while the catalog is away too.
async fn memberships(gateway: &Gateway, context: &CallContext, user_entity_ref: &str) -> Option<Vec<String>> {
    let request = GetEntitiesByRefsRequest {
        entity_refs: vec![user_entity_ref.to_owned()],
        fields: vec!["relations".to_owned()],
        ..GetEntitiesByRefsRequest::default()
    };
    let response = match gateway.catalog().get_entities_by_refs(context, request).await {
        Ok(response) => response,
        Err(error) => {
            tracing::warn!(
                error = error.message(),
                "the groups of the guest user could not be looked up"
            );
            return None;
        }
    };
    let entity = response.items.into_iter().next()?.entity?;
    let document: WithRelations = serde_json::from_slice(&entity.document).ok()?;
    let groups = document
        .relations
        .into_iter()
        .filter(|relation| relation.r#type == "memberOf");
    Some(
        std::iter::once(user_entity_ref.to_owned())
            .chain(groups.map(|relation| relation.target_ref))
            .collect(),
    )
}
