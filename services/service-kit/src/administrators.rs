//! Who looks after the portal: `permission.administrators`.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    config::{Config, ConfigError},
    identity::{Caller, Principal},
};

const KEY: &str = "permission.administrators";

/// Who looks after the portal.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct AdministratorsSection {
    /// Full references of users and groups, and `service:<subject>` of programs, that may see how the units and the catalog's
    /// providers are, read the audit log, ask why others may do something, and look after the proxy's endpoints. A policy gives
    /// these rights one by one.
    #[schemars(extend("x-default" = "nobody"))]
    administrators: Vec<String>,
}

/// Those whom the configuration names. Clones share the list.
#[derive(Debug, Clone, Default)]
pub struct Administrators {
    names: Arc<[String]>,
}

impl Administrators {
    /// Reads `permission.administrators`; without it, nobody.
    pub fn from_config(config: &Config) -> Result<Self, ConfigError> {
        Self::with_key(config, Vec::new(), KEY)
    }

    /// The same and those of an older key, which stays good for what it was for.
    pub fn and_those_of(self, config: &Config, key: &str) -> Result<Self, ConfigError> {
        Self::with_key(config, self.names.to_vec(), key)
    }

    fn with_key(config: &Config, mut names: Vec<String>, key: &str) -> Result<Self, ConfigError> {
        for (position, name) in config.get_or::<Vec<String>>(key, Vec::new())?.into_iter().enumerate() {
            if !is_full(&name) {
                let problem = format!(
                    "{name:?} is neither a full reference of a user or group, such as group:default/platform, nor service:<subject>"
                );
                return Err(config.invalid(&format!("{key}[{position}]"), problem));
            }
            names.push(name);
        }
        Ok(Self { names: names.into() })
    }

    /// Whether a caller is among them.
    pub fn include(&self, caller: &Caller) -> bool {
        let is_named = |name: &str| self.names.iter().any(|known| known.eq_ignore_ascii_case(name));
        match &caller.principal {
            Principal::User {
                entity_ref,
                ownership_refs,
            } => is_named(entity_ref) || ownership_refs.iter().any(|group| is_named(group)),
            // The subject of a token is whatever its owner wrote: it counts as a whole, and as a program's only.
            Principal::Service { .. } => self.names.iter().any(|known| *known == caller.to_string()),
            Principal::Anonymous => false,
        }
    }
}

fn is_full(name: &str) -> bool {
    match name.split_once(':') {
        Some(("service", subject)) => !subject.is_empty(),
        Some((kind, rest)) => {
            let is_person = kind.eq_ignore_ascii_case("user") || kind.eq_ignore_ascii_case("group");
            is_person
                && rest
                    .split_once('/')
                    .is_some_and(|(namespace, name)| !namespace.is_empty() && !name.is_empty())
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_groups_and_programs_are_named() {
        let config = Config::from_yaml(
            "{permission: {administrators: ['group:default/Platform', 'service:ci']}, proxy: {administrators: ['user:default/jo']}}",
        )
        .unwrap();
        let administrators = Administrators::from_config(&config).unwrap();
        let member = Caller::user("user:default/jane", vec!["group:default/platform".to_owned()]);
        assert!(administrators.include(&member) && administrators.include(&Caller::service("ci")));
        let jo = Caller::user("user:default/jo", Vec::new());
        for other in [
            &jo,
            &Caller::service("CI"),
            &Caller::service("group:default/platform"),
            &Caller::anonymous(),
        ] {
            assert!(!administrators.include(other), "{other}");
        }
        let older = administrators.and_those_of(&config, "proxy.administrators").unwrap();
        assert!(older.include(&jo) && older.include(&member));
    }

    #[test]
    fn what_names_nobody_is_refused() {
        for name in [
            "platform",
            "group:platform",
            "group:/a",
            "component:default/a",
            "service:",
            "",
        ] {
            let yaml = format!("permission: {{administrators: ['group:default/a', '{name}']}}");
            let error = Administrators::from_config(&Config::from_yaml(&yaml).unwrap()).unwrap_err();
            assert!(error.to_string().contains("permission.administrators[1]"), "{error}");
        }
    }
}
