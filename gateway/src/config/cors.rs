//! `backend.cors`.

use callboard_service_kit::config::{Config, ConfigError};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use http::HeaderValue;
use serde::Deserialize;

/// Which other origins may call, and with what.
#[derive(Debug)]
pub struct CorsConfig {
    /// `origin`: globs, compared without regard to case; `*` does not cross a `/`.
    pub origins: GlobSet,
    /// `methods`; by default all that the API uses.
    pub methods: HeaderValue,
    /// `allowedHeaders`; absent, whatever the browser asks for is allowed.
    pub allowed_headers: Option<HeaderValue>,
    /// `exposedHeaders`.
    pub exposed_headers: Option<HeaderValue>,
    /// `credentials`.
    pub credentials: bool,
    /// `maxAge`, in seconds.
    pub max_age: Option<HeaderValue>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Section {
    origin: Option<OneOrMany>,
    methods: Option<OneOrMany>,
    allowed_headers: Option<OneOrMany>,
    exposed_headers: Option<OneOrMany>,
    credentials: bool,
    max_age: Option<u64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn into_vec(self) -> Vec<String> {
        match self {
            Self::One(text) => vec![text],
            Self::Many(texts) => texts,
        }
    }
}

impl CorsConfig {
    /// Reads the section.
    pub fn load(config: &Config) -> Result<Option<Self>, ConfigError> {
        let Some(section) = config.get::<Section>("backend.cors")? else {
            return Ok(None);
        };
        let mut origins = GlobSetBuilder::new();
        for pattern in section.origin.map(OneOrMany::into_vec).unwrap_or_default() {
            let glob = GlobBuilder::new(&pattern)
                .case_insensitive(true)
                .literal_separator(true)
                .build()
                .map_err(|error| config.invalid("backend.cors.origin", error.to_string()))?;
            origins.add(glob);
        }
        let origins = origins
            .build()
            .map_err(|error| config.invalid("backend.cors.origin", error.to_string()))?;
        let methods = header_list(config, "methods", section.methods)?;
        Ok(Some(Self {
            origins,
            methods: methods.unwrap_or(HeaderValue::from_static("GET,HEAD,PUT,PATCH,POST,DELETE")),
            allowed_headers: header_list(config, "allowedHeaders", section.allowed_headers)?,
            exposed_headers: header_list(config, "exposedHeaders", section.exposed_headers)?,
            credentials: section.credentials,
            max_age: section.max_age.map(HeaderValue::from),
        }))
    }
}

fn header_list(config: &Config, key: &str, list: Option<OneOrMany>) -> Result<Option<HeaderValue>, ConfigError> {
    let Some(list) = list else { return Ok(None) };
    let text = list.into_vec().join(",");
    HeaderValue::try_from(text)
        .map(Some)
        .map_err(|_| config.invalid(&format!("backend.cors.{key}"), "holds characters that headers may not"))
}
