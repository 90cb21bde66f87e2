//! Reading what locations point at.
//!
//! To add a reader of a location type: one file here with `list` and `read`, and a line in [`Readers`]. To add a source host: see
//! `host`.

mod allow_list;
mod body_cache;
mod file;
pub mod host;
mod http;
mod url;

use bytes::Bytes;
use callboard_catalog_model::{error::EntityError, location_ref::LocationRef};

use self::host::github_api::GitHubApi;
use crate::{settings::Settings, store::MAX_LOCATION_BYTES};

/// Content of a file, or the news that there is none.
#[derive(Debug, Clone)]
pub enum Read {
    /// As it was when the validator was given.
    NotModified,
    /// The whole file.
    Content {
        /// Its bytes.
        body: Bytes,
        /// Validator for the next read.
        etag: Option<String>,
    },
}

/// Why something could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is no such file; fine where the location is optional.
    #[error("{0}")]
    NotFound(String),
    /// The configuration does not allow it.
    #[error("{0}")]
    NotAllowed(String),
    /// The location makes no sense.
    #[error("{0}")]
    Input(String),
    /// Anything else.
    #[error("{0}")]
    Failed(String),
}

impl From<ReadError> for EntityError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotFound(message) => Self::new("NotFoundError", message),
            ReadError::NotAllowed(message) => Self::new("NotAllowedError", message),
            ReadError::Input(message) => Self::new("InputError", message),
            ReadError::Failed(message) => Self::new("Error", message),
        }
    }
}

/// All readers.
#[derive(Debug)]
pub struct Readers {
    file: file::FileReader,
    url: url::UrlReader,
}

impl Readers {
    /// Builds them from the configuration.
    pub fn new(settings: &Settings) -> Result<Self, ReadError> {
        Ok(Self {
            file: file::FileReader::new(settings),
            url: url::UrlReader::new(settings)?,
        })
    }

    /// The files a location stands for: itself, or what its glob matches, in the order of their paths.
    pub async fn list(&self, location: &LocationRef) -> Result<Vec<LocationRef>, ReadError> {
        check_length(location)?;
        let files = match location.kind.as_str() {
            "file" => self.file.list(location).await?,
            "url" => {
                let listed = self.url.list(location).await;
                listed.map_err(|error| url::of_location(error, location))?
            }
            _ => return Err(no_reader(location)),
        };
        for file in &files {
            check_length(file)?;
        }
        Ok(files)
    }

    /// Reads one file of a location. A failure is told as one of the location.
    pub async fn read(&self, location: &LocationRef, etag: Option<&str>) -> Result<Read, ReadError> {
        match location.kind.as_str() {
            "file" => self.file.read(location).await,
            "url" => {
                let read = self.url.read(&location.target, etag).await;
                read.map_err(|error| url::of_location(error, location))
            }
            _ => Err(no_reader(location)),
        }
    }

    /// The API of a GitHub, by the host that `integrations` has it under.
    pub(crate) fn github(&self, host: &str) -> Option<GitHubApi<'_>> {
        self.url.github(host)
    }

    /// Reads a URL that something other than a location names.
    pub async fn read_url(&self, url: &str) -> Result<Read, ReadError> {
        self.url.read(url, None).await
    }
}

/// Refuses a location that is too long to be kept.
pub fn check_length(location: &LocationRef) -> Result<(), ReadError> {
    if location.to_string().len() <= MAX_LOCATION_BYTES {
        return Ok(());
    }
    let start: String = location.target.chars().take(60).collect();
    Err(ReadError::Input(format!(
        "The target {start}... is longer than {MAX_LOCATION_BYTES} bytes"
    )))
}

fn failed(message: String) -> ReadError {
    ReadError::Failed(message)
}

fn no_reader(location: &LocationRef) -> ReadError {
    ReadError::Input(format!("No processor was able to handle reading of {location}"))
}
