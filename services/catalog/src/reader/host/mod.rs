//! Source hosts: files are read through their APIs, with the credentials that `integrations` holds, and an address with `*` in
//! its path stands for all files of the repository that match.
//!
//! To add one: its section in [`settings`], a file here that implements [`SourceHost`], a variant of [`Host`] and a line in
//! [`SourceHosts::new`].

mod aws_s3;
mod azure;
mod bitbucket_cloud;
mod bitbucket_server;
mod credential;
mod gitea;
mod github;
pub(crate) mod github_api;
mod github_app;
mod gitlab;
pub(crate) mod pattern;
pub mod settings;

use percent_encoding::percent_decode_str;
use reqwest::header::HeaderValue;
use url::Url;

use self::{
    aws_s3::AwsS3,
    azure::Azure,
    bitbucket_cloud::BitbucketCloud,
    bitbucket_server::BitbucketServer,
    gitea::Gitea,
    github::GitHub,
    github_api::GitHubApi,
    gitlab::GitLab,
    pattern::Pattern,
    settings::{BaseUrl, SourceHostSettings},
};
use super::{
    ReadError, failed,
    http::{Answer, Http, Request, stay_on},
};

/// How many pages of a listing are asked for, so that one that never ends does.
const MAX_PAGES: usize = 1000;

/// A file of a repository, or the pattern of some.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Address {
    /// What the host calls the repository, in parts.
    repository: Vec<String>,
    /// Branch, tag or commit; none: the default branch.
    reference: Option<String>,
    /// From the root of the repository, without a slash in front.
    path: String,
}

/// One kind of source host.
trait SourceHost {
    /// What the path of an address looks like, for errors.
    const SHAPE: &'static str;

    /// Whether addresses of this kind belong to the host.
    fn serves(&self, url: &Url) -> bool;

    /// Takes an address apart; `None` when it is not one of a file.
    fn locate(&self, url: &Url) -> Option<Address>;

    /// The address of another file beside the pattern's.
    fn sibling(&self, pattern: &Url, path: &str) -> Url;

    /// The request that answers a file's bytes.
    async fn file_request(&self, http: &Http, address: &Address) -> Result<Request, ReadError>;

    /// The paths of all files at or below a folder (empty: the whole repository).
    async fn list_files(&self, http: &Http, address: &Address, folder: &str) -> Result<Vec<String>, ReadError>;
}

/// A configured or commonly known source host.
#[derive(Debug)]
pub(super) enum Host {
    GitHub(GitHub),
    GitLab(GitLab),
    BitbucketCloud(BitbucketCloud),
    BitbucketServer(BitbucketServer),
    Gitea(Gitea),
    Azure(Azure),
    AwsS3(AwsS3),
}

/// Calls the same method of whichever host it is.
macro_rules! each {
    ($host:expr, $inner:ident => $call:expr) => {
        match $host {
            Host::GitHub($inner) => $call,
            Host::GitLab($inner) => $call,
            Host::BitbucketCloud($inner) => $call,
            Host::BitbucketServer($inner) => $call,
            Host::Gitea($inner) => $call,
            Host::Azure($inner) => $call,
            Host::AwsS3($inner) => $call,
        }
    };
}

impl Host {
    /// Reads one file.
    pub(super) async fn read(&self, http: &Http, url: &Url, etag: Option<&str>) -> Result<Answer, ReadError> {
        each!(self, host => read(host, http, url, etag).await)
    }

    /// The addresses of all files that match a pattern, ordered.
    pub(super) async fn list(&self, http: &Http, pattern: &Url) -> Result<Vec<String>, ReadError> {
        each!(self, host => list(host, http, pattern).await)
    }
}

async fn read<H: SourceHost>(host: &H, http: &Http, url: &Url, etag: Option<&str>) -> Result<Answer, ReadError> {
    let address = locate(host, url)?;
    let request = host.file_request(http, &address).await?;
    let origin = request.url.origin();
    http.get(request, etag, url.as_str(), |next| stay_on(&origin, next, url.as_str()))
        .await
}

async fn list<H: SourceHost>(host: &H, http: &Http, url: &Url) -> Result<Vec<String>, ReadError> {
    let address = locate(host, url)?;
    let pattern = Pattern::new(&address.path)?;
    let mut paths = host.list_files(http, &address, pattern.folder()).await?;
    paths.retain(|path| pattern.matches(path));
    paths.sort_unstable();
    if paths.is_empty() {
        return Err(ReadError::NotFound(format!("no file matches {url}")));
    }
    Ok(paths.iter().map(|path| String::from(host.sibling(url, path))).collect())
}

