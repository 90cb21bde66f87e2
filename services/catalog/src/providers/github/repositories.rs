//! Discovery: a Location for every repository of an organisation that meets the filters.
//!
//! A run reads the repositories page by page and takes each page in at once. How far it is stands in its cursor, so that one that is
//! broken off, by a rate limit above all, goes on where it was; what was held at the beginning and has not been seen at the end goes.

use std::{collections::BTreeSet, time::SystemTime};

use callboard_catalog_model::LocationRef;
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    filters::{FIELDS, Repository},
    settings::RepositorySettings,
};
use crate::{
    ingest::{
        candidate::Candidate,
        location_events::{Change, News},
        provider::{Holdings, Provider, ProviderError, Schedule},
    },
    reader::{
        ReadError,
        host::{
            github_api::{GitHubApi, Page},
            pattern::Pattern,
        },
    },
};

/// After so many pages progress is noted in any case.
const NOTED_EVERY: usize = 10;
/// A run that began longer ago than this is not gone on with.
const LONGEST_SCAN_SECONDS: u64 = 6 * 3600;
/// What the refs of generated Locations start with; it is left out of the cursor.
const REF_PREFIX: &str = "location:default/";

/// Holds a Location entity for each repository that is found.
#[derive(Debug)]
pub struct GitHubRepositories {
    name: String,
    settings: RepositorySettings,
}

/// How far a run is.
#[derive(Debug, Serialize, Deserialize)]
struct Scan {
    /// Unix seconds.
    begun: u64,
    /// Still to be read; the last one first.
    organizations: Vec<String>,
    /// Where the next page of the current organisation begins.
    after: Option<String>,
    /// Held at the beginning and not seen since.
    unseen: BTreeSet<String>,
    /// Repositories read, and those of them that met the filters.
    read: usize,
    admitted: usize,
}

impl GitHubRepositories {
    /// By one entry of the configuration.
    pub fn new(settings: RepositorySettings) -> Self {
        Self {
            name: format!("github-provider:{}", settings.id),
            settings,
        }
    }

