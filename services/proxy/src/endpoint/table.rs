//! Which endpoint takes a request.

use std::sync::Arc;

use http::Uri;
use parking_lot::{Mutex, RwLock};

use super::{Endpoint, SharedEndpoint, path_guard, settings::CredentialsPolicy};

/// All endpoints in the order in which they are asked: those of the configuration as they are written there, then those of the
/// database, the longest route first.
#[derive(Debug, Default)]
pub struct Table {
    parts: Mutex<Parts>,
    current: RwLock<Arc<Vec<SharedEndpoint>>>,
}

/// What the table is put together from.
#[derive(Debug, Default)]
struct Parts {
    configured: Arc<[SharedEndpoint]>,
    stored: Vec<SharedEndpoint>,
}

/// Why a request goes nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody is signed in, and no open endpoint is there.
    Unauthenticated,
    /// The path tries to leave its target.
    UnsafePath(path_guard::UnsafePath),
    /// No endpoint takes path and method.
    NotFound,
}

/// What the choice depends on.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// `GET`.
    pub method: &'a str,
    /// As it stands after `/api/proxy`.
    pub path_and_query: &'a str,
    /// Who asks.
    pub identity: Identity,
}

/// How far the caller is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// Not at all.
    Anonymous,
    /// By the portal's cookie.
    Cookie,
    /// By a token.
    Token,
}

impl Table {
    /// A table of the endpoints of the configuration.
    pub fn new(configured: Vec<SharedEndpoint>) -> Self {
        let table = Self::default();
        table.set_configured(configured);
        table
    }

    /// Replaces the endpoints of the configuration. Those that are the same as before keep their connections and what protects
    /// them; requests under way go on with those they began with.
    pub fn set_configured(&self, configured: Vec<SharedEndpoint>) {
        let mut parts = self.parts.lock();
        let kept = |fresh: SharedEndpoint| {
            let same = parts.configured.iter().find(|known| known.is_same(&fresh));
            same.cloned().unwrap_or(fresh)
        };
        parts.configured = configured.into_iter().map(kept).collect();
        self.put_together(&parts);
    }

    /// Replaces the endpoints of the database. Requests under way go on with those they began with.
    pub fn set_stored(&self, mut stored: Vec<SharedEndpoint>) {
        stored.sort_by(|left, right| {
            let length = |endpoint: &Endpoint| endpoint.route().len();
            length(right)
                .cmp(&length(left))
                .then_with(|| left.route().cmp(right.route()))
        });
        let mut parts = self.parts.lock();
        parts.stored = stored;
        self.put_together(&parts);
    }

    fn put_together(&self, parts: &Parts) {
        let all = parts.configured.iter().chain(&parts.stored).cloned().collect();
        *self.current.write() = Arc::new(all);
    }

    /// All endpoints.
    pub fn all(&self) -> Arc<Vec<SharedEndpoint>> {
        self.current.read().clone()
    }

    /// The endpoints of the configuration.
    pub fn configured(&self) -> Arc<[SharedEndpoint]> {
        self.parts.lock().configured.clone()
    }

    /// The endpoint of the configuration with this id.
    pub fn configured_by_id(&self, id: &str) -> Option<SharedEndpoint> {
        self.configured().iter().find(|endpoint| endpoint.id == id).cloned()
    }

    /// The endpoint with this id.
    pub fn get(&self, id: &str) -> Option<SharedEndpoint> {
        self.all().iter().find(|endpoint| endpoint.id == id).cloned()
    }

    /// The endpoint that takes a request, and the URL at its third party.
    pub fn choose(&self, asked: Asked<'_>) -> Result<(SharedEndpoint, Uri), Refusal> {
        let Asked {
            method,
            path_and_query,
            identity,
        } = asked;
        let path = path_and_query.split('?').next().unwrap_or_default();
        let all = self.all();
        let below = || {
            all.iter()
                .filter(|endpoint| !endpoint.settings.disabled && endpoint.takes_path(path))
        };
        let may_pass = |endpoint: &Endpoint| match endpoint.settings.options.credentials {
            CredentialsPolicy::DangerouslyAllowUnauthenticated => true,
            CredentialsPolicy::Require | CredentialsPolicy::Forward => identity == Identity::Token,
            CredentialsPolicy::Cookie => identity != Identity::Anonymous,
        };
        // The outer barrier: strangers do not even learn which routes there are.
        if identity != Identity::Token && !below().any(|endpoint| may_pass(endpoint)) {
            return Err(Refusal::Unauthenticated);
        }
        path_guard::check(path).map_err(Refusal::UnsafePath)?;
        // A method that is not allowed falls through to the next endpoint.
        let endpoint = below()
            .find(|endpoint| endpoint.takes_method(method))
            .ok_or(Refusal::NotFound)?;
        // An open endpoint does not open another one below it.
        if !may_pass(endpoint) {
            return Err(Refusal::Unauthenticated);
        }
        let url = endpoint.locate(path_and_query).map_err(Refusal::UnsafePath)?;
        Ok((endpoint.clone(), url))
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{settings::EndpointOptions, tests::endpoint},
        *,
    };

