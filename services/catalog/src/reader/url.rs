//! `url` locations read by plain HTTP, from the hosts that `backend.reading.allow` names.

use bytes::{Bytes, BytesMut};
use callboard_catalog_model::location_ref::LocationRef;
use reqwest::{Client, Response, StatusCode, header, redirect};
use url::Url;

use super::{Read, ReadError, allow_list, file::too_large};
use crate::settings::{AllowedHost, ReadLimits, Settings};

/// How many redirects one read follows; each target must be allowed as well.
const MAX_REDIRECTS: usize = 5;
/// Longest message kept of a failure, in characters.
const MAX_MESSAGE: usize = 5000;

#[derive(Debug)]
pub(super) struct UrlReader {
    client: Client,
    allowed: Vec<AllowedHost>,
    limits: ReadLimits,
}

impl UrlReader {
    pub(super) fn new(settings: &Settings) -> Result<Self, ReadError> {
        // The process default: a second call is refused and changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            // Followed by hand: each hop has to be allowed.
            .redirect(redirect::Policy::none())
            .connect_timeout(settings.limits.read_timeout.min(std::time::Duration::from_secs(10)))
            .user_agent(concat!("callboard-catalog/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| ReadError::Failed(format!("no HTTP client: {error}")))?;
        Ok(Self {
            client,
            allowed: settings.allowed_hosts.clone(),
            limits: settings.limits,
        })
    }

    pub(super) fn list(&self, location: &LocationRef) -> Result<Vec<LocationRef>, ReadError> {
        let url = self.check(&location.target)?;
        if url.path().contains(['*', '?']) {
            return Err(failed(format!("Unsupported search pattern URL: {}", location.target)));
        }
        Ok(vec![location.clone()])
    }

    pub(super) async fn read(&self, target: &str, etag: Option<&str>) -> Result<Read, ReadError> {
        let read = tokio::time::timeout(self.limits.read_timeout, self.follow(target, etag)).await;
        match read {
            Err(_) => Err(failed(format!(
                "{target} did not answer within {} s",
                self.limits.read_timeout.as_secs_f64()
            ))),
            Ok(result) => result,
        }
    }

    async fn follow(&self, target: &str, etag: Option<&str>) -> Result<Read, ReadError> {
        let mut url = self.check(target)?;
        for _ in 0..=MAX_REDIRECTS {
            let mut request = self.client.get(url.clone());
            if let Some(etag) = etag {
                request = request.header(header::IF_NONE_MATCH, etag);
            }
            let response = request.send().await.map_err(|error| failed(describe(&error)))?;
            let status = response.status();
            if status.is_redirection() && status != StatusCode::NOT_MODIFIED {
                let location = response
                    .headers()
                    .get(header::LOCATION)
                    .and_then(|value| value.to_str().ok())
                    .ok_or_else(|| failed(format!("{url} answered {status} without a target")))?;
                let next = url
                    .join(location)
                    .map_err(|error| failed(format!("{url} redirects to {location}: {error}")))?;
                url = self.check(next.as_str())?;
                continue;
            }
            return self.receive(target, response).await;
        }
        Err(failed(format!("{target} redirects more than {MAX_REDIRECTS} times")))
    }

    async fn receive(&self, target: &str, mut response: Response) -> Result<Read, ReadError> {
        let status = response.status();
        if status == StatusCode::NOT_MODIFIED {
            return Ok(Read::NotModified);
        }
        if status == StatusCode::NOT_FOUND {
            return Err(ReadError::NotFound(format!("could not read {target}, {status}")));
        }
        if !status.is_success() {
            return Err(failed(format!("could not read {target}, {status}")));
        }
        let limit = self.limits.file_bytes;
        let etag = response
            .headers()
            .get(header::ETAG)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        if response.content_length().is_some_and(|length| length > limit as u64) {
            return Err(too_large(target, limit));
        }
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| failed(describe(&error)))? {
            if body.len() + chunk.len() > limit {
                return Err(too_large(target, limit));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Read::Content {
            body: Bytes::from(body),
            etag,
        })
    }

    fn check(&self, target: &str) -> Result<Url, ReadError> {
        let url = Url::parse(target).map_err(|error| ReadError::Input(format!("Invalid URL {target}: {error}")))?;
        if !matches!(url.scheme(), "http" | "https") || !allow_list::is_allowed(&self.allowed, &url) {
            return Err(ReadError::NotAllowed(format!(
                "Reading from '{target}' is not allowed. You may need to configure an integration for the target host, or \
                 add it to the configured list of allowed hosts at 'backend.reading.allow'"
            )));
        }
        Ok(url)
    }
}

fn failed(message: String) -> ReadError {
    ReadError::Failed(message)
}

/// How a location tells that its URL could not be read: the reason alone counts, whatever kind of failure it was.
pub(super) fn of_location(error: ReadError, location: &LocationRef) -> ReadError {
    match error {
        ReadError::NotFound(_) => ReadError::NotFound(format!(
            "Unable to read url, no matching files found for {}",
            location.target
        )),
        ReadError::NotAllowed(message) | ReadError::Input(message) | ReadError::Failed(message) => {
            let message: String = message.chars().take(MAX_MESSAGE).collect();
            ReadError::Failed(format!("Unable to read url, {message}"))
        }
    }
}

/// A transport error with its causes: the outermost alone says only that something went wrong.
fn describe(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}
