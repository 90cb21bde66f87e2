//! One way out to a third-party service.

pub mod header_rules;
pub mod path_guard;
pub mod path_rewrite;
pub mod settings;
pub mod table;
pub mod target;

use std::{sync::Arc, time::SystemTime};

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use callboard_service_kit::config::Secret;
use http::Uri;

use self::{
    header_rules::{BadHeader, HeaderRules},
    path_guard::UnsafePath,
    path_rewrite::{BadPattern, PathRewrite},
    settings::{CredentialsPolicy, EndpointSettings, InjectedHeader},
    target::{BadTarget, Target},
};
use crate::{
    guard::Guards,
    upstream::{addresses::AddressPolicy, client::Upstream},
};

/// Settings from which no endpoint can be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BadEndpoint {
    /// The route.
    #[error(
        "{0:?} is not a route: it begins with a slash and names at least one segment, without dot segments, `?` and `#`"
    )]
    Route(String),
    /// The target.
    #[error(transparent)]
    Target(#[from] BadTarget),
    /// A rewriting rule.
    #[error(transparent)]
    Pattern(#[from] BadPattern),
    /// A header.
    #[error(transparent)]
    Header(#[from] BadHeader),
    /// A method.
    #[error("{0:?} is not an HTTP method that can be allowed; they are written in upper case")]
    Method(String),
}

/// Where an endpoint comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// `proxy.endpoints`.
    Configuration,
    /// The database.
    Api {
        /// Changes with every change.
        revision: i64,
        /// When it was changed last.
        time_updated: SystemTime,
        /// By whom.
        updated_by: String,
    },
}

/// An endpoint at work: its settings made ready, its connections, its guards.
#[derive(Debug)]
pub struct Endpoint {
    /// UUID; for one of the configuration its route.
    pub id: String,
    /// What it was made from.
    pub settings: EndpointSettings,
    /// Where it comes from.
    pub origin: Origin,
    /// Where it leads.
    pub target: Target,
    /// Which headers pass.
    pub headers: HeaderRules,
    /// Its connections.
    pub upstream: Upstream,
    /// What protects it and its target.
    pub guards: Guards,
    rewrite: PathRewrite,
    policy: AddressPolicy,
}

impl Endpoint {
    /// Makes an endpoint ready. Nothing is connected to yet.
    pub fn new(
        id: String,
        mut settings: EndpointSettings,
        origin: Origin,
        policy: AddressPolicy,
    ) -> Result<Self, BadEndpoint> {
        settings.route = canonical_route(&settings.route)?;
        if let Some(method) = settings
            .options
            .allowed_methods
            .iter()
            .find(|method| !is_method(method))
        {
            return Err(BadEndpoint::Method(method.clone()));
        }
        let target = Target::parse(&settings.target)?;
        let mut injected = settings.headers.clone();
        if let Some(user_info) = &target.user_info
            && !injected
                .iter()
                .any(|header| header.name.eq_ignore_ascii_case("authorization"))
        {
            injected.push(basic_authorization(user_info));
        }
        let options = &settings.options;
        Ok(Self {
            headers: HeaderRules::new(options, &injected, target.host_header())?,
            rewrite: PathRewrite::new(&settings.route, &options.path_rewrite)?,
            upstream: Upstream::new(policy.clone(), options.secure, options.limits.connect_timeout),
            guards: Guards::new(options.limits.max_concurrency),
            id,
            target,
            origin,
            settings,
            policy,
        })
    }

    /// Whether another one was made from the same.
    pub fn is_same(&self, other: &Self) -> bool {
        (&self.id, &self.settings, &self.origin, &self.policy)
            == (&other.id, &other.settings, &other.origin, &other.policy)
    }

    /// Its route.
    pub fn route(&self) -> &str {
        &self.settings.route
    }

    /// Whether a path, as it stands after `/api/proxy`, is below its route.
    pub fn takes_path(&self, path: &str) -> bool {
        path.strip_prefix(self.route())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Whether it lets a method through.
    pub fn takes_method(&self, method: &str) -> bool {
        let allowed = &self.settings.options.allowed_methods;
        allowed.is_empty() || allowed.iter().any(|known| known == method)
    }

    /// Whether anybody may use it.
    pub fn is_open(&self) -> bool {
        self.settings.options.credentials == CredentialsPolicy::DangerouslyAllowUnauthenticated
    }

    /// The URL at the third party.
    pub fn locate(&self, path_and_query: &str) -> Result<Uri, UnsafePath> {
        self.target.join(&self.rewrite.apply(path_and_query))
    }
}

/// Shared by requests and by the table.
pub type SharedEndpoint = Arc<Endpoint>;

/// `Basic` credentials as a header.
pub fn basic_authorization(user_info: &str) -> InjectedHeader {
    InjectedHeader {
        name: "authorization".to_owned(),
        value: Secret::new(format!("Basic {}", BASE64.encode(user_info))),
        secret: true,
    }
}

/// One leading slash, none at the end.
pub fn canonical_route(route: &str) -> Result<String, BadEndpoint> {
    let bad = || BadEndpoint::Route(route.to_owned());
    let inner = route.trim().trim_matches('/');
    let canonical = format!("/{inner}");
    let is_plain = !inner.is_empty()
        && !inner.contains(['?', '#', '\\'])
        && inner.bytes().all(|byte| byte.is_ascii_graphic())
        && !inner.split('/').any(|segment| segment.is_empty() || segment == ".");
    if is_plain && path_guard::check(&canonical).is_ok() {
        Ok(canonical)
    } else {
        Err(bad())
    }
}

fn is_method(method: &str) -> bool {
    !method.is_empty()
        && method
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'-' || byte == b'_')
        && !matches!(method, "CONNECT" | "TRACE")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{settings::EndpointOptions, *};

    /// An endpoint with nothing but route, target and options.
    pub(crate) fn endpoint(route: &str, target: &str, options: EndpointOptions) -> Endpoint {
        let settings = EndpointSettings {
            route: route.to_owned(),
            target: target.to_owned(),
            headers: Vec::new(),
            disabled: false,
            options,
        };
        Endpoint::new(
            route.to_owned(),
            settings,
            Origin::Configuration,
            AddressPolicy::everything(),
        )
        .unwrap()
    }

    #[test]
    fn routes_are_written_in_one_way() {
        for (written, canonical) in [
            ("/circleci/api", "/circleci/api"),
            ("circleci/api/", "/circleci/api"),
            (" //a// ", "/a"),
            ("/a.b/c%20d", "/a.b/c%20d"),
        ] {
            assert_eq!(canonical_route(written).unwrap(), canonical, "{written}");
        }
        for bad in [
            "", "/", "//", "/a//b", "/a/../b", "/a?b", "/a#b", "/a b", "/%2e%2e", "/ä",
        ] {
            assert!(canonical_route(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_route_takes_whole_segments() {
        let endpoint = endpoint(
            "/circleci/api",
            "https://circleci.com/api/v1.1",
            EndpointOptions::default(),
        );
        assert!(endpoint.takes_path("/circleci/api"));
        assert!(endpoint.takes_path("/circleci/api/x"));
        assert!(!endpoint.takes_path("/circleci/apix"));
        assert!(!endpoint.takes_path("/CIRCLECI/api"));
        let url = endpoint.locate("/circleci/api/project/x?a=1%202").unwrap();
        assert_eq!(url, "https://circleci.com/api/v1.1/project/x?a=1%202");
    }

    #[test]
    fn methods_that_make_no_sense_are_refused() {
        let with = |method: &str| {
            let options = EndpointOptions {
                allowed_methods: vec![method.to_owned()],
                ..EndpointOptions::default()
            };
            let settings = EndpointSettings {
                route: "/r".to_owned(),
                target: "http://h".to_owned(),
                headers: Vec::new(),
                disabled: false,
                options,
            };
            Endpoint::new(
                "r".to_owned(),
                settings,
                Origin::Configuration,
                AddressPolicy::everything(),
            )
        };
        assert!(with("PROPFIND").is_ok());
        for bad in ["get", "", "TRACE", "CONNECT", "A B"] {
            assert!(matches!(with(bad), Err(BadEndpoint::Method(_))), "{bad}");
        }
    }
}