    fn with(route: &str, credentials: CredentialsPolicy, methods: &[&str]) -> SharedEndpoint {
        let options = EndpointOptions {
            credentials,
            allowed_methods: methods.iter().map(|method| (*method).to_owned()).collect(),
            ..EndpointOptions::default()
        };
        Arc::new(endpoint(route, "http://h", options))
    }

    fn choose(table: &Table, method: &str, path: &str, identity: Identity) -> Result<String, Refusal> {
        let asked = Asked {
            method,
            path_and_query: path,
            identity,
        };
        table
            .choose(asked)
            .map(|(endpoint, url)| format!("{} {}", endpoint.route(), url.path()))
    }

    #[test]
    fn the_first_that_takes_path_and_method_is_chosen() {
        use Identity::Token;
        let table = Table::new(vec![
            with("/a", CredentialsPolicy::Require, &["GET"]),
            with("/a/b", CredentialsPolicy::Require, &[]),
        ]);
        assert_eq!(choose(&table, "GET", "/a/b/c", Token).as_deref(), Ok("/a /b/c"));
        assert_eq!(
            choose(&table, "POST", "/a/b/c", Token).as_deref(),
            Ok("/a/b /c"),
            "it falls through"
        );
        assert_eq!(choose(&table, "POST", "/a/x", Token), Err(Refusal::NotFound));
        assert_eq!(choose(&table, "GET", "/ab", Token), Err(Refusal::NotFound));
        assert!(matches!(
            choose(&table, "GET", "/a/../b", Token),
            Err(Refusal::UnsafePath(_))
        ));
    }

    #[test]
    fn who_is_not_signed_in_gets_through_open_endpoints_only() {
        use Identity::{Anonymous, Cookie, Token};
        let open = CredentialsPolicy::DangerouslyAllowUnauthenticated;
        let table = Table::new(vec![
            with("/open/shut", CredentialsPolicy::Require, &[]),
            with("/open", open, &["GET"]),
            with("/cookie", CredentialsPolicy::Cookie, &[]),
        ]);
        assert!(choose(&table, "GET", "/open/x", Anonymous).is_ok());
        assert_eq!(choose(&table, "POST", "/open/x", Anonymous), Err(Refusal::NotFound));
        assert_eq!(
            choose(&table, "GET", "/open/shut", Anonymous),
            Err(Refusal::Unauthenticated)
        );
        assert_eq!(
            choose(&table, "GET", "/open-not", Anonymous),
            Err(Refusal::Unauthenticated)
        );
        assert_eq!(
            choose(&table, "GET", "/nothing", Anonymous),
            Err(Refusal::Unauthenticated)
        );
        assert_eq!(choose(&table, "GET", "/nothing", Token), Err(Refusal::NotFound));
        assert_eq!(
            choose(&table, "GET", "/cookie", Anonymous),
            Err(Refusal::Unauthenticated)
        );
        assert!(choose(&table, "GET", "/cookie", Cookie).is_ok());
        assert_eq!(
            choose(&table, "GET", "/open/shut", Cookie),
            Err(Refusal::Unauthenticated)
        );
        assert!(choose(&table, "GET", "/cookie", Token).is_ok());
    }

    #[test]
    fn stored_endpoints_come_after_and_can_be_replaced() {
        let table = Table::new(vec![with("/a", CredentialsPolicy::Require, &[])]);
        table.set_stored(vec![
            with("/b", CredentialsPolicy::Require, &[]),
            with("/b/longer", CredentialsPolicy::Require, &[]),
            with("/a/never", CredentialsPolicy::Require, &[]),
        ]);
        let routes: Vec<String> = table.all().iter().map(|endpoint| endpoint.route().to_owned()).collect();
        assert_eq!(routes, ["/a", "/b/longer", "/a/never", "/b"]);
        assert_eq!(
            choose(&table, "GET", "/a/never", Identity::Token).as_deref(),
            Ok("/a /never")
        );
        table.set_stored(Vec::new());
        assert_eq!(choose(&table, "GET", "/b", Identity::Token), Err(Refusal::NotFound));
    }

    #[test]
    fn endpoints_of_the_configuration_can_be_replaced_and_keep_what_they_have() {
        let [kept, changed] = ["/kept", "/changed"].map(|route| with(route, CredentialsPolicy::Require, &[]));
        let table = Table::new(vec![kept.clone(), changed.clone()]);
        table.set_stored(vec![with("/stored", CredentialsPolicy::Require, &[])]);
        table.set_configured(vec![
            with("/new", CredentialsPolicy::Require, &[]),
            with("/changed", CredentialsPolicy::Cookie, &[]),
            with("/kept", CredentialsPolicy::Require, &[]),
        ]);
        let all = table.all();
        let routes: Vec<&str> = all.iter().map(|endpoint| endpoint.route()).collect();
        assert_eq!(routes, ["/new", "/changed", "/kept", "/stored"]);
        assert!(Arc::ptr_eq(&all[2], &kept) && !Arc::ptr_eq(&all[1], &changed));
    }
}
