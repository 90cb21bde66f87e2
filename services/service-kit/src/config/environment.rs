use std::collections::BTreeMap;

use super::{
    error::{ConfigError, Origin},
    node::{self, Kind, Node},
};

const PREFIX: &str = "APP_CONFIG_";

/// The environment variables a configuration may read. It is passed in, so that tests do not depend on the ambient one.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    variables: BTreeMap<String, String>,
}

impl Environment {
    /// The variables of this process. Those that are not UTF-8 are left out.
    pub fn of_process() -> Self {
        Self {
            variables: std::env::vars_os()
                .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
                .collect(),
        }
    }

    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }

    /// The configuration that `APP_CONFIG_a_b_c` variables spell out: JSON where the value is JSON, else text.
    pub(crate) fn overrides(&self) -> Result<Option<Node>, ConfigError> {
        let mut result: Option<Node> = None;
        for (name, value) in self.variables.range(PREFIX.to_owned()..) {
            let Some(path) = name.strip_prefix(PREFIX) else { break };
            let origin = Origin::whole(format!("environment variable {name}"));
            let keys: Vec<&str> = path.split('_').collect();
            if !keys.iter().all(|key| is_key(key)) {
                return Err(ConfigError::Invalid {
                    origin,
                    path: keys.join("."),
                    message: "each part between underscores must be letters, digits and dashes and begin with a letter"
                        .to_owned(),
                });
            }
            let leaf = match serde_json::from_str::<serde_json::Value>(value) {
                Ok(value) => Node::from_json(value, &origin),
                Err(_) => Node::new(Kind::String(value.clone()), origin),
            };
            let nested = node::nest(&keys, leaf);
            match &mut result {
                Some(existing) => existing.merge(nested),
                None => result = Some(nested),
            }
        }
        Ok(result)
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(variables: I) -> Self {
        Self {
            variables: variables
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        }
    }
}

fn is_key(key: &str) -> bool {
    key.starts_with(|first: char| first.is_ascii_alphabetic())
        && key
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_nest_by_underscores_and_parse_as_json() {
        let environment = Environment::from_iter([
            ("APP_CONFIG_app_title", "My \"Portal\""),
            ("APP_CONFIG_backend_listen_port", "8080"),
            ("APP_CONFIG_backend_cors", r#"{"origin": ["http://a"]}"#),
            ("APP_CONFIGURATION", "not ours"),
            ("HOME", "/root"),
        ]);
        assert_eq!(
            environment.overrides().unwrap().unwrap().to_json(),
            serde_json::json!({
                "app": {"title": "My \"Portal\""},
                "backend": {"cors": {"origin": ["http://a"]}, "listen": {"port": 8080}}
            })
        );
    }

    #[test]
    fn a_malformed_name_is_refused_by_name() {
        let error = Environment::from_iter([("APP_CONFIG_app__title", "x")])
            .overrides()
            .unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("environment variable APP_CONFIG_app__title: "),
            "{error}"
        );
    }

    #[test]
    fn nothing_is_overridden_without_such_variables() {
        assert!(
            Environment::from_iter([("PATH", "/bin")])
                .overrides()
                .unwrap()
                .is_none()
        );
    }
}
