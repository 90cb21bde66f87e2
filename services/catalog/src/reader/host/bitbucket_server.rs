//! Bitbucket Server and Data Center, by the REST API: "Repository" of developer.atlassian.com/server/bitbucket/rest.

use reqwest::header::{AUTHORIZATION, HeaderValue};
use url::Url;

use super::{
    Address, MAX_PAGES, ReadError, SourceHost, base, basic, bearer, below, endless, on_host, segments,
    settings::BitbucketServerSettings, with_path_after,
};
use crate::reader::http::{Http, Request};

#[derive(Debug)]
pub(in crate::reader) struct BitbucketServer {
    host: String,
    api: Url,
    authorization: Option<HeaderValue>,
}

impl BitbucketServer {
    pub(super) fn new(settings: &BitbucketServerSettings) -> Result<Self, ReadError> {
        let authorization = match (&settings.token, &settings.username, &settings.password) {
            (Some(token), _, _) => Some(bearer(token.expose())?),
            (None, Some(user), Some(password)) => Some(basic(user, password.expose())?),
            _ => None,
        };
        Ok(Self {
            api: base(settings.api_base_url.as_ref(), &settings.host)?,
            host: settings.host.clone(),
            authorization,
        })
    }

    fn request(&self, address: &Address, resource: &str, path: &str, paging: &[(&str, &str)]) -> Request {
        let [project, name] = address.repository.as_slice() else {
            return Request::to(self.api.clone());
        };
        let first = ["projects", project, "repos", name, resource];
        let path = path.split('/').filter(|segment| !segment.is_empty());
        let mut url = below(&self.api, first.into_iter().chain(path));
        if address.reference.is_some() || !paging.is_empty() {
            let at = address.reference.iter().map(|reference| ("at", reference.as_str()));
            url.query_pairs_mut().extend_pairs(at).extend_pairs(paging);
        }
        let request = Request::to(url);
        match &self.authorization {
            Some(value) => request.header(AUTHORIZATION, value.clone()),
            None => request,
        }
    }
}

/// How many segments come before the path of a file: a project's or a person's repository, below any context path.
fn path_starts(segments: &[String]) -> Option<usize> {
    let repos = segments.iter().position(|segment| segment == "repos")?;
    let owner = segments.get(repos.checked_sub(2)?)?;
    let view = segments.get(repos + 2)?;
    let known = matches!(owner.as_str(), "projects" | "users") && matches!(view.as_str(), "browse" | "raw");
    known.then_some(repos + 3)
}

impl SourceHost for BitbucketServer {
    const SHAPE: &'static str = "/projects/PROJECT/repos/REPOSITORY/browse/PATH?at=BRANCH";

    fn serves(&self, url: &Url) -> bool {
        on_host(url, &self.host)
    }

    fn locate(&self, url: &Url) -> Option<Address> {
        let segments = segments(url);
        let start = path_starts(&segments)?;
        let path = segments.get(start..).filter(|path| !path.is_empty())?;
        let [kind, owner, _, name, _] = segments.get(start.checked_sub(5)?..start)? else {
            return None;
        };
        // A person's project is called by the person's name with a tilde.
        let project = if kind == "users" {
            format!("~{owner}")
        } else {
            owner.clone()
        };
        let reference = url.query_pairs().find(|(key, _)| key == "at");
        Some(Address {
            repository: vec![project, name.clone()],
            reference: reference.map(|(_, value)| value.into_owned()),
            path: path.join("/"),
        })
    }

    fn sibling(&self, pattern: &Url, path: &str) -> Url {
        with_path_after(pattern, path_starts(&segments(pattern)).unwrap_or_default(), path)
    }

    async fn file_request(&self, _http: &Http, address: &Address) -> Result<Request, ReadError> {
        Ok(self.request(address, "raw", &address.path, &[]))
    }

    async fn list_files(&self, http: &Http, address: &Address, folder: &str) -> Result<Vec<String>, ReadError> {
        let what = format!("the files of {}", address.repository.join("/"));
        let mut files = Vec::new();
        let mut start = String::from("0");
        for _ in 0..MAX_PAGES {
            let paging = [("limit", "1000"), ("start", start.as_str())];
            let request = self.request(address, "files", folder, &paging);
            let (body, _) = http.get_json(request, &what).await?;
            // Paths are told from the folder that was asked for.
            let names = body["values"].as_array().into_iter().flatten();
            files.extend(names.filter_map(|name| name.as_str()).map(|name| match folder {
                "" => name.to_owned(),
                folder => format!("{folder}/{name}"),
            }));
            match (body["isLastPage"].as_bool(), body["nextPageStart"].as_u64()) {
                (Some(false), Some(next)) => start = next.to_string(),
                _ => return Ok(files),
            }
        }
        Err(endless(&what))
    }
}
