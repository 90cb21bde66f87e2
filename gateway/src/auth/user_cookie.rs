//! `/api/{plugin}/.backstage/auth/v1/cookie`: a cookie for those who cannot send a token.

use std::sync::Arc;

use axum::{Extension, extract::State, response::Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::json;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{
    authenticate::bearer_token,
    credentials::Credentials,
    sign_in::cookies::{self, USER_COOKIE},
    tokens::{jwt::Unverified, user_tokens::UserTokens},
};
use crate::{error::ApiError, gateway::Gateway, http::respond};

/// A cookie that lasts longer than this is good enough.
const SECONDS_WORTH_KEEPING: i64 = 5 * 60;

/// Gives the bearer of a user token a cookie with what their token may be cut down to.
pub(crate) async fn get_user_cookie(
    State(gateway): State<Gateway>,
    Extension(credentials): Extension<Arc<Credentials>>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let (user_entity_ref, _) = credentials.user()?;
    let now = gateway.unix_seconds();
    if let Some(token) = cookies::find(&headers, USER_COOKIE)
        && let Ok(known) = gateway.verifier().verify_cookie(&token).await
        && let Some(expires_at) = known.expires_at.filter(|at| *at > now + SECONDS_WORTH_KEEPING)
        && known.user().is_ok_and(|(known, _)| known == user_entity_ref)
    {
        return answer(expires_at);
    }
    // Whoever came by cookie alone would have been answered above, or has no token to make a new one of.
    let token = bearer_token(&headers).ok_or_else(|| ApiError::authentication("Missing credentials"))?;
    let limited = Unverified::parse(token).and_then(|token| UserTokens::cut_down(&token));
    let limited = limited.ok_or_else(|| ApiError::authentication("This token cannot be used in a cookie"))?;
    let expires_at = credentials.expires_at.unwrap_or(now);
    let cookie = cookies::user(&gateway.config().backend_base_url, &limited, expires_at - now)?;
    let mut response = answer(expires_at)?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// Takes the cookie away.
pub(crate) async fn delete_user_cookie(State(gateway): State<Gateway>) -> Result<Response, ApiError> {
    let mut response = respond::empty(StatusCode::NO_CONTENT);
    let cookie = cookies::no_user(&gateway.config().backend_base_url)?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

fn answer(expires_at: i64) -> Result<Response, ApiError> {
    let expires_at = OffsetDateTime::from_unix_timestamp(expires_at).map_err(ApiError::internal)?;
    let expires_at = expires_at.format(&Rfc3339).map_err(ApiError::internal)?;
    let mut response = respond::json(StatusCode::OK, &json!({ "expiresAt": expires_at }));
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
