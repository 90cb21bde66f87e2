//! Configuration in the shape of Backstage's `app-config.yaml`.
//!
//! Files are merged in the order given: objects key by key, everything else replaced. Inside them `${VARIABLE}`,
//! `{$env: NAME}`, `{$file: path}` and `{$include: path#key.path}` are replaced, and at the end `APP_CONFIG_a_b_c`
//! environment variables are laid over everything. Every value keeps the place where it was written, so that a mistake
//! is reported with its file, line and key path.

mod deserialize;
mod duration;
mod environment;
mod error;
mod follow;
mod known_keys;
mod node;
pub mod reference;
mod secret;
mod substitute;
mod yaml;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::de::DeserializeOwned;

use self::{
    deserialize::NodeDeserializer,
    node::{Kind, Node},
};
pub use self::{
    duration::ConfigDuration,
    environment::Environment,
    error::{ConfigError, Origin},
    reference::Section,
    secret::Secret,
};

const DEFAULT_FILE: &str = "app-config.yaml";
const LOCAL_FILE: &str = "app-config.local.yaml";

/// A loaded configuration. Clones share it.
#[derive(Debug, Clone)]
pub struct Config {
    root: Arc<Node>,
    environment: Arc<Environment>,
    /// Absent where it is not of files.
    source: Option<Arc<Source>>,
}

/// What a configuration was read from.
#[derive(Debug)]
struct Source {
    files: Vec<PathBuf>,
    directory: PathBuf,
}

impl Config {
    /// Loads the files with the process environment. Without files: `app-config.yaml` of the current directory, and
    /// `app-config.local.yaml` over it when it is there.
    pub fn load(files: &[PathBuf]) -> Result<Self, ConfigError> {
        Self::load_with(files, Path::new("."), Environment::of_process())
    }

    /// Loads the files with a given environment; relative paths start from `directory`.
    pub fn load_with(files: &[PathBuf], directory: &Path, environment: Environment) -> Result<Self, ConfigError> {
        let source = Source {
            files: files.to_vec(),
            directory: directory.to_path_buf(),
        };
        let files = if files.is_empty() {
            default_files(directory)?
        } else {
            files.iter().map(|file| directory.join(file)).collect()
        };
        let mut root = Node::empty("configuration");
        for file in files {
            let text = std::fs::read_to_string(&file).map_err(|cause| ConfigError::Unreadable {
                path: file.clone(),
                cause: cause.to_string(),
            })?;
            // "./app-config.yaml" is noise in every message.
            let source = file.strip_prefix(".").unwrap_or(&file).to_string_lossy().into_owned();
            let parent = file.parent().unwrap_or(directory);
            root.merge(load_layer(&text, &source, parent, &environment)?);
        }
        Self::finish(root, environment, Some(source))
    }

    /// A configuration from YAML text, without files and environment: for tests.
    pub fn from_yaml(text: &str) -> Result<Self, ConfigError> {
        Self::from_yaml_with(text, Environment::default())
    }

    /// A configuration from YAML text and an environment: for tests.
    pub fn from_yaml_with(text: &str, environment: Environment) -> Result<Self, ConfigError> {
        let root = load_layer(text, "config.yaml", Path::new("."), &environment)?;
        Self::finish(root, environment, None)
    }

    fn finish(mut root: Node, environment: Environment, source: Option<Source>) -> Result<Self, ConfigError> {
        if let Some(overrides) = environment.overrides()? {
            root.merge(overrides);
        }
        Ok(Self {
            root: Arc::new(root),
            environment: Arc::new(environment),
            source: source.map(Arc::new),
        })
    }

    /// The value at a dotted key path such as `backend.auth.keys[0].secret`; `None` when it is absent or null.
    pub fn get<T: DeserializeOwned>(&self, path: &str) -> Result<Option<T>, ConfigError> {
        self.root.at(path).map(|node| read(node, path)).transpose()
    }

    /// The value at a key path, or its default when it is absent.
    pub fn get_or<T: DeserializeOwned>(&self, path: &str, default: T) -> Result<T, ConfigError> {
        Ok(self.get(path)?.unwrap_or(default))
    }

