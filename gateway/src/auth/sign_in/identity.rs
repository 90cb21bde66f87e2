//! Which user entity a person is, and what they own things as.

use callboard_proto::catalog::v1::{
    Entity, FieldIn, GetEntitiesByRefsRequest, Predicate, PredicateList, QueryEntitiesRequest, predicate::Condition,
};
use serde::Deserialize;

use crate::{
    auth::providers::Grant,
    config::auth::{
        resolvers::{Resolver, ResolverRule},
        template::lookup,
    },
    error::ApiError,
    gateway::Gateway,
    upstream::CallContext,
};

/// A user of the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) user_entity_ref: String,
    pub(crate) ownership_entity_refs: Vec<String>,
}

/// What a resolver looks for.
enum Search {
    Ref(String),
    Field(String, String),
}

#[derive(Deserialize)]
struct WithRelations {
    #[serde(default)]
    relations: Vec<Relation>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Relation {
    r#type: String,
    target_ref: String,
}

/// The user a person is, by the first resolver that finds one. The error says what each of them missed.
pub(crate) async fn resolve(
    gateway: &Gateway,
    context: &CallContext,
    resolvers: &[Resolver],
    grant: &Grant,
) -> Result<Identity, ApiError> {
    let mut reasons = Vec::new();
    for resolver in resolvers {
        match resolve_by(gateway, context, resolver, grant).await? {
            Ok(identity) => return Ok(identity),
            Err(reason) => reasons.push(format!("{}: {reason}", resolver.name)),
        }
    }
    Err(ApiError::not_allowed(format!(
        "Failed to sign-in, unable to resolve user identity. Please verify that your catalog contains the expected User \
         entities that would match your configured sign-in resolver. Tried {}",
        reasons.join("; ")
    )))
}

/// The user by one resolver, or why it found none; an outer error ends the search.
async fn resolve_by(
    gateway: &Gateway,
    context: &CallContext,
    resolver: &Resolver,
    grant: &Grant,
) -> Result<Result<Identity, String>, ApiError> {
    let mut searches = match searches(resolver, grant) {
        Ok(searches) => searches,
        Err(reason) => return Ok(Err(reason)),
    };
    let mut reason = String::new();
    for search in &searches {
        let found = match search {
            Search::Ref(entity_ref) => find_by_ref(gateway, context, entity_ref)
                .await?
                .ok_or_else(|| format!("there is no {entity_ref}")),
            Search::Field(field, value) => find_by_field(gateway, context, field, value).await?,
        };
        match found {
            Ok(identity) => return Ok(Ok(identity)),
            Err(why) => reason = why,
        }
    }
    match searches.pop() {
        Some(Search::Ref(entity_ref)) if resolver.allows_unknown_users => Ok(Ok(unknown(entity_ref))),
        Some(Search::Field(_, value)) if resolver.allows_unknown_users => {
            let name = value.split('@').next().unwrap_or_default().to_lowercase();
            Ok(Ok(unknown(format!("user:default/{name}"))))
        }
        _ => Ok(Err(reason)),
    }
}

/// Somebody whom the catalog does not know.
fn unknown(user_entity_ref: String) -> Identity {
    Identity {
        ownership_entity_refs: vec![user_entity_ref.clone()],
        user_entity_ref,
    }
}

/// What to look for, in order.
fn searches(resolver: &Resolver, grant: &Grant) -> Result<Vec<Search>, String> {
    let email = || {
        grant
            .profile
            .email
            .as_deref()
            .ok_or("the provider tells no verified mail address")
    };
    let claim = |name: &str| lookup(&grant.claims, name).ok_or(format!("the provider tells no '{name}'"));
    let by_name = |name: &str| Search::Ref(format!("user:default/{}", name.to_lowercase()));
    Ok(match &resolver.rule {
        ResolverRule::ProfileEmail => {
            let email = email()?;
            let by_email = |email: &str| Search::Field("spec.profile.email".to_owned(), email.to_owned());
            let plain = without_plus(email);
            std::iter::once(by_email(email))
                .chain(plain.as_deref().map(by_email))
                .collect()
        }
        ResolverRule::EmailLocalPart(domains) => {
            let (local, domain) = email()?.split_once('@').ok_or("the mail address has no @")?;
            if !domains.is_empty() && !domains.contains(&domain.to_lowercase()) {
                return Err(format!("the domain '{domain}' is not among allowedDomains"));
            }
            vec![by_name(local)]
        }
        ResolverRule::NameFromClaim(name) => vec![by_name(&claim(name)?)],
        ResolverRule::Annotation {
            annotation,
            claim: name,
        } => {
            vec![Search::Field(
                format!("metadata.annotations.{annotation}"),
                claim(name)?,
            )]
        }
        ResolverRule::EntityRef(template) => vec![Search::Ref(full_ref(&rendered(template.render(&grant.claims))?)?)],
        ResolverRule::Field { field, value } => {
            vec![Search::Field(field.clone(), rendered(value.render(&grant.claims))?)]
        }
    })
}

fn rendered(result: Result<String, String>) -> Result<String, String> {
    result.map_err(|claim| format!("the provider tells no '{claim}'"))
}

/// `jane+news@example.com` is `jane@example.com`.
fn without_plus(email: &str) -> Option<String> {
    let (local, domain) = email.split_once('@')?;
    let (name, _) = local.split_once('+')?;
    Some(format!("{name}@{domain}"))
}

/// A user's reference with its parts filled in. Anything but a user may not sign in.
fn full_ref(text: &str) -> Result<String, String> {
    let text = text.to_lowercase();
    let (kind, rest) = text.split_once(':').unwrap_or(("user", text.as_str()));
    let (namespace, name) = rest.split_once('/').unwrap_or(("default", rest));
    let is_plain = |part: &str| !part.is_empty() && !part.contains([':', '/']);
    if kind == "user" && is_plain(namespace) && is_plain(name) {
        Ok(format!("user:{namespace}/{name}"))
    } else {
        Err(format!("'{text}' does not name a user"))
    }
}

/// The user of a reference, if the catalog has it.
pub(crate) async fn find_by_ref(
    gateway: &Gateway,
    context: &CallContext,
    entity_ref: &str,
) -> Result<Option<Identity>, ApiError> {
    let request = GetEntitiesByRefsRequest {
        entity_refs: vec![entity_ref.to_owned()],
        fields: vec!["relations".to_owned()],
        ..GetEntitiesByRefsRequest::default()
    };
    let context = context.as_service("plugin:auth");
    let response = gateway.catalog().get_entities_by_refs(&context, request).await?;
    let entity = response.items.into_iter().next().and_then(|item| item.entity);
    Ok(entity.map(|entity| identity(entity_ref.to_owned(), &entity)))
}

/// The one user whose field has a value.
async fn find_by_field(
    gateway: &Gateway,
    context: &CallContext,
    field: &str,
    value: &str,
) -> Result<Result<Identity, String>, ApiError> {
    let is = |key: &str, value: &str| Predicate {
        condition: Some(Condition::In(FieldIn {
            key: key.to_owned(),
            values: vec![value.to_owned()],
        })),
    };
    let request = QueryEntitiesRequest {
        predicate: Some(Predicate {
            condition: Some(Condition::All(PredicateList {
                predicates: vec![is("kind", "user"), is(field, value)],
            })),
        }),
        fields: vec!["relations".to_owned()],
        limit: Some(2),
        exclude_total: true,
        ..QueryEntitiesRequest::default()
    };
    let context = context.as_service("plugin:auth");
    let response = gateway.catalog().query_entities(&context, request).await?;
    Ok(match response.items.as_slice() {
        [entity] => Ok(identity(entity.r#ref.clone(), entity)),
        [] => Err(format!("no user has the {field} '{value}'")),
        // Whoever can add a user to the catalog could otherwise become somebody else.
        _ => Err(format!("several users have the {field} '{value}'")),
    })
}

/// The user and the groups it is a direct member of.
fn identity(user_entity_ref: String, entity: &Entity) -> Identity {
    let document: Option<WithRelations> = serde_json::from_slice(&entity.document).ok();
    let relations = document.map(|document| document.relations).unwrap_or_default();
    let groups = relations.into_iter().filter(|relation| relation.r#type == "memberOf");
    Identity {
        ownership_entity_refs: std::iter::once(user_entity_ref.clone())
            .chain(groups.map(|relation| relation.target_ref))
            .collect(),
        user_entity_ref,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::auth::providers::Profile;

    fn grant(email: Option<&str>, claims: &Value) -> Grant {
        Grant {
            profile: Profile {
                email: email.map(str::to_owned),
                ..Profile::default()
            },
            claims: claims.as_object().cloned().unwrap_or_default(),
            subject: "s".to_owned(),
            access_token: String::new(),
            refresh_token: None,
            id_token: None,
            scope: String::new(),
            expires_at: None,
        }
    }

    fn looks_for(rule: ResolverRule, grant: &Grant) -> Result<Vec<String>, String> {
        let resolver = Resolver {
            name: "test".to_owned(),
            rule,
            allows_unknown_users: false,
        };
        let searches = searches(&resolver, grant)?;
        let text = |search| match search {
            Search::Ref(entity_ref) => entity_ref,
            Search::Field(field, value) => format!("{field}={value}"),
        };
        Ok(searches.into_iter().map(text).collect())
    }

    #[test]
    fn resolvers_look_for_the_right_users() {
        let jane = grant(Some("Jane+x@example.com"), &json!({"login": "JaneDoe", "id": 7}));
        assert_eq!(
            looks_for(ResolverRule::ProfileEmail, &jane).expect("looks"),
            [
                "spec.profile.email=Jane+x@example.com",
                "spec.profile.email=Jane@example.com"
            ]
        );
        assert_eq!(
            looks_for(ResolverRule::NameFromClaim("login"), &jane).expect("looks"),
            ["user:default/janedoe"]
        );
        let annotation = ResolverRule::Annotation {
            annotation: "github.com/user-id".to_owned(),
            claim: "id",
        };
        assert_eq!(
            looks_for(annotation, &jane).expect("looks"),
            ["metadata.annotations.github.com/user-id=7"]
        );
        let domains = |domain: &str| ResolverRule::EmailLocalPart(vec![domain.to_owned()]);
        assert!(looks_for(domains("example.com"), &jane).is_ok());
        assert!(
            looks_for(domains("other.com"), &jane)
                .expect_err("is refused")
                .contains("allowedDomains")
        );
        let nobody = grant(None, &json!({}));
        assert!(looks_for(ResolverRule::ProfileEmail, &nobody).is_err());
        assert!(
            looks_for(ResolverRule::NameFromClaim("login"), &nobody)
                .expect_err("is refused")
                .contains("login")
        );
    }

    #[test]
    fn only_users_sign_in() {
        assert_eq!(full_ref("Jane").as_deref(), Ok("user:default/jane"));
        assert_eq!(full_ref("user:staff/jane").as_deref(), Ok("user:staff/jane"));
        for text in ["group:default/admins", "user:a/b/c", "user:/", "user:default/", ""] {
            assert!(full_ref(text).is_err(), "{text}");
        }
    }
}
