//! `search`.

use callboard_service_kit::config::{Config, ConfigError};
use schemars::JsonSchema;
use serde::Deserialize;

/// What one search may ask for.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct SearchConfig {
    /// Longest search term, characters.
    pub max_term_length: usize,
    /// Largest page of results.
    pub max_page_limit: u32,
}

impl Default for SearchConfig {
    fn default() -> Self {
        Self {
            max_term_length: 100,
            max_page_limit: 100,
        }
    }
}

impl SearchConfig {
    /// Reads the section.
    pub fn load(config: &Config) -> Result<Self, ConfigError> {
        config.get_or("search", Self::default())
    }
}
