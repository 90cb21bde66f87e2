//! `lighthouse.browser` and `lighthouse.runner`: what runs an audit.

use std::path::PathBuf;

use callboard_service_kit::config::{Config, ConfigError};

/// What runs an audit.
#[derive(Debug, Clone)]
pub struct BrowserConfig {
    /// `lighthouse.browser.path`: Chromium's executable; else the variables `CHROMIUM_PATH` and `CHROME_PATH`, else `chromium`.
    pub chromium: String,
    /// `lighthouse.browser.noSandbox`: starts it without its sandbox. By default only as root, where it cannot have one.
    pub no_sandbox: bool,
    /// `lighthouse.runner.directory` (`services/lighthouse-audit/runner`): where the Node runner is installed.
    pub runner: PathBuf,
    /// `lighthouse.runner.node` (`node`): Node's executable.
    pub node: String,
}

impl BrowserConfig {
    pub(super) fn load(config: &Config) -> Result<Self, ConfigError> {
        let variables = ["CHROMIUM_PATH", "CHROME_PATH"];
        let from_environment = || {
            let values = variables.iter().filter_map(|name| config.environment().get(name));
            values.filter(|value| !value.is_empty()).map(ToOwned::to_owned).next()
        };
        let configured = config.get("lighthouse.browser.path")?;
        let chromium = configured
            .or_else(from_environment)
            .unwrap_or_else(|| "chromium".to_owned());
        Ok(Self {
            chromium,
            no_sandbox: config.get_or("lighthouse.browser.noSandbox", rustix::process::geteuid().is_root())?,
            runner: config.get_or("lighthouse.runner.directory", "services/lighthouse-audit/runner".into())?,
            node: config.get_or("lighthouse.runner.node", "node".to_owned())?,
        })
    }
}
