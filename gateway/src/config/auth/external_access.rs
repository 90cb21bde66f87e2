//! `backend.auth.externalAccess`, and the legacy keys of `backend.auth.keys`.

use std::sync::Arc;

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use callboard_service_kit::config::{Config, ConfigError, Secret};
use serde::Deserialize;
use url::Url;

use super::one_or_many;

const EXTERNAL_ACCESS: &str = "backend.auth.externalAccess";
const KEYS: &str = "backend.auth.keys";
/// Who the bearer of a token made with a key of `backend.auth.keys` is.
const LEGACY_SUBJECT: &str = "external:backstage-plugin";
/// People copy secrets with and without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A way for programs outside to call.
#[derive(Clone, Debug)]
pub struct ExternalAccess {
    /// How they show who they are.
    pub method: ExternalMethod,
    /// What they may call; absent, everything.
    pub restrictions: Option<Arc<[AccessRestriction]>>,
}

/// How a program shows who it is.
#[derive(Clone, Debug)]
pub enum ExternalMethod {
    /// With a secret text.
    Static {
        /// The text.
        token: Secret<String>,
        /// Who its bearer is.
        subject: String,
    },
    /// With a token it signs with a shared secret.
    Legacy {
        /// The secret, decoded.
        secret: Secret<Vec<u8>>,
        /// Who its bearer is.
        subject: String,
    },
    /// With a token of somebody who publishes their keys.
    Jwks(JwksAccess),
}

/// Whose tokens are taken, and what they must say.
#[derive(Clone, Debug)]
pub struct JwksAccess {
    /// Where the keys are.
    pub url: Url,
    /// Accepted issuers; none, any.
    pub issuers: Vec<String>,
    /// Accepted algorithms; none, those that fit the key.
    pub algorithms: Vec<String>,
    /// Accepted audiences; none, any.
    pub audiences: Vec<String>,
    /// Put between `external:` and the token's subject.
    pub subject_prefix: Option<String>,
}

/// Something that a restricted program may call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessRestriction {
    /// The plugin.
    pub plugin: String,
    /// Names of permissions it has there; none, all.
    pub permissions: Vec<String>,
    /// Actions (`create`, `read`, `update`, `delete`) it may do there; none, all.
    pub actions: Vec<String>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    options: Option<Options>,
    #[serde(default)]
    config: Option<Options>,
    #[serde(rename = "accessRestrictions")]
    access_restrictions: Option<Vec<Restriction>>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Options {
    token: Option<Secret<String>>,
    secret: Option<Secret<String>>,
    subject: Option<String>,
    url: Option<String>,
    #[serde(default, deserialize_with = "one_or_many")]
    issuer: Vec<String>,
    #[serde(default, deserialize_with = "one_or_many")]
    algorithm: Vec<String>,
    #[serde(default, deserialize_with = "one_or_many")]
    audience: Vec<String>,
    subject_prefix: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Restriction {
    plugin: String,
    #[serde(default, deserialize_with = "one_or_many")]
    permission: Vec<String>,
    #[serde(default)]
    permission_attribute: PermissionAttribute,
}

#[derive(Default, Deserialize)]
struct PermissionAttribute {
    #[serde(default, deserialize_with = "one_or_many")]
    action: Vec<String>,
}

#[derive(Deserialize)]
struct Key {
    secret: Secret<String>,
}

/// Reads both keys.
pub(super) fn load(config: &Config) -> Result<Vec<ExternalAccess>, ConfigError> {
    let mut all = Vec::new();
    for (position, entry) in config
        .get_or::<Vec<Entry>>(EXTERNAL_ACCESS, Vec::new())?
        .into_iter()
        .enumerate()
    {
        let key = format!("{EXTERNAL_ACCESS}[{position}]");
        all.push(access(entry).map_err(|problem| config.invalid(&key, problem))?);
    }
    for (position, key) in config.get_or::<Vec<Key>>(KEYS, Vec::new())?.into_iter().enumerate() {
        let secret =
            decoded(&key.secret).map_err(|problem| config.invalid(&format!("{KEYS}[{position}].secret"), problem))?;
        all.push(ExternalAccess {
            method: ExternalMethod::Legacy {
                secret,
                subject: LEGACY_SUBJECT.to_owned(),
            },
            restrictions: None,
        });
    }
    Ok(all)
}

fn access(entry: Entry) -> Result<ExternalAccess, String> {
    let options = entry.options.or(entry.config).unwrap_or_default();
    let method = match entry.kind.as_str() {
        "static" => {
            let token = options
                .token
                .filter(|token| is_plain(token.expose()) && token.expose().len() >= 8)
                .ok_or("its token must have 8 characters or more, and no white space")?;
            let subject = subject(options.subject)?;
            ExternalMethod::Static { token, subject }
        }
        "legacy" => {
            let secret = options.secret.ok_or("its secret is missing")?;
            let secret = decoded(&secret)?;
            let subject = subject(options.subject)?;
            ExternalMethod::Legacy { secret, subject }
        }
        "jwks" => {
            let url = options.url.ok_or("its url is missing")?;
            let url = Url::parse(&url).map_err(|error| format!("its url {url:?} is not one: {error}"))?;
            if options.subject_prefix.as_ref().is_some_and(|prefix| !is_plain(prefix)) {
                return Err("its subjectPrefix must be without white space".to_owned());
            }
            ExternalMethod::Jwks(JwksAccess {
                url,
                issuers: options.issuer,
                algorithms: options.algorithm,
                audiences: options.audience,
                subject_prefix: options.subject_prefix,
            })
        }
        other => {
            return Err(format!(
                "external access of type {other:?} is not known; there are \"static\", \"legacy\" and \"jwks\""
            ));
        }
    };
    let restrictions = entry.access_restrictions.map(restrictions).transpose()?;
    Ok(ExternalAccess { method, restrictions })
}

fn restrictions(entries: Vec<Restriction>) -> Result<Arc<[AccessRestriction]>, String> {
    if entries.is_empty() {
        return Err("its accessRestrictions are empty: leave them out, or name a plugin".to_owned());
    }
    let mut restrictions = Vec::with_capacity(entries.len());
    for entry in entries {
        let actions = entry.permission_attribute.action;
        if let Some(unknown) = actions
            .iter()
            .find(|action| !matches!(action.as_str(), "create" | "read" | "update" | "delete"))
        {
            return Err(format!(
                "its accessRestrictions name the action {unknown:?}; there are create, read, update and delete"
            ));
        }
        restrictions.push(AccessRestriction {
            plugin: entry.plugin,
            permissions: entry.permission,
            actions,
        });
    }
    Ok(restrictions.into())
}

fn subject(subject: Option<String>) -> Result<String, String> {
    subject
        .filter(|subject| is_plain(subject))
        .ok_or_else(|| "its subject must be there, and without white space".to_owned())
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace)
}

