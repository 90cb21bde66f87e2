//! `audit`.

use std::time::Duration;

use callboard_service_kit::config::{Config, ConfigDuration, ConfigError};
use schemars::JsonSchema;
use serde::Deserialize;

/// The audit log.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct AuditSection {
    /// How long changes are remembered.
    #[schemars(extend("x-default" = "365 days"))]
    retention: ConfigDuration,
}

impl Default for AuditSection {
    fn default() -> Self {
        Self {
            retention: Duration::from_hours(365 * 24).into(),
        }
    }
}

/// How long changes are remembered.
pub(super) fn retention(config: &Config) -> Result<Duration, ConfigError> {
    Ok(config.get_or("audit", AuditSection::default())?.retention.get())
}
