//! `auth.providers`: the ways to sign in.

use std::time::Duration;

use callboard_service_kit::config::{Config, ConfigDuration, ConfigError, Secret};
use serde::{Deserialize, Deserializer};
use url::Url;

use super::{
    one_or_many,
    resolvers::{Resolver, ResolverEntry},
};

/// Sessions that are not used for so long end, unless configured otherwise.
const SESSION_DURATION: Duration = Duration::from_hours(30 * 24);

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

impl GuestConfig {
    pub(super) fn load(config: &Config) -> Result<Option<Self>, ConfigError> {
        if !config.keys("auth.providers").iter().any(|name| name == "guest") {
            return Ok(None);
        }
        Ok(Some(config.get("auth.providers.guest")?.unwrap_or_default()))
    }
}

/// What all OAuth providers have.
#[derive(Clone, Debug)]
pub struct OAuthConfig {
    /// What the sign-in page calls it.
    pub title: String,
    /// The portal's id at the provider.
    pub client_id: String,
    /// The portal's password at the provider.
    pub client_secret: Secret<String>,
    /// Where the provider sends people back to.
    pub callback_url: Url,
    /// Asked for besides what signing in needs.
    pub additional_scopes: Vec<String>,
    /// A session that is not used for so long ends.
    pub session_duration: Duration,
    /// How a person becomes a user entity, tried in order; none, the provider is not for signing in.
    pub resolvers: Vec<Resolver>,
}

/// How the portal shows its password at the token endpoint.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum ClientAuthentication {
    /// In an `Authorization: Basic` header.
    #[default]
    ClientSecretBasic,
    /// In the form.
    ClientSecretPost,
    /// Not at all: PKCE alone protects the code.
    None,
}

/// `auth.providers.oidc.<environment>`.
#[derive(Clone, Debug)]
pub struct OidcConfig {
    /// What all OAuth providers have.
    pub oauth: OAuthConfig,
    /// Where the provider describes itself.
    pub metadata_url: Url,
    /// `tokenEndpointAuthMethod`.
    pub client_authentication: ClientAuthentication,
    /// `tokenSignedResponseAlg` (`RS256`): the only algorithm that ID tokens may be signed with.
    pub signing_algorithm: String,
    /// `prompt`; absent or `auto`, the provider decides what to ask.
    pub prompt: Option<String>,
    /// `timeout` (10 s) of each call to the provider.
    pub timeout: Duration,
    /// `startUrlSearchParams`: added to the authorisation URL.
    pub start_parameters: Vec<(String, String)>,
}

