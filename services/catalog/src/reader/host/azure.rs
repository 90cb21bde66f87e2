//! Azure DevOps, by its REST API: "Items" of learn.microsoft.com/rest/api/azure/devops/git.

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use url::Url;

use super::{
    Address, ReadError, SourceHost, base, basic, below,
    credential::Credential,
    on_host, segments,
    settings::{AzureCredential, AzureSettings},
};
use crate::reader::http::{Http, Request};

const API_VERSION: (&str, &str) = ("api-version", "6.0");
const BYTES: HeaderValue = HeaderValue::from_static("application/octet-stream");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

const AUTHORITY: &str = "login.microsoftonline.com";
/// Whatever the principal may do in Azure DevOps, which has this id wherever it runs.
const SCOPE: &str = "499b84ac-1321-427f-aa17-267ca6975798/.default";

#[derive(Debug)]
pub(in crate::reader) struct Azure {
    host: String,
    api: Url,
    /// By organisation, those for all of them last.
    credentials: Vec<(Option<Vec<String>>, Credential)>,
}

impl Azure {
    pub(super) fn new(settings: &AzureSettings) -> Result<Self, ReadError> {
        let mut credentials = Vec::new();
        for credential in &settings.credentials {
            credentials.push((credential.organizations.clone(), of_settings(credential)?));
        }
        if let Some(token) = &settings.token {
            credentials.push((None, Credential::Fixed(basic("", token.expose())?)));
        }
        credentials.sort_by_key(|(organizations, _)| organizations.is_none());
        Ok(Self {
            api: base(settings.api_base_url.as_ref(), &settings.host)?,
            host: settings.host.clone(),
            credentials,
        })
    }

    async fn request(
        &self,
        http: &Http,
        address: &Address,
        path: (&str, &str),
        accept: HeaderValue,
        more: &[(&str, &str)],
    ) -> Result<Request, ReadError> {
        let [project @ .., name] = address.repository.as_slice() else {
            return Ok(Request::to(self.api.clone()));
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
        Ok(match credential {
            Some((_, credential)) => request.header(AUTHORIZATION, credential.authorization(http).await?),
            None => request,
        })
    }
}

/// A personal access token, or a service principal of Entra ID: "Use service principals and managed identities" of
/// learn.microsoft.com/azure/devops/integrate.
fn of_settings(settings: &AzureCredential) -> Result<Credential, ReadError> {
    match settings {
        AzureCredential {
            personal_access_token: Some(token),
            ..
        } => Ok(Credential::Fixed(basic("", token.expose())?)),
        AzureCredential {
            client_id: Some(id),
            client_secret: Some(secret),
            tenant_id: Some(tenant),
            ..
        } => {
            let authority = base(settings.authority_host.as_ref(), AUTHORITY)?;
            let token_url = below(&authority, [tenant, "oauth2", "v2.0", "token"]);
            Ok(Credential::of_client(token_url, id, secret, Some(SCOPE)))
        }
        _ => Err(ReadError::Input(
            "a credential in 'integrations.azure' is neither a token nor a service principal".to_owned(),
        )),
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

    async fn file_request(&self, http: &Http, address: &Address) -> Result<Request, ReadError> {
        let path = format!("/{}", address.path);
        self.request(http, address, ("path", &path), BYTES, &[]).await
    }

    async fn list_files(&self, http: &Http, address: &Address, folder: &str) -> Result<Vec<String>, ReadError> {
        let what = format!("the files of {}", address.repository.join("/"));
        let scope = format!("/{folder}");
        let recursion = [("recursionLevel", "full")];
        let request = self
            .request(http, address, ("scopePath", &scope), JSON, &recursion)
            .await?;
        let (body, _) = http.get_json(request, &what).await?;
        let entries = body["value"].as_array().map(Vec::as_slice).unwrap_or_default();
        let files = entries.iter().filter(|entry| entry["isFolder"] != true);
        Ok(files
            .filter_map(|entry| entry["path"].as_str())
            .map(|path| path.trim_start_matches('/').to_owned())
            .collect())
    }
}
