//! How to audit.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{
    settings,
    states::{FormFactor, Throttling},
};

/// Largest Lighthouse configuration, in bytes.
const LARGEST_CONFIG: usize = 100 * 1024;
/// Longest wait for a website.
const LONGEST_UP_TIMEOUT: Duration = Duration::from_mins(10);
const CATEGORIES: [&str; 4] = ["performance", "accessibility", "best-practices", "seo"];
const EXTENDS: [&str; 2] = ["lighthouse:default", "lighthouse:full"];

/// Why options are refused, for the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct OptionsError(pub String);

/// How to audit; stored with the audit and with schedules.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AuditOptions {
    /// Which device is played; mobile by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form_factor: Option<FormFactor>,
    /// How its slowness is played; simulated by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub throttling: Option<Throttling>,
    /// Category ids; all by default.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// How long the website may take until it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub up_timeout_ms: Option<u64>,
    /// What Lighthouse's configuration extends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extends: Option<String>,
    /// Lighthouse's settings, merged over what the fields above say.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub settings: Map<String, Value>,
}

impl AuditOptions {
    /// Checks the options that are not Lighthouse's, and takes over a Lighthouse configuration, as far as a caller may set it.
    pub fn with_lighthouse_config(mut self, config: &[u8]) -> Result<Self, OptionsError> {
        let refuse = |message: String| Err(OptionsError(message));
        if let Some(category) = self.categories.iter().find(|id| !CATEGORIES.contains(&id.as_str())) {
            return refuse(format!(
                "{category:?} is no category; there are {}",
                CATEGORIES.join(", ")
            ));
        }
        if self
            .up_timeout_ms
            .is_some_and(|time| u128::from(time) > LONGEST_UP_TIMEOUT.as_millis())
        {
            return refuse(format!(
                "upTimeout may be {} ms at most",
                LONGEST_UP_TIMEOUT.as_millis()
            ));
        }
        if config.is_empty() {
            return Ok(self);
        }
        if config.len() > LARGEST_CONFIG {
            return refuse(format!("lighthouseConfig is larger than {LARGEST_CONFIG} bytes"));
        }
        let members: Map<String, Value> = serde_json::from_slice(config)
            .map_err(|error| OptionsError(format!("lighthouseConfig is not a JSON object: {error}")))?;
        for (name, value) in members {
            match (name.as_str(), value) {
                (_, Value::Null) => {}
                ("settings", Value::Object(settings)) => {
                    settings::check(&settings).map_err(OptionsError)?;
                    self.settings = settings;
                }
                ("settings", _) => return refuse("lighthouseConfig.settings must be an object".to_owned()),
                ("extends", Value::String(name)) if EXTENDS.contains(&name.as_str()) => self.extends = Some(name),
                ("extends", _) => return refuse(format!("lighthouseConfig.extends is one of {}", EXTENDS.join(", "))),
                (name, _) => {
                    return refuse(format!(
                        "lighthouseConfig.{name} may not be set here: only extends and settings can, because the rest makes \
                         Lighthouse load code"
                    ));
                }
            }
        }
        if self.settings_hold_zero() {
            return refuse("lighthouseConfig holds the character U+0000".to_owned());
        }
        Ok(self)
    }

    /// Postgres does not store it.
    fn settings_hold_zero(&self) -> bool {
        serde_json::to_string(&self.settings).is_ok_and(|text| text.contains("\\u0000"))
    }

    /// The device that is played, whoever named it.
    pub fn device(&self) -> FormFactor {
        self.settings
            .get("formFactor")
            .and_then(Value::as_str)
            .and_then(FormFactor::from_name)
            .or(self.form_factor)
            .unwrap_or(FormFactor::Mobile)
    }

    /// How long the website may take until it answers.
    pub fn up_timeout(&self, default: Duration) -> Duration {
        self.up_timeout_ms.map_or(default, Duration::from_millis)
    }

    /// What Lighthouse's configuration extends.
    pub fn extends(&self) -> &str {
        self.extends.as_deref().unwrap_or(EXTENDS[0])
    }

    /// Lighthouse's settings: what the fields say, under those of the caller's configuration.
    pub fn lighthouse_settings(&self) -> Map<String, Value> {
        let mut settings = Map::new();
        settings.insert("formFactor".to_owned(), json!(self.device()));
        if let Some(throttling) = self.throttling {
            settings.insert("throttlingMethod".to_owned(), json!(throttling));
        }
        if !self.categories.is_empty() {
            settings.insert("onlyCategories".to_owned(), json!(self.categories));
        }
        let own = self.settings.iter().filter(|(_, value)| !value.is_null());
        settings.extend(own.map(|(name, value)| (name.clone(), value.clone())));
        settings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(config: &Value) -> Result<AuditOptions, String> {
        AuditOptions::default()
            .with_lighthouse_config(config.to_string().as_bytes())
            .map_err(|error| error.0)
    }

    #[test]
    fn what_backstages_form_sends_is_taken() {
        let options = with(&json!({ "settings": {
            "formFactor": "desktop", "emulatedFormFactor": "desktop",
            "screenEmulation": { "mobile": false, "width": 1350, "height": 940, "deviceScaleFactor": 1, "disabled": false },
        }}))
        .unwrap();
        assert_eq!(options.device(), FormFactor::Desktop);
        assert_eq!(options.lighthouse_settings()["screenEmulation"]["width"], json!(1350));
    }

    #[test]
    fn the_callers_settings_win_over_the_fields() {
        let options = AuditOptions {
            form_factor: Some(FormFactor::Desktop),
            throttling: Some(Throttling::None),
            categories: vec!["seo".to_owned()],
            ..AuditOptions::default()
        };
        let options = options
            .with_lighthouse_config(br#"{"extends": "lighthouse:default", "settings": {"formFactor": "mobile"}}"#)
            .unwrap();
        let expected = json!({"formFactor": "mobile", "throttlingMethod": "provided", "onlyCategories": ["seo"]});
        assert_eq!(Value::Object(options.lighthouse_settings()), expected);
    }

    #[test]
    fn what_loads_code_writes_files_or_makes_no_sense_is_refused() {
        for (config, part) in [
            (json!({"audits": ["/tmp/evil.js"]}), "lighthouseConfig.audits"),
            (
                json!({"passes": [{"gatherers": ["/tmp/evil.js"]}]}),
                "lighthouseConfig.passes",
            ),
            (json!({"plugins": ["evil"]}), "lighthouseConfig.plugins"),
            (json!({"extends": "/tmp/evil.js"}), "lighthouseConfig.extends"),
            (json!({"settings": {"auditMode": "/tmp"}}), "settings.auditMode"),
            (json!({"settings": {"gatherMode": true}}), "settings.gatherMode"),
            (json!({"settings": {"formFactor": "watch"}}), "settings.formFactor"),
            (
                json!({"settings": {"onlyCategories": "seo"}}),
                "settings.onlyCategories",
            ),
            (json!({"settings": {"locale": "a\0b"}}), "U+0000"),
            (json!({"settings": []}), "settings must be an object"),
            (json!([1]), "not a JSON object"),
        ] {
            let message = with(&config).unwrap_err();
            assert!(message.contains(part), "{config}: {message}");
        }
        let lone_surrogate = br#"{"settings": {"locale": "\ud800"}}"#;
        assert!(AuditOptions::default().with_lighthouse_config(lone_surrogate).is_err());
    }
}
