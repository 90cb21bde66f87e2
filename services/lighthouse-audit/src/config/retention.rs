//! `lighthouse.retention`: how long audits are kept.

use std::time::Duration;

use callboard_service_kit::config::{Config, ConfigDuration, ConfigError};

/// How long audits are kept. The newest completed audit of a website is kept whatever its age.
#[derive(Debug, Clone, Copy)]
pub struct RetentionConfig {
    /// `lighthouse.retention.maxAge` (for ever): audits that ended longer ago are deleted.
    pub max_age: Option<Duration>,
    /// `lighthouse.retention.maxCount` (1,000): of each website the newest this many are kept.
    pub max_count: i64,
}

impl RetentionConfig {
    pub(super) fn load(config: &Config) -> Result<Self, ConfigError> {
        let max_count = config.get_or("lighthouse.retention.maxCount", 1000)?;
        if max_count < 1 {
            return Err(config.invalid("lighthouse.retention.maxCount", "must be greater than zero"));
        }
        let max_age = config.get::<ConfigDuration>("lighthouse.retention.maxAge")?;
        Ok(Self {
            max_age: max_age.map(ConfigDuration::get),
            max_count,
        })
    }
}
