//! `url` locations: on a source host by its API, elsewhere by plain HTTP from the hosts that `backend.reading.allow` names.

use callboard_catalog_model::location_ref::LocationRef;
use url::Url;

use super::{
    Read, ReadError, allow_list,
    body_cache::{BodyCache, CachedBody},
    failed,
    host::{self, SourceHosts, github_api::GitHubApi},
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
    bodies: Option<BodyCache>,
}

impl UrlReader {
    pub(super) fn new(settings: &Settings) -> Result<Self, ReadError> {
        Ok(Self {
            http: Http::new(settings.limits, settings.authorities.clone())?,
            hosts: SourceHosts::new(&settings.source_hosts)?,
            allowed: settings.allowed_hosts.clone(),
            bodies: settings.cache.as_ref().map(BodyCache::new),
        })
    }

    /// The API of a GitHub, by its host.
    pub(super) fn github(&self, host: &str) -> Option<GitHubApi<'_>> {
        self.hosts.github(&self.http, host)
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

    /// Reads a file. Asked without a validator, it answers content in any case, from the cache where the host says that it is the same.
    pub(super) async fn read(&self, target: &str, etag: Option<&str>) -> Result<Read, ReadError> {
        let url = parse(target)?;
        let cached = match (&self.bodies, etag) {
            (Some(bodies), None) => bodies.get(target).await,
            _ => None,
        };
        let validator = etag.or(cached.as_ref().map(|cached| cached.etag.as_str()));
        let answer = if let Some(host) = self.hosts.of(&url) {
            host.read(&self.http, &url, validator).await?
        } else {
            self.check(&url)?;
            let allow = |next: &Url| self.check(next);
            self.http.get(Request::to(url), validator, target, allow).await?
        };
        let (body, headers) = match (answer, cached) {
            (Answer::NotModified, Some(CachedBody { etag, body })) => {
                return Ok(Read::Content { body, etag: Some(etag) });
            }
            (Answer::NotModified, None) => return Ok(Read::NotModified),
            (Answer::Content { body, headers }, _) => (body, headers),
        };
        let etag = Answer::etag(&headers);
        if let (Some(bodies), Some(etag)) = (&self.bodies, &etag) {
            let cached = CachedBody {
                etag: etag.clone(),
                body: body.clone(),
            };
            bodies.put(target, &cached).await;
        }
        Ok(Read::Content { body, etag })
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
    Url::parse(target).map_err(|_| ReadError::Input("Invalid URL".to_owned()))
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
