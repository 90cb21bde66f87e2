//! Who calls, and what their credentials are good for.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use callboard_service_kit::identity::{Caller, Principal};
use uuid::Uuid;

use crate::{config::auth::external_access::AccessRestriction, error::ApiError, permission::visibility::Visibility};

/// Verified credentials.
#[derive(Clone, Debug)]
pub(crate) struct Credentials {
    pub(crate) caller: Arc<Caller>,
    /// What a program's token is good for; absent, for everything.
    pub(crate) restrictions: Option<Arc<[AccessRestriction]>>,
    /// The one plugin that a token is for which a plugin of another backend made.
    pub(crate) audience: Option<String>,
    /// Seconds since 1970; absent, they do not expire.
    pub(crate) expires_at: Option<i64>,
    /// The session that a user's token was issued in.
    pub(crate) session_id: Option<Uuid>,
    /// What they let see of the catalog; decided when it is first asked for.
    pub(crate) visibility: OnceLock<Visibility>,
}

impl Credentials {
    pub(crate) fn new(caller: Caller, restrictions: Option<Arc<[AccessRestriction]>>, expires_at: Option<i64>) -> Self {
        Self {
            caller: Arc::new(caller),
            restrictions,
            audience: None,
            expires_at,
            session_id: None,
            visibility: OnceLock::new(),
        }
    }

    /// How long they are good for from `now`, seconds since 1970; `None` for ever.
    pub(crate) fn remaining(&self, now: i64) -> Option<Duration> {
        let seconds = self.expires_at?.saturating_sub(now);
        Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
    }

    /// Nobody's.
    pub(crate) fn anonymous() -> Self {
        Self::new(Caller::anonymous(), None, None)
    }

    /// Refuses credentials that are not good for a plugin.
    pub(crate) fn check_plugin(&self, plugin: &str) -> Result<(), ApiError> {
        if self.audience.as_ref().is_some_and(|audience| audience != plugin) {
            return Err(ApiError::authentication("Failed plugin token verification"));
        }
        match &self.restrictions {
            Some(restrictions) if !restrictions.iter().any(|allowed| allowed.plugin == plugin) => {
                let plugins: Vec<String> = restrictions
                    .iter()
                    .map(|restriction| format!("'{}'", restriction.plugin))
                    .collect();
                let plugins = plugins.join(", ");
                Err(ApiError::not_allowed(format!(
                    "This token's access is restricted to plugin(s) {plugins}"
                )))
            }
            _ => Ok(()),
        }
    }

    /// The user and what they own things as; programs and nobody are refused.
    pub(crate) fn user(&self) -> Result<(&str, &[String]), ApiError> {
        match &self.caller.principal {
            Principal::User {
                entity_ref,
                ownership_refs,
            } => Ok((entity_ref, ownership_refs)),
            Principal::Service { .. } => Err(ApiError::not_allowed(
                "This endpoint does not allow 'service' credentials",
            )),
            Principal::Anonymous => Err(ApiError::authentication("Missing credentials")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn restrictions_name_plugins() {
        let restriction = |plugin: &str| AccessRestriction {
            plugin: plugin.to_owned(),
            permissions: vec![],
            actions: vec![],
        };
        let restrictions: Arc<[_]> = [restriction("catalog"), restriction("proxy")].into();
        let restricted = Credentials::new(Caller::service("ci"), Some(restrictions), None);
        assert!(restricted.check_plugin("catalog").is_ok());
        assert_eq!(
            restricted.check_plugin("search").expect_err("is refused").message(),
            "This token's access is restricted to plugin(s) 'catalog', 'proxy'"
        );
        assert!(Credentials::anonymous().check_plugin("search").is_ok());
    }

    #[test]
    fn only_users_are_users() {
        let user = Credentials::new(
            Caller::user("user:default/a", vec!["group:default/b".to_owned()]),
            None,
            None,
        );
        assert_eq!(user.user().expect("a user").0, "user:default/a");
        assert_eq!(Credentials::anonymous().user().expect_err("is refused").status(), 401);
        let service = Credentials::new(Caller::service("ci"), None, None);
        assert_eq!(service.user().expect_err("is refused").status(), 403);
    }
}
