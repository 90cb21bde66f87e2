//! `catalog.providers.github` and `catalog.providers.githubOrg`, by Backstage's keys.

use std::time::Duration;

use callboard_service_kit::config::{Config, ConfigError};
use regex::Regex;
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;
use url::Url;

use crate::{
    ingest::provider::Timing,
    reader::host::{
        pattern::{Pattern, is_pattern},
        settings::SourceHostSettings,
    },
};

const REPOSITORIES: &str = "catalog.providers.github";
const ORGANIZATIONS: &str = "catalog.providers.githubOrg";

/// How often GitHub is asked unless configured. Webhooks tell what changes meanwhile.
const DEFAULT_TIMING: Timing = Timing {
    frequency: Duration::from_hours(3),
    timeout: Duration::from_hours(1),
    initial_delay: Duration::ZERO,
};

/// The most that GitHub puts on one page.
const LARGEST_PAGE: u32 = 100;

/// One of `catalog.providers.github`: which repositories have files with entities, and where in them.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RepositorySettings {
    /// The key it stands under; `default` for one without.
    #[serde(skip)]
    pub id: String,
    /// Whose repositories; none: those of every organisation where `app` is installed.
    pub organization: Option<String>,
    /// The number of a GitHub App in `integrations.github`, instead of an organisation.
    #[serde(default, deserialize_with = "text_or_number")]
    pub app: Option<String>,
    /// Path of the file, or a pattern of some.
    #[serde(default = "catalog_info")]
    pub catalog_path: String,
    /// `github.com` or a GitHub Enterprise in `integrations.github`.
    #[serde(default = "github_com")]
    pub host: String,
    /// Which of the repositories.
    #[serde(default)]
    pub filters: RepositoryFilters,
    /// Leaves out repositories without the file, rather than reading in vain.
    #[serde(default)]
    pub validate_locations_exist: bool,
    /// When it runs.
    #[serde(default = "default_timing")]
    pub schedule: Timing,
    /// How many of what are asked for at once.
    #[serde(default)]
    pub page_sizes: PageSizes,
}

/// `filters` of them: all that are given have to be met.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RepositoryFilters {
    /// Regular expression of the whole name.
    #[serde(default, deserialize_with = "whole_name")]
    pub repository: Option<Regex>,
    /// Branch to read from; the default branch when absent.
    pub branch: Option<String>,
    /// Topics.
    #[serde(default)]
    pub topic: TopicFilter,
    /// `public`, `private`, `internal`; all when empty.
    #[serde(default)]
    pub visibility: Vec<String>,
    /// Whether forks count; they do when absent.
    pub allow_forks: Option<bool>,
    /// Whether archived repositories count.
    #[serde(default)]
    pub allow_archived: bool,
}

/// `filters.topic`.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct TopicFilter {
    /// One of these; any when empty.
    #[serde(default)]
    pub include: Vec<String>,
    /// None of these.
    #[serde(default)]
    pub exclude: Vec<String>,
}

/// One of `catalog.providers.githubOrg`: whose people and teams.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationSettings {
    /// Part of its name.
    pub id: String,
    /// Such as `https://github.com`.
    pub github_url: String,
    /// Organisations; all where an app is installed when absent.
    #[serde(default)]
    pub orgs: Vec<String>,
    /// When it runs.
    #[serde(default = "default_timing")]
    pub schedule: Timing,
    /// How many of what are asked for at once.
    #[serde(default)]
    pub page_sizes: PageSizes,
    /// Leaves out those whom GitHub Enterprise has suspended.
    #[serde(default)]
    pub exclude_suspended_users: bool,
    /// How people become entities.
    #[serde(default)]
    pub default_user_transformer: UserSettings,
    /// Teams are in the namespace `default`, because there is one organisation only.
    #[serde(skip)]
    pub in_default_namespace: bool,
}

/// `defaultUserTransformer` of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserSettings {
    /// Prefers addresses in the domains that the organisation has proven to be its own.
    #[serde(default)]
    pub use_verified_emails: bool,
}

/// How many of what are asked for at once: less where GitHub takes too long to answer.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PageSizes {
    /// Repositories.
    pub repositories: u32,
    /// Teams.
    pub teams: u32,
    /// Members of a team.
    pub team_members: u32,
    /// Members of an organisation.
    pub organization_members: u32,
}

