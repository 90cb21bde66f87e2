//! `url` locations: on a source host by its API, elsewhere by plain HTTP from the hosts that `backend.reading.allow` names.

use callboard_catalog_model::location_ref::LocationRef;
use url::Url;

use super::{
    Read, ReadError, allow_list, failed,
    host::{self, SourceHosts},
    http::{Answer, Http, Request},
};
use crate::settings::{AllowedHost, Settings};

/// Longest message kept of a failure, in characters.
const MAX_MESSAGE: usize = 5000;

#[derive(Debug)]
pub(super) struct UrlReader {
    http: Http,
    hosts: SourceHosts,
    allowed: Vec<AllowedHost>,
}

impl UrlReader {
    pub(super) fn new(settings: &Settings) -> Result<Self, ReadError> {
        Ok(Self {
            http: Http::new(settings.limits, settings.authorities.clone())?,
            hosts: SourceHosts::new(&settings.source_hosts)?,
            allowed: settings.allowed_hosts.clone(),
        })
    }

    /// The files that a location's address stands for.
    pub(super) async fn list(&self, location: &LocationRef) -> Result<Vec<LocationRef>, ReadError> {
        let url = parse(&location.target)?;
        if let Some(host) = self.hosts.of(&url) {
            if !host::is_pattern(&url) {
                return Ok(vec![location.clone()]);
            }
            let files = host.list(&self.http, &url).await?;
            return Ok(files
                .into_iter()
                .map(|target| LocationRef {
                    kind: location.kind.clone(),
                    target,
                })
                .collect());
        }
        self.check(&url)?;
        if url.path().contains(['*', '?']) {
            return Err(failed(format!("Unsupported search pattern URL: {}", location.target)));
        }
        Ok(vec![location.clone()])
    }

    pub(super) async fn read(&self, target: &str, etag: Option<&str>) -> Result<Read, ReadError> {
        let url = parse(target)?;
        let answer = if let Some(host) = self.hosts.of(&url) {
            host.read(&self.http, &url, etag).await?
        } else {
            self.check(&url)?;
            let allow = |next: &Url| self.check(next);
            self.http.get(Request::to(url), etag, target, allow).await?
        };
        Ok(match answer {
            Answer::NotModified => Read::NotModified,
            Answer::Content { body, headers } => Read::Content {
                body,
                etag: Answer::etag(&headers),
            },
        })
    }

    fn check(&self, url: &Url) -> Result<(), ReadError> {
        if matches!(url.scheme(), "http" | "https") && allow_list::is_allowed(&self.allowed, url) {
            return Ok(());
        }
        Err(ReadError::NotAllowed(format!(
            "Reading from '{url}' is not allowed. You may need to configure an integration for the target host, or \
             add it to the configured list of allowed hosts at 'backend.reading.allow'"
        )))
    }
}

fn parse(target: &str) -> Result<Url, ReadError> {
    Url::parse(target).map_err(|error| ReadError::Input(format!("Invalid URL {target}: {error}")))
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
