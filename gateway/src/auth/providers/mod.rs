//! The OAuth providers people sign in at. To add one: a file beside these, a section in `config/auth/providers.rs`, and an arm in
//! each `match` here.

pub(crate) mod github;
pub(crate) mod guest;
pub(crate) mod oidc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;

use self::{github::GitHubProvider, oidc::OidcProvider};
use super::http_client::{HttpClient, HttpError};
use crate::{
    config::auth::{AuthConfig, providers::OAuthConfig},
    error::ApiError,
};

/// Who somebody is, for the person to see.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Profile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) display_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) picture: Option<String>,
}

/// What a provider gave: who somebody is, and the tokens to act for them there. It holds secrets and has no `Debug`.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Grant {
    pub(crate) profile: Profile,
    /// Everything the provider says about the person, for resolvers.
    pub(crate) claims: Map<String, Value>,
    /// The person's id at the provider.
    pub(crate) subject: String,
    pub(crate) access_token: String,
    pub(crate) refresh_token: Option<String>,
    pub(crate) id_token: Option<String>,
    pub(crate) scope: String,
    /// Seconds since 1970 until which the access token is good.
    pub(crate) expires_at: Option<i64>,
}

/// What a sign-in is tied to the browser with.
pub(crate) struct Challenge {
    pub(crate) code_verifier: String,
    pub(crate) nonce: String,
}

/// A person about to be sent to the provider.
pub(crate) struct Authorization<'a> {
    pub(crate) state: &'a str,
    pub(crate) challenge: &'a Challenge,
    pub(crate) scope: &'a str,
}

/// Why a provider gave nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProviderError {
    /// It says no, as to a code that was used or a grant that was withdrawn.
    #[error("{0}")]
    Refused(String),
    /// It cannot be reached, or is broken.
    #[error(transparent)]
    Failed(#[from] HttpError),
    /// What it says cannot be believed.
    #[error("{0}")]
    Untrusted(String),
}

impl From<ProviderError> for ApiError {
    fn from(error: ProviderError) -> Self {
        match error {
            ProviderError::Refused(message) => Self::authentication(message),
            ProviderError::Failed(error) => {
                tracing::warn!(%error, "a sign-in provider failed");
                Self::unavailable("The sign-in provider cannot be used at the moment")
            }
            ProviderError::Untrusted(message) => {
                tracing::warn!(message, "a sign-in provider's answer is not believed");
                Self::authentication("The sign-in provider's answer could not be verified")
            }
        }
    }
}

/// A provider, by what it speaks.
pub(crate) enum Provider {
    Oidc(OidcProvider),
    GitHub(GitHubProvider),
}

/// All that are configured.
pub(crate) struct Providers {
    oidc: Option<Provider>,
    github: Option<Provider>,
}

impl Providers {
    pub(crate) fn new(config: &AuthConfig, http: &HttpClient) -> Self {
        let oidc = config.oidc.as_ref();
        let github = config.github.as_ref();
        Self {
            oidc: oidc.map(|config| Provider::Oidc(OidcProvider::new(config.clone(), http.clone()))),
            github: github.map(|config| Provider::GitHub(GitHubProvider::new(config.clone(), http.clone()))),
        }
    }

    /// The provider of a name.
    pub(crate) fn find(&self, id: &str) -> Option<&Provider> {
        match id {
            "oidc" => self.oidc.as_ref(),
            "github" => self.github.as_ref(),
            _ => None,
        }
    }
}

impl Provider {
    /// Its name in paths and cookies.
    pub(crate) fn id(&self) -> &'static str {
        match self {
            Self::Oidc(_) => "oidc",
            Self::GitHub(_) => "github",
        }
    }

    /// What all providers have configured.
    pub(crate) fn config(&self) -> &OAuthConfig {
        match self {
            Self::Oidc(provider) => provider.oauth(),
            Self::GitHub(provider) => provider.oauth(),
        }
    }

    /// Scopes that signing in needs, those configured, and those asked for: each once.
    pub(crate) fn scope(&self, asked_for: &str) -> String {
        let needed = match self {
            Self::Oidc(_) => "openid profile email",
            Self::GitHub(_) => "read:user user:email",
        };
        let mut scopes: Vec<&str> = Vec::new();
        let configured = self.config().additional_scopes.iter().map(String::as_str);
        for scope in needed.split(' ').chain(configured).chain(asked_for.split_whitespace()) {
            if !scopes.contains(&scope) {
                scopes.push(scope);
            }
        }
        scopes.join(" ")
    }

    /// Where to send somebody to sign in.
    pub(crate) async fn authorization_url(&self, authorization: &Authorization<'_>) -> Result<Url, ProviderError> {
        match self {
            Self::Oidc(provider) => provider.authorization_url(authorization).await,
            Self::GitHub(provider) => Ok(provider.authorization_url(authorization)),
        }
    }

    /// Exchanges the code somebody came back with. `now` is in seconds since 1970.
    pub(crate) async fn exchange(&self, code: &str, challenge: &Challenge, now: i64) -> Result<Grant, ProviderError> {
        match self {
            Self::Oidc(provider) => provider.exchange(code, challenge, now).await,
            Self::GitHub(provider) => provider.exchange(code, challenge, now).await,
        }
    }

    /// Asks whether the person is still welcome there, and for new tokens.
    pub(crate) async fn refresh(&self, grant: &Grant, scope: &str, now: i64) -> Result<Grant, ProviderError> {
        match self {
            Self::Oidc(provider) => provider.refresh(grant, scope, now).await,
            Self::GitHub(provider) => provider.refresh(grant, now).await,
        }
    }

    /// Tells the provider that the tokens are not needed any more; where to go on to sign out there too.
    pub(crate) async fn revoke(&self, grant: &Grant) -> Result<Option<Url>, ProviderError> {
        match self {
            Self::Oidc(provider) => provider.revoke(grant).await,
            Self::GitHub(provider) => provider.revoke(grant).await.map(|()| None),
        }
    }
}

/// The answer of a token endpoint.
#[derive(Deserialize)]
struct TokenAnswer {
    access_token: Option<String>,
    refresh_token: Option<String>,
    id_token: Option<String>,
    scope: Option<String>,
    expires_in: Option<i64>,
    // GitHub answers 200 to what it refuses.
    error: Option<String>,
    error_description: Option<String>,
}

/// Reads a token endpoint's answer: OAuth's errors are refusals, everything else is a failure.
fn token_answer(answer: Result<(String, Vec<u8>), HttpError>) -> Result<TokenAnswer, ProviderError> {
    let (host, body, status) = match answer {
        Ok((host, body)) => (host, body, 200),
        Err(HttpError::Status { host, status, body }) if (400..500).contains(&status) => (host, body, status),
        Err(error) => return Err(error.into()),
    };
    match serde_json::from_slice::<TokenAnswer>(&body) {
        Ok(answer) => match &answer.error {
            Some(error) => Err(ProviderError::Refused(match &answer.error_description {
                Some(description) => format!("{error}: {description}"),
                None => error.clone(),
            })),
            None if status == 200 => Ok(answer),
            None => Err(HttpError::Status { host, status, body }.into()),
        },
        Err(_) if status != 200 => Err(HttpError::Status { host, status, body }.into()),
        Err(error) => Err(HttpError::Unexpected {
            host,
            cause: error.to_string(),
        }
        .into()),
    }
}
