//! What providers and the analysis of locations ask GitHub beside files: its GraphQL API, where one request answers what would take
//! many by REST, with the same credentials, pauses and bounds as reading.

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use serde_json::{Value, json};
use url::Url;

use super::{
    ReadError, below, endless, failed,
    github::{API_VERSION, GitHub, JSON},
};
use crate::reader::http::{Http, Request};

/// How many pages of one list are asked for, so that one that never ends does.
const MAX_PAGES: usize = 2000;

/// One GitHub, on behalf of whoever `integrations` has credentials of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GitHubApi<'hosts> {
    http: &'hosts Http,
    github: &'hosts GitHub,
}

/// One page of a list.
#[derive(Debug)]
pub(crate) struct Page {
    /// What is on it.
    pub(crate) nodes: Vec<Value>,
    /// Where the next one begins; `None`: it is the last.
    pub(crate) next: Option<String>,
}

impl Page {
    /// Reads a connection of GraphQL.
    pub(crate) fn of(connection: &Value, what: &str) -> Result<Self, ReadError> {
        let nonsense = || failed(format!("GitHub answered no list of {what}"));
        let nodes = connection["nodes"].as_array().ok_or_else(nonsense)?;
        let info = &connection["pageInfo"];
        let next = match (info["hasNextPage"].as_bool(), info["endCursor"].as_str()) {
            (Some(true), Some(cursor)) => Some(cursor.to_owned()),
            (Some(true), None) => return Err(nonsense()),
            _ => None,
        };
        Ok(Self {
            // What the caller may not see is a hole.
            nodes: nodes.iter().filter(|node| !node.is_null()).cloned().collect(),
            next,
        })
    }
}

impl<'hosts> GitHubApi<'hosts> {
    pub(super) fn new(http: &'hosts Http, github: &'hosts GitHub) -> Self {
        Self { http, github }
    }

