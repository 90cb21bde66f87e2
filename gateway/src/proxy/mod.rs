//! `/api/proxy`: requests to third parties, passed on to the proxy service as they arrive, and their answers back; and
//! `/api/proxy-admin`, which looks after the endpoints.
//!
//! Nothing on this way reads a body whole, compresses it, or tidies a path up: what the client sends is what the proxy service
//! judges.

mod admin;
mod forward;
mod messages;
mod proxied_body;
mod request_messages;
mod tunnel;

use axum::{Router, routing::any};

pub(crate) use self::admin::admin_routes;
use self::forward::forward;
use crate::{error::ApiError, gateway::Gateway};

const PREFIX: &str = "/api/proxy";

/// The routes whose requests are passed on.
pub(crate) fn forwarded_routes() -> Router<Gateway> {
    Router::new()
        .route(PREFIX, any(forward))
        .route("/api/proxy/{*path}", any(forward))
        // A router's wildcard takes no empty rest.
        .route("/api/proxy/", any(forward))
}

/// Whether a path, in lower case, is passed on. Such a request has limits of its own, and the proxy service decides who may send
/// it: some endpoints are open to anybody.
pub(crate) fn is_passed_on(path: &str) -> bool {
    path.strip_prefix(PREFIX)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// In the extensions of a request that is passed on: why its sender is not known.
#[derive(Clone, Debug)]
pub(crate) struct Unidentified(pub(crate) ApiError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_segments_are_passed_on() {
        for (path, expected) in [
            ("/api/proxy", true),
            ("/api/proxy/", true),
            ("/api/proxy/a", true),
            ("/api/proxy-admin/v1/endpoints", false),
            ("/api/catalog", false),
        ] {
            assert_eq!(is_passed_on(path), expected, "{path}");
        }
    }
}
