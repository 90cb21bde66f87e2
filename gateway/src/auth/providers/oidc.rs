//! OpenID Connect: the authorisation code flow with PKCE and a nonce, by the provider's own description of itself.
//!
//! Over `reqwest` and `jsonwebtoken` rather than a client library: what a library would add is the verification of ID tokens,
//! which is the same as that of external programs' tokens and shares its cache of keys.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use parking_lot::Mutex;
use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use url::{Url, form_urlencoded::byte_serialize};

use super::{Authorization, Challenge, Grant, Profile, ProviderError, TokenAnswer, token_answer};
use crate::{
    auth::{
        external::remote_keys::{Expected, RemoteKeys, claim_is},
        http_client::{self, HttpClient},
    },
    config::auth::providers::{ClientAuthentication, OAuthConfig, OidcConfig},
};

/// The description is read again after so long.
const MAX_AGE: Duration = Duration::from_hours(1);
const WELL_KNOWN: &str = "/.well-known/";

/// What a provider says about itself.
#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: Endpoint,
    token_endpoint: Endpoint,
    jwks_uri: Endpoint,
    userinfo_endpoint: Option<Endpoint>,
    revocation_endpoint: Option<Endpoint>,
    end_session_endpoint: Option<Endpoint>,
}

/// A URL in a description.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Endpoint(Url);

impl TryFrom<String> for Endpoint {
    type Error = url::ParseError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Url::parse(&text).map(Self)
    }
}

struct Discovered {
    metadata: Metadata,
    keys: RemoteKeys,
    at: Instant,
}

/// An OpenID Connect provider.
pub(crate) struct OidcProvider {
    config: OidcConfig,
    http: HttpClient,
    discovered: Mutex<Option<Arc<Discovered>>>,
}

impl OidcProvider {
    pub(crate) fn new(config: OidcConfig, http: HttpClient) -> Self {
        Self {
            config,
            http,
            discovered: Mutex::new(None),
        }
    }

    pub(super) fn oauth(&self) -> &OAuthConfig {
        &self.config.oauth
    }

    /// The provider's description. It is read when it is first needed: a provider that is away must not keep the portal down.
    async fn discover(&self) -> Result<Arc<Discovered>, ProviderError> {
        let known = self.discovered.lock().clone();
        if let Some(known) = &known
            && known.at.elapsed() < MAX_AGE
        {
            return Ok(known.clone());
        }
        let mut url = self.config.metadata_url.clone();
        if !url.path().contains(WELL_KNOWN) {
            let path = format!("{}{WELL_KNOWN}openid-configuration", url.path().trim_end_matches('/'));
            url.set_path(&path);
        }
        let request = self.http.get(&url).timeout(self.config.timeout);
        let metadata: Metadata = match (http_client::json(request).await, known) {
            (Ok(metadata), _) => metadata,
            (Err(error), Some(known)) => {
                tracing::warn!(%error, "the provider's description cannot be read again; the old one serves");
                return Ok(known);
            }
            (Err(error), None) => return Err(error.into()),
        };
        let discovered = Arc::new(Discovered {
            keys: RemoteKeys::new(metadata.jwks_uri.0.clone(), self.http.clone()),
            metadata,
            at: Instant::now(),
        });
        *self.discovered.lock() = Some(discovered.clone());
        Ok(discovered)
    }

