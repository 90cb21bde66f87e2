//! `backend.csp` and `backend.referrer`.

use std::collections::BTreeMap;

use callboard_service_kit::config::{Config, ConfigError};
use http::HeaderValue;
use serde::Deserialize;
use url::Url;

/// The headers that tell browsers what a page may do.
#[derive(Debug)]
pub struct SecurityHeadersConfig {
    /// `Content-Security-Policy`; absent when every directive was removed.
    pub content_security_policy: Option<HeaderValue>,
    /// `Referrer-Policy`.
    pub referrer_policy: HeaderValue,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Directive {
    Values(Vec<String>),
    // `false` removes a directive; `true` keeps one that has no values.
    Switch(bool),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Policies {
    One(String),
    Many(Vec<String>),
}

/// Upstream's defaults.
const DEFAULT_DIRECTIVES: [(&str, &str); 10] = [
    ("default-src", "'self'"),
    ("base-uri", "'self'"),
    ("font-src", "'self' https: data:"),
    ("frame-ancestors", "'self'"),
    ("img-src", "'self' data:"),
    ("object-src", "'none'"),
    ("script-src", "'self' 'unsafe-eval'"),
    ("script-src-attr", "'none'"),
    ("style-src", "'self' https: 'unsafe-inline'"),
    ("upgrade-insecure-requests", ""),
];

impl SecurityHeadersConfig {
    /// Reads the sections. `upgrade-insecure-requests` would break a portal that is served over plain http, so it is left out
    /// when `backend.baseUrl` is one, unless configured.
    pub fn load(config: &Config, base_url: &Url) -> Result<Self, ConfigError> {
        let mut directives: Vec<(String, String)> = DEFAULT_DIRECTIVES
            .iter()
            .filter(|(name, _)| *name != "upgrade-insecure-requests" || base_url.scheme() == "https")
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let configured = config
            .get::<BTreeMap<String, Directive>>("backend.csp")?
            .unwrap_or_default();
        for (name, directive) in configured {
            let name = kebab_case(&name);
            let position = directives.iter().position(|(known, _)| *known == name);
            let value = match directive {
                Directive::Values(values) => values.join(" "),
                Directive::Switch(true) => String::new(),
                Directive::Switch(false) => {
                    directives.retain(|(known, _)| *known != name);
                    continue;
                }
            };
            match position {
                Some(position) => directives[position].1 = value,
                None => directives.push((name, value)),
            }
        }
        let policy: Vec<String> = directives
            .iter()
            .map(|(name, value)| format!("{name} {value}").trim_end().to_owned())
            .collect();
        let content_security_policy = if policy.is_empty() {
            None
        } else {
            let value = HeaderValue::try_from(policy.join(";"));
            Some(value.map_err(|_| config.invalid("backend.csp", "holds characters that headers may not"))?)
        };
        let referrer = match config.get::<Policies>("backend.referrer.policy")? {
            None => "no-referrer".to_owned(),
            Some(Policies::One(policy)) => policy,
            Some(Policies::Many(policies)) => policies.join(","),
        };
        let referrer_policy = HeaderValue::try_from(referrer)
            .map_err(|_| config.invalid("backend.referrer.policy", "holds characters that headers may not"))?;
        Ok(Self {
            content_security_policy,
            referrer_policy,
        })
    }
}

/// `imgSrc` as `img-src`.
fn kebab_case(name: &str) -> String {
    let mut kebab = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if character.is_ascii_uppercase() {
            kebab.push('-');
        }
        kebab.push(character.to_ascii_lowercase());
    }
    kebab
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(yaml: &str, base_url: &str) -> String {
        let config = Config::from_yaml(yaml).expect(yaml);
        let base_url = Url::parse(base_url).expect("a URL");
        let headers = SecurityHeadersConfig::load(&config, &base_url).expect(yaml);
        headers
            .content_security_policy
            .expect("a policy")
            .to_str()
            .expect("ASCII")
            .to_owned()
    }

    #[test]
    fn upgrades_requests_only_under_https() {
        assert!(policy("backend: {}", "https://portal.example").ends_with(";upgrade-insecure-requests"));
        assert!(!policy("backend: {}", "http://localhost:7007").contains("upgrade-insecure-requests"));
        assert!(
            policy(
                "backend: {csp: {upgrade-insecure-requests: []}}",
                "http://localhost:7007"
            )
            .ends_with(";upgrade-insecure-requests")
        );
        assert!(
            !policy(
                "backend: {csp: {upgrade-insecure-requests: false}}",
                "https://portal.example"
            )
            .contains("upgrade-insecure-requests")
        );
    }

    #[test]
    fn replaces_and_adds_directives() {
        let policy = policy(
            "backend: {csp: {imgSrc: [\"'self'\", 'https:'], connect-src: [\"'self'\"], object-src: false}}",
            "http://localhost",
        );
        assert!(policy.contains("img-src 'self' https:;"), "{policy}");
        assert!(policy.contains("connect-src 'self'"), "{policy}");
        assert!(!policy.contains("object-src"), "{policy}");
    }
}
