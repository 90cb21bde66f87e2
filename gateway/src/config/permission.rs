//! `permission`: what callers may do.

use std::collections::BTreeMap;

use callboard_service_kit::config::{Config, ConfigError};
use serde::Deserialize;

use super::auth::one_or_many;
use crate::permission::{
    condition::Condition,
    policy::{Effect, Policy, PolicyRule},
};

const POLICY: &str = "permission.policy";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RuleSection {
    #[serde(default, deserialize_with = "one_or_many")]
    permissions: Vec<String>,
    #[serde(default, deserialize_with = "one_or_many")]
    actions: Vec<String>,
    #[serde(default, deserialize_with = "one_or_many")]
    roles: Vec<String>,
    effect: EffectName,
    description: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum EffectName {
    Allow,
    Deny,
}

impl From<EffectName> for Effect {
    fn from(name: EffectName) -> Self {
        match name {
            EffectName::Allow => Self::Allow,
            EffectName::Deny => Self::Deny,
        }
    }
}

/// The policy, where `permission.enabled` is set. Without `permission.policy` everything is allowed, as in Backstage; with one,
/// everything is denied that it does not allow.
pub(super) fn load(config: &Config) -> Result<Option<Policy>, ConfigError> {
    config.warn_about_unknown_keys(POLICY, &["roles", "rules", "default"]);
    let policy = if config.has(POLICY) {
        policy(config)?
    } else {
        Policy::allow_all()
    };
    // A wrong policy is refused even while it is switched off.
    Ok(config.get_or("permission.enabled", false)?.then_some(policy))
}

fn policy(config: &Config) -> Result<Policy, ConfigError> {
    let roles: BTreeMap<String, Vec<String>> = config.get_or(&format!("{POLICY}.roles"), BTreeMap::new())?;
    for (role, members) in &roles {
        let is_ref = |member: &String| member.starts_with("user:") || member.starts_with("group:");
        if let Some(other) = members.iter().find(|member| !is_ref(member) || !member.contains('/')) {
            let problem = format!("{other:?} is no full reference of a user or group, such as group:default/platform");
            return Err(config.invalid(&format!("{POLICY}.roles.{role}"), problem));
        }
    }
    let sections: Vec<RuleSection> = config.get_or(&format!("{POLICY}.rules"), Vec::new())?;
    let mut ordered = Vec::with_capacity(sections.len());
    for (position, section) in sections.into_iter().enumerate() {
        let key = format!("{POLICY}.rules[{position}]");
        config.warn_about_unknown_keys(
            &key,
            &["permissions", "actions", "roles", "effect", "when", "description"],
        );
        if let Some(unknown) = section.roles.iter().find(|role| !roles.contains_key(*role)) {
            return Err(config.invalid(&format!("{key}.roles"), format!("there is no role {unknown:?}")));
        }
        if let Some(unknown) = section
            .actions
            .iter()
            .find(|action| !matches!(action.as_str(), "create" | "read" | "update" | "delete"))
        {
            let problem = format!("there is no action {unknown:?}; there are create, read, update and delete");
            return Err(config.invalid(&format!("{key}.actions"), problem));
        }
        let when_key = format!("{key}.when");
        let when = config
            .json(&when_key)
            .map(|when| Condition::parse(&when).map_err(|problem| config.invalid(&when_key, problem)))
            .transpose()?;
        ordered.push(PolicyRule {
            permissions: section.permissions,
            actions: section.actions,
            roles: section.roles,
            effect: section.effect.into(),
            when,
            description: section.description,
        });
    }
    let default = config.get::<EffectName>(&format!("{POLICY}.default"))?;
    Ok(Policy {
        roles,
        rules: ordered,
        default: default.unwrap_or(EffectName::Deny).into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load_yaml(yaml: &str) -> Result<Option<Policy>, ConfigError> {
        load(&Config::from_yaml(yaml).expect(yaml))
    }

    #[test]
    fn denies_what_a_policy_does_not_allow() {
        assert!(load_yaml("permission: {enabled: false}").expect("loads").is_none());
        let stock = load_yaml("permission: {enabled: true}").expect("loads").expect("is on");
        assert_eq!(stock.default, Effect::Allow);
        let own = load_yaml(
            "permission: {enabled: true, policy: {roles: {admin: ['group:default/a']}, rules: [{roles: admin, effect: allow}, \
             {permissions: [catalog.entity.read], effect: allow, when: isOwner}]}}",
        );
        let own = own.expect("loads").expect("is on");
        assert_eq!((own.default, own.rules.len()), (Effect::Deny, 2));
        assert!(own.rules[1].when.is_some());
    }

    #[test]
    fn names_what_is_wrong() {
        let cases = [
            ("roles: {admin: [platform]}", "permission.policy.roles.admin"),
            (
                "rules: [{roles: [admin], effect: allow}]",
                "permission.policy.rules[0].roles",
            ),
            ("rules: [{effect: maybe}]", "permission.policy.rules[0].effect"),
            ("rules: [{permissions: [a]}]", "permission.policy.rules[0]"),
            ("rules: [{actions: [peek], effect: allow}]", "peek"),
            (
                "rules: [{effect: allow, when: {rule: HAS_MAGIC}}]",
                "permission.policy.rules[0].when",
            ),
        ];
        for (policy, expected) in cases {
            let error = load_yaml(&format!("permission: {{policy: {{{policy}}}}}"))
                .expect_err(policy)
                .to_string();
            assert!(error.contains(expected), "{policy}: {error}");
        }
    }
}
