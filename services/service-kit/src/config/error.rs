use std::{fmt, path::PathBuf, sync::Arc};

/// Where a value was written down: shown in every configuration error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file's path as it was given, or a description such as `environment variable APP_CONFIG_app_title`.
    pub source: Arc<str>,
    /// The line, counted from 1; 0 when the source has no lines.
    pub line: usize,
    /// The column, counted from 1; 0 when the source has no lines.
    pub column: usize,
}

impl Origin {
    /// A place inside a text with lines.
    pub fn new(source: Arc<str>, line: usize, column: usize) -> Self {
        Self { source, line, column }
    }

    /// A source without lines, such as an environment variable.
    pub fn whole(source: impl Into<Arc<str>>) -> Self {
        Self::new(source.into(), 0, 0)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.source)?;
        if self.line > 0 {
            write!(formatter, ":{}:{}", self.line, self.column)?;
        }
        Ok(())
    }
}

/// A configuration that cannot be used. Its text names the file, the line and the key path, and never a secret's value.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// A configuration file cannot be read.
    #[error("cannot read the configuration file {}: {cause}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        cause: String,
    },
    /// No file was named and the default file is not there.
    #[error("there is no app-config.yaml in {}; name configuration files with --config FILE", directory.display())]
    NoFile {
        /// Where it was looked for.
        directory: PathBuf,
    },
    /// A file is not YAML.
    #[error("{origin}: {message}")]
    Syntax {
        /// Where.
        origin: Origin,
        /// What the parser said.
        message: String,
    },
    /// A value is there but cannot be used.
    #[error("{origin}: {path}: {message}")]
    Invalid {
        /// Where.
        origin: Origin,
        /// The key path, such as `backend.cache.store`.
        path: String,
        /// What is wrong.
        message: String,
    },
    /// A required value is missing.
    #[error("{path} is required, but no configuration file or APP_CONFIG_ variable sets it")]
    Missing {
        /// The key path.
        path: String,
    },
}

impl ConfigError {
    /// The same error of a [member](super::Config::members), named from the root of the whole configuration.
    #[must_use]
    pub fn inside(self, parent: &str) -> Self {
        match self {
            Self::Invalid { origin, path, message } => Self::Invalid {
                origin,
                path: super::node::join(parent, &path),
                message,
            },
            Self::Missing { path } => Self::Missing {
                path: super::node::join(parent, &path),
            },
            other => other,
        }
    }
}