impl Default for PageSizes {
    fn default() -> Self {
        Self {
            repositories: 25,
            teams: 25,
            team_members: 50,
            organization_members: 50,
        }
    }
}

impl PageSizes {
    fn check(self) -> Result<(), String> {
        let sizes = [
            self.repositories,
            self.teams,
            self.team_members,
            self.organization_members,
        ];
        if sizes.into_iter().all(|size| (1..=LARGEST_PAGE).contains(&size)) {
            return Ok(());
        }
        Err(format!("pageSizes have to be from 1 to {LARGEST_PAGE}"))
    }
}

impl RepositorySettings {
    /// All of them. The error names the key that makes no sense.
    pub fn from_config(config: &Config, hosts: &SourceHostSettings) -> Result<Vec<Self>, ConfigError> {
        let mut all = Vec::new();
        // One without an id, or several under theirs.
        let is_one = config.has(&format!("{REPOSITORIES}.organization")) || config.has(&format!("{REPOSITORIES}.app"));
        let ids = if is_one {
            vec![("default".to_owned(), REPOSITORIES.to_owned())]
        } else {
            let keyed = |id: String| (id.clone(), format!("{REPOSITORIES}.{id}"));
            config.keys(REPOSITORIES).into_iter().map(keyed).collect()
        };
        for (id, path) in ids {
            let mut settings: Self = config.require(&path)?;
            settings.id = id;
            settings
                .check(hosts)
                .map_err(|mistake| config.invalid(&path, mistake))?;
            all.push(settings);
        }
        Ok(all)
    }

    fn check(&self, hosts: &SourceHostSettings) -> Result<(), String> {
        if self.organization.is_some() == self.app.is_some() {
            return Err("either organization or app has to be given, and not both".to_owned());
        }
        let path = self.relative_path();
        Pattern::new(path).map_err(|error| format!("catalogPath: {error}"))?;
        if self.validate_locations_exist && is_pattern(path) {
            return Err("validateLocationsExist needs a catalogPath without a pattern".to_owned());
        }
        if self.filters.branch.as_ref().is_some_and(|branch| branch.contains('/')) {
            return Err(
                "filters.branch must not hold a slash: in addresses of files it could not be told from a folder"
                    .to_owned(),
            );
        }
        self.page_sizes.check()?;
        require_host(hosts, &self.host)
    }

    /// The path of the file without a slash in front.
    pub fn relative_path(&self) -> &str {
        self.catalog_path.trim_start_matches('/')
    }
}

impl OrganizationSettings {
    /// All of them. The error names the key that makes no sense.
    pub fn from_config(config: &Config, hosts: &SourceHostSettings) -> Result<Vec<Self>, ConfigError> {
        let paths: Vec<String> = match config.json(ORGANIZATIONS) {
            None => Vec::new(),
            Some(Value::Array(all)) => (0..all.len())
                .map(|index| format!("{ORGANIZATIONS}[{index}]"))
                .collect(),
            Some(_) => vec![ORGANIZATIONS.to_owned()],
        };
        let is_alone = paths.len() == 1;
        let mut all: Vec<Self> = Vec::new();
        for path in paths {
            let mut settings: Self = config.require(&path)?;
            let mistake = |mistake: String| config.invalid(&path, mistake);
            settings.page_sizes.check().map_err(mistake)?;
            require_host(hosts, &settings.host().map_err(mistake)?).map_err(mistake)?;
            if all.iter().any(|other| other.id == settings.id) {
                return Err(mistake(format!("the id '{}' is there twice", settings.id)));
            }
            settings.in_default_namespace = is_alone && settings.orgs.len() == 1;
            all.push(settings);
        }
        Ok(all)
    }

    /// The host in its address.
    pub fn host(&self) -> Result<String, String> {
        let url = Url::parse(&self.github_url).ok();
        let host = url.as_ref().and_then(|url| Some((url.host_str()?, url.port())));
        match host {
            Some((host, None)) => Ok(host.to_owned()),
            Some((host, Some(port))) => Ok(format!("{host}:{port}")),
            None => Err(format!("githubUrl: '{}' is no address", self.github_url)),
        }
    }
}

fn require_host(hosts: &SourceHostSettings, host: &str) -> Result<(), String> {
    if hosts.has_github(host) {
        return Ok(());
    }
    Err(format!("there is no entry for the host {host} in integrations.github"))
}

