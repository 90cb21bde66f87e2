//! `discovery.endpoints`: where plugins are that other Backstage backends serve.

use callboard_service_kit::config::{Config, ConfigError};
use serde::Deserialize;
use url::Url;

const KEY: &str = "discovery.endpoints";
/// What stands for the plugin in a target.
const PLUGIN_ID: [&str; 2] = ["{{pluginId}}", "{{ pluginId }}"];

#[derive(Deserialize)]
struct Entry {
    target: Target,
    plugins: Plugins,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Target {
    Both(String),
    Parts {
        internal: Option<String>,
        #[serde(rename = "external")]
        _external: Option<String>,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Plugins {
    All(String),
    Named(Vec<String>),
}

/// Where other backends serve plugins.
#[derive(Clone, Debug, Default)]
pub struct DiscoveryConfig {
    endpoints: Vec<(Option<Vec<String>>, String)>,
}

impl DiscoveryConfig {
    /// Reads the section.
    pub fn load(config: &Config) -> Result<Self, ConfigError> {
        let mut endpoints = Vec::new();
        for (position, entry) in config.get_or::<Vec<Entry>>(KEY, Vec::new())?.into_iter().enumerate() {
            let invalid = |part: &str, problem: String| config.invalid(&format!("{KEY}[{position}].{part}"), problem);
            let plugins = match entry.plugins {
                Plugins::Named(names) => Some(names),
                Plugins::All(text) if text == "*" => None,
                Plugins::All(text) => return Err(invalid("plugins", format!("{text:?} is neither a list nor '*'"))),
            };
            let target = match entry.target {
                Target::Both(target) => Some(target),
                Target::Parts { internal, .. } => internal,
            };
            // One that only browsers are to use is of no use here.
            let Some(target) = target else { continue };
            let example = filled_in(&target, "example");
            if let Err(error) = Url::parse(&example) {
                return Err(invalid("target", format!("{target:?} is no URL: {error}")));
            }
            endpoints.push((plugins, target));
        }
        Ok(Self { endpoints })
    }

    /// The base URL of a plugin; `None` for one that no other backend serves.
    pub fn base_url(&self, plugin: &str) -> Option<Url> {
        // It becomes a part of a URL.
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if plugin.is_empty() || !plugin.bytes().all(is_plain) {
            return None;
        }
        let (_, target) = self.endpoints.iter().find(|(plugins, _)| {
            plugins
                .as_ref()
                .is_none_or(|names| names.iter().any(|name| name == plugin))
        })?;
        Url::parse(&filled_in(target, plugin)).ok()
    }
}

fn filled_in(target: &str, plugin: &str) -> String {
    PLUGIN_ID
        .iter()
        .fold(target.to_owned(), |target, place| target.replace(place, plugin))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(endpoints: &str) -> Result<DiscoveryConfig, ConfigError> {
        DiscoveryConfig::load(&Config::from_yaml(&format!("discovery: {{endpoints: [{endpoints}]}}")).expect("YAML"))
    }

    #[test]
    fn plugins_are_where_the_first_entry_for_them_says() {
        let config = load(
            "{target: 'http://a/api/scaffolder', plugins: [scaffolder]}, {target: {external: 'http://x'}, plugins: [only-outside]}, \
             {target: {internal: 'http://b/api/{{pluginId}}', external: 'http://x'}, plugins: '*'}",
        )
        .expect("loads");
        let url = |plugin| config.base_url(plugin).map(String::from);
        assert_eq!(url("scaffolder").as_deref(), Some("http://a/api/scaffolder"));
        assert_eq!(url("techdocs").as_deref(), Some("http://b/api/techdocs"));
        for odd in ["", "..", "a/b", "a b", "a%2fb"] {
            assert_eq!(url(odd), None, "{odd}");
        }
        assert!(load("").expect("loads").base_url("a").is_none());
    }

    #[test]
    fn names_what_is_wrong() {
        for (endpoint, expected) in [
            ("{target: nowhere, plugins: [a]}", "discovery.endpoints[0].target"),
            ("{target: 'http://a', plugins: all}", "discovery.endpoints[0].plugins"),
        ] {
            let error = load(endpoint).expect_err(endpoint).to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
