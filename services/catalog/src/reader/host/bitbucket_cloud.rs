//! Bitbucket Cloud, by its REST API, version 2.0: "Source" of developer.atlassian.com/cloud/bitbucket/rest.

use reqwest::header::AUTHORIZATION;
use url::Url;

use super::{
    Address, MAX_PAGES, ReadError, SourceHost, base, basic, bearer, below, credential::Credential, endless, failed,
    on_host, segments, settings::BitbucketCloudSettings, with_path_after,
};
use crate::reader::http::{Http, Request, stay_on};

/// How deep below the folder of a pattern files are listed.
const MAX_DEPTH: &str = "50";

#[derive(Debug)]
pub(in crate::reader) struct BitbucketCloud {
    host: String,
    api: Url,
    credential: Option<Credential>,
}

impl BitbucketCloud {
    pub(super) fn new(settings: &BitbucketCloudSettings) -> Result<Self, ReadError> {
        let secret = settings.token.as_ref().or(settings.app_password.as_ref());
        let client = settings.client_id.as_ref().zip(settings.client_secret.as_ref());
        let credential = match (secret, &settings.username, client) {
            (Some(secret), Some(user), _) => Some(Credential::Fixed(basic(user, secret.expose())?)),
            (Some(secret), None, _) => Some(Credential::Fixed(bearer(secret.expose())?)),
            (None, _, Some((id, secret))) => {
                let token_url = base(settings.token_url.as_ref(), &settings.host)?;
                Some(Credential::of_client(token_url, id, secret, None))
            }
            (None, _, None) => None,
        };
        Ok(Self {
            api: base(settings.api_base_url.as_ref(), &settings.host)?,
            host: settings.host.clone(),
            credential,
        })
    }

    async fn request(&self, http: &Http, url: Url) -> Result<Request, ReadError> {
        let request = Request::to(url);
        Ok(match &self.credential {
            Some(credential) => request.header(AUTHORIZATION, credential.authorization(http).await?),
            None => request,
        })
    }

    fn source(&self, address: &Address, path: &str) -> Url {
        let repository = address.repository.iter().map(String::as_str);
        let reference = address.reference.as_deref().unwrap_or("HEAD");
        below(
            &self.api,
            ["repositories"]
                .into_iter()
                .chain(repository)
                .chain(["src", reference])
                .chain(path.split('/')),
        )
    }
}

impl SourceHost for BitbucketCloud {
    const SHAPE: &'static str = "/WORKSPACE/REPOSITORY/src/BRANCH/PATH";

    fn serves(&self, url: &Url) -> bool {
        on_host(url, &self.host)
    }

    fn locate(&self, url: &Url) -> Option<Address> {
        let segments = segments(url);
        let [workspace, name, view, reference, path @ ..] = segments.as_slice() else {
            return None;
        };
        let known = matches!(view.as_str(), "src" | "raw");
        (known && !path.is_empty()).then(|| Address {
            repository: vec![workspace.clone(), name.clone()],
            reference: Some(reference.clone()),
            path: path.join("/"),
        })
    }

    fn sibling(&self, pattern: &Url, path: &str) -> Url {
        with_path_after(pattern, 4, path)
    }

    async fn file_request(&self, http: &Http, address: &Address) -> Result<Request, ReadError> {
        self.request(http, self.source(address, &address.path)).await
    }

    async fn list_files(&self, http: &Http, address: &Address, folder: &str) -> Result<Vec<String>, ReadError> {
        let what = format!("the files of {}", address.repository.join("/"));
        // A folder is told from a file by the slash at its end.
        let mut url = self.source(address, &format!("{folder}/"));
        if folder.is_empty() {
            url = self.source(address, "");
        }
        url.query_pairs_mut()
            .append_pair("max_depth", MAX_DEPTH)
            .append_pair("pagelen", "100");
        let mut files = Vec::new();
        for _ in 0..MAX_PAGES {
            let (body, _) = http.get_json(self.request(http, url).await?, &what).await?;
            let entries = body["values"].as_array().into_iter().flatten();
            files.extend(
                entries
                    .filter(|entry| entry["type"] == "commit_file")
                    .filter_map(|entry| entry["path"].as_str().map(str::to_owned)),
            );
            let Some(next) = body["next"].as_str() else {
                return Ok(files);
            };
            url =
                Url::parse(next).map_err(|error| failed(format!("could not list {what}, the next page is {error}")))?;
            stay_on(&self.api.origin(), &url, &what)?;
        }
        Err(endless(&what))
    }
}
