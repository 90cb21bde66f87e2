//! GitHub: OAuth without OpenID Connect. Who somebody is, is asked of its API.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use url::Url;

use super::{Authorization, Challenge, Grant, Profile, ProviderError, TokenAnswer, token_answer};
use crate::{
    auth::http_client::{self, HttpClient, HttpError},
    config::auth::providers::{GitHubConfig, OAuthConfig},
};

/// GitHub, or an enterprise's own instance of it.
pub(crate) struct GitHubProvider {
    config: GitHubConfig,
    http: HttpClient,
}

#[derive(Deserialize)]
struct MailAddress {
    #[serde(rename = "email")]
    address: String,
    primary: bool,
    verified: bool,
}

impl GitHubProvider {
    pub(crate) fn new(config: GitHubConfig, http: HttpClient) -> Self {
        Self { config, http }
    }

    pub(super) fn oauth(&self) -> &OAuthConfig {
        &self.config.oauth
    }

    pub(super) fn authorization_url(&self, authorization: &Authorization<'_>) -> Url {
        let mut url = self.web("login/oauth/authorize");
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&authorization.challenge.code_verifier));
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.config.oauth.client_id)
            .append_pair("redirect_uri", self.config.oauth.callback_url.as_str())
            .append_pair("scope", authorization.scope)
            .append_pair("state", authorization.state)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        url
    }

    pub(super) async fn exchange(&self, code: &str, challenge: &Challenge, now: i64) -> Result<Grant, ProviderError> {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", self.config.oauth.callback_url.as_str()),
            ("code_verifier", &challenge.code_verifier),
        ];
        let answer = self.ask(&form).await?;
        self.grant(answer, None, now).await
    }

    /// OAuth apps have access tokens that do not expire and are asked for who they stand for; GitHub Apps may have refresh tokens.
    pub(super) async fn refresh(&self, grant: &Grant, now: i64) -> Result<Grant, ProviderError> {
        let answer = match &grant.refresh_token {
            Some(refresh_token) => {
                let form = [
                    ("grant_type", "refresh_token"),
                    ("refresh_token", refresh_token.as_str()),
                ];
                self.ask(&form).await?
            }
            None => TokenAnswer {
                access_token: Some(grant.access_token.clone()),
                refresh_token: None,
                id_token: None,
                scope: Some(grant.scope.clone()),
                expires_in: None,
                error: None,
                error_description: None,
            },
        };
        self.grant(answer, Some(grant), now).await
    }

    pub(super) async fn revoke(&self, grant: &Grant) -> Result<(), ProviderError> {
        let oauth = &self.config.oauth;
        let url = self.api(&format!("applications/{}/token", oauth.client_id));
        let request = self
            .http
            .delete(&url)
            .basic_auth(&oauth.client_id, Some(oauth.client_secret.expose()))
            .header(reqwest::header::CONTENT_TYPE, "application/json")
            .body(json!({"access_token": grant.access_token}).to_string());
        match http_client::bytes(request).await {
            // It is gone already.
            Err(HttpError::Status { status: 404 | 422, .. }) | Ok(_) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    async fn ask(&self, form: &[(&str, &str)]) -> Result<TokenAnswer, ProviderError> {
        let oauth = &self.config.oauth;
        let credentials = [
            ("client_id", oauth.client_id.as_str()),
            ("client_secret", oauth.client_secret.expose().as_str()),
        ];
        let form = [form, &credentials].concat();
        let request = self.http.post_form(&self.web("login/oauth/access_token"), &form);
        token_answer(http_client::bytes(request).await)
    }

    async fn grant(&self, answer: TokenAnswer, previous: Option<&Grant>, now: i64) -> Result<Grant, ProviderError> {
        let access_token = answer
            .access_token
            .ok_or_else(|| ProviderError::Untrusted("GitHub gave no access token".to_owned()))?;
        let mut claims: Map<String, Value> = self.read("user", &access_token).await?;
        let subject = claims.get("id").map(Value::to_string).unwrap_or_default();
        if subject.is_empty() || previous.is_some_and(|previous| previous.subject != subject) {
            return Err(ProviderError::Untrusted("GitHub names somebody else".to_owned()));
        }
        // The public mail address is one the person typed; only a verified one says who somebody is.
        let email = self.verified_email(&access_token).await?;
        claims.insert("email".to_owned(), email.clone().map_or(Value::Null, Value::String));
        let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
        let profile = Profile {
            email,
            display_name: text("name").or_else(|| text("login")),
            picture: text("avatar_url"),
        };
        Ok(Grant {
            profile,
            claims,
            subject,
            access_token,
            refresh_token: answer.refresh_token,
            id_token: None,
            // GitHub separates scopes by commas.
            scope: answer.scope.unwrap_or_default().replace(',', " "),
            expires_at: answer.expires_in.map(|seconds| now.saturating_add(seconds)),
        })
    }

    async fn verified_email(&self, access_token: &str) -> Result<Option<String>, ProviderError> {
        let emails: Vec<MailAddress> = match self.read("user/emails", access_token).await {
            Ok(emails) => emails,
            // An app may not have been given the right to ask.
            Err(ProviderError::Failed(HttpError::Status { status: 403 | 404, .. })) => return Ok(None),
            Err(error) => return Err(error),
        };
        let verified: Vec<MailAddress> = emails.into_iter().filter(|email| email.verified).collect();
        let primary = verified.iter().position(|email| email.primary).unwrap_or(0);
        Ok(verified.into_iter().nth(primary).map(|email| email.address))
    }

    async fn read<T: serde::de::DeserializeOwned>(&self, path: &str, access_token: &str) -> Result<T, ProviderError> {
        let request = self
            .http
            .get(&self.api(path))
            .bearer_auth(access_token)
            .header(reqwest::header::ACCEPT, "application/vnd.github+json");
        match http_client::json(request).await {
            Err(HttpError::Status { status: 401, .. }) => Err(ProviderError::Refused(
                "GitHub does not accept the session any more".to_owned(),
            )),
            result => Ok(result?),
        }
    }

    fn web(&self, path: &str) -> Url {
        below(&self.config.web_url, path)
    }

    fn api(&self, path: &str) -> Url {
        below(&self.config.api_url, path)
    }
}

/// A path below a URL, whose own path may or may not end in a slash.
fn below(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}/{path}", base.path().trim_end_matches('/')));
    url
}
