//! `permission.policy`: the rules that decide, first to last.
//!
//! The first rule that fits and has no condition decides. Rules with conditions before it decide for those entities that meet
//! them, so that a policy reads from top to bottom, for each entity.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    condition::Condition,
    names::is_administrative,
    question::{Permission, Subject},
};

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Allow,
    Deny,
}

impl Effect {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Allow => "ALLOW",
            Self::Deny => "DENY",
        }
    }
}

/// What a caller may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    Allow,
    Deny,
    /// Allowed for entities that meet the condition.
    Conditional(Condition),
}

impl From<Effect> for Decision {
    fn from(effect: Effect) -> Self {
        match effect {
            Effect::Allow => Self::Allow,
            Effect::Deny => Self::Deny,
        }
    }
}

/// The rules.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    pub(crate) roles: BTreeMap<String, Vec<String>>,
    pub(crate) rules: Vec<PolicyRule>,
    /// What holds when no rule decides.
    pub(crate) default: Effect,
}

/// One rule.
#[derive(Clone, Debug)]
pub(crate) struct PolicyRule {
    /// Names of permissions, `*` standing for any text; none, all.
    pub(crate) permissions: Vec<String>,
    /// Actions; none, all and those without one.
    pub(crate) actions: Vec<String>,
    /// Roles it is for; none, everybody.
    pub(crate) roles: Vec<String>,
    pub(crate) effect: Effect,
    pub(crate) when: Option<Condition>,
    /// For people who read explanations.
    pub(crate) description: Option<String>,
}

/// What a rule had to say to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Explained {
    pub(crate) index: usize,
    pub(crate) applies: bool,
    pub(crate) reason: String,
}

impl Policy {
    /// Backstage's stock policy.
    pub(crate) fn allow_all() -> Self {
        Self {
            roles: BTreeMap::new(),
            rules: Vec::new(),
            default: Effect::Allow,
        }
    }

    /// Decides for a user.
    pub(crate) fn decide(&self, permission: &Permission<'_>, subject: &Subject<'_>) -> Decision {
        let mut conditional: Vec<(Effect, Condition)> = Vec::new();
        // Who looks after the portal is said, and not what is left over.
        let mut last = if is_administrative(permission.name) {
            Effect::Deny
        } else {
            self.default
        };
        for rule in &self.rules {
            if self.why_not(rule, permission, subject).is_some() {
                continue;
            }
            let Some(condition) = &rule.when else {
                last = rule.effect;
                break;
            };
            conditional.push((rule.effect, condition.of(subject)));
        }
        conditional
            .into_iter()
            .rev()
            .fold(last.into(), |rest, (effect, condition)| {
                combine(effect, condition, rest)
            })
    }

    /// What each rule had to say, in order; those after the one that decides are never asked.
    pub(crate) fn explain(&self, permission: &Permission<'_>, subject: &Subject<'_>) -> Vec<Explained> {
        let mut is_decided = false;
        let explain = |(index, rule): (usize, &PolicyRule)| {
            let why_not = if is_decided {
                Some("a rule before it decides for everything".to_owned())
            } else {
                self.why_not(rule, permission, subject)
            };
            let applies = why_not.is_none();
            is_decided |= applies && rule.when.is_none();
            let decides = match &rule.when {
                Some(_) => "decides for entities that meet its condition",
                None => "decides",
            };
            Explained {
                index,
                applies,
                reason: why_not.unwrap_or_else(|| decides.to_owned()),
            }
        };
        self.rules.iter().enumerate().map(explain).collect()
    }

    /// Why a rule is not about a question; `None` when it is.
    fn why_not(&self, rule: &PolicyRule, permission: &Permission<'_>, subject: &Subject<'_>) -> Option<String> {
        let name = permission.name;
        let names_nobody = rule.permissions.is_empty() && rule.roles.is_empty();
        if is_administrative(name) && rule.effect == Effect::Allow && names_nobody {
            return Some(format!(
                "it names neither {name} nor a role, as rules that give it have to"
            ));
        }
        if !rule.permissions.is_empty() && !rule.permissions.iter().any(|pattern| is_match(pattern, name)) {
            return Some(format!("it is about other permissions than {name}"));
        }
        if !rule.actions.is_empty()
            && !permission
                .action
                .is_some_and(|action| rule.actions.iter().any(|own| own == action))
        {
            return Some(match permission.action {
                Some(action) => format!("it is about other actions than {action}"),
                None => format!("it is about some actions, and {name} is none"),
            });
        }
        let has_role = |role: &String| {
            let members = self.roles.get(role);
            members.is_some_and(|members| members.iter().any(|member| subject.is(member)))
        };
        if !rule.roles.is_empty() && !rule.roles.iter().any(has_role) {
            return Some(format!("the user has none of the roles {}", rule.roles.join(", ")));
        }
        if rule.when.is_some() && !permission.is_about_entities {
            return Some(format!(
                "it has a condition on entities, and {name} is not about entities"
            ));
        }
        None
    }
}

