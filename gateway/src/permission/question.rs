//! What may be asked, and about whom.

use callboard_service_kit::identity::Principal;
use serde_json::{Map, Value};

use super::condition::RESOURCE_TYPE;

/// A permission that somebody may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Permission<'a> {
    /// Its name, such as `catalog.entity.delete`; what is before the first dot is its plugin.
    pub(crate) name: &'a str,
    /// `create`, `read`, `update` or `delete`, where it is one of these.
    pub(crate) action: Option<&'a str>,
    /// Whether it is about entities of the catalog, which conditions can be about.
    pub(crate) is_about_entities: bool,
}

impl<'a> Permission<'a> {
    /// The plugin it belongs to.
    pub(crate) fn plugin(&self) -> &'a str {
        self.name.split('.').next().unwrap_or_default()
    }

    /// Reads the `permission` member of a request. The second value is whether it is about some resource.
    pub(crate) fn parse(members: &'a Map<String, Value>) -> Option<(Self, bool)> {
        let text = |value: Option<&'a Value>| value.and_then(Value::as_str);
        let attributes = members.get("attributes");
        let is_about_resource = text(members.get("type")) == Some("resource");
        let resource_type = text(members.get("resourceType"));
        let permission = Self {
            name: text(members.get("name"))?,
            action: text(attributes.and_then(|attributes| attributes.get("action"))),
            is_about_entities: is_about_resource && resource_type == Some(RESOURCE_TYPE),
        };
        Some((permission, is_about_resource))
    }
}

/// The user a question is about; nobody owns nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Subject<'a> {
    pub(crate) entity_ref: Option<&'a str>,
    pub(crate) ownership_refs: &'a [String],
}

impl<'a> Subject<'a> {
    /// The user behind a principal.
    pub(crate) fn of(principal: &'a Principal) -> Self {
        match principal {
            Principal::User {
                entity_ref,
                ownership_refs,
            } => Self {
                entity_ref: Some(entity_ref),
                ownership_refs,
            },
            Principal::Service { .. } | Principal::Anonymous => Self::default(),
        }
    }

    /// Whether the subject is the user, or a member of the group, that is named.
    pub(crate) fn is(&self, entity_ref: &str) -> bool {
        let is_same = |own: &str| own.eq_ignore_ascii_case(entity_ref);
        self.entity_ref.is_some_and(is_same) || self.ownership_refs.iter().any(|own| is_same(own))
    }
}
