//! `signIn.resolvers`: how a person at a provider becomes a user entity.

use serde::Deserialize;

use super::{one_or_many, template::Template};

/// One way to find the user entity.
#[derive(Clone, Debug)]
pub struct Resolver {
    /// Its name in the configuration, for messages.
    pub name: String,
    /// What is looked for.
    pub rule: ResolverRule,
    /// `dangerouslyAllowSignInWithoutUserInCatalog`: lets people in whom the catalog does not know.
    pub allows_unknown_users: bool,
}

/// What a resolver looks for.
#[derive(Clone, Debug)]
pub enum ResolverRule {
    /// A user with this mail address in `spec.profile.email`.
    ProfileEmail,
    /// A user named as the part before the `@`, in one of these domains where any are listed.
    EmailLocalPart(Vec<String>),
    /// A user named as the claim says.
    NameFromClaim(&'static str),
    /// A user with the person's id in this annotation.
    Annotation {
        /// The annotation.
        annotation: String,
        /// The claim that holds the id.
        claim: &'static str,
    },
    /// `expression`: a user by a reference made from claims.
    EntityRef(Template),
    /// `expression`: the one user whose field has a value made from claims.
    Field {
        /// Path of the field, such as `metadata.annotations.example.com/id`.
        field: String,
        /// Its value.
        value: Template,
    },
}

/// An entry as it is written.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResolverEntry {
    resolver: String,
    #[serde(default, deserialize_with = "one_or_many")]
    allowed_domains: Vec<String>,
    #[serde(default)]
    dangerously_allow_sign_in_without_user_in_catalog: bool,
    #[serde(default)]
    dangerous_entity_ref_fallback: bool,
    entity_ref: Option<String>,
    field: Option<String>,
    value: Option<String>,
}

impl TryFrom<ResolverEntry> for Resolver {
    type Error = String;

    fn try_from(entry: ResolverEntry) -> Result<Self, String> {
        let rule = match entry.resolver.as_str() {
            "emailMatchingUserEntityProfileEmail" => ResolverRule::ProfileEmail,
            "emailLocalPartMatchingUserEntityName" => {
                let domains = entry.allowed_domains.iter().map(|domain| domain.to_lowercase());
                ResolverRule::EmailLocalPart(domains.collect())
            }
            "preferredUsernameMatchingUserEntityName" => ResolverRule::NameFromClaim("preferred_username"),
            "usernameMatchingUserEntityName" => ResolverRule::NameFromClaim("login"),
            "userIdMatchingUserEntityAnnotation" => ResolverRule::Annotation {
                annotation: "github.com/user-id".to_owned(),
                claim: "id",
            },
            "oidcSubClaimMatchingUserEntityAnnotation" => ResolverRule::Annotation {
                annotation: "oidc.com/sub".to_owned(),
                claim: "sub",
            },
            "expression" => expression(&entry)?,
            other => {
                return Err(format!(
                    "there is no resolver {other:?}; there are emailMatchingUserEntityProfileEmail, \
                     emailLocalPartMatchingUserEntityName, preferredUsernameMatchingUserEntityName, \
                     usernameMatchingUserEntityName, userIdMatchingUserEntityAnnotation, \
                     oidcSubClaimMatchingUserEntityAnnotation and expression"
                ));
            }
        };
        Ok(Self {
            name: entry.resolver,
            rule,
            allows_unknown_users: entry.dangerously_allow_sign_in_without_user_in_catalog
                || entry.dangerous_entity_ref_fallback,
        })
    }
}

fn expression(entry: &ResolverEntry) -> Result<ResolverRule, String> {
    match (&entry.entity_ref, &entry.field, &entry.value) {
        (Some(entity_ref), None, None) => Ok(ResolverRule::EntityRef(Template::parse(entity_ref)?)),
        (None, Some(field), Some(value)) => Ok(ResolverRule::Field {
            field: field.clone(),
            value: Template::parse(value)?,
        }),
        _ => Err("an expression has either entityRef, or field and value".to_owned()),
    }
}
