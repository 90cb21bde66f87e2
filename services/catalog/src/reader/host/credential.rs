//! What proves to a host who asks: a fixed token, or one that is asked for with a client's credentials and soon ends.

use std::time::Duration;

use callboard_service_kit::config::Secret;
use reqwest::{
    RequestBuilder,
    header::{ACCEPT, AUTHORIZATION, HeaderValue},
};
use serde_json::Value;
use tokio::{sync::Mutex, time::Instant};
use url::{Url, form_urlencoded};

use super::{ReadError, basic, bearer, failed};
use crate::reader::http::Http;

/// How long a request for a token may take.
const TIMEOUT: Duration = Duration::from_secs(30);
/// A token that does not say how long it is good for is taken to be good for so long.
const DEFAULT_LIFE: Duration = Duration::from_mins(5);
/// So much before its end a token is replaced, so that none ends on the way.
const MARGIN: Duration = Duration::from_mins(1);

/// One of the two.
#[derive(Debug)]
pub(super) enum Credential {
    Fixed(HeaderValue),
    Client(Box<Client>),
}

impl Credential {
    /// Tokens from `token_url` for a client.
    pub(super) fn of_client(token_url: Url, id: &str, secret: &Secret<String>, scope: Option<&'static str>) -> Self {
        Self::Client(Box::new(Client {
            token_url,
            id: id.to_owned(),
            secret: secret.clone(),
            scope,
            token: Mutex::default(),
        }))
    }

    /// The value of `Authorization`.
    pub(super) async fn authorization(&self, http: &Http) -> Result<HeaderValue, ReadError> {
        match self {
            Self::Fixed(value) => Ok(value.clone()),
            Self::Client(client) => client.authorization(http).await,
        }
    }
}

/// A client with credentials of its own (RFC 6749, section 4.4).
pub(super) struct Client {
    token_url: Url,
    id: String,
    secret: Secret<String>,
    scope: Option<&'static str>,
    /// The last token, and when it is to be replaced.
    token: Mutex<Option<(Instant, HeaderValue)>>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Client")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// What is asked for.
    fn form(&self) -> String {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "client_credentials");
        form.extend_pairs(self.scope.map(|scope| ("scope", scope)));
        form.finish()
    }

    async fn authorization(&self, http: &Http) -> Result<HeaderValue, ReadError> {
        // Held over the request: those who come meanwhile need the same answer.
        let mut token = self.token.lock().await;
        let now = Instant::now();
        if let Some((until, value)) = &*token
            && *until > now
        {
            return Ok(value.clone());
        }
        // Both are encoded as in a form before they are joined (RFC 6749, section 2.3.1).
        let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let request = http
            .client()
            .post(self.token_url.clone())
            .header(ACCEPT, "application/json")
            .header(reqwest::header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(
                AUTHORIZATION,
                basic(&encoded(&self.id), &encoded(self.secret.expose()))?,
            )
            .body(self.form());
        let whose = format!("client {}", self.id);
        let answer = ask_for_token(request, &whose).await?;
        let value = match answer["access_token"].as_str() {
            Some(token) => bearer(token)?,
            None => return Err(refused(&whose, "the answer has none")),
        };
        let life = answer["expires_in"].as_u64().map_or(DEFAULT_LIFE, Duration::from_secs);
        *token = Some((now + life.saturating_sub(MARGIN), value.clone()));
        Ok(value)
    }
}

/// Sends a request for a token and reads the answer.
pub(super) async fn ask_for_token(request: RequestBuilder, whose: &str) -> Result<Value, ReadError> {
    let problem = |error: reqwest::Error| refused(whose, &error.without_url().to_string());
    let response = request.timeout(TIMEOUT).send().await.map_err(problem)?;
    let status = response.status();
    if !status.is_success() {
        return Err(refused(whose, status.as_str()));
    }
    let body = response.bytes().await.map_err(problem)?;
    serde_json::from_slice(&body).map_err(|_| refused(whose, "the answer is no JSON"))
}

/// Why there is no token.
pub(super) fn refused(whose: &str, reason: &str) -> ReadError {
    failed(format!("{whose} got no token: {reason}"))
}