impl PolicyRule {
    /// A rule that allows permissions, actions, or everything to everybody.
    #[cfg(test)]
    pub(crate) fn allow(permissions: &[&str], actions: &[&str]) -> Self {
        let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
        Self {
            permissions: texts(permissions),
            actions: texts(actions),
            roles: Vec::new(),
            effect: Effect::Allow,
            when: None,
            description: None,
        }
    }

    /// The rule in a line.
    pub(crate) fn summary(&self) -> String {
        if let Some(description) = &self.description {
            return description.clone();
        }
        let effect = match self.effect {
            Effect::Allow => "allow",
            Effect::Deny => "deny",
        };
        let list = |texts: &[String], all: &str| {
            if texts.is_empty() {
                all.to_owned()
            } else {
                texts.join(", ")
            }
        };
        let mut summary = format!("{effect} {}", list(&self.permissions, "everything"));
        if !self.actions.is_empty() {
            summary = format!("{summary} ({})", self.actions.join(", "));
        }
        summary = format!("{summary} to {}", list(&self.roles, "everybody"));
        if let Some(condition) = &self.when {
            summary = format!("{summary} when {}", condition.to_json());
        }
        summary
    }

    /// The condition as it is written.
    pub(crate) fn condition(&self) -> Value {
        self.when.as_ref().map_or(json!(null), Condition::to_json)
    }
}

/// A rule with a condition before everything else.
fn combine(effect: Effect, condition: Condition, rest: Decision) -> Decision {
    match (effect, rest) {
        (Effect::Allow, Decision::Allow) => Decision::Allow,
        (Effect::Allow, Decision::Deny) => Decision::Conditional(condition),
        (Effect::Allow, Decision::Conditional(rest)) => {
            Decision::Conditional(Condition::AnyOf(flat(condition, rest, |rest| match rest {
                Condition::AnyOf(members) => Ok(members),
                other => Err(other),
            })))
        }
        (Effect::Deny, Decision::Deny) => Decision::Deny,
        (Effect::Deny, Decision::Allow) => Decision::Conditional(Condition::Not(Box::new(condition))),
        (Effect::Deny, Decision::Conditional(rest)) => {
            let not = Condition::Not(Box::new(condition));
            Decision::Conditional(Condition::AllOf(flat(not, rest, |rest| match rest {
                Condition::AllOf(members) => Ok(members),
                other => Err(other),
            })))
        }
    }
}

/// A condition before others, which may be a list of the same kind already.
fn flat(
    first: Condition,
    rest: Condition,
    members: impl Fn(Condition) -> Result<Vec<Condition>, Condition>,
) -> Vec<Condition> {
    let mut all = vec![first];
    match members(rest) {
        Ok(members) => all.extend(members),
        Err(other) => all.push(other),
    }
    all
}

