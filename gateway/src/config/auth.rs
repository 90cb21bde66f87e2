//! `backend.auth` and `auth`.

use std::time::Duration;

use callboard_service_kit::config::{Config, ConfigDuration, ConfigError, Secret};
use serde::Deserialize;
use url::Url;

/// Who may call, and how people sign in.
#[derive(Debug)]
pub struct AuthConfig {
    /// `backend.auth.dangerouslyDisableDefaultAuthPolicy`: lets callers in who show no credentials at all.
    pub default_policy_disabled: bool,
    /// `backend.auth.externalAccess`, the entries of type `static`.
    pub static_tokens: Vec<StaticToken>,
    /// `auth.environment` (`development`).
    pub environment: String,
    /// Names under `auth.providers`.
    pub provider_names: Vec<String>,
    /// `auth.providers.guest`.
    pub guest: Option<GuestConfig>,
    /// `auth.backstageTokenExpiration` in seconds (3600), between ten minutes and a day.
    pub token_lifetime: Duration,
    /// `iss` of the tokens: `<backend.baseUrl>/api/auth`.
    pub issuer: String,
}

/// An entry of `backend.auth.externalAccess`.
#[derive(Clone, Debug)]
pub struct StaticToken {
    /// The secret.
    pub token: Secret<String>,
    /// Who its bearer is.
    pub subject: String,
    /// `accessRestrictions[].plugin`; absent, the token is good for everything.
    pub plugins: Option<Vec<String>>,
}

/// `auth.providers.guest`: signing in without credentials.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct GuestConfig {
    /// Who guests are.
    pub user_entity_ref: String,
    /// What they own while the catalog does not know them; absent, just themselves.
    pub ownership_entity_refs: Option<Vec<String>>,
    /// Lets guests in although `auth.environment` is not `development`.
    pub dangerously_allow_outside_development: bool,
}

impl Default for GuestConfig {
    fn default() -> Self {
        Self {
            user_entity_ref: "user:development/guest".to_owned(),
            ownership_entity_refs: None,
            dangerously_allow_outside_development: false,
        }
    }
}

#[derive(Deserialize)]
struct ExternalAccess {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    options: Option<StaticOptions>,
    #[serde(default)]
    config: Option<StaticOptions>,
    #[serde(rename = "accessRestrictions")]
    access_restrictions: Option<Vec<AccessRestriction>>,
}

#[derive(Deserialize)]
struct StaticOptions {
    token: Option<Secret<String>>,
    subject: Option<String>,
}

#[derive(Deserialize)]
struct AccessRestriction {
    plugin: String,
}

const EXTERNAL_ACCESS: &str = "backend.auth.externalAccess";

impl AuthConfig {
    /// Reads the sections.
    pub fn load(config: &Config, base_url: &Url) -> Result<Self, ConfigError> {
        let external = config.get::<Vec<ExternalAccess>>(EXTERNAL_ACCESS)?.unwrap_or_default();
        let mut static_tokens = Vec::new();
        for (position, entry) in external.into_iter().enumerate() {
            static_tokens.push(static_token(config, entry, &format!("{EXTERNAL_ACCESS}[{position}]"))?);
        }
        let provider_names = config.keys("auth.providers");
        let guest = if provider_names.iter().any(|name| name == "guest") {
            Some(config.get::<GuestConfig>("auth.providers.guest")?.unwrap_or_default())
        } else {
            None
        };
        Ok(Self {
            default_policy_disabled: config
                .get("backend.auth.dangerouslyDisableDefaultAuthPolicy")?
                .unwrap_or(false),
            static_tokens,
            environment: config
                .get("auth.environment")?
                .unwrap_or_else(|| "development".to_owned()),
            provider_names,
            guest,
            token_lifetime: token_lifetime(config)?,
            issuer: format!("{}/api/auth", base_url.as_str().trim_end_matches('/')),
        })
    }
}

/// Upstream's key is a number of seconds or a duration.
fn token_lifetime(config: &Config) -> Result<Duration, ConfigError> {
    const KEY: &str = "auth.backstageTokenExpiration";
    let lifetime = match config.json(KEY) {
        Some(serde_json::Value::Number(_)) => Duration::from_secs(config.require(KEY)?),
        _ => config
            .get_or::<ConfigDuration>(KEY, Duration::from_hours(1).into())?
            .get(),
    };
    Ok(lifetime.clamp(Duration::from_mins(10), Duration::from_hours(24)))
}

fn static_token(config: &Config, entry: ExternalAccess, key: &str) -> Result<StaticToken, ConfigError> {
    if entry.kind != "static" {
        let problem = format!(
            "external access of type {:?} is not supported; use \"static\"",
            entry.kind
        );
        return Err(config.invalid(&format!("{key}.type"), problem));
    }
    let options = entry.options.or(entry.config);
    let (token, subject) = options.map_or((None, None), |options| (options.token, options.subject));
    let readable = |text: &String| !text.is_empty() && !text.contains(char::is_whitespace);
    let token = token
        .filter(|token| readable(token.expose()) && token.expose().len() >= 8)
        .ok_or_else(|| config.invalid(key, "its token must have 8 characters or more, and no white space"))?;
    let subject = subject
        .filter(readable)
        .ok_or_else(|| config.invalid(key, "its subject must be there, and without white space"))?;
    let plugins = entry
        .access_restrictions
        .map(|restrictions| restrictions.into_iter().map(|restriction| restriction.plugin).collect());
    Ok(StaticToken {
        token,
        subject,
        plugins,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(yaml: &str) -> Result<AuthConfig, ConfigError> {
        let config = Config::from_yaml(yaml).expect(yaml);
        AuthConfig::load(&config, &Url::parse("http://localhost:7007").expect("a URL"))
    }

    #[test]
    fn has_safe_defaults() {
        let auth = load("backend: {}").expect("loads");
        assert!(!auth.default_policy_disabled);
        assert!(auth.guest.is_none());
        assert_eq!(auth.issuer, "http://localhost:7007/api/auth");
        assert_eq!(auth.token_lifetime, Duration::from_hours(1));
    }

    #[test]
    fn reads_guests_and_static_tokens() {
        let auth = load(
            "auth: {providers: {guest: {userEntityRef: 'user:default/visitor'}, github: {development: {}}}}\n\
             backend: {auth: {externalAccess: [{type: static, options: {token: secret-token, subject: ci}, \
             accessRestrictions: [{plugin: catalog}]}]}}",
        )
        .expect("loads");
        assert_eq!(auth.guest.expect("guests").user_entity_ref, "user:default/visitor");
        assert_eq!(auth.provider_names, ["guest", "github"]);
        assert_eq!(auth.static_tokens[0].subject, "ci");
        assert_eq!(
            auth.static_tokens[0].plugins.as_deref(),
            Some(["catalog".to_owned()].as_slice())
        );
        assert!(!format!("{:?}", auth.static_tokens).contains("secret-token"));
    }

    #[test]
    fn names_the_key_of_a_bad_token() {
        let short = load("backend: {auth: {externalAccess: [{type: static, options: {token: short, subject: ci}}]}}");
        let error = short.expect_err("is refused").to_string();
        assert!(
            error.contains("backend.auth.externalAccess[0]") && error.contains("8 characters"),
            "{error}"
        );
        assert!(load("backend: {auth: {externalAccess: [{type: jwks, options: {url: x}}]}}").is_err());
    }
}