fn decoded(secret: &Secret<String>) -> Result<Secret<Vec<u8>>, String> {
    let bytes = BASE64
        .decode(secret.expose().trim())
        .ok()
        .filter(|bytes| !bytes.is_empty());
    bytes
        .map(Secret::new)
        .ok_or_else(|| "its secret must be base64".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load_entry(entry: &str) -> Result<Vec<ExternalAccess>, ConfigError> {
        let yaml = format!("backend: {{auth: {{externalAccess: [{entry}]}}}}");
        load(&Config::from_yaml(&yaml).expect(&yaml))
    }

    #[test]
    fn reads_every_type_with_restrictions() {
        let access = load_entry(
            "{type: static, options: {token: secret-token, subject: ci}, accessRestrictions: [{plugin: catalog, \
             permission: 'catalog.entity.read, catalog.entity.create', permissionAttribute: {action: read}}]}, \
             {type: legacy, options: {secret: c2VjcmV0LXNlY3JldA==, subject: old}}, \
             {type: jwks, options: {url: 'https://id.example.com/keys', issuer: a, audience: [b, c], subjectPrefix: ci}}",
        )
        .expect("loads");
        let restriction = AccessRestriction {
            plugin: "catalog".to_owned(),
            permissions: vec!["catalog.entity.read".to_owned(), "catalog.entity.create".to_owned()],
            actions: vec!["read".to_owned()],
        };
        assert_eq!(access[0].restrictions.as_deref(), Some([restriction].as_slice()));
        assert!(matches!(&access[1].method, ExternalMethod::Legacy { subject, .. } if subject == "old"));
        assert!(matches!(&access[2].method, ExternalMethod::Jwks(jwks) if jwks.audiences == ["b", "c"]));
        let shown = format!("{access:?}");
        assert!(
            !shown.contains("secret-token") && !shown.contains("115, 101, 99"),
            "{shown}"
        );
    }

    #[test]
    fn keys_of_old_are_access_too() {
        let config = Config::from_yaml("backend: {auth: {keys: [{secret: c2VjcmV0LXNlY3JldA==}]}}").expect("YAML");
        let access = load(&config).expect("loads");
        assert!(matches!(&access[0].method, ExternalMethod::Legacy { subject, .. } if subject == LEGACY_SUBJECT));
    }

    #[test]
    fn names_what_is_wrong() {
        let cases = [
            ("{type: static, options: {token: short, subject: ci}}", "8 characters"),
            ("{type: static, options: {token: long-enough}}", "subject"),
            ("{type: legacy, options: {secret: '%', subject: ci}}", "base64"),
            ("{type: jwks, options: {}}", "url is missing"),
            ("{type: magic}", "not known"),
            (
                "{type: static, options: {token: long-enough, subject: ci}, accessRestrictions: []}",
                "are empty",
            ),
            (
                "{type: static, options: {token: long-enough, subject: ci}, accessRestrictions: [{plugin: a, \
                 permissionAttribute: {action: guess}}]}",
                "guess",
            ),
        ];
        for (entry, expected) in cases {
            let error = load_entry(entry).expect_err(entry).to_string();
            assert!(
                error.contains("backend.auth.externalAccess[0]") && error.contains(expected),
                "{error}"
            );
        }
    }
}