    pub(super) async fn authorization_url(&self, authorization: &Authorization<'_>) -> Result<Url, ProviderError> {
        let discovered = self.discover().await?;
        let mut url = discovered.metadata.authorization_endpoint.0.clone();
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&authorization.challenge.code_verifier));
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair("response_type", "code")
                .append_pair("client_id", &self.config.oauth.client_id)
                .append_pair("redirect_uri", self.config.oauth.callback_url.as_str())
                .append_pair("scope", authorization.scope)
                .append_pair("state", authorization.state)
                .append_pair("nonce", &authorization.challenge.nonce)
                .append_pair("code_challenge", &challenge)
                .append_pair("code_challenge_method", "S256");
            if let Some(prompt) = &self.config.prompt {
                query.append_pair("prompt", prompt);
            } else if authorization.scope.split(' ').any(|scope| scope == "offline_access") {
                // OpenID Connect wants people asked before their absence is used.
                query.append_pair("prompt", "consent");
            }
            for (name, value) in &self.config.start_parameters {
                query.append_pair(name, value);
            }
        }
        Ok(url)
    }

    pub(super) async fn exchange(&self, code: &str, challenge: &Challenge, now: i64) -> Result<Grant, ProviderError> {
        let discovered = self.discover().await?;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", self.config.oauth.callback_url.as_str()),
            ("code_verifier", &challenge.code_verifier),
        ];
        let answer = self.ask(&discovered.metadata.token_endpoint.0, &form).await?;
        let id_token = answer
            .id_token
            .as_deref()
            .ok_or_else(|| ProviderError::Untrusted("the provider gave no ID token".to_owned()))?;
        let claims = self.verify(&discovered, id_token, now).await?;
        if !claim_is(&claims, "nonce", &challenge.nonce) {
            return Err(ProviderError::Untrusted(
                "the ID token is for another sign-in: its nonce is wrong".to_owned(),
            ));
        }
        self.grant(&discovered, answer, claims, None, now).await
    }

    pub(super) async fn refresh(&self, grant: &Grant, scope: &str, now: i64) -> Result<Grant, ProviderError> {
        let discovered = self.discover().await?;
        let Some(refresh_token) = &grant.refresh_token else {
            // Without a refresh token the access token tells for as long as it lasts whether the person is still welcome.
            if grant.expires_at.is_some_and(|expires_at| expires_at <= now) {
                return Err(ProviderError::Refused(
                    "The provider gave no refresh token and its access token has expired: please sign in again"
                        .to_owned(),
                ));
            }
            let mut claims = grant.claims.clone();
            self.add_user_info(&discovered, &grant.access_token, &grant.subject, &mut claims)
                .await?;
            return Ok(Grant {
                profile: profile(&claims),
                claims,
                ..grant.clone()
            });
        };
        let mut form = vec![
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh_token.as_str()),
        ];
        if !scope.is_empty() {
            form.push(("scope", scope));
        }
        let answer = self.ask(&discovered.metadata.token_endpoint.0, &form).await?;
        let claims = match &answer.id_token {
            Some(id_token) => self.verify(&discovered, id_token, now).await?,
            None => grant.claims.clone(),
        };
        self.grant(&discovered, answer, claims, Some(grant), now).await
    }

    pub(super) async fn revoke(&self, grant: &Grant) -> Result<Option<Url>, ProviderError> {
        let discovered = self.discover().await?;
        if let (Some(Endpoint(endpoint)), Some(refresh_token)) =
            (&discovered.metadata.revocation_endpoint, &grant.refresh_token)
        {
            let form = [("token", refresh_token.as_str()), ("token_type_hint", "refresh_token")];
            http_client::bytes(self.request(endpoint, &form)).await?;
        }
        Ok(discovered
            .metadata
            .end_session_endpoint
            .as_ref()
            .map(|Endpoint(endpoint)| {
                let mut url = endpoint.clone();
                url.query_pairs_mut()
                    .append_pair("client_id", &self.config.oauth.client_id);
                if let Some(id_token) = &grant.id_token {
                    url.query_pairs_mut().append_pair("id_token_hint", id_token);
                }
                url
            }))
    }

    async fn ask(&self, endpoint: &Url, form: &[(&str, &str)]) -> Result<TokenAnswer, ProviderError> {
        token_answer(http_client::bytes(self.request(endpoint, form)).await)
    }

    /// A request with the portal's own credentials.
    fn request(&self, endpoint: &Url, form: &[(&str, &str)]) -> reqwest::RequestBuilder {
        let oauth = &self.config.oauth;
        let (id, secret) = (oauth.client_id.as_str(), oauth.client_secret.expose().as_str());
        let mut form = form.to_vec();
        let mut basic = None;
        match self.config.client_authentication {
            // Both are form-encoded before they are joined (RFC 6749, section 2.3.1).
            ClientAuthentication::ClientSecretBasic => {
                let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
                basic = Some(STANDARD.encode(format!("{}:{}", encoded(id), encoded(secret))));
            }
            ClientAuthentication::ClientSecretPost => form.extend([("client_id", id), ("client_secret", secret)]),
            ClientAuthentication::None => form.push(("client_id", id)),
        }
        let mut request = self.http.post_form(endpoint, &form).timeout(self.config.timeout);
        if let Some(basic) = basic {
            request = request.header(reqwest::header::AUTHORIZATION, format!("Basic {basic}"));
        }
        request
    }

    async fn verify(
        &self,
        discovered: &Discovered,
        id_token: &str,
        now: i64,
    ) -> Result<Map<String, Value>, ProviderError> {
        let client_id = &self.config.oauth.client_id;
        let expected = Expected {
            issuers: std::slice::from_ref(&discovered.metadata.issuer),
            audiences: std::slice::from_ref(client_id),
            algorithms: std::slice::from_ref(&self.config.signing_algorithm),
            now,
        };
        let claims = discovered
            .keys
            .verify(id_token, &expected)
            .await
            .map_err(|refusal| ProviderError::Untrusted(format!("the ID token is refused: {refusal}")))?;
        // A token for several parties says which of them asked for it.
        let party = claims.get("azp").and_then(Value::as_str);
        let has_several = claims
            .get("aud")
            .and_then(Value::as_array)
            .is_some_and(|all| all.len() > 1);
        if party.is_some_and(|party| party != client_id) || (has_several && party.is_none()) {
            return Err(ProviderError::Untrusted(
                "the ID token was made for somebody else".to_owned(),
            ));
        }
        Ok(claims)
    }

    /// What the provider gave, with what it kept from before.
    async fn grant(
        &self,
        discovered: &Discovered,
        answer: TokenAnswer,
        mut claims: Map<String, Value>,
        previous: Option<&Grant>,
        now: i64,
    ) -> Result<Grant, ProviderError> {
        let untrusted = |message: &str| ProviderError::Untrusted(message.to_owned());
        let subject = claims.get("sub").and_then(Value::as_str).unwrap_or_default().to_owned();
        if subject.is_empty() {
            return Err(untrusted("the ID token has no subject"));
        }
        if previous.is_some_and(|previous| previous.subject != subject) {
            return Err(untrusted("the refreshed session is somebody else's"));
        }
        let access_token = answer
            .access_token
            .ok_or_else(|| untrusted("the provider gave no access token"))?;
        self.add_user_info(discovered, &access_token, &subject, &mut claims)
            .await?;
        Ok(Grant {
            profile: profile(&claims),
            claims,
            subject,
            access_token,
            refresh_token: answer.refresh_token.or_else(|| previous?.refresh_token.clone()),
            id_token: answer.id_token.or_else(|| previous?.id_token.clone()),
            scope: answer
                .scope
                .or_else(|| Some(previous?.scope.clone()))
                .unwrap_or_default(),
            expires_at: answer.expires_in.map(|seconds| now.saturating_add(seconds)),
        })
    }

    /// Adds what the provider tells about the person; it must be the same person.
    async fn add_user_info(
        &self,
        discovered: &Discovered,
        access_token: &str,
        subject: &str,
        claims: &mut Map<String, Value>,
    ) -> Result<(), ProviderError> {
        let Some(Endpoint(endpoint)) = &discovered.metadata.userinfo_endpoint else {
            drop_unverified_mail(claims);
            return Ok(());
        };
        let request = self
            .http
            .get(endpoint)
            .bearer_auth(access_token)
            .timeout(self.config.timeout);
        let info: Map<String, Value> = match http_client::json(request).await {
            Err(http_client::HttpError::Status { status: 401 | 403, .. }) => {
                return Err(ProviderError::Refused(
                    "The provider does not accept the session any more".to_owned(),
                ));
            }
            result => result?,
        };
        if info.get("sub").and_then(Value::as_str) != Some(subject) {
            return Err(ProviderError::Untrusted("the user info is somebody else's".to_owned()));
        }
        claims.extend(info);
        drop_unverified_mail(claims);
        Ok(())
    }
}

/// Takes out a mail address that the provider says is not verified: anybody may have typed it.
fn drop_unverified_mail(claims: &mut Map<String, Value>) {
    if claims.get("email_verified") == Some(&Value::Bool(false)) {
        claims.remove("email");
    }
}

/// The profile in a person's claims.
fn profile(claims: &Map<String, Value>) -> Profile {
    let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
    Profile {
        email: text("email"),
        display_name: text("name").or_else(|| text("preferred_username")),
        picture: text("picture"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn unverified_mail_does_not_count() {
        let profile_of = |mut claims: Value| {
            let claims = claims.as_object_mut().expect("an object");
            drop_unverified_mail(claims);
            profile(claims)
        };
        let claims = json!({"email": "a@example.com", "name": "A", "picture": "p"});
        assert_eq!(profile_of(claims).email.as_deref(), Some("a@example.com"));
        let claims = json!({"email": "a@example.com", "email_verified": false, "preferred_username": "a"});
        let profile = profile_of(claims);
        assert_eq!((profile.email, profile.display_name.as_deref()), (None, Some("a")));
    }
}
