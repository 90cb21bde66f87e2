//! What handlers ask before they do something.

use callboard_proto::catalog::v1::PermissionCondition;
use callboard_service_kit::identity::Principal;

use super::{
    Permissions, names,
    policy::Decision,
    question::{Permission, Subject},
};
use crate::{
    auth::credentials::Credentials, config::auth::external_access::AccessRestriction, error::ApiError, gateway::Gateway,
};

impl Permissions {
    /// Whether a caller may do something. Programs may do everything that their token is not restricted from.
    pub(crate) fn decide(&self, credentials: &Credentials, permission: &Permission<'_>) -> Decision {
        if let Some(restrictions) = &credentials.restrictions
            && !restrictions.iter().any(|restriction| covers(restriction, permission))
        {
            return Decision::Deny;
        }
        if self.is_administrators(credentials, permission) {
            return Decision::Allow;
        }
        let is_administrative = names::is_administrative(permission.name);
        match (&self.policy, &credentials.caller.principal) {
            (_, Principal::Service { .. }) => Decision::Allow,
            (None, _) if is_administrative => Decision::Deny,
            (None, _) => Decision::Allow,
            (Some(policy), principal) => policy.decide(permission, &Subject::of(principal)),
        }
    }

    /// Whether a caller has a permission as one of `permission.administrators`.
    pub(crate) fn is_administrators(&self, credentials: &Credentials, permission: &Permission<'_>) -> bool {
        let is_theirs = names::is_administrative(permission.name) || permission.name == names::POLICY_EXPLAIN.name;
        is_theirs && self.administrators.include(&credentials.caller)
    }

    /// Refuses a caller who may not do something that is not about one entity.
    pub(crate) fn require(&self, credentials: &Credentials, permission: &Permission<'_>) -> Result<(), ApiError> {
        match self.decide(credentials, permission) {
            Decision::Allow => Ok(()),
            Decision::Deny | Decision::Conditional(_) if names::is_administrative(permission.name) => {
                Err(ApiError::not_allowed(format!(
                    "This needs the permission {}: permission.administrators, a rule of permission.policy, or a program's token \
                     gives it",
                    permission.name
                )))
            }
            // Upstream gives no reason.
            Decision::Deny | Decision::Conditional(_) => Err(ApiError::not_allowed("")),
        }
    }

    /// Whether a caller may do something that is not about one entity.
    pub(crate) fn allows(&self, credentials: &Credentials, permission: &Permission<'_>) -> bool {
        self.decide(credentials, permission) == Decision::Allow
    }

    /// The condition that an entity has to meet for a caller to do something with it; absent, there is none.
    pub(crate) fn condition(
        &self,
        credentials: &Credentials,
        permission: &Permission<'_>,
    ) -> Result<Option<PermissionCondition>, ApiError> {
        match self.decide(credentials, permission) {
            Decision::Allow => Ok(None),
            Decision::Deny => Err(ApiError::not_allowed("")),
            Decision::Conditional(condition) => Ok(Some(condition.to_wire())),
        }
    }
}

/// What a caller may do something to, by the name of a permission: refused when nothing, `None` when everything.
pub(crate) fn condition_for(
    gateway: &Gateway,
    credentials: &Credentials,
    permission: &str,
) -> Result<Option<PermissionCondition>, ApiError> {
    gateway.permissions().condition(credentials, &names::find(permission))
}

/// Whether a restriction lets its bearer use a permission.
fn covers(restriction: &AccessRestriction, permission: &Permission<'_>) -> bool {
    let is_named =
        restriction.permissions.is_empty() || restriction.permissions.iter().any(|name| name == permission.name);
    let is_done = restriction.actions.is_empty()
        || permission
            .action
            .is_some_and(|action| restriction.actions.iter().any(|own| own == action));
    restriction.plugin == permission.plugin() && is_named && is_done
}

#[cfg(test)]
mod tests {
    use callboard_service_kit::{administrators::Administrators, config::Config, identity::Caller};

    use super::*;
    use crate::permission::{names, policy::Policy};

    fn program(permissions: &[&str], actions: &[&str]) -> Credentials {
        let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
        let restriction = AccessRestriction {
            plugin: "catalog".to_owned(),
            permissions: texts(permissions),
            actions: texts(actions),
        };
        Credentials::new(Caller::service("ci"), Some([restriction].into()), None)
    }

    #[test]
    fn programs_do_what_their_token_covers() {
        let permissions = Permissions::new(None, Administrators::default());
        let unrestricted = Credentials::new(Caller::service("ci"), None, None);
        assert!(permissions.allows(&unrestricted, &names::AUDIT_READ));
        let all = program(&[], &[]);
        assert!(permissions.allows(&all, &names::LOCATION_DELETE));
        assert!(!permissions.allows(&all, &names::AUDIT_READ), "it is another plugin's");
        let named = program(&["catalog.location.create"], &[]);
        assert!(permissions.allows(&named, &names::LOCATION_CREATE));
        assert!(!permissions.allows(&named, &names::ENTITY_READ));
        let readers = program(&[], &["read"]);
        assert!(permissions.allows(&readers, &names::ENTITY_READ));
        assert!(!permissions.allows(&readers, &names::LOCATION_CREATE));
        assert!(
            !permissions.allows(&readers, &names::ENTITY_VALIDATE),
            "it has no action"
        );
    }

    #[test]
    fn what_is_for_administrators_is_for_those_who_are_named() {
        let yaml = "permission: {administrators: ['user:default/admin']}";
        let administrators = Administrators::from_config(&Config::from_yaml(yaml).expect(yaml)).expect(yaml);
        let [admin, jane] = ["admin", "jane"]
            .map(|name| Credentials::new(Caller::user(format!("user:default/{name}"), vec![]), None, None));
        let mut named = Policy::allow_all();
        named.rules = vec![
            crate::permission::policy::PolicyRule::allow(&[], &["read"]),
            crate::permission::policy::PolicyRule::allow(&["audit.*"], &[]),
        ];
        for (policy, janes) in [
            (None, [false, false]),
            (Some(Policy::allow_all()), [false, false]),
            (Some(named), [true, false]),
        ] {
            let permissions = Permissions::new(policy, administrators.clone());
            for (permission, hers) in [names::AUDIT_READ, names::STATUS_READ].iter().zip(janes) {
                assert!(permissions.allows(&admin, permission), "{permission:?}");
                assert_eq!(permissions.allows(&jane, permission), hers, "{permission:?}");
                assert!(!permissions.allows(&Credentials::anonymous(), permission) || hers);
            }
            assert!(permissions.allows(&jane, &names::ENTITY_READ));
        }
    }

    #[test]
    fn a_policy_is_for_people() {
        let mut policy = Policy::allow_all();
        policy.default = crate::permission::policy::Effect::Deny;
        let permissions = Permissions::new(Some(policy), Administrators::default());
        let jane = Credentials::new(Caller::user("user:default/jane", vec![]), None, None);
        assert!(!permissions.allows(&jane, &names::ENTITY_READ));
        assert!(!permissions.allows(&Credentials::anonymous(), &names::ENTITY_READ));
        assert!(permissions.allows(
            &Credentials::new(Caller::service("ci"), None, None),
            &names::ENTITY_READ
        ));
    }
}