/// Whether a name fits a pattern in which `*` stands for any text.
fn is_match(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(mut left) = name.strip_prefix(start) else {
        return false;
    };
    let parts: Vec<&str> = rest.split('*').collect();
    let Some((end, middle)) = parts.split_last() else {
        return true;
    };
    for part in middle {
        match left.split_once(part) {
            Some((_, after)) => left = after,
            None => return false,
        }
    }
    left.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permission::names;

    fn rule(permissions: &[&str], roles: &[&str], effect: Effect, when: Option<&Value>) -> PolicyRule {
        PolicyRule {
            permissions: permissions.iter().map(ToString::to_string).collect(),
            actions: vec![],
            roles: roles.iter().map(ToString::to_string).collect(),
            effect,
            when: when.map(|when| Condition::parse(when).expect("parses")),
            description: None,
        }
    }

    fn policy(rules: Vec<PolicyRule>) -> Policy {
        let admins = ("admin".to_owned(), vec!["group:default/platform".to_owned()]);
        Policy {
            roles: BTreeMap::from([admins]),
            rules,
            default: Effect::Deny,
        }
    }

    fn decide(policy: &Policy, permission: &Permission<'_>, refs: &[&str]) -> Decision {
        let refs: Vec<String> = refs.iter().map(ToString::to_string).collect();
        let subject = Subject {
            entity_ref: refs.first().map(String::as_str),
            ownership_refs: &refs,
        };
        policy.decide(permission, &subject)
    }

    #[test]
    fn the_first_rule_that_fits_decides() {
        let policy = policy(vec![
            rule(&["catalog.entity.delete"], &["admin"], Effect::Allow, None),
            rule(&["catalog.entity.delete"], &[], Effect::Deny, None),
            rule(&["catalog.*"], &[], Effect::Allow, None),
        ]);
        let jane = ["user:default/jane"];
        let root = ["user:default/root", "Group:default/Platform"];
        assert_eq!(decide(&policy, &names::ENTITY_DELETE, &root), Decision::Allow);
        assert_eq!(decide(&policy, &names::ENTITY_DELETE, &jane), Decision::Deny);
        assert_eq!(decide(&policy, &names::ENTITY_READ, &jane), Decision::Allow);
        assert_eq!(
            decide(&policy, &names::AUDIT_READ, &root),
            Decision::Deny,
            "nothing is said about it"
        );
    }

    #[test]
    fn conditions_are_asked_in_order() {
        let kind = json!({"rule": "IS_ENTITY_KIND", "params": {"kinds": ["Group"]}});
        let secret = json!({"rule": "HAS_LABEL", "params": {"label": "secret"}});
        let policy = policy(vec![
            rule(&[], &["admin"], Effect::Allow, None),
            rule(&["catalog.entity.read"], &[], Effect::Deny, Some(&secret)),
            rule(&["catalog.entity.read"], &[], Effect::Allow, Some(&json!("isOwner"))),
            rule(&["catalog.entity.read"], &[], Effect::Allow, Some(&kind)),
        ]);
        assert_eq!(
            decide(
                &policy,
                &names::ENTITY_READ,
                &["user:default/root", "group:default/platform"]
            ),
            Decision::Allow
        );
        let Decision::Conditional(condition) = decide(&policy, &names::ENTITY_READ, &["user:default/jane"]) else {
            panic!("is conditional");
        };
        assert_eq!(
            condition.to_json(),
            json!({"allOf": [
                {"not": {"rule": "HAS_LABEL", "resourceType": "catalog-entity", "params": {"label": "secret"}}},
                {"anyOf": [
                    {"rule": "IS_ENTITY_OWNER", "resourceType": "catalog-entity", "params": {"claims": ["user:default/jane"]}},
                    {"rule": "IS_ENTITY_KIND", "resourceType": "catalog-entity", "params": {"kinds": ["Group"]}},
                ]},
            ]})
        );
    }

    #[test]
    fn explains_every_rule() {
        let policy = policy(vec![
            rule(&["catalog.location.*"], &[], Effect::Allow, None),
            rule(&[], &["admin"], Effect::Allow, None),
            rule(&["catalog.entity.*"], &[], Effect::Allow, Some(&json!("isOwner"))),
            rule(&[], &[], Effect::Deny, None),
            rule(&[], &[], Effect::Allow, None),
        ]);
        let explained = policy.explain(&names::ENTITY_READ, &Subject::default());
        let applies: Vec<bool> = explained.iter().map(|rule| rule.applies).collect();
        assert_eq!(applies, [false, false, true, true, false]);
        assert!(explained[1].reason.contains("roles admin") && explained[4].reason.contains("before it"));
        let basic = policy.explain(&names::LOCATION_READ, &Subject::default());
        assert!(basic[0].applies && !basic[2].applies);
    }

    #[test]
    fn patterns_match_whole_names() {
        let cases = [
            ("catalog.entity.read", "catalog.entity.read", true),
            ("catalog.entity", "catalog.entity.read", false),
            ("catalog.*", "catalog.entity.read", true),
            ("*.read", "catalog.entity.read", true),
            ("catalog.*.read", "catalog.entity.read", true),
            ("catalog.*.read", "catalog.entity.reader", false),
            ("*", "anything", true),
            ("catalog.*", "my-catalog.x", false),
            ("a*b*c", "abc", true),
            ("a*bc*c", "abc", false),
        ];
        for (pattern, name, expected) in cases {
            assert_eq!(is_match(pattern, name), expected, "{pattern} {name}");
        }
    }
}
