//! The `catalog` and `backend.reading` sections of the configuration, as far as this unit reads them.

use std::{
    collections::{HashMap, HashSet},
    path::{Component, Path, PathBuf},
    time::Duration,
};

use callboard_catalog_model::{EntityError, LocationRef, integration::Integrations, rules::CatalogRules};
use callboard_service_kit::{
    cache::Cache,
    config::{Config, ConfigDuration, ConfigError},
};
use reqwest::Certificate;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    providers::github::settings::{OrganizationSettings, RepositorySettings},
    reader::host::settings::SourceHostSettings,
};

/// Names a file of certificates to trust beside the system's, as Backstage's runtime does.
const EXTRA_AUTHORITIES: &str = "NODE_EXTRA_CA_CERTS";

/// How often Locations are read again, unless configured: drawn anew each time, so that they do not bunch up.
const DEFAULT_INTERVAL: IntervalRange = IntervalRange {
    least: Duration::from_secs(100),
    most: Duration::from_secs(150),
};

/// Bounds of a random interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntervalRange {
    /// Shortest.
    pub least: Duration,
    /// Longest.
    pub most: Duration,
}

/// What happens to an entity that nothing emits any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OrphanStrategy {
    /// It stays, annotated as an orphan.
    Keep,
    /// It is deleted.
    #[default]
    Delete,
}

/// What registering a location twice does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LocationConflictStrategy {
    /// 409.
    #[default]
    Reject,
    /// The present one is refreshed.
    Refresh,
}

/// Which news of files and repositories are followed: `catalog.scmEvents`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScmEvents {
    /// What depends on a file is read again.
    pub refresh: bool,
    /// Registered locations whose file is gone are unregistered.
    pub unregister: bool,
    /// Registered locations whose file moved follow it.
    pub relocate: bool,
}

/// One of `catalog.locations`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ConfiguredLocation {
    /// `file` or `url`.
    #[serde(rename = "type")]
    pub location_type: String,
    /// Path, glob or URL.
    pub target: String,
    /// `required` unless it says `optional`.
    pub presence: Option<String>,
    /// Kinds allowed from here beside those of `catalog.rules`, raw.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<Value>,
}

impl ConfiguredLocation {
    /// Relative paths are meant from the folder the process was started in.
    fn make_absolute(&mut self) {
        if self.location_type == "file"
            && let Ok(path) = std::path::absolute(&self.target)
        {
            self.target = normalize(&path).to_string_lossy().into_owned();
        }
    }
}

/// A path without `.` and `..`, in text only: nothing on the disk is asked.
pub fn normalize(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

/// A host that plain URLs may be read from: `backend.reading.allow[]`.
#[derive(Debug, Clone, Deserialize)]
pub struct AllowedHost {
    /// `name[:port|:from-to]` or `*.suffix`.
    pub host: String,
    /// Path prefixes; all paths when absent.
    pub paths: Option<Vec<String>>,
}

/// Bounds on what is read.
#[derive(Debug, Clone, Copy)]
pub struct ReadLimits {
    /// Largest file, bytes (`catalog.limits.fileBytes`).
    pub file_bytes: usize,
    /// Longest read of one URL, redirects included (`catalog.limits.readTimeout`).
    pub read_timeout: Duration,
}

/// All of it.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `catalog.locations`.
    pub locations: Vec<ConfiguredLocation>,
    /// `catalog.rules`, raw; `None`: the default rules.
    pub rules: Option<Value>,
    /// `catalog.locations`, raw, for the rules they carry.
    pub location_rules: Option<Value>,
    /// `integrations`, as far as addresses are concerned.
    pub integrations: Integrations,
    /// `integrations`, as far as reading is concerned.
    pub source_hosts: SourceHostSettings,
    /// Certificate authorities to trust beside the system's (the file that `NODE_EXTRA_CA_CERTS` names).
    pub authorities: Vec<Certificate>,
    /// `catalog.processingInterval`; `None`: this replica does not process or stitch.
    pub processing_interval: Option<IntervalRange>,
    /// `catalog.orphanStrategy`.
    pub orphan_strategy: OrphanStrategy,
    /// `catalog.orphanProviderStrategy`.
    pub orphan_provider_strategy: OrphanStrategy,
    /// `catalog.readonly`.
    pub readonly: bool,
    /// `catalog.defaultLocationConflictStrategy`.
    pub location_conflict_strategy: LocationConflictStrategy,
    /// Providers that `catalog.providerOptions` switches off.
    pub disabled_providers: HashSet<String>,
    /// `catalog.providers.github`.
    pub github_repositories: Vec<RepositorySettings>,
    /// `catalog.providers.githubOrg`.
    pub github_organizations: Vec<OrganizationSettings>,
    /// `catalog.scmEvents`.
    pub scm_events: ScmEvents,
    /// `backend.reading.allow`.
    pub allowed_hosts: Vec<AllowedHost>,
    /// Folders that `file` locations may be read from (`catalog.fileFolders`); the folders of the configured `file` locations
    /// and the working directory are always among them.
    pub file_folders: Vec<PathBuf>,
    /// `catalog.limits`.
    pub limits: ReadLimits,
    /// Where files that were read are kept, by `backend.cache`; none: nowhere.
    pub cache: Option<Cache>,
}