    /// The value at a key path, which must be there.
    pub fn require<T: DeserializeOwned>(&self, path: &str) -> Result<T, ConfigError> {
        self.get(path)?
            .ok_or_else(|| ConfigError::Missing { path: path.to_owned() })
    }

    /// The value at a key path with the one at another laid over it, object by object; `None` when both are absent.
    pub(crate) fn get_layered<T: DeserializeOwned>(&self, path: &str, over: &str) -> Result<Option<T>, ConfigError> {
        let (Some(base), Some(upper)) = (self.root.at(path), self.root.at(over)) else {
            let present = if self.has(over) { over } else { path };
            return self.get(present);
        };
        let mut merged = base.clone();
        merged.merge(upper.clone());
        read(&merged, path).map(Some)
    }

    /// Whether something other than null is at a key path.
    pub fn has(&self, path: &str) -> bool {
        self.root.at(path).is_some()
    }

    /// The keys of the object at a key path, in the order they were written; none when there is no object.
    pub fn keys(&self, path: &str) -> Vec<String> {
        match self.root.at(path).map(|node| &node.kind) {
            Some(Kind::Object(entries)) => entries.iter().map(|(key, _)| key.clone()).collect(),
            _ => Vec::new(),
        }
    }

    /// The members of the object at a key path in the order they were written, each a configuration of its own. For keys that are
    /// free text, such as routes, which a key path cannot name.
    pub fn members(&self, path: &str) -> Vec<(String, Config)> {
        match self.root.at(path).map(|node| &node.kind) {
            Some(Kind::Object(entries)) => entries
                .iter()
                .map(|(key, node)| {
                    let member = Config {
                        root: Arc::new(node.clone()),
                        environment: self.environment.clone(),
                        source: None,
                    };
                    (key.clone(), member)
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Everything at a key path as JSON; `None` when it is absent. It may contain secrets: never log it.
    pub fn json(&self, path: &str) -> Option<serde_json::Value> {
        self.root.at(path).map(Node::to_json)
    }

    /// An error about the value at a key path, for a check that its type cannot express.
    pub fn invalid(&self, path: &str, message: impl Into<String>) -> ConfigError {
        match self.root.at(path) {
            Some(node) => ConfigError::Invalid {
                origin: node.origin.clone(),
                path: path.to_owned(),
                message: message.into(),
            },
            None => ConfigError::Missing { path: path.to_owned() },
        }
    }

    /// The environment this configuration was loaded with.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    pub(crate) fn root(&self) -> &Node {
        &self.root
    }
}

/// The value of the node at a key path.
fn read<T: DeserializeOwned>(node: &Node, path: &str) -> Result<T, ConfigError> {
    T::deserialize(NodeDeserializer(node)).map_err(|mistake| ConfigError::Invalid {
        origin: mistake.origin.unwrap_or_else(|| node.origin.clone()),
        path: node::join(path, &mistake.path),
        message: mistake.message,
    })
}

fn default_files(directory: &Path) -> Result<Vec<PathBuf>, ConfigError> {
    let main = directory.join(DEFAULT_FILE);
    if !main.is_file() {
        return Err(ConfigError::NoFile {
            directory: std::path::absolute(directory).unwrap_or_else(|_| directory.to_path_buf()),
        });
    }
    let local = directory.join(LOCAL_FILE);
    Ok(if local.is_file() { vec![main, local] } else { vec![main] })
}

fn load_layer(text: &str, source: &str, directory: &Path, environment: &Environment) -> Result<Node, ConfigError> {
    let node = yaml::parse(text, source)?;
    if !matches!(node.kind, Kind::Object(_)) {
        return Err(ConfigError::Syntax {
            message: format!("a configuration file is an object, and this is {}", node.type_name()),
            origin: node.origin,
        });
    }
    Ok(substitute::apply(node, directory, environment)?.unwrap_or_else(|| Node::empty(source)))
}

#[cfg(test)]
mod tests;
