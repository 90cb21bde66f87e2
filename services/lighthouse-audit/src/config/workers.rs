//! `lighthouse.*`: how audits are worked on.

use std::time::Duration;

use callboard_service_kit::config::{Config, ConfigDuration, ConfigError};

/// How audits are worked on.
#[derive(Debug, Clone, Copy)]
pub struct WorkersConfig {
    /// `lighthouse.maxConcurrency` (1): audits at once in this process; 0: this replica answers only.
    pub max_concurrency: usize,
    /// `lighthouse.maxAttempts` (3): workers that may try an audit one after the other when each dies over it.
    pub max_attempts: i32,
    /// `lighthouse.auditTimeout` (2 min): how long Lighthouse and its browser may take.
    pub audit_timeout: Duration,
    /// `lighthouse.upTimeout` (30 s): how long a website may take until it answers, where the caller says nothing.
    pub up_timeout: Duration,
    /// `lighthouse.leaseDuration` (30 s): how long a worker that gives no sign of life keeps its audit.
    pub lease: Duration,
    /// `lighthouse.queueLimit` (100,000): audits that may wait.
    pub queue_limit: i64,
}

impl WorkersConfig {
    pub(super) fn load(config: &Config) -> Result<Self, ConfigError> {
        let duration = |key: &str, default: Duration| {
            let path = format!("lighthouse.{key}");
            let duration = config.get_or::<ConfigDuration>(&path, default.into())?.get();
            if duration < Duration::from_secs(1) {
                return Err(config.invalid(&path, "must be a second or more"));
            }
            Ok(duration)
        };
        let max_attempts = config.get_or("lighthouse.maxAttempts", 3)?;
        if max_attempts < 1 {
            return Err(config.invalid("lighthouse.maxAttempts", "must be greater than zero"));
        }
        Ok(Self {
            max_concurrency: config.get_or("lighthouse.maxConcurrency", 1)?,
            max_attempts,
            audit_timeout: duration("auditTimeout", Duration::from_mins(2))?,
            up_timeout: duration("upTimeout", Duration::from_secs(30))?,
            lease: duration("leaseDuration", Duration::from_secs(30))?,
            queue_limit: config.get_or("lighthouse.queueLimit", 100_000)?,
        })
    }
}