fn locate<H: SourceHost>(host: &H, url: &Url) -> Result<Address, ReadError> {
    host.locate(url).ok_or_else(|| {
        ReadError::Input(format!(
            "{url} is no address of a file on its host; expected {}",
            H::SHAPE
        ))
    })
}

/// Whether an address stands for many files.
pub(super) fn is_pattern(url: &Url) -> bool {
    let path = percent_decode_str(url.path()).decode_utf8_lossy();
    let in_query = url
        .query_pairs()
        .any(|(name, value)| name == "path" && pattern::is_pattern(&value));
    pattern::is_pattern(&path) || in_query
}

/// All source hosts.
#[derive(Debug)]
pub(super) struct SourceHosts {
    hosts: Vec<Host>,
}

impl SourceHosts {
    /// Builds them in the order in which they are asked whether an address is theirs.
    pub(super) fn new(settings: &SourceHostSettings) -> Result<Self, ReadError> {
        let mut hosts = Vec::new();
        for host in &settings.azure {
            hosts.push(Host::Azure(Azure::new(host)?));
        }
        for host in &settings.bitbucket_cloud {
            hosts.push(Host::BitbucketCloud(BitbucketCloud::new(host)?));
        }
        for host in &settings.bitbucket_server {
            hosts.push(Host::BitbucketServer(BitbucketServer::new(host)?));
        }
        for host in &settings.github {
            hosts.push(Host::GitHub(GitHub::new(host)?));
        }
        for host in &settings.gitea {
            hosts.push(Host::Gitea(Gitea::new(host)?));
        }
        for host in &settings.gitlab {
            hosts.push(Host::GitLab(GitLab::new(host)?));
        }
        for host in &settings.aws_s3 {
            hosts.push(Host::AwsS3(AwsS3::new(host)));
        }
        Ok(Self { hosts })
    }

    /// The API of a GitHub, by the host that `integrations` has it under.
    pub(super) fn github<'hosts>(&'hosts self, http: &'hosts Http, name: &str) -> Option<GitHubApi<'hosts>> {
        self.hosts.iter().find_map(|host| match host {
            Host::GitHub(github) if github.host().eq_ignore_ascii_case(name) => Some(GitHubApi::new(http, github)),
            _ => None,
        })
    }

    /// The host that an address belongs to.
    pub(super) fn of(&self, url: &Url) -> Option<&Host> {
        if !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        self.hosts.iter().find(|host| each!(host, inner => inner.serves(url)))
    }
}

/// Whether an address is on a host, its port included.
fn on_host(url: &Url, host: &str) -> bool {
    let Some(name) = url.host_str() else { return false };
    match url.port() {
        None => host.eq_ignore_ascii_case(name),
        Some(port) => host.eq_ignore_ascii_case(&format!("{name}:{port}")),
    }
}

/// The segments of an address's path, decoded.
fn segments(url: &Url) -> Vec<String> {
    url.path()
        .split('/')
        .filter(|segment| !segment.is_empty())
        .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
        .collect()
}

/// An address below another, each segment encoded, a slash within one too.
fn below<'segment>(base: &Url, segments: impl IntoIterator<Item = &'segment str>) -> Url {
    let mut url = base.clone();
    // Only an address without a host has no segments, and none such passes the settings.
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments);
    }
    url
}

/// The same address with other last segments: `kept` segments stay.
fn with_path_after(url: &Url, kept: usize, path: &str) -> Url {
    let first: Vec<String> = segments(url).into_iter().take(kept).collect();
    let mut replaced = url.clone();
    replaced.set_path("");
    below(&replaced, first.iter().map(String::as_str).chain(path.split('/')))
}

/// The address that a host's requests go below.
fn base(url: Option<&BaseUrl>, host: &str) -> Result<Url, ReadError> {
    let missing = || ReadError::Input(format!("'{host}' in 'integrations' is no name of a host"));
    url.map(|base| base.url().clone()).ok_or_else(missing)
}

/// A header value that is not shown in debug output.
fn secret_header(text: &str) -> Result<HeaderValue, ReadError> {
    let mut value = HeaderValue::from_str(text)
        .map_err(|_| failed("a token in 'integrations' holds characters that no header may hold".to_owned()))?;
    value.set_sensitive(true);
    Ok(value)
}

fn bearer(token: &str) -> Result<HeaderValue, ReadError> {
    secret_header(&format!("Bearer {token}"))
}

fn basic(user: &str, password: &str) -> Result<HeaderValue, ReadError> {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    secret_header(&format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))))
}

/// A listing that is longer than anybody's repository.
fn endless(what: &str) -> ReadError {
    failed(format!("could not list {what}, it has more than {MAX_PAGES} pages"))
}

#[cfg(test)]
mod tests;
