//! Gitea and Forgejo, by the REST API, version 1: `repoGetRawFile` and `GetTree` of their `/api/swagger`.

use reqwest::header::{AUTHORIZATION, HeaderValue};
use url::Url;

use super::{
    Address, MAX_PAGES, ReadError, SourceHost, base, basic, below, endless, on_host, secret_header, segments,
    settings::GiteaSettings, with_path_after,
};
use crate::reader::http::{Http, Request};

#[derive(Debug)]
pub(in crate::reader) struct Gitea {
    host: String,
    api: Url,
    /// How many segments of a page's address come before the owner.
    prefix: usize,
    authorization: Option<HeaderValue>,
}

impl Gitea {
    pub(super) fn new(settings: &GiteaSettings) -> Result<Self, ReadError> {
        let root = base(settings.base_url.as_ref(), &settings.host)?;
        let authorization = match (&settings.username, &settings.password) {
            (Some(user), Some(password)) => Some(basic(user, password.expose())?),
            (None, Some(token)) => Some(secret_header(&format!("token {}", token.expose()))?),
            (_, None) => None,
        };
        Ok(Self {
            api: below(&root, ["api", "v1"]),
            prefix: segments(&root).len(),
            host: settings.host.clone(),
            authorization,
        })
    }

    fn request(&self, address: &Address, rest: &[&str], query: &[(&str, &str)]) -> Request {
        let repository = address.repository.iter().map(String::as_str);
        let path = ["repos"].into_iter().chain(repository).chain(rest.iter().copied());
        let mut url = below(&self.api, path);
        url.query_pairs_mut().extend_pairs(query);
        let request = Request::to(url);
        match &self.authorization {
            Some(value) => request.header(AUTHORIZATION, value.clone()),
            None => request,
        }
    }
}

impl SourceHost for Gitea {
    const SHAPE: &'static str = "/OWNER/REPOSITORY/src/branch/BRANCH/PATH";

    fn serves(&self, url: &Url) -> bool {
        on_host(url, &self.host)
    }

    fn locate(&self, url: &Url) -> Option<Address> {
        let segments = segments(url);
        let [owner, name, view, kind, reference, path @ ..] = segments.get(self.prefix..)? else {
            return None;
        };
        let known = matches!(view.as_str(), "src" | "raw") && matches!(kind.as_str(), "branch" | "tag" | "commit");
        (known && !path.is_empty()).then(|| Address {
            repository: vec![owner.clone(), name.clone()],
            reference: Some(reference.clone()),
            path: path.join("/"),
        })
    }

    fn sibling(&self, pattern: &Url, path: &str) -> Url {
        with_path_after(pattern, self.prefix + 5, path)
    }

    async fn file_request(&self, _http: &Http, address: &Address) -> Result<Request, ReadError> {
        let path: Vec<&str> = ["raw"].into_iter().chain(address.path.split('/')).collect();
        let reference = address.reference.as_deref().unwrap_or("HEAD");
        Ok(self.request(address, &path, &[("ref", reference)]))
    }

    async fn list_files(&self, http: &Http, address: &Address, _folder: &str) -> Result<Vec<String>, ReadError> {
        let what = format!("the files of {}", address.repository.join("/"));
        let reference = address.reference.as_deref().unwrap_or("HEAD");
        let mut files = Vec::new();
        for page in 1..=MAX_PAGES {
            let page = page.to_string();
            let query = [("recursive", "true"), ("per_page", "1000"), ("page", page.as_str())];
            let request = self.request(address, &["git", "trees", reference], &query);
            let (body, _) = http.get_json(request, &what).await?;
            let entries = body["tree"].as_array().map(Vec::as_slice).unwrap_or_default();
            let blobs = entries.iter().filter(|entry| entry["type"] == "blob");
            files.extend(blobs.filter_map(|entry| entry["path"].as_str().map(str::to_owned)));
            if !body["truncated"].as_bool().unwrap_or(false) || entries.is_empty() {
                return Ok(files);
            }
        }
        Err(endless(&what))
    }
}
