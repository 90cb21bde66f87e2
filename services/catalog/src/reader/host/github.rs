//! GitHub and GitHub Enterprise, by the REST API: "Get repository content" and "Get a tree" of docs.github.com/rest.

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderName, HeaderValue};
use serde_json::Value;
use url::Url;

use super::{
    Address, ReadError, SourceHost, base, bearer, below, github_app::GitHubApp, on_host, segments,
    settings::GitHubSettings, with_path_after,
};
use crate::reader::http::{Http, Request};

/// The version of the API that this is written for.
pub(super) const API_VERSION: (HeaderName, HeaderValue) = (
    HeaderName::from_static("x-github-api-version"),
    HeaderValue::from_static("2022-11-28"),
);
const RAW: HeaderValue = HeaderValue::from_static("application/vnd.github.raw+json");
pub(super) const JSON: HeaderValue = HeaderValue::from_static("application/vnd.github+json");

#[derive(Debug)]
pub(in crate::reader) struct GitHub {
    host: String,
    api: Url,
    /// Where files are without credentials.
    raw: Option<Url>,
    token: Option<HeaderValue>,
    apps: Vec<GitHubApp>,
}

impl GitHub {
    pub(super) fn new(settings: &GitHubSettings) -> Result<Self, ReadError> {
        let api = base(settings.api_base_url.as_ref(), &settings.host)?;
        let apps = settings.apps.iter().map(|app| GitHubApp::new(app, &api));
        Ok(Self {
            apps: apps.collect::<Result<_, _>>()?,
            api,
            raw: settings.raw_base_url.as_ref().map(|base| base.url().clone()),
            token: settings
                .token
                .as_ref()
                .map(|token| bearer(token.expose()))
                .transpose()?,
            host: settings.host.clone(),
        })
    }

    /// What proves who asks: the first app that is installed at the owner, else the token.
    pub(super) async fn authorization(&self, http: &Http, owner: &str) -> Result<Option<HeaderValue>, ReadError> {
        for app in &self.apps {
            if let Some(token) = app.token_for(http, owner).await? {
                return Ok(Some(token));
            }
        }
        Ok(self.token.clone())
    }

    /// Its host, as addresses have it.
    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// Where its REST API is.
    pub(super) fn api(&self) -> &Url {
        &self.api
    }

    /// Its apps.
    pub(super) fn apps(&self) -> &[GitHubApp] {
        &self.apps
    }

    async fn request(
        &self,
        http: &Http,
        address: &Address,
        url: Url,
        accept: HeaderValue,
    ) -> Result<Request, ReadError> {
        let request = Request::to(url)
            .header(ACCEPT, accept)
            .header(API_VERSION.0, API_VERSION.1);
        Ok(match self.authorization(http, owner(address)).await? {
            Some(value) => request.header(AUTHORIZATION, value),
            None => request,
        })
    }

    async fn tree(&self, http: &Http, address: &Address, tree: &str, recursive: bool) -> Result<Tree, ReadError> {
        let mut url = below(
            &self.api,
            ["repos"]
                .into_iter()
                .chain(parts(address))
                .chain(["git", "trees", tree]),
        );
        if recursive {
            url.query_pairs_mut().append_pair("recursive", "1");
        }
        let what = format!("the tree of {}", parts(address).collect::<Vec<_>>().join("/"));
        let request = self.request(http, address, url, JSON).await?;
        let (body, _) = http.get_json(request, &what).await?;
        Ok(Tree::of(&body))
    }
}

/// One answer of "Get a tree".
struct Tree {
    files: Vec<String>,
    /// Path and SHA.
    folders: Vec<(String, String)>,
    truncated: bool,
}

impl Tree {
    fn of(body: &Value) -> Self {
        let mut tree = Self {
            files: Vec::new(),
            folders: Vec::new(),
            truncated: body["truncated"].as_bool().unwrap_or(false),
        };
        for entry in body["tree"].as_array().into_iter().flatten() {
            match (entry["type"].as_str(), entry["path"].as_str(), entry["sha"].as_str()) {
                (Some("blob"), Some(path), _) => tree.files.push(path.to_owned()),
                (Some("tree"), Some(path), Some(sha)) => tree.folders.push((path.to_owned(), sha.to_owned())),
                _ => {}
            }
        }
        tree
    }
}

fn owner(address: &Address) -> &str {
    address.repository.first().map_or("", String::as_str)
}

fn parts(address: &Address) -> impl Iterator<Item = &str> {
    address.repository.iter().map(String::as_str)
}

impl SourceHost for GitHub {
    const SHAPE: &'static str = "/OWNER/REPOSITORY/blob/BRANCH/PATH";

    fn serves(&self, url: &Url) -> bool {
        on_host(url, &self.host)
    }

    fn locate(&self, url: &Url) -> Option<Address> {
        let segments = segments(url);
        let [owner, name, view, reference, path @ ..] = segments.as_slice() else {
            return None;
        };
        let known = matches!(view.as_str(), "blob" | "raw" | "tree" | "edit");
        (known && !path.is_empty()).then(|| Address {
            repository: vec![owner.clone(), name.trim_end_matches(".git").to_owned()],
            reference: Some(reference.clone()),
            path: path.join("/"),
        })
    }

    fn sibling(&self, pattern: &Url, path: &str) -> Url {
        with_path_after(pattern, 4, path)
    }

    async fn file_request(&self, http: &Http, address: &Address) -> Result<Request, ReadError> {
        let reference = address.reference.as_deref().unwrap_or("HEAD");
        let file = address.path.split('/');
        // Without credentials the API allows 60 requests an hour; the raw files have no such limit.
        if let (Some(raw), true, None) = (&self.raw, self.apps.is_empty(), &self.token) {
            let url = below(raw, parts(address).chain([reference]).chain(file));
            return Ok(Request::to(url));
        }
        let mut url = below(
            &self.api,
            ["repos"]
                .into_iter()
                .chain(parts(address))
                .chain(["contents"])
                .chain(file),
        );
        url.query_pairs_mut().append_pair("ref", reference);
        self.request(http, address, url, RAW).await
    }

    async fn list_files(&self, http: &Http, address: &Address, folder: &str) -> Result<Vec<String>, ReadError> {
        let reference = address.reference.as_deref().unwrap_or("HEAD");
        let whole = self.tree(http, address, reference, true).await?;
        if !whole.truncated {
            return Ok(whole.files);
        }
        // A repository too large for one answer is walked, folder by folder, below the part that matters.
        let mut files = Vec::new();
        let mut pending = vec![(String::new(), reference.to_owned())];
        while let Some((path, tree)) = pending.pop() {
            let answer = self.tree(http, address, &tree, false).await?;
            let within = |name: &str| match path.as_str() {
                "" => name.to_owned(),
                path => format!("{path}/{name}"),
            };
            files.extend(answer.files.iter().map(|name| within(name)));
            for (name, sha) in &answer.folders {
                let path = within(name);
                if leads_to(&path, folder) {
                    pending.push((path, sha.clone()));
                }
            }
        }
        Ok(files)
    }
}

/// Whether a folder is on the way to another, or below it.
fn leads_to(path: &str, folder: &str) -> bool {
    let inside = |inner: &str, outer: &str| {
        outer.is_empty()
            || inner
                .strip_prefix(outer)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    inside(path, folder) || inside(folder, path)
}
