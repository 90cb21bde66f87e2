//! `POST /api/auth/{provider}/logout`: ends a session.

use axum::{extract::State, response::Response};
use http::{HeaderMap, StatusCode, header};
use serde_json::json;
use url::Url;

use super::{cookies, provider_of, refresh, require_script};
use crate::{
    audit::Audited,
    error::ApiError,
    gateway::Gateway,
    http::{path_parameters::PathParameters, respond},
};

/// Ends the session here and, as far as possible, at the provider. That there is none is no error.
pub(crate) async fn end_session(
    State(gateway): State<Gateway>,
    path: PathParameters,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let provider = provider_of(&gateway, &path)?;
    require_script(&headers)?;
    let auth = &gateway.config().auth;
    if let Some(origin) = headers.get(header::ORIGIN) {
        let origin = origin.to_str().ok().and_then(|origin| Url::parse(origin).ok());
        if !origin.is_some_and(|origin| auth.origins.allow(&origin)) {
            return Err(ApiError::not_allowed("Logout from this origin is not allowed"));
        }
    }
    let mut logout_url = None;
    let mut audited = None;
    if let Some(secret) = cookies::sent_session(&headers, provider)
        && let Some(session) = gateway
            .sessions()
            .remove_by_secret(&secret.hash(), provider.id())
            .await?
    {
        gateway.verifier().forget();
        audited = Some(Audited {
            actor: session.user_entity_ref.clone(),
            ..Audited::resource(provider.id())
        });
        let grant = refresh::open(&secret, &session)?;
        match provider.revoke(&grant).await {
            Ok(url) => logout_url = url,
            // The session here is over whatever the provider says.
            Err(error) => tracing::warn!(provider = provider.id(), %error, "a grant could not be revoked"),
        }
    }
    let mut response = match logout_url {
        Some(url) => respond::json(StatusCode::OK, &json!({"logoutUrl": url.as_str()})),
        None => respond::empty(StatusCode::OK),
    };
    if let Some(audited) = audited {
        response.extensions_mut().insert(audited);
    }
    for cookie in [
        cookies::no_session(auth, provider)?,
        cookies::no_user(&gateway.config().backend_base_url)?,
    ] {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
