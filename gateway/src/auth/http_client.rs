//! Calls to sign-in providers and to those who publish keys.

use std::{fmt, time::Duration};

use callboard_service_kit::tls;
use reqwest::{Client, RequestBuilder, Response, redirect};
use serde::de::DeserializeOwned;
use url::Url;

/// No answer that is waited for here is larger.
const LARGEST_ANSWER: usize = 1024 * 1024;
/// A call takes no longer, unless its caller says otherwise.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Why a call failed. The text holds no secret: neither query nor body of the request.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HttpError {
    #[error("{host} cannot be reached: {cause}")]
    Unreachable { host: String, cause: String },
    #[error("{host} answered {status}")]
    Status { host: String, status: u16, body: Vec<u8> },
    #[error("{host} answered something else than was expected: {cause}")]
    Unexpected { host: String, cause: String },
}

/// Makes bounded calls, and follows no redirects: what holds a secret goes where it was meant to go.
#[derive(Clone)]
pub(crate) struct HttpClient {
    client: Client,
}

impl fmt::Debug for HttpClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("HttpClient")
    }
}

impl HttpClient {
    pub(crate) fn new() -> Result<Self, reqwest::Error> {
        tls::install_provider();
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(TIMEOUT)
            .timeout(TIMEOUT)
            .user_agent(concat!("callboard-gateway/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client })
    }

    pub(crate) fn get(&self, url: &Url) -> RequestBuilder {
        self.client.get(url.clone())
    }

    pub(crate) fn post_form(&self, url: &Url, form: &[(&str, &str)]) -> RequestBuilder {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        self.client
            .post(url.clone())
            .header(reqwest::header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(reqwest::header::ACCEPT, "application/json")
            .body(body)
    }

    pub(crate) fn delete(&self, url: &Url) -> RequestBuilder {
        self.client.delete(url.clone())
    }

    /// The JSON document at a URL.
    pub(crate) async fn get_json<T: DeserializeOwned>(&self, url: &Url) -> Result<T, HttpError> {
        json(self.get(url).header(reqwest::header::ACCEPT, "application/json")).await
    }
}

/// Sends a request and reads the JSON of its answer.
pub(crate) async fn json<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, HttpError> {
    let (host, body) = bytes(request).await?;
    serde_json::from_slice(&body).map_err(|error| HttpError::Unexpected {
        host,
        cause: error.to_string(),
    })
}

/// Sends a request; the host it went to, and its answer.
pub(crate) async fn bytes(request: RequestBuilder) -> Result<(String, Vec<u8>), HttpError> {
    let response = request.send().await.map_err(unreachable)?;
    let host = response.url().host_str().unwrap_or_default().to_owned();
    let status = response.status();
    let body = body(response, &host).await?;
    if status.is_success() {
        Ok((host, body))
    } else {
        Err(HttpError::Status {
            host,
            status: status.as_u16(),
            body,
        })
    }
}

async fn body(mut response: Response, host: &str) -> Result<Vec<u8>, HttpError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return Err(HttpError::Unexpected {
                host: host.to_owned(),
                cause: format!("more than {LARGEST_ANSWER} bytes"),
            });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The transport's error without the URL, whose query may hold a secret.
fn unreachable(error: reqwest::Error) -> HttpError {
    let host = error.url().and_then(Url::host_str).unwrap_or("the provider").to_owned();
    let error = error.without_url();
    let mut cause = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(inner) = source {
        cause = format!("{cause}: {inner}");
        source = inner.source();
    }
    HttpError::Unreachable { host, cause }
}
