//! `lighthouse.*` of the configuration.

mod browser;
mod retention;
mod schedules;
mod targets;
mod workers;

use callboard_service_kit::config::{Config, ConfigError};

pub use self::{
    browser::BrowserConfig,
    retention::RetentionConfig,
    schedules::{CatalogSchedule, ConfiguredSchedule, SchedulesConfig},
    workers::WorkersConfig,
};
use crate::guard::AddressPolicy;

/// The keys of the section.
const KNOWN_KEYS: &[&str] = &[
    // Of the frontend.
    "baseUrl",
    "maxConcurrency",
    "maxAttempts",
    "auditTimeout",
    "upTimeout",
    "leaseDuration",
    "queueLimit",
    "browser.path",
    "browser.noSandbox",
    "runner.directory",
    "runner.node",
    "targets.allow",
    "targets.deny",
    "targets.allowPrivate",
    "retention.maxAge",
    "retention.maxCount",
    "schedules",
    "catalog.enabled",
    "catalog.cron",
    "catalog.timeZone",
    "catalog.jitter",
    "catalog.formFactor",
    "catalog.initialDelay",
    "schedule",
    "timeout",
];

/// Everything this unit reads from its configuration.
#[derive(Debug, Clone)]
pub struct LighthouseConfig {
    /// How audits are worked on.
    pub workers: WorkersConfig,
    /// What runs them.
    pub browser: BrowserConfig,
    /// What may be audited.
    pub policy: AddressPolicy,
    /// How long audits are kept.
    pub retention: RetentionConfig,
    /// Which are asked for again and again.
    pub schedules: SchedulesConfig,
}

impl LighthouseConfig {
    /// Reads and checks all sections.
    pub fn load(config: &Config) -> Result<Self, ConfigError> {
        config.warn_about_unknown_keys("lighthouse", KNOWN_KEYS);
        Ok(Self {
            workers: WorkersConfig::load(config)?,
            browser: BrowserConfig::load(config)?,
            policy: targets::load(config)?,
            retention: RetentionConfig::load(config)?,
            schedules: SchedulesConfig::load(config)?,
        })
    }
}