impl Settings {
    /// Reads and checks them.
    pub fn from_config(config: &Config) -> Result<Self, ConfigError> {
        let folders: Vec<PathBuf> = config.get("catalog.fileFolders")?.unwrap_or_default();
        let mut locations: Vec<ConfiguredLocation> = config.get("catalog.locations")?.unwrap_or_default();
        for location in &mut locations {
            location.make_absolute();
        }
        let source_hosts = SourceHostSettings::from_config(config)?;
        Ok(Self {
            rules: config.json("catalog.rules"),
            location_rules: locations
                .iter()
                .any(|location| location.rules.is_some())
                .then(|| json!(locations)),
            locations,
            integrations: Integrations::from_config(&config.json("integrations").unwrap_or_default()),
            github_repositories: RepositorySettings::from_config(config, &source_hosts)?,
            github_organizations: OrganizationSettings::from_config(config, &source_hosts)?,
            source_hosts,
            authorities: extra_authorities(config)?,
            processing_interval: processing_interval(config)?,
            orphan_strategy: config.get("catalog.orphanStrategy")?.unwrap_or_default(),
            orphan_provider_strategy: config.get("catalog.orphanProviderStrategy")?.unwrap_or_default(),
            readonly: config.get("catalog.readonly")?.unwrap_or(false),
            location_conflict_strategy: config
                .get("catalog.defaultLocationConflictStrategy")?
                .unwrap_or_default(),
            disabled_providers: disabled_providers(config)?,
            scm_events: scm_events(config)?,
            allowed_hosts: config.get("backend.reading.allow")?.unwrap_or_default(),
            file_folders: folders,
            cache: None,
            limits: ReadLimits {
                file_bytes: config.get("catalog.limits.fileBytes")?.unwrap_or(20 * 1024 * 1024),
                read_timeout: config
                    .get::<ConfigDuration>("catalog.limits.readTimeout")?
                    .map_or(Duration::from_secs(30), Into::into),
            },
        })
    }

    /// What the types alone do not tell: that rules make sense and locations can be named.
    pub fn check(&self) -> Result<(), EntityError> {
        self.catalog_rules()?;
        for location in &self.locations {
            LocationRef::new(&location.location_type, &location.target)?;
        }
        Ok(())
    }

    /// `catalog.rules` and those of the locations.
    pub fn catalog_rules(&self) -> Result<CatalogRules, EntityError> {
        CatalogRules::new(self.rules.as_ref(), self.location_rules.as_ref())
    }
}

/// `catalog.providerOptions.<name>.disabled`.
fn disabled_providers(config: &Config) -> Result<HashSet<String>, ConfigError> {
    #[derive(Deserialize)]
    struct Options {
        #[serde(default)]
        disabled: bool,
    }
    let options: HashMap<String, Options> = config.get("catalog.providerOptions")?.unwrap_or_default();
    let disabled = options.into_iter().filter(|(_, options)| options.disabled);
    Ok(disabled.map(|(name, _)| name).collect())
}

/// `catalog.scmEvents`: all of it unless switched off, altogether or one by one.
fn scm_events(config: &Config) -> Result<ScmEvents, ConfigError> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Events {
        Switch(bool),
        Each {
            refresh: Option<bool>,
            unregister: Option<bool>,
            #[serde(rename = "move")]
            relocate: Option<bool>,
        },
    }
    let all = |on| ScmEvents {
        refresh: on,
        unregister: on,
        relocate: on,
    };
    Ok(match config.get::<Events>("catalog.scmEvents")? {
        None => all(true),
        Some(Events::Switch(on)) => all(on),
        Some(Events::Each {
            refresh,
            unregister,
            relocate,
        }) => ScmEvents {
            refresh: refresh.unwrap_or(true),
            unregister: unregister.unwrap_or(true),
            relocate: relocate.unwrap_or(true),
        },
    })
}

fn extra_authorities(config: &Config) -> Result<Vec<Certificate>, ConfigError> {
    let Some(path) = config
        .environment()
        .get(EXTRA_AUTHORITIES)
        .filter(|path| !path.is_empty())
    else {
        return Ok(Vec::new());
    };
    let read = std::fs::read(path).map_err(|error| error.to_string());
    read.and_then(|pem| Certificate::from_pem_bundle(&pem).map_err(|error| error.to_string()))
        .map_err(|error| {
            config.invalid(
                EXTRA_AUTHORITIES,
                format!("the certificates in {path} cannot be used: {error}"),
            )
        })
}

/// `catalog.processingInterval`: `false`, or a duration d for intervals of d to 1.5 d.
fn processing_interval(config: &Config) -> Result<Option<IntervalRange>, ConfigError> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Interval {
        Switch(bool),
        Every(ConfigDuration),
    }
    Ok(match config.get::<Interval>("catalog.processingInterval")? {
        None | Some(Interval::Switch(true)) => Some(DEFAULT_INTERVAL),
        Some(Interval::Switch(false)) => None,
        Some(Interval::Every(duration)) => {
            let least = Duration::from(duration).max(Duration::from_secs(1));
            Some(IntervalRange {
                least,
                most: least.mul_f64(1.5),
            })
        }
    })
}
