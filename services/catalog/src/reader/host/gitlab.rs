//! GitLab, by its REST API, version 4: "Repository files" and "Repositories" of docs.gitlab.com/api.

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue, LINK};
use serde_json::Value;
use url::Url;

use super::{
    Address, MAX_PAGES, ReadError, SourceHost, base, bearer, below, endless, on_host, segments,
    settings::GitLabSettings, with_path_after,
};
use crate::reader::http::{Http, Request, stay_on};

#[derive(Debug)]
pub(in crate::reader) struct GitLab {
    host: String,
    api: Url,
    /// How many segments of a page's address come before the project.
    prefix: usize,
    token: Option<HeaderValue>,
}

impl GitLab {
    pub(super) fn new(settings: &GitLabSettings) -> Result<Self, ReadError> {
        Ok(Self {
            api: base(settings.api_base_url.as_ref(), &settings.host)?,
            prefix: segments(&base(settings.base_url.as_ref(), &settings.host)?).len(),
            token: settings
                .token
                .as_ref()
                .map(|token| bearer(token.expose()))
                .transpose()?,
            host: settings.host.clone(),
        })
    }

    fn request(&self, url: Url) -> Request {
        let request = Request::to(url);
        match &self.token {
            Some(token) => request.header(AUTHORIZATION, token.clone()),
            None => request,
        }
    }

    /// How many segments come before the path of a file.
    fn path_starts(&self, segments: &[String]) -> Option<usize> {
        let view = |segment: &String| matches!(segment.as_str(), "blob" | "raw" | "tree" | "edit");
        let of_project = segments.get(self.prefix..)?;
        // A group and a name come first; both might be called like a view.
        let offset = of_project.iter().skip(2).position(view)? + 2;
        Some(self.prefix + offset + 2)
    }
}

impl SourceHost for GitLab {
    const SHAPE: &'static str = "/GROUP/PROJECT/-/blob/BRANCH/PATH";

    fn serves(&self, url: &Url) -> bool {
        on_host(url, &self.host)
    }

    fn locate(&self, url: &Url) -> Option<Address> {
        let segments = segments(url);
        let start = self.path_starts(&segments)?;
        let path = segments.get(start..).filter(|path| !path.is_empty())?;
        let project = &segments[self.prefix..start - 2];
        let project = project.strip_suffix(&["-".to_owned()]).unwrap_or(project);
        Some(Address {
            repository: vec![project.join("/")],
            reference: segments.get(start - 1).cloned(),
            path: path.join("/"),
        })
    }

    fn sibling(&self, pattern: &Url, path: &str) -> Url {
        let start = self.path_starts(&segments(pattern)).unwrap_or_default();
        with_path_after(pattern, start, path)
    }

    async fn file_request(&self, _http: &Http, address: &Address) -> Result<Request, ReadError> {
        let project = address.repository.concat();
        // The path is one segment here, its slashes encoded.
        let mut url = below(
            &self.api,
            ["projects", &project, "repository", "files", &address.path, "raw"],
        );
        let reference = address.reference.as_deref().unwrap_or("HEAD");
        url.query_pairs_mut().append_pair("ref", reference);
        Ok(self.request(url))
    }

    async fn list_files(&self, http: &Http, address: &Address, folder: &str) -> Result<Vec<String>, ReadError> {
        let project = address.repository.concat();
        let what = format!("the files of {project}");
        let mut url = below(&self.api, ["projects", &project, "repository", "tree"]);
        url.query_pairs_mut()
            .append_pair("path", folder)
            .append_pair("ref", address.reference.as_deref().unwrap_or("HEAD"))
            .append_pair("recursive", "true")
            .append_pair("pagination", "keyset")
            .append_pair("per_page", "100");
        let mut files = Vec::new();
        for _ in 0..MAX_PAGES {
            let (body, headers) = http.get_json(self.request(url.clone()), &what).await?;
            files.extend(blobs(&body));
            match next_page(&headers, &url) {
                Some(next) => {
                    stay_on(&self.api.origin(), &next, &what)?;
                    url = next;
                }
                None => return Ok(files),
            }
        }
        Err(endless(&what))
    }
}

fn blobs(body: &Value) -> impl Iterator<Item = String> {
    let entries = body.as_array().map(Vec::as_slice).unwrap_or_default();
    entries
        .iter()
        .filter(|entry| entry["type"] == "blob")
        .filter_map(|entry| entry["path"].as_str().map(str::to_owned))
}

/// The address with `rel="next"` (RFC 8288).
fn next_page(headers: &HeaderMap, current: &Url) -> Option<Url> {
    let links = headers.get(LINK)?.to_str().ok()?;
    let next = links.split(',').find(|link| link.contains("rel=\"next\""))?;
    let target = next.split_once('<')?.1.split_once('>')?.0;
    current.join(target).ok()
}
