//! `gateway.frontend`, and the part of the configuration that browsers may see.

use std::path::PathBuf;

use callboard_service_kit::config::{Config, ConfigError};
use serde_json::{Map, Value, json};

use super::limits::GatewaySection;

/// The single-page app the gateway serves beside the API.
#[derive(Debug)]
pub struct FrontendConfig {
    /// `gateway.frontend.directory`: the built app.
    pub directory: PathBuf,
    /// The configuration that goes into the page.
    pub visible: Value,
}

/// Keys that are sent to browsers as they are. Everything else stays here.
const VISIBLE_KEYS: [&str; 24] = [
    "app.title",
    "app.baseUrl",
    "app.support",
    "app.packages",
    "app.extensions",
    "app.routes.bindings",
    "app.announcements",
    "app.analytics",
    "app.pluginSuggestionUrl",
    "organization.name",
    "backend.baseUrl",
    "auth.environment",
    "auth.autologout",
    "enableExperimentalRedirectFlow",
    "permission.enabled",
    "catalog.import.entityFilename",
    "catalog.import.pullRequestBranchName",
    "catalog.experimentalPagination",
    "search.query.pageLimit",
    "search.defaultType",
    "home.recentVisits",
    "home.topVisits",
    "lighthouse.baseUrl",
    "circleci.proxyPath",
];

impl FrontendConfig {
    /// Reads the section.
    pub fn load(config: &Config) -> Result<Self, ConfigError> {
        let directory = GatewaySection::from_config(config)?.frontend.directory;
        let mut visible = Value::Object(Map::new());
        for key in VISIBLE_KEYS {
            if let Some(value) = config.json(key) {
                put(&mut visible, key, value);
            }
        }
        // Of the sign-in providers browsers learn the names, so that they can offer them, and of third parties the routes, so that
        // plugins ask for nothing that the portal is not connected to; and nothing else of either.
        for key in ["auth.providers", "proxy.endpoints"] {
            if config.has(key) {
                let names = config.keys(key).into_iter().map(|name| (name, json!({}))).collect();
                put(&mut visible, key, Value::Object(names));
            }
        }
        // Of code hosts they learn the hosts, to understand addresses of files.
        for kind in config.keys("integrations") {
            let entries = config.json(&format!("integrations.{kind}"));
            let entries = entries.as_ref().and_then(Value::as_array).into_iter().flatten();
            let hosts = entries
                .filter_map(|entry| entry.get("host"))
                .map(|host| json!({ "host": host }));
            put(&mut visible, &format!("integrations.{kind}"), hosts.collect());
        }
        Ok(Self { directory, visible })
    }
}

/// Puts a value at a dotted path of objects.
fn put(target: &mut Value, path: &str, value: Value) {
    match path.split_once('.') {
        None => target[path] = value,
        Some((first, rest)) => {
            if !target[first].is_object() {
                target[first] = Value::Object(Map::new());
            }
            put(&mut target[first], rest, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_browsers_listed_keys_only() {
        let config = Config::from_yaml(
            "app: {title: Portal, secret: x, extensions: ['page:home', {'page:search': false}]}\n\
             backend: {baseUrl: 'http://localhost:7007', database: {connection: 'postgres://user:password@host'}}\n\
             auth: {environment: development, providers: {github: {development: {clientSecret: hush}}}}\n\
             proxy: {endpoints: {/ci/api: {target: 'https://ci.example', headers: {Token: hush}}}}\n\
             permission: {enabled: false, policy: {roles: {admin: ['group:default/a']}}}\n\
             integrations: {github: [{host: github.com, token: hush}, {apiBaseUrl: 'https://x'}]}",
        )
        .expect("YAML");
        let visible = FrontendConfig::load(&config).expect("loads").visible;
        assert_eq!(
            visible,
            json!({
                "app": {"title": "Portal", "extensions": ["page:home", {"page:search": false}]},
                "backend": {"baseUrl": "http://localhost:7007"},
                "auth": {"environment": "development", "providers": {"github": {}}},
                "permission": {"enabled": false},
                "proxy": {"endpoints": {"/ci/api": {}}},
                "integrations": {"github": [{"host": "github.com"}]},
            })
        );
    }
}
