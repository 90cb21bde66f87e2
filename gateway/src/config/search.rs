//! `search`.

use callboard_service_kit::config::{Config, ConfigError};

/// Limits of one search.
#[derive(Clone, Copy, Debug)]
pub struct SearchConfig {
    /// `search.maxTermLength` (100): characters of a term.
    pub max_term_length: usize,
    /// `search.maxPageLimit` (100): results a page.
    pub max_page_limit: u32,
}

impl SearchConfig {
    /// Reads the section.
    pub fn load(config: &Config) -> Result<Self, ConfigError> {
        Ok(Self {
            max_term_length: config.get_or("search.maxTermLength", 100)?,
            max_page_limit: config.get_or("search.maxPageLimit", 100)?,
        })
    }
}
