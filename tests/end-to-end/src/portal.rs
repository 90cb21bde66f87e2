//! A whole Callboard for one test.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use callboard_local::{DatabaseChoice, Stack, StackOptions, Unit};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    api::Api,
    wait::{self, until},
};

/// What a Callboard is started with: a folder of descriptors and configuration.
#[derive(Debug)]
pub struct Setup {
    folder: TempDir,
    locations: Vec<Value>,
    config: Vec<Value>,
    private_database: bool,
    units: Vec<Unit>,
}

impl Setup {
    /// The catalog behind the gateway, open to anonymous callers and to all kinds, reading its locations anew every second.
    pub fn new() -> Result<Self> {
        Ok(Self {
            folder: tempfile::Builder::new().prefix("callboard-end-to-end-").tempdir()?,
            locations: Vec::new(),
            config: vec![json!({
                "backend": {
                    "auth": { "dangerouslyDisableDefaultAuthPolicy": true },
                    "reading": { "allow": [{ "host": "127.0.0.1:1024-65535" }] },
                },
                "catalog": {
                    "processingInterval": { "seconds": 1 },
                    "limits": { "readTimeout": { "seconds": 2 } },
                    "rules": [{
                        "allow": ["API", "Component", "Domain", "Group", "Location", "Resource", "System", "Template", "User"],
                    }],
                },
            })],
            private_database: false,
            units: vec![Unit::Catalog, Unit::Gateway],
        })
    }

    /// Every unit instead of the catalog and the gateway alone.
    #[must_use]
    pub fn all_units(self) -> Self {
        self.units(&Unit::ALL)
    }

    /// These units instead of the catalog and the gateway.
    #[must_use]
    pub fn units(mut self, units: &[Unit]) -> Self {
        self.units = units.to_vec();
        self
    }

    /// A Postgres of its own, which the test can stop.
    #[must_use]
    pub fn private_database(mut self) -> Self {
        self.private_database = true;
        self
    }

    /// More configuration, which wins over what came before.
    #[must_use]
    pub fn config(mut self, config: Value) -> Self {
        self.config.push(config);
        self
    }

    /// Writes a descriptor into the folder and makes it a configured location.
    pub fn location(mut self, name: &str, text: &str) -> Result<Self> {
        let path = write(self.folder.path(), name, text)?;
        self.locations.push(json!({ "type": "file", "target": path }));
        Ok(self)
    }

    /// Makes a file or a glob elsewhere a configured location.
    #[must_use]
    pub fn location_at(mut self, target: &Path) -> Self {
        self.locations.push(json!({ "type": "file", "target": target }));
        self
    }

    /// Writes a file into the folder.
    pub fn file(self, name: &str, text: &str) -> Result<Self> {
        write(self.folder.path(), name, text)?;
        Ok(self)
    }

    /// Where the files are.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts it and waits until it is ready.
    pub async fn start(self) -> Result<Portal> {
        let mut options = StackOptions::for_tests()?;
        options.units = self.units;
        if self.private_database {
            options.database = DatabaseChoice::Private { durable: false };
            options.drop_databases = false;
        }
        options.overlays.extend(self.config.iter().map(Value::to_string));
        options
            .overlays
            .push(json!({ "catalog": { "locations": self.locations } }).to_string());
        let stack = Stack::start(options).await?;
        let api = Api::new(&stack.gateway_url())?;
        Ok(Portal {
            stack,
            api,
            folder: self.folder,
        })
    }
}

/// A running Callboard. Its processes, databases and files go with it.
#[derive(Debug)]
pub struct Portal {
    /// Its processes.
    pub stack: Stack,
    /// Its REST API.
    pub api: Api,
    folder: TempDir,
}

impl Portal {
    /// Where a file in the folder of descriptors is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The location ref of a file in the folder of descriptors.
    pub fn file_location(&self, name: &str) -> String {
        format!("file:{}", self.path(name).display())
    }

    /// Writes, or overwrites, a file in the folder of descriptors.
    pub fn write(&self, name: &str, text: &str) -> Result<()> {
        write(self.folder.path(), name, text).map(drop)
    }

    /// Waits until an entity is there, and answers it.
    pub async fn entity(&self, entity_ref: &str) -> Result<Value> {
        wait::eventually(&format!("{entity_ref} is there"), async || {
            self.api.entity(entity_ref).await
        })
        .await
    }

    /// Waits until an entity is as it should be, and answers it.
    pub async fn entity_when(&self, what: &str, entity_ref: &str, test: impl Fn(&Value) -> bool) -> Result<Value> {
        let mut last = None;
        wait::eventually(&format!("{entity_ref}: {what}"), async || {
            last = self.api.entity(entity_ref).await?;
            Ok(last.clone().filter(|entity| test(entity)))
        })
        .await
        .with_context(|| last.map_or_else(|| "it is not there".to_owned(), |entity| format!("it is {entity}")))
    }

    /// Waits until an entity is gone.
    pub async fn gone(&self, entity_ref: &str) -> Result<()> {
        until(&format!("{entity_ref} is gone"), async || {
            Ok(self.api.entity(entity_ref).await?.is_none())
        })
        .await
    }

    /// Waits until there are so many entities.
    pub async fn total(&self, expected: u64) -> Result<()> {
        let mut seen = 0;
        until("the number of entities", async || {
            seen = self.api.total().await?;
            Ok(seen == expected)
        })
        .await
        .with_context(|| format!("{seen} entities, {expected} expected"))
    }

    /// What a unit has logged so far.
    pub fn log(&self, unit: Unit) -> Result<String> {
        let path = self.stack.log_path(unit);
        fs::read_to_string(&path).with_context(|| path.display().to_string())
    }

    /// Stops it in good order. A test that fails before leaves that to `Drop`, which kills.
    pub async fn stop(self) {
        self.stack.stop().await;
    }
}

fn write(folder: &Path, name: &str, text: &str) -> Result<PathBuf> {
    let path = folder.join(name);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    // Renamed into place, so that nobody reads half of it.
    let fresh = path.with_extension("fresh");
    fs::write(&fresh, text)?;
    fs::rename(&fresh, &path)?;
    Ok(path)
}
