//! Signing in at a provider: to it, back from it, and staying signed in.

pub(crate) mod callback;
pub(crate) mod cookies;
pub(crate) mod identity;
pub(crate) mod list_providers;
pub(crate) mod logout;
pub(crate) mod popup;
pub(crate) mod refresh;
pub(crate) mod session_answer;
pub(crate) mod start;

use http::{HeaderMap, Method};

use super::providers::Provider;
use crate::{error::ApiError, gateway::Gateway, http::path_parameters::PathParameters};

/// The provider in the path.
fn provider_of<'a>(gateway: &'a Gateway, path: &PathParameters) -> Result<&'a Provider, ApiError> {
    let [id]: [String; 1] = path.decode()?;
    let id = id.to_lowercase();
    if let Some(provider) = gateway.providers().find(&id) {
        return Ok(provider);
    }
    let is_configured = gateway.config().auth.provider_names.contains(&id);
    Err(ApiError::not_found(if is_configured {
        format!("No auth provider registered for '{id}'")
    } else {
        format!("Unknown auth provider '{id}'")
    }))
}

/// Checks the environment a client names: only one is served.
fn check_environment(gateway: &Gateway, environment: Option<&str>) -> Result<(), ApiError> {
    let served = &gateway.config().auth.environment;
    match environment {
        Some(environment) if environment == served => Ok(()),
        Some(environment) => Err(ApiError::not_found(format!(
            "No auth provider is configured for the environment '{environment}'"
        ))),
        None => Err(ApiError::input("Must specify 'env' query to select environment")),
    }
}

/// Only scripts of pages that may call can set this header: links, forms and images of other sites cannot.
fn require_script(headers: &HeaderMap) -> Result<(), ApiError> {
    match headers.get("x-requested-with") {
        Some(value) if value == "XMLHttpRequest" => Ok(()),
        _ => Err(ApiError::authentication("Invalid X-Requested-With header")),
    }
}

/// A parameter of a query or form.
fn parameter(pairs: &[u8], name: &str) -> Option<String> {
    url::form_urlencoded::parse(pairs)
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
        .filter(|value| !value.is_empty())
}

/// `*` at any method and action there is not: says which part of the path is unknown.
pub(crate) async fn unknown_action(
    axum::extract::State(gateway): axum::extract::State<Gateway>,
    method: Method,
    path: PathParameters,
) -> ApiError {
    match provider_of(&gateway, &path) {
        Err(error) => error,
        Ok(provider) => ApiError::not_found(format!("{method} is not possible here for '{}'", provider.id())),
    }
}
