//! `GET` and `POST /api/auth/{provider}/handler/frame`: somebody comes back from the provider.

use axum::{
    body::Body,
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, Method, Request, StatusCode, header, request::Parts};
use time::OffsetDateTime;
use url::Url;
use uuid::Uuid;

use super::{
    cookies, identity, parameter,
    popup::{self, Outcome},
    provider_of,
    session_answer::SessionAnswer,
    start,
};
use crate::{
    audit::Audited,
    auth::{
        providers::{Grant, Provider},
        sessions::{
            seal::SessionSecret,
            session_store::{Attempt, NewSession},
        },
    },
    edge::client_address::ClientAddress,
    error::ApiError,
    gateway::Gateway,
    http::{json_body::read_body, path_parameters::PathParameters},
    upstream::CallContext,
};

/// No provider sends a larger form.
const LARGEST_FORM: usize = 64 * 1024;

/// Finishes a sign-in. Whatever goes wrong is told where the person is: in the popup, or on the page they came from.
pub(crate) async fn finish_sign_in(
    State(gateway): State<Gateway>,
    context: CallContext,
    path: PathParameters,
    request: Request<Body>,
) -> Result<Response, ApiError> {
    let provider = provider_of(&gateway, &path)?;
    let (parts, body) = request.into_parts();
    let parameters = if parts.method == Method::POST {
        read_body(body, LARGEST_FORM).await?.to_vec()
    } else {
        path.uri().query().unwrap_or_default().as_bytes().to_vec()
    };
    let state = parameter(&parameters, "state");
    let attempt = match &state {
        Some(state) => gateway.sessions().take_attempt(&start::state_hash(state)).await?,
        None => None,
    };
    let result = match &attempt {
        Some(attempt) => finish(&gateway, &context, provider, attempt, &parameters, &parts).await,
        None => Err(ApiError::not_allowed(
            "This sign-in is not under way: it was finished already, took too long, or never began. Please try again",
        )),
    };
    answer(&gateway, provider, attempt.as_ref(), result)
}

/// A finished sign-in.
struct Finished {
    answer: SessionAnswer,
    secret: SessionSecret,
}

async fn finish(
    gateway: &Gateway,
    context: &CallContext,
    provider: &Provider,
    attempt: &Attempt,
    parameters: &[u8],
    request: &Parts,
) -> Result<Finished, ApiError> {
    let now: OffsetDateTime = gateway.clock().now().into();
    if attempt.provider != provider.id() || attempt.expires_at <= now {
        return Err(ApiError::not_allowed("This sign-in took too long. Please try again"));
    }
    let nonce = cookies::sent_nonce(&request.headers, provider)
        .ok_or_else(|| ApiError::not_allowed("Auth response is missing cookie nonce"))?;
    if !callboard_service_kit::identity::secrets_equal(&nonce.hash(), &attempt.nonce_hash) {
        return Err(ApiError::not_allowed("Invalid nonce"));
    }
    if let Some(error) = parameter(parameters, "error") {
        let description = parameter(parameters, "error_description").unwrap_or_default();
        return Err(ApiError::authentication(
            format!("Authentication failed, {error}: {description}")
                .trim_end_matches([':', ' '])
                .to_owned(),
        ));
    }
    let code = parameter(parameters, "code")
        .ok_or_else(|| ApiError::input("Authentication failed: the provider sent no code"))?;
    let challenge = start::challenge(&nonce)?;
    let mut grant = provider.exchange(&code, &challenge, gateway.unix_seconds()).await?;
    if grant.scope.is_empty() {
        grant.scope.clone_from(&attempt.scope);
    }
    open_session(gateway, context, provider, &grant, request).await
}

/// Stores a new session of a person whom the provider has vouched for.
async fn open_session(
    gateway: &Gateway,
    context: &CallContext,
    provider: &Provider,
    grant: &Grant,
    request: &Parts,
) -> Result<Finished, ApiError> {
    let resolvers = &provider.config().resolvers;
    // A provider without resolvers gives access to itself, and does not say who somebody is in the portal.
    let identity = if resolvers.is_empty() {
        None
    } else {
        Some(identity::resolve(gateway, context, resolvers, grant).await?)
    };
    let now: OffsetDateTime = gateway.clock().now().into();
    let secret = SessionSecret::random();
    let session_id = Uuid::new_v4();
    let agent = request
        .headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    let address = request.extensions.get::<ClientAddress>();
    let address = address.map(|ClientAddress(address)| address.to_string());
    let session = NewSession {
        session_id,
        secret_hash: secret.hash(),
        provider: provider.id(),
        user_entity_ref: identity.as_ref().map(|identity| identity.user_entity_ref.as_str()),
        sealed_grant: seal(&secret, session_id, grant)?,
        user_agent: agent.map(|agent| &agent[..agent.floor_char_boundary(200)]),
        address: address.as_deref(),
        expires_at: now + provider.config().session_duration,
    };
    gateway.sessions().add_session(&session, now).await?;
    let answer = SessionAnswer::new(gateway, grant.profile.clone(), Some(grant), identity, Some(session_id)).await?;
    Ok(Finished { answer, secret })
}

/// What the database keeps of a grant.
pub(super) fn seal(secret: &SessionSecret, session_id: Uuid, grant: &Grant) -> Result<Vec<u8>, ApiError> {
    let plain = serde_json::to_vec(grant).map_err(ApiError::internal)?;
    secret.seal(session_id, &plain).map_err(ApiError::internal)
}

fn answer(
    gateway: &Gateway,
    provider: &Provider,
    attempt: Option<&Attempt>,
    result: Result<Finished, ApiError>,
) -> Result<Response, ApiError> {
    let auth = &gateway.config().auth;
    let mut cookies = vec![cookies::no_nonce(auth, provider)?];
    let mut audited = Audited::resource(provider.id());
    let redirect_url = attempt.and_then(|attempt| attempt.redirect_url.as_deref());
    let outcome = match result {
        Ok(finished) => {
            audited.actor = finished.answer.user_entity_ref().map(str::to_owned);
            cookies.push(cookies::session(auth, provider, &finished.secret)?);
            cookies.extend(finished.answer.user_cookie(gateway)?);
            Outcome::Session(finished.answer.to_json()?)
        }
        Err(error) => {
            let error = error.for_people();
            // The page that tells of it is sent with 200.
            audited.status = Some(error.status());
            tracing::info!(provider = provider.id(), error = error.message(), "a sign-in failed");
            Outcome::Failure {
                name: error.name(),
                message: error.message().to_owned(),
            }
        }
    };
    let mut response = if let Some(url) = redirect_url {
        redirect(url, &outcome)?
    } else {
        let origin = attempt.map_or_else(|| auth.origins.app(), |attempt| attempt.origin.clone());
        popup::page(&origin, &outcome)?
    };
    // What nobody began is noise, which anybody can make.
    if attempt.is_some() {
        response.extensions_mut().insert(audited);
    }
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for cookie in cookies {
        headers.append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Back to where the person came from. The page gets the session itself by its cookie.
fn redirect(url: &str, outcome: &Outcome) -> Result<Response, ApiError> {
    let mut url = Url::parse(url).map_err(ApiError::internal)?;
    if let Outcome::Failure { message, .. } = outcome {
        url.query_pairs_mut().append_pair("error", message);
    }
    let location = HeaderValue::try_from(url.as_str()).map_err(ApiError::internal)?;
    Ok((StatusCode::FOUND, [(header::LOCATION, location)]).into_response())
}