fn catalog_info() -> String {
    "/catalog-info.yaml".to_owned()
}

fn github_com() -> String {
    "github.com".to_owned()
}

fn default_timing() -> Timing {
    DEFAULT_TIMING
}

fn whole_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Regex>, D::Error> {
    let Some(pattern) = Option::<String>::deserialize(deserializer)?.filter(|pattern| !pattern.is_empty()) else {
        return Ok(None);
    };
    let whole = format!("^(?:{})$", pattern.trim_start_matches('^').trim_end_matches('$'));
    Regex::new(&whole)
        .map(Some)
        .map_err(|error| de::Error::custom(format!("'{pattern}' is no regular expression: {error}")))
}

fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Id {
        Text(String),
        Number(u64),
    }
    Ok(Option::<Id>::deserialize(deserializer)?.map(|id| match id {
        Id::Text(text) => text,
        Id::Number(number) => number.to_string(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repositories(yaml: &str) -> Result<Vec<RepositorySettings>, String> {
        let config = Config::from_yaml(yaml).unwrap();
        let hosts = SourceHostSettings::from_config(&config).unwrap();
        RepositorySettings::from_config(&config, &hosts).map_err(|error| error.to_string())
    }

    #[test]
    fn one_stands_alone_and_several_under_their_ids() {
        let one = repositories("catalog: { providers: { github: { organization: acme } } }").unwrap();
        assert_eq!(
            (one.len(), one[0].id.as_str(), one[0].relative_path()),
            (1, "default", "catalog-info.yaml")
        );
        assert_eq!(one[0].schedule.frequency, Duration::from_hours(3));
        let several = repositories(
            "catalog:\n  providers:\n    github:\n      a: { organization: acme, schedule: { frequency: PT30M, timeout: { minutes: 3 } } }\n      b: { organization: other, filters: { repository: '^svc-.*', topic: { include: [x] } } }",
        )
        .unwrap();
        let ids: Vec<_> = several.iter().map(|settings| settings.id.as_str()).collect();
        assert_eq!(ids, ["a", "b"]);
        assert_eq!(several[0].schedule.timeout, Duration::from_mins(3));
        let name = several[1].filters.repository.as_ref().unwrap();
        assert!(name.is_match("svc-shop") && !name.is_match("my-svc-shop"));
        assert!(repositories("catalog: {}").unwrap().is_empty());
    }

    #[test]
    fn mistakes_name_their_place() {
        let table = [
            ("{ a: { catalogPath: /x.yaml } }", "catalog.providers.github.a"),
            ("{ organization: acme, app: 1 }", "not both"),
            (
                "{ organization: acme, validateLocationsExist: true, catalogPath: '/**/x.yaml' }",
                "without a pattern",
            ),
            ("{ organization: acme, filters: { branch: a/b } }", "filters.branch"),
            (
                "{ organization: acme, filters: { repository: '(' } }",
                "regular expression",
            ),
            (
                "{ organization: acme, host: ghe.example.com }",
                "no entry for the host ghe.example.com",
            ),
            (
                "{ organization: acme, pageSizes: { repositories: 0 } }",
                "from 1 to 100",
            ),
        ];
        for (yaml, expected) in table {
            let error = repositories(&format!("catalog: {{ providers: {{ github: {yaml} }} }}")).unwrap_err();
            assert!(error.contains(expected), "{yaml}: {error}");
        }
    }

    #[test]
    fn organizations_are_one_or_a_list() {
        let read = |yaml: &str| {
            let config = Config::from_yaml(&format!("catalog: {{ providers: {{ githubOrg: {yaml} }} }}")).unwrap();
            let hosts = SourceHostSettings::from_config(&config).unwrap();
            OrganizationSettings::from_config(&config, &hosts).map_err(|error| error.to_string())
        };
        let one = "{ id: a, githubUrl: 'https://github.com', orgs: [acme] }";
        assert!(read(one).unwrap()[0].in_default_namespace);
        let two = read(&format!("[{one}, {{ id: b, githubUrl: 'https://github.com' }}]")).unwrap();
        assert!(two.iter().all(|settings| !settings.in_default_namespace));
        assert!(read(&format!("[{one}, {one}]")).unwrap_err().contains("twice"));
        assert!(read("{ id: a, githubUrl: nowhere }").unwrap_err().contains("githubUrl"));
    }
}