    fn api<'holdings>(&self, holdings: &'holdings Holdings) -> Result<GitHubApi<'holdings>, ProviderError> {
        let missing = || {
            ProviderError::Source(format!(
                "there is no GitHub at {} in 'integrations'",
                self.settings.host
            ))
        };
        holdings.readers().github(&self.settings.host).ok_or_else(missing)
    }

    async fn organizations(&self, api: GitHubApi<'_>) -> Result<Vec<String>, ReadError> {
        match &self.settings.organization {
            Some(organization) => Ok(vec![organization.clone()]),
            None => api.organizations(self.settings.app.as_deref()).await,
        }
    }

    /// The expression by which Git finds the file.
    fn file_expression(&self) -> String {
        let branch = self.settings.filters.branch.as_deref().unwrap_or("HEAD");
        format!("{branch}:{}", self.settings.relative_path())
    }

    /// The Location that stands for a repository; `None` when it does not count.
    fn candidate(&self, repository: &Repository) -> Result<Option<Candidate>, ProviderError> {
        let settings = &self.settings;
        let is_missing = settings.validate_locations_exist && !repository.has_file;
        if is_missing || !settings.filters.admit(repository) {
            return Ok(None);
        }
        let branch = settings.filters.branch.as_ref().or(repository.default_branch.as_ref());
        let branch = branch.map_or("HEAD", String::as_str);
        let target = format!("{}/blob/{branch}/{}", repository.url, settings.relative_path());
        let location = LocationRef::new("url", &target)?;
        Ok(Some(Candidate::of_location(
            &location,
            Some("optional"),
            Some(self.name.clone()),
        )?))
    }

    async fn begin(&self, api: GitHubApi<'_>, holdings: &Holdings) -> Result<Scan, ProviderError> {
        let held = holdings.list().await?;
        Ok(Scan {
            begun: unix_seconds(),
            organizations: self.organizations(api).await?,
            after: None,
            unseen: held
                .iter()
                .map(|entity_ref| entity_ref.trim_start_matches(REF_PREFIX).to_owned())
                .collect(),
            read: 0,
            admitted: 0,
        })
    }

    async fn scan(&self, holdings: &mut Holdings, scan: &mut Scan) -> Result<(), ProviderError> {
        let mut pages = 0;
        while let Some(organization) = scan.organizations.last().cloned() {
            let page = self
                .page(self.api(holdings)?, &organization, scan.after.as_deref())
                .await?;
            let mut found = Vec::new();
            for repository in page.nodes.iter().filter_map(Repository::of) {
                scan.read += 1;
                if let Some(candidate) = self.candidate(&repository)? {
                    scan.admitted += 1;
                    scan.unseen.remove(candidate.entity_ref.trim_start_matches(REF_PREFIX));
                    found.push(candidate);
                }
            }
            holdings.change(found, &[]).await?;
            scan.after = page.next;
            if scan.after.is_none() {
                scan.organizations.pop();
            }
            pages += 1;
            if pages % NOTED_EVERY == 0 {
                holdings.keep_cursor(Some(json!(scan))).await?;
            }
        }
        Ok(())
    }

    async fn page(&self, api: GitHubApi<'_>, organization: &str, after: Option<&str>) -> Result<Page, ReadError> {
        let query = format!(
            "query repositories($owner: String!, $file: String!, $size: Int!, $cursor: String) {{ \
             repositoryOwner(login: $owner) {{ repositories(first: $size, after: $cursor, ownerAffiliations: OWNER) {{ \
             pageInfo {{ hasNextPage endCursor }} nodes {{ {FIELDS} }} }} }} }}"
        );
        let variables = json!({
            "owner": organization,
            "file": self.file_expression(),
            "size": self.settings.page_sizes.repositories,
            "cursor": after,
        });
        let answer = api.query(organization, &query, variables).await?;
        let connection = &answer["repositoryOwner"]["repositories"];
        if connection.is_null() {
            return Err(ReadError::Failed(format!(
                "GitHub knows no organisation or user {organization} at {}, or does not show it to these credentials",
                self.settings.host
            )));
        }
        Page::of(connection, "repositories")
    }

    /// One repository as it is now; `None` when there is none of this name.
    async fn repository(&self, api: GitHubApi<'_>, owner: &str, name: &str) -> Result<Option<Repository>, ReadError> {
        let query = format!(
            "query repository($owner: String!, $name: String!, $file: String!) {{ \
             repository(owner: $owner, name: $name, followRenames: false) {{ {FIELDS} }} }}"
        );
        let variables = json!({"owner": owner, "name": name, "file": self.file_expression()});
        let answer = api.query(owner, &query, variables).await?;
        Ok(Repository::of(&answer["repository"]))
    }

    /// Brings what is held of one repository in line with what it is now.
    async fn follow_repository(&self, holdings: &Holdings, place: &Place, is_gone: bool) -> Result<(), ProviderError> {
        let found = if is_gone {
            None
        } else {
            self.repository(self.api(holdings)?, &place.owner, &place.name).await?
        };
        let wanted = match &found {
            Some(repository) => self.candidate(repository)?,
            None => None,
        };
        let mut removed = holdings.list_below(&place.url).await?;
        removed.retain(|held| wanted.as_ref().is_none_or(|wanted| *held != wanted.entity_ref));
        holdings.change(wanted.into_iter().collect(), &removed).await?;
        Ok(())
    }

    /// The repositories that news are about, as far as they matter here, and whether they are gone.
    fn concerned(&self, news: &News) -> Vec<(Place, bool)> {
        let pattern = Pattern::new(self.settings.relative_path());
        let mut concerned: Vec<(Place, bool)> = Vec::new();
        let mut add = |place: Option<Place>, is_gone: bool| {
            let Some(place) = place else { return };
            match concerned.iter_mut().find(|(known, _)| *known == place) {
                // What happened last counts.
                Some((_, known)) => *known = is_gone,
                None => concerned.push((place, is_gone)),
            }
        };
        for event in &news.locations {
            let place = Place::of(&event.url, &self.settings.host);
            if event.is_repository {
                add(place, matches!(event.change, Change::Deleted | Change::Moved(_)));
                if let Change::Moved(to) = &event.change {
                    add(Place::of(to, &self.settings.host), false);
                }
                continue;
            }
            // A changed file is read again in any case; whether there is one is what decides here.
            let comes_or_goes = self.settings.validate_locations_exist && !matches!(event.change, Change::Updated);
            let path = place.as_ref().and_then(|place| place.path.as_deref());
            let is_ours = path.is_some_and(|path| pattern.as_ref().is_ok_and(|pattern| pattern.matches(path)));
            if comes_or_goes && is_ours {
                add(place, false);
            }
        }
        concerned
    }
}

impl Provider for GitHubRepositories {
    fn name(&self) -> &str {
        &self.name
    }

    fn schedule(&self) -> Schedule {
        Schedule::Every(self.settings.schedule)
    }