    /// Whether it asks as an app does; else with a person's token, or with nothing.
    pub(crate) async fn is_app(&self, owner: &str) -> Result<bool, ReadError> {
        for app in self.github.apps() {
            if app.token_for(self.http, owner).await?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether there is anything to prove with who asks.
    pub(crate) async fn has_credentials(&self, owner: &str) -> Result<bool, ReadError> {
        Ok(self.github.authorization(self.http, owner).await?.is_some())
    }

    /// The organisations where its apps are installed, or the one app of a number.
    pub(crate) async fn organizations(&self, app: Option<&str>) -> Result<Vec<String>, ReadError> {
        let mut organizations = Vec::new();
        let mut is_known = false;
        for known in self.github.apps() {
            if app.is_none_or(|id| known.id() == id) {
                is_known = true;
                organizations.extend(known.organizations(self.http).await?);
            }
        }
        if !is_known {
            return Err(ReadError::Input(format!(
                "'integrations.github' has no such app for {}: without it the organisations have to be named",
                self.github.host()
            )));
        }
        organizations.dedup();
        Ok(organizations)
    }

    /// Asks a question about what an owner has. What GitHub refuses to answer is `Input`; what it does not find is null.
    pub(crate) async fn query(&self, owner: &str, query: &str, variables: Value) -> Result<Value, ReadError> {
        let what = format!("what {owner} has on {}", self.github.host());
        let authorization = self.github.authorization(self.http, owner).await?.ok_or_else(|| {
            ReadError::Input(format!(
                "there are no credentials for {owner} on {}; 'integrations.github' needs a token, or an app that is installed there",
                self.github.host()
            ))
        })?;
        let question = json!({"query": query, "variables": variables});
        let url = graphql_url(self.github.api());
        let request = Request::query(url.clone(), &question)
            .header(ACCEPT, JSON)
            .header(AUTHORIZATION, authorization);
        let (mut answer, headers) = self.http.get_json(request, &what).await?;
        let errors = answer["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        if errors.iter().any(|error| error["type"] == "RATE_LIMITED") {
            return Err(self.http.pause_as_told(&url, &headers, &what));
        }
        let told: Vec<&str> = errors
            .iter()
            .filter(|error| error["type"] != "NOT_FOUND")
            .map(|error| error["message"].as_str().unwrap_or("an error without a message"))
            .collect();
        if !told.is_empty() {
            return Err(ReadError::Input(format!("could not ask {what}: {}", told.join("; "))));
        }
        Ok(answer["data"].take())
    }

    /// All pages of a list: `connection` is where it is in the answers, and the question has a variable `cursor`.
    pub(crate) async fn list(
        &self,
        owner: &str,
        query: &str,
        mut variables: Value,
        connection: &str,
    ) -> Result<Vec<Value>, ReadError> {
        let mut nodes = Vec::new();
        for _ in 0..MAX_PAGES {
            let answer = self.query(owner, query, variables.clone()).await?;
            let found = answer.pointer(connection).filter(|found| !found.is_null());
            let found = found.ok_or_else(|| {
                failed(format!(
                    "GitHub knows no {owner} at {}, or does not show it to these credentials",
                    self.github.host()
                ))
            })?;
            let page = Page::of(found, connection)?;
            nodes.extend(page.nodes);
            match page.next {
                Some(cursor) => variables["cursor"] = cursor.into(),
                None => return Ok(nodes),
            }
        }
        Err(endless(connection))
    }

    /// The paths of a repository's files with a name, as GitHub's code search finds them, and the default branch.
    pub(crate) async fn search_files(
        &self,
        owner: &str,
        name: &str,
        file_name: &str,
    ) -> Result<(Vec<String>, String), ReadError> {
        let mut url = below(self.github.api(), ["search", "code"]);
        let extension = file_name.rsplit_once('.').map(|(_, extension)| extension);
        let extension = extension.map(|extension| format!(" extension:{extension}"));
        let question = format!(
            "filename:{file_name}{} repo:{owner}/{name}",
            extension.unwrap_or_default()
        );
        url.query_pairs_mut()
            .append_pair("q", &question)
            .append_pair("per_page", "100");
        let what = format!("{file_name} in {owner}/{name}");
        let (found, _) = self.http.get_json(self.rest(owner, url).await?, &what).await?;
        let items = found["items"].as_array().map(Vec::as_slice).unwrap_or_default();
        let paths: Vec<String> = items
            .iter()
            .filter_map(|item| item["path"].as_str().map(str::to_owned))
            .collect();
        if paths.is_empty() {
            return Ok((paths, String::new()));
        }
        let url = below(self.github.api(), ["repos", owner, name]);
        let (repository, _) = self.http.get_json(self.rest(owner, url).await?, &what).await?;
        let branch = repository["default_branch"].as_str().unwrap_or("HEAD").to_owned();
        Ok((paths, branch))
    }

    async fn rest(&self, owner: &str, url: Url) -> Result<Request, ReadError> {
        let request = Request::to(url)
            .header(ACCEPT, JSON)
            .header(API_VERSION.0, API_VERSION.1);
        let authorization: Option<HeaderValue> = self.github.authorization(self.http, owner).await?;
        Ok(match authorization {
            Some(value) => request.header(AUTHORIZATION, value),
            None => request,
        })
    }
}

/// Where GraphQL is: beside the REST API of `github.com`, and instead of its version on GitHub Enterprise.
fn graphql_url(api: &Url) -> Url {
    let mut url = api.clone();
    let path = url.path().trim_end_matches('/');
    let base = path.strip_suffix("/v3").unwrap_or(path);
    let path = format!("{base}/graphql");
    url.set_path(&path);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn graphql_is_beside_the_rest_api() {
        let table = [
            ("https://api.github.com", "https://api.github.com/graphql"),
            ("https://api.github.com/", "https://api.github.com/graphql"),
            ("https://ghe.example.com/api/v3", "https://ghe.example.com/api/graphql"),
        ];
        for (api, expected) in table {
            assert_eq!(graphql_url(&Url::parse(api).unwrap()).as_str(), expected);
        }
    }

    #[test]
    fn pages_end() {
        let page = |info: Value| json!({"nodes": [{"name": "a"}, null], "pageInfo": info});
        let more = Page::of(&page(json!({"hasNextPage": true, "endCursor": "x"})), "teams").unwrap();
        assert_eq!((more.nodes.len(), more.next.as_deref()), (1, Some("x")));
        let last = Page::of(&page(json!({"hasNextPage": false, "endCursor": "x"})), "teams").unwrap();
        assert_eq!(last.next, None);
        assert!(Page::of(&page(json!({"hasNextPage": true})), "teams").is_err());
        assert!(Page::of(&json!({"nodes": 1}), "teams").is_err());
    }
}
