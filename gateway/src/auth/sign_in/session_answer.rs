//! What a browser gets when somebody is signed in.

use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{cookies, identity::Identity};
use crate::{
    auth::{
        providers::{Grant, Profile},
        sessions::token_store::SessionToken,
        tokens::user_tokens::IssuedToken,
    },
    error::ApiError,
    gateway::Gateway,
    http::respond,
};

/// Upstream's session.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Session {
    profile: Profile,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider_info: Option<ProviderInfo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    backstage_identity: Option<BackstageIdentity>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ProviderInfo {
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
    access_token: String,
    scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_in_seconds: Option<i64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BackstageIdentity {
    token: String,
    expires_in_seconds: u64,
    identity: IdentityBody,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct IdentityBody {
    r#type: &'static str,
    user_entity_ref: String,
    ownership_entity_refs: Vec<String>,
}

/// A session for a browser, and the cookie that goes with it.
pub(crate) struct SessionAnswer {
    session: Session,
    limited_token: Option<(String, i64)>,
}

impl SessionAnswer {
    /// Issues the tokens of a user.
    pub(crate) async fn new(
        gateway: &Gateway,
        profile: Profile,
        grant: Option<&Grant>,
        identity: Option<Identity>,
        session_id: Option<Uuid>,
    ) -> Result<Self, ApiError> {
        let now = gateway.unix_seconds();
        let provider_info = grant.map(|grant| ProviderInfo {
            id_token: grant.id_token.clone(),
            access_token: grant.access_token.clone(),
            scope: grant.scope.clone(),
            expires_in_seconds: grant.expires_at.map(|expires_at| expires_at.saturating_sub(now).max(0)),
        });
        let mut limited_token = None;
        let mut backstage_identity = None;
        if let Some(identity) = identity {
            let Identity {
                user_entity_ref,
                ownership_entity_refs,
            } = identity;
            let issued = gateway
                .user_tokens()
                .issue(&user_entity_ref, &ownership_entity_refs, session_id)
                .await?;
            if let Some(session_id) = session_id {
                note_token(gateway, &user_entity_ref, session_id, &issued).await?;
            }
            gateway
                .identity_store()
                .put_user_info(&user_entity_ref, &ownership_entity_refs, gateway.clock().now().into())
                .await?;
            limited_token = Some((issued.limited, issued.expires_at.saturating_sub(now)));
            backstage_identity = Some(BackstageIdentity {
                token: issued.token,
                expires_in_seconds: gateway.user_tokens().lifetime_seconds(),
                identity: IdentityBody {
                    r#type: "user",
                    user_entity_ref,
                    ownership_entity_refs,
                },
            });
        }
        Ok(Self {
            session: Session {
                profile,
                provider_info,
                backstage_identity,
            },
            limited_token,
        })
    }

    /// The user it is for.
    pub(crate) fn user_entity_ref(&self) -> Option<&str> {
        let identity = self.session.backstage_identity.as_ref();
        identity.map(|identity| identity.identity.user_entity_ref.as_str())
    }

    /// The session as JSON.
    pub(crate) fn to_json(&self) -> Result<serde_json::Value, ApiError> {
        serde_json::to_value(&self.session).map_err(ApiError::internal)
    }

    /// The cookie that stands for the user where no token can be sent.
    pub(crate) fn user_cookie(&self, gateway: &Gateway) -> Result<Option<HeaderValue>, ApiError> {
        let limited = self.limited_token.as_ref();
        limited
            .map(|(token, seconds)| cookies::user(&gateway.config().backend_base_url, token, *seconds))
            .transpose()
    }

    /// The session as a response. It holds tokens: nobody on the way may keep it.
    pub(crate) fn into_response(self, gateway: &Gateway) -> Result<Response, ApiError> {
        let mut response = respond::json(StatusCode::OK, &self.session);
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(cookie) = self.user_cookie(gateway)? {
            headers.append(header::SET_COOKIE, cookie);
        }
        Ok(response)
    }
}

/// With its session ends a token, also cut down to what a cookie carries.
async fn note_token(
    gateway: &Gateway,
    user_entity_ref: &str,
    session_id: Uuid,
    issued: &IssuedToken,
) -> Result<(), ApiError> {
    let token = SessionToken {
        user_entity_ref,
        issued_at: issued.issued_at,
        session_id,
        expires_at: OffsetDateTime::from_unix_timestamp(issued.expires_at).map_err(ApiError::internal)?,
    };
    Ok(gateway
        .session_tokens()
        .add(&token, gateway.clock().now().into())
        .await?)
}
