//! `backend.auth` and `auth`.

pub mod external_access;
pub mod origins;
pub mod providers;
pub mod resolvers;
pub mod template;

use std::time::Duration;

use callboard_service_kit::config::{Config, ConfigDuration, ConfigError};
use serde::{Deserialize, Deserializer, de};
use url::Url;

use self::{
    external_access::ExternalAccess,
    origins::Origins,
    providers::{GitHubConfig, GuestConfig, OidcConfig},
};

/// Who may call, and how people sign in.
#[derive(Debug)]
pub struct AuthConfig {
    /// `backend.auth.dangerouslyDisableDefaultAuthPolicy`: lets callers in who show no credentials at all.
    pub default_policy_disabled: bool,
    /// `backend.auth.externalAccess`, and the legacy keys of `backend.auth.keys`.
    pub external_access: Vec<ExternalAccess>,
    /// `auth.environment` (`development`).
    pub environment: String,
    /// Names under `auth.providers`.
    pub provider_names: Vec<String>,
    /// `auth.providers.guest`.
    pub guest: Option<GuestConfig>,
    /// `auth.providers.oidc.<environment>`.
    pub oidc: Option<OidcConfig>,
    /// `auth.providers.github.<environment>`.
    pub github: Option<GitHubConfig>,
    /// `auth.backstageTokenExpiration` in seconds (3600), between ten minutes and a day.
    pub token_lifetime: Duration,
    /// `auth.omitIdentityTokenOwnershipClaim` (`true`): leaves the claim `ent` out of user tokens.
    pub omits_ownership_claim: bool,
    /// `iss` of the tokens: `<backend.baseUrl>/api/auth`.
    pub issuer: String,
    /// Where sign-in may come from and lead back to.
    pub origins: Origins,
}

impl AuthConfig {
    /// Reads the sections.
    pub fn load(config: &Config, base_url: &Url) -> Result<Self, ConfigError> {
        let environment: String = config.get_or("auth.environment", "development".to_owned())?;
        let provider_names = config.keys("auth.providers");
        let issuer = format!("{}/api/auth", base_url.as_str().trim_end_matches('/'));
        match config.get::<String>("auth.identityTokenAlgorithm")?.as_deref() {
            None | Some("ES256") => {}
            Some(other) => {
                let problem = format!("user tokens are signed with ES256; {other:?} is not supported");
                return Err(config.invalid("auth.identityTokenAlgorithm", problem));
            }
        }
        Ok(Self {
            default_policy_disabled: config.get_or("backend.auth.dangerouslyDisableDefaultAuthPolicy", false)?,
            external_access: external_access::load(config)?,
            guest: GuestConfig::load(config)?,
            oidc: OidcConfig::load(config, &environment, &issuer)?,
            github: GitHubConfig::load(config, &environment, &issuer)?,
            environment,
            provider_names,
            token_lifetime: token_lifetime(config)?,
            omits_ownership_claim: config.get_or("auth.omitIdentityTokenOwnershipClaim", true)?,
            issuer,
            origins: Origins::load(config, base_url)?,
        })
    }

    /// Whether guests may enter: in development, or when somebody wrote that they may elsewhere.
    pub fn allows_guests(&self) -> bool {
        self.guest
            .as_ref()
            .is_some_and(|guest| self.environment == "development" || guest.dangerously_allow_outside_development)
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

/// Upstream takes lists as lists, as one text, and as one text with commas or spaces.
pub(super) fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
    }
    let texts = match OneOrMany::deserialize(deserializer) {
        Ok(OneOrMany::One(text)) => vec![text],
        Ok(OneOrMany::Many(texts)) => texts,
        Err(_) => return Err(de::Error::custom("must be a text or a list of texts")),
    };
    let parts = texts
        .iter()
        .flat_map(|text| text.split([',', ' ']))
        .filter(|part| !part.is_empty());
    Ok(parts.map(str::to_owned).collect())
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
        assert!(auth.guest.is_none() && auth.oidc.is_none() && auth.github.is_none());
        assert!(auth.external_access.is_empty() && auth.omits_ownership_claim);
        assert_eq!(auth.issuer, "http://localhost:7007/api/auth");
        assert_eq!(auth.token_lifetime, Duration::from_hours(1));
    }

    #[test]
    fn lets_guests_in_where_it_is_safe_or_said_so() {
        let guests = |yaml| load(yaml).expect(yaml).allows_guests();
        assert!(guests("auth: {providers: {guest: {}}}"));
        assert!(!guests("auth: {environment: production, providers: {guest: {}}}"));
        assert!(guests(
            "auth: {environment: production, providers: {guest: {dangerouslyAllowOutsideDevelopment: true}}}"
        ));
        assert!(!guests("auth: {providers: {}}"));
    }

    #[test]
    fn refuses_another_algorithm() {
        let error = load("auth: {identityTokenAlgorithm: RS256}")
            .expect_err("is refused")
            .to_string();
        assert!(
            error.contains("auth.identityTokenAlgorithm") && error.contains("ES256"),
            "{error}"
        );
    }
}
