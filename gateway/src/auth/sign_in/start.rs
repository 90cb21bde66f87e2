//! `GET /api/auth/{provider}/start`: sends somebody to the provider.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use url::Url;

use super::{check_environment, cookies, parameter, provider_of};
use crate::{
    auth::{
        providers::{Authorization, Challenge},
        sessions::{seal::SessionSecret, session_store::Attempt},
    },
    config::auth::origins::Origins,
    error::ApiError,
    gateway::Gateway,
    http::path_parameters::PathParameters,
};

/// Begins a sign-in. The browser keeps a secret that everything else is derived from; the database knows its hash.
pub(crate) async fn start_sign_in(State(gateway): State<Gateway>, path: PathParameters) -> Result<Response, ApiError> {
    let provider = provider_of(&gateway, &path)?;
    let query = path.uri().query().unwrap_or_default().as_bytes();
    check_environment(&gateway, parameter(query, "env").as_deref())?;
    let auth = &gateway.config().auth;
    let (origin, redirect_url) = way_back(&auth.origins, query)?;
    let scope = provider.scope(&parameter(query, "scope").unwrap_or_default());

    let secret = SessionSecret::random();
    let state = SessionSecret::random().encode();
    let challenge = challenge(&secret)?;
    let authorization = Authorization {
        state: &state,
        challenge: &challenge,
        scope: &scope,
    };
    let url = provider.authorization_url(&authorization).await?;
    let now: OffsetDateTime = gateway.clock().now().into();
    let attempt = Attempt {
        nonce_hash: secret.hash(),
        provider: provider.id().to_owned(),
        scope,
        origin,
        redirect_url,
        expires_at: now + time::Duration::minutes(cookies::ATTEMPT_MINUTES),
    };
    gateway
        .sessions()
        .add_attempt(&state_hash(&state), &attempt, now)
        .await?;

    let location = HeaderValue::try_from(url.as_str()).map_err(ApiError::internal)?;
    let headers = [
        (header::LOCATION, location),
        (header::SET_COOKIE, cookies::nonce(auth, provider, &secret)?),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((StatusCode::FOUND, headers).into_response())
}

/// What the database finds a sign-in by.
pub(super) fn state_hash(state: &str) -> Vec<u8> {
    Sha256::digest(state.as_bytes()).to_vec()
}

/// What ties the provider's answers to the browser.
pub(super) fn challenge(secret: &SessionSecret) -> Result<Challenge, ApiError> {
    let derive = |purpose| {
        let key = secret.derive(purpose).map_err(ApiError::internal)?;
        Ok::<_, ApiError>(URL_SAFE_NO_PAD.encode(key))
    };
    Ok(Challenge {
        code_verifier: derive("code verifier")?,
        nonce: derive("nonce")?,
    })
}

/// The origin that a popup's answer goes to, and for the redirect flow the URL to go back to.
fn way_back(origins: &Origins, query: &[u8]) -> Result<(String, Option<String>), ApiError> {
    let not_allowed = |origin: &str| ApiError::not_allowed(format!("Origin '{origin}' is not allowed"));
    let origin = match parameter(query, "origin") {
        Some(text) => {
            let url = Url::parse(&text).map_err(|_| ApiError::input(format!("App origin is invalid: {text}")))?;
            if !origins.allow(&url) {
                return Err(not_allowed(&text));
            }
            url.origin().ascii_serialization()
        }
        None => origins.app(),
    };
    if parameter(query, "flow").as_deref() != Some("redirect") {
        return Ok((origin, None));
    }
    let redirect_url = parameter(query, "redirectUrl")
        .ok_or_else(|| ApiError::input("The redirect flow needs a 'redirectUrl' to come back to"))?;
    let url = Url::parse(&redirect_url)
        .map_err(|_| ApiError::input(format!("The redirectUrl is invalid: {redirect_url}")))?;
    if !origins.allow(&url) {
        return Err(not_allowed(&url.origin().ascii_serialization()));
    }
    Ok((origin, Some(url.into())))
}
