//! Azure DevOps, by its REST API: "Items" of learn.microsoft.com/rest/api/azure/devops/git.

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use url::Url;

use super::{Address, ReadError, SourceHost, base, basic, below, on_host, segments, settings::AzureSettings};
use crate::reader::http::{Http, Request};

const API_VERSION: (&str, &str) = ("api-version", "6.0");
const BYTES: HeaderValue = HeaderValue::from_static("application/octet-stream");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

#[derive(Debug)]
pub(in crate::reader) struct Azure {
    host: String,
    api: Url,
    /// By organisation, those for all of them last.
    credentials: Vec<(Option<Vec<String>>, HeaderValue)>,
}

impl Azure {
    pub(super) fn new(settings: &AzureSettings) -> Result<Self, ReadError> {
        let mut credentials = Vec::new();
        for credential in &settings.credentials {
            let value = basic("", credential.personal_access_token.expose())?;
            credentials.push((credential.organizations.clone(), value));
        }
        if let Some(token) = &settings.token {
            credentials.push((None, basic("", token.expose())?));
        }
        credentials.sort_by_key(|(organizations, _)| organizations.is_none());
        Ok(Self {
            api: base(settings.api_base_url.as_ref(), &settings.host)?,
            host: settings.host.clone(),
            credentials,
        })
    }

    fn request(&self, address: &Address, path: (&str, &str), accept: HeaderValue, more: &[(&str, &str)]) -> Request {
        let [project @ .., name] = address.repository.as_slice() else {
            return Request::to(self.api.clone());
        };
        let first = project.iter().map(String::as_str);
        let mut url = below(&self.api, first.chain(["_apis", "git", "repositories", name, "items"]));
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair(API_VERSION.0, API_VERSION.1)
                .append_pair(path.0, path.1);
            if let Some((kind, version)) = address.reference.as_deref().and_then(version) {
                query
                    .append_pair("versionDescriptor.version", version)
                    .append_pair("versionDescriptor.versionType", kind);
            }
            query.extend_pairs(more);
        }
        let request = Request::to(url).header(ACCEPT, accept);
        let organization = address.repository.first();
        let credential = self
            .credentials
            .iter()
            .find(|(organizations, _)| match (organizations, organization) {
                (None, _) => true,
                (Some(names), Some(organization)) => names.iter().any(|name| name.eq_ignore_ascii_case(organization)),
                (Some(_), None) => false,
            });
        match credential {
            Some((_, value)) => request.header(AUTHORIZATION, value.clone()),
            None => request,
        }
    }
}

/// `GBmain`, `GTv1`, `GC0a1b...`: a kind in two letters, and a name.
fn version(text: &str) -> Option<(&'static str, &str)> {
    let kinds = [("GB", "branch"), ("GT", "tag"), ("GC", "commit")];
    kinds
        .iter()
        .find_map(|(mark, kind)| text.strip_prefix(mark).map(|name| (*kind, name)))
}

impl SourceHost for Azure {
    const SHAPE: &'static str = "/ORGANISATION/PROJECT/_git/REPOSITORY?path=/PATH";

    fn serves(&self, url: &Url) -> bool {
        on_host(url, &self.host)
    }

    fn locate(&self, url: &Url) -> Option<Address> {
        let segments = segments(url);
        let git = segments.iter().position(|segment| segment == "_git")?;
        let name = segments.get(git + 1)?;
        let mut repository = segments[..git].to_vec();
        // A repository that is called like its project is written once.
        if repository.len() == 1 {
            repository.push(name.clone());
        }
        repository.push(name.clone());
        let value = |wanted: &str| {
            url.query_pairs()
                .find(|(key, _)| key == wanted)
                .map(|(_, value)| value.into_owned())
        };
        let path = value("path")?;
        Some(Address {
            repository,
            reference: value("version"),
            path: path.trim_start_matches('/').to_owned(),
        })
    }

    fn sibling(&self, pattern: &Url, path: &str) -> Url {
        let pairs: Vec<(String, String)> = pattern
            .query_pairs()
            .map(|(key, value)| match key.as_ref() {
                "path" => (key.into_owned(), format!("/{path}")),
                _ => (key.into_owned(), value.into_owned()),
            })
            .collect();
        let mut url = pattern.clone();
        url.query_pairs_mut().clear().extend_pairs(pairs);
        url
    }

    async fn file_request(&self, _http: &Http, address: &Address) -> Result<Request, ReadError> {
        let path = format!("/{}", address.path);
        Ok(self.request(address, ("path", &path), BYTES, &[]))
    }

    async fn list_files(&self, http: &Http, address: &Address, folder: &str) -> Result<Vec<String>, ReadError> {
        let what = format!("the files of {}", address.repository.join("/"));
        let scope = format!("/{folder}");
        let request = self.request(address, ("scopePath", &scope), JSON, &[("recursionLevel", "full")]);
        let (body, _) = http.get_json(request, &what).await?;
        let entries = body["value"].as_array().map(Vec::as_slice).unwrap_or_default();
        let files = entries.iter().filter(|entry| entry["isFolder"] != true);
        Ok(files
            .filter_map(|entry| entry["path"].as_str())
            .map(|path| path.trim_start_matches('/').to_owned())
            .collect())
    }
}
