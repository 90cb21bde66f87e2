//! `GET` and `POST /api/auth/{provider}/refresh`: staying signed in.

use std::time::Duration;

use axum::{extract::State, response::Response};
use http::{HeaderMap, header};
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    callback, check_environment, cookies,
    identity::{self, Identity},
    parameter, provider_of, require_script,
    session_answer::SessionAnswer,
};
use crate::{
    auth::{
        providers::{Grant, Provider, ProviderError},
        sessions::{seal::SessionSecret, session_store::StoredSession},
    },
    error::ApiError,
    gateway::Gateway,
    http::path_parameters::PathParameters,
    upstream::CallContext,
};

/// Several tabs wake up together; what one of them just learned of the provider serves them all.
const FRESH: time::Duration = time::Duration::seconds(20);
/// A refresh that takes longer has died.
const LONGEST_REFRESH: time::Duration = time::Duration::seconds(30);
/// How often to look whether another request has finished the same refresh.
const POLL: Duration = Duration::from_millis(100);

/// A new session answer for a person who is signed in at the provider still.
pub(crate) async fn refresh_session(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let provider = provider_of(&gateway, &path)?;
    require_script(&headers)?;
    let query = path.uri().query().unwrap_or_default().as_bytes();
    if let Some(environment) = parameter(query, "env") {
        check_environment(&gateway, Some(&environment))?;
    }
    let secret = cookies::sent_session(&headers, provider).ok_or_else(no_session)?;
    let scope = parameter(query, "scope").unwrap_or_default();
    let refreshed = refreshed(&gateway, &context, provider, &secret, &scope).await?;
    let answer = SessionAnswer::new(
        &gateway,
        refreshed.grant.profile.clone(),
        Some(&refreshed.grant),
        refreshed.identity,
        Some(refreshed.session_id),
    )
    .await?;
    let mut response = answer.into_response(&gateway)?;
    // The cookie lasts as long as the session, from its last use on.
    let cookie = cookies::session(&gateway.config().auth, provider, &secret)?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

struct Refreshed {
    session_id: Uuid,
    grant: Grant,
    identity: Option<Identity>,
}

fn no_session() -> ApiError {
    ApiError::authentication("There is no session: please sign in")
}

/// The session with what the provider says now. Only one request asks the provider; the others wait for what it learns.
async fn refreshed(
    gateway: &Gateway,
    context: &CallContext,
    provider: &Provider,
    secret: &SessionSecret,
    scope: &str,
) -> Result<Refreshed, ApiError> {
    loop {
        let now: OffsetDateTime = gateway.clock().now().into();
        let session = gateway.sessions().session(&secret.hash(), provider.id(), now).await?;
        let session = session.ok_or_else(no_session)?;
        let grant = open(secret, &session)?;
        let covers = |granted: &str| {
            scope
                .split_whitespace()
                .all(|wanted| granted.split(' ').any(|scope| scope == wanted))
        };
        if session.last_used_at + FRESH > now && covers(&grant.scope) {
            let identity = resolve(gateway, context, provider, &grant).await?;
            return Ok(Refreshed {
                session_id: session.session_id,
                grant,
                identity,
            });
        }
        if gateway
            .sessions()
            .begin_refresh(&session, now, now + LONGEST_REFRESH)
            .await?
        {
            return ask_provider(gateway, context, provider, secret, scope, &session, &grant).await;
        }
        tokio::time::sleep(POLL).await;
    }
}

async fn ask_provider(
    gateway: &Gateway,
    context: &CallContext,
    provider: &Provider,
    secret: &SessionSecret,
    scope: &str,
    session: &StoredSession,
    grant: &Grant,
) -> Result<Refreshed, ApiError> {
    let scope = if scope.is_empty() {
        String::new()
    } else {
        provider.scope(scope)
    };
    let result = provider.refresh(grant, &scope, gateway.unix_seconds()).await;
    let grant = match result {
        Ok(grant) => grant,
        Err(error) => {
            match &error {
                // The person is not welcome there any more, so they are not here.
                ProviderError::Refused(_) => {
                    gateway.sessions().remove_by_id(session.session_id).await?;
                    gateway.verifier().forget();
                }
                ProviderError::Failed(_) | ProviderError::Untrusted(_) => {
                    gateway.sessions().abandon_refresh(session.session_id).await?;
                }
            }
            return Err(error.into());
        }
    };
    // Stored before anything else may fail: a provider may take the old refresh token once only.
    let now: OffsetDateTime = gateway.clock().now().into();
    let sealed = callback::seal(secret, session.session_id, &grant)?;
    let expires_at = now + provider.config().session_duration;
    let user = session.user_entity_ref.as_deref();
    let is_there = gateway
        .sessions()
        .finish_refresh(session.session_id, &sealed, user, now, expires_at)
        .await?;
    if !is_there {
        return Err(no_session());
    }
    let identity = resolve(gateway, context, provider, &grant).await?;
    Ok(Refreshed {
        session_id: session.session_id,
        grant,
        identity,
    })
}

async fn resolve(
    gateway: &Gateway,
    context: &CallContext,
    provider: &Provider,
    grant: &Grant,
) -> Result<Option<Identity>, ApiError> {
    let resolvers = &provider.config().resolvers;
    if resolvers.is_empty() {
        return Ok(None);
    }
    identity::resolve(gateway, context, resolvers, grant).await.map(Some)
}

/// What a stored session holds.
pub(super) fn open(secret: &SessionSecret, session: &StoredSession) -> Result<Grant, ApiError> {
    let plain = secret
        .open(session.session_id, &session.sealed_grant)
        .map_err(|_| ApiError::internal("a session's grant does not open with the secret it was found by"))?;
    serde_json::from_slice(&plain).map_err(ApiError::internal)
}