    fn run<'run>(&'run self, holdings: &'run mut Holdings) -> BoxFuture<'run, Result<(), ProviderError>> {
        Box::pin(async move {
            let begun = holdings.cursor().cloned().and_then(unfinished);
            let mut scan = match begun {
                Some(scan) => scan,
                None => self.begin(self.api(holdings)?, holdings).await?,
            };
            if let Err(error) = self.scan(holdings, &mut scan).await {
                // What GitHub refuses to answer it may refuse because of where the scan is.
                let is_refused = matches!(&error, ProviderError::Refused(_));
                holdings.keep_cursor((!is_refused).then(|| json!(scan))).await?;
                return Err(error);
            }
            let gone: Vec<String> = scan.unseen.iter().map(|name| format!("{REF_PREFIX}{name}")).collect();
            holdings.change(Vec::new(), &gone).await?;
            tracing::info!(
                provider = self.name,
                read = scan.read,
                admitted = scan.admitted,
                gone = gone.len(),
                "the repositories were read"
            );
            holdings.set_cursor(Value::Null);
            Ok(())
        })
    }

    fn follow<'run>(
        &'run self,
        holdings: &'run mut Holdings,
        news: &'run News,
    ) -> BoxFuture<'run, Result<(), ProviderError>> {
        Box::pin(async move {
            let concerned = self.concerned(news);
            if concerned.is_empty() {
                return Ok(());
            }
            let organizations = self.organizations(self.api(holdings)?).await?;
            let is_ours = |place: &Place| {
                organizations
                    .iter()
                    .any(|owner| owner.eq_ignore_ascii_case(&place.owner))
            };
            for (place, is_gone) in concerned.iter().filter(|(place, _)| is_ours(place)) {
                self.follow_repository(holdings, place, *is_gone).await?;
            }
            Ok(())
        })
    }
}

/// A run that was broken off and can be gone on with.
fn unfinished(cursor: Value) -> Option<Scan> {
    let scan: Scan = serde_json::from_value(cursor).ok()?;
    (unix_seconds().saturating_sub(scan.begun) < LONGEST_SCAN_SECONDS).then_some(scan)
}

fn unix_seconds() -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    now.unwrap_or_default().as_secs()
}

/// A repository, or a file in one, by its address.
#[derive(Debug, Clone)]
struct Place {
    /// Of the repository.
    url: String,
    owner: String,
    name: String,
    /// Of a file, from the root of the repository.
    path: Option<String>,
}

/// The same repository; the file does not count.
impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.url.eq_ignore_ascii_case(&other.url)
    }
}

impl Place {
    /// `None`: it is on another host, or no repository.
    fn of(url: &str, host: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let mut parts = rest.trim_end_matches('/').splitn(6, '/');
        let (on, owner, name) = (parts.next()?, parts.next()?, parts.next()?);
        let name = name.strip_suffix(".git").unwrap_or(name);
        if !on.eq_ignore_ascii_case(host) || owner.is_empty() || name.is_empty() {
            return None;
        }
        // What follows is the view (`blob` or `tree`), the branch and the path.
        let path = parts.nth(2).map(|path| {
            let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
            decoded.into_owned()
        });
        Some(Self {
            url: format!("{scheme}://{on}/{owner}/{name}"),
            owner: owner.to_owned(),
            name: name.to_owned(),
            path,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart() {
        let place = Place::of("https://github.com/Acme/shop/blob/main/a/b%20c.yaml", "github.com").unwrap();
        assert_eq!((place.owner.as_str(), place.name.as_str()), ("Acme", "shop"));
        assert_eq!(place.path.as_deref(), Some("a/b c.yaml"));
        assert_eq!(
            place,
            Place::of("https://github.com/acme/shop.git", "GitHub.com").unwrap()
        );
        for other in [
            "https://gitlab.com/acme/shop",
            "https://github.com/acme",
            "github.com/acme/shop",
            "",
        ] {
            assert!(Place::of(other, "github.com").is_none(), "{other}");
        }
    }

    #[test]
    fn an_old_scan_begins_anew() {
        let scan = |begun: u64| json!({"begun": begun, "organizations": ["acme"], "after": "x", "unseen": ["generated-1"], "read": 1, "admitted": 1});
        assert_eq!(unfinished(scan(unix_seconds())).unwrap().after.as_deref(), Some("x"));
        assert!(unfinished(scan(0)).is_none());
        assert!(unfinished(Value::Null).is_none() && unfinished(json!({"other": 1})).is_none());
    }
}