/// `auth.providers.github.<environment>`.
#[derive(Clone, Debug)]
pub struct GitHubConfig {
    /// What all OAuth providers have.
    pub oauth: OAuthConfig,
    /// Where people sign in: `https://github.com`, or `enterpriseInstanceUrl`.
    pub web_url: Url,
    /// Where programs ask who they are.
    pub api_url: Url,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OAuthSection {
    title: Option<String>,
    client_id: String,
    client_secret: Option<Secret<String>>,
    callback_url: Option<String>,
    #[serde(default, deserialize_with = "one_or_many")]
    additional_scopes: Vec<String>,
    // The older name of the same.
    #[serde(default, deserialize_with = "one_or_many")]
    scope: Vec<String>,
    session_duration: Option<ConfigDuration>,
    sign_in: Option<SignInSection>,
}

#[derive(Deserialize)]
struct SignInSection {
    #[serde(default)]
    resolvers: Vec<ResolverEntry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OidcSection {
    metadata_url: String,
    #[serde(default)]
    token_endpoint_auth_method: ClientAuthentication,
    token_signed_response_alg: Option<String>,
    prompt: Option<String>,
    timeout: Option<ConfigDuration>,
    #[serde(default, deserialize_with = "parameters")]
    start_url_search_params: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GitHubSection {
    enterprise_instance_url: Option<String>,
}

impl OAuthConfig {
    /// Reads what is common below `key`.
    fn load(config: &Config, key: &str, id: &str, issuer: &str) -> Result<Self, ConfigError> {
        let section: OAuthSection = config.require(key)?;
        let callback_url = section
            .callback_url
            .unwrap_or_else(|| format!("{issuer}/{id}/handler/frame"));
        let callback_url = Url::parse(&callback_url)
            .map_err(|error| config.invalid(&format!("{key}.callbackUrl"), error.to_string()))?;
        if !callback_url.path().ends_with("/handler/frame") {
            return Err(config.invalid(&format!("{key}.callbackUrl"), "must end in /handler/frame"));
        }
        let entries = section.sign_in.map(|sign_in| sign_in.resolvers).unwrap_or_default();
        let mut resolvers = Vec::with_capacity(entries.len());
        for (position, entry) in entries.into_iter().enumerate() {
            let resolver = Resolver::try_from(entry)
                .map_err(|problem| config.invalid(&format!("{key}.signIn.resolvers[{position}]"), problem))?;
            resolvers.push(resolver);
        }
        let title = match id {
            "github" => "GitHub",
            _ => "OpenID Connect",
        };
        Ok(Self {
            title: section.title.unwrap_or_else(|| title.to_owned()),
            client_id: section.client_id,
            client_secret: section.client_secret.unwrap_or_else(|| Secret::new(String::new())),
            callback_url,
            additional_scopes: [section.additional_scopes, section.scope].concat(),
            session_duration: section.session_duration.map_or(SESSION_DURATION, ConfigDuration::get),
            resolvers,
        })
    }
}

impl OidcConfig {
    pub(super) fn load(config: &Config, environment: &str, issuer: &str) -> Result<Option<Self>, ConfigError> {
        let key = format!("auth.providers.oidc.{environment}");
        let Some(section) = config.get::<OidcSection>(&key)? else {
            return Ok(None);
        };
        let oauth = OAuthConfig::load(config, &key, "oidc", issuer)?;
        if oauth.client_secret.expose().is_empty() && section.token_endpoint_auth_method != ClientAuthentication::None {
            return Err(config.invalid(
                &key,
                "clientSecret is missing; with tokenEndpointAuthMethod: none it may be",
            ));
        }
        let metadata_url = Url::parse(&section.metadata_url)
            .map_err(|error| config.invalid(&format!("{key}.metadataUrl"), error.to_string()))?;
        let algorithm = section.token_signed_response_alg.unwrap_or_else(|| "RS256".to_owned());
        if !matches!(
            algorithm.as_str(),
            "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "EdDSA"
        ) {
            let problem = format!("{algorithm:?} is not supported; use RS256, ES256, PS256 or EdDSA");
            return Err(config.invalid(&format!("{key}.tokenSignedResponseAlg"), problem));
        }
        Ok(Some(Self {
            oauth,
            metadata_url,
            client_authentication: section.token_endpoint_auth_method,
            signing_algorithm: algorithm,
            prompt: section.prompt.filter(|prompt| prompt != "auto"),
            timeout: section.timeout.map_or(Duration::from_secs(10), ConfigDuration::get),
            start_parameters: section.start_url_search_params,
        }))
    }
}

impl GitHubConfig {
    pub(super) fn load(config: &Config, environment: &str, issuer: &str) -> Result<Option<Self>, ConfigError> {
        let key = format!("auth.providers.github.{environment}");
        let Some(section) = config.get::<GitHubSection>(&key)? else {
            return Ok(None);
        };
        let oauth = OAuthConfig::load(config, &key, "github", issuer)?;
        if oauth.client_secret.expose().is_empty() {
            return Err(config.invalid(&key, "clientSecret is missing"));
        }
        let enterprise_key = format!("{key}.enterpriseInstanceUrl");
        let parse = |text: &str| Url::parse(text).map_err(|error| config.invalid(&enterprise_key, error.to_string()));
        let (web_url, api_url) = match section.enterprise_instance_url.as_deref() {
            Some(instance) => {
                let instance = instance.trim_end_matches('/');
                (parse(instance)?, parse(&format!("{instance}/api/v3/"))?)
            }
            None => (parse("https://github.com")?, parse("https://api.github.com/")?),
        };
        Ok(Some(Self {
            oauth,
            web_url,
            api_url,
        }))
    }
}

/// An object of texts, in its order.
fn parameters<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, String)>, D::Error> {
    let map = std::collections::BTreeMap::<String, String>::deserialize(deserializer)?;
    Ok(map.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISSUER: &str = "http://localhost:7007/api/auth";

    fn oidc(settings: &str) -> Result<Option<OidcConfig>, ConfigError> {
        let yaml = format!("auth: {{providers: {{oidc: {{development: {{{settings}}}}}}}}}");
        OidcConfig::load(&Config::from_yaml(&yaml).expect("YAML"), "development", ISSUER)
    }

    #[test]
    fn reads_a_provider() {
        let config = oidc(
            "clientId: portal, clientSecret: hush, metadataUrl: 'https://id.example.com', prompt: auto, \
             additionalScopes: 'groups offline_access', signIn: {resolvers: [{resolver: emailMatchingUserEntityProfileEmail}]}",
        );
        let config = config.expect("loads").expect("is there");
        assert_eq!(
            config.oauth.callback_url.as_str(),
            "http://localhost:7007/api/auth/oidc/handler/frame"
        );
        assert_eq!(config.oauth.additional_scopes, ["groups", "offline_access"]);
        assert_eq!(config.oauth.resolvers.len(), 1);
        assert_eq!(
            (config.prompt.as_deref(), config.signing_algorithm.as_str()),
            (None, "RS256")
        );
        assert!(!format!("{config:?}").contains("hush"));
    }

    #[test]
    fn names_what_is_wrong() {
        let cases = [
            ("clientId: a, clientSecret: b", "metadataUrl"),
            ("clientId: a, metadataUrl: 'https://x'", "clientSecret is missing"),
            ("clientId: a, clientSecret: b, metadataUrl: x", "metadataUrl"),
            (
                "clientId: a, clientSecret: b, metadataUrl: 'https://x', tokenSignedResponseAlg: none",
                "not supported",
            ),
            (
                "clientId: a, clientSecret: b, metadataUrl: 'https://x', callbackUrl: 'https://x/y'",
                "callbackUrl",
            ),
            (
                "clientId: a, clientSecret: b, metadataUrl: 'https://x', signIn: {resolvers: [{resolver: guess}]}",
                "signIn.resolvers[0]",
            ),
        ];
        for (settings, expected) in cases {
            let error = oidc(settings).expect_err(settings).to_string();
            assert!(error.contains(expected), "{settings}: {error}");
        }
    }

    #[test]
    fn other_environments_do_not_count() {
        let yaml = "auth: {providers: {github: {production: {clientId: a, clientSecret: b}}}}";
        let config = Config::from_yaml(yaml).expect("YAML");
        assert!(
            GitHubConfig::load(&config, "development", ISSUER)
                .expect("loads")
                .is_none()
        );
        let github = GitHubConfig::load(&config, "production", ISSUER)
            .expect("loads")
            .expect("is there");
        assert_eq!(github.api_url.as_str(), "https://api.github.com/");
    }
}
