//! What a request does, as the audit log calls it.

use http::Method;

/// Routes that change nothing although their method is not one of reading.
const READS: [&str; 12] = [
    "/api/catalog/entities/by-query",
    "/api/catalog/entities/by-refs",
    "/api/catalog/entity-facets",
    "/api/catalog/locations/by-query",
    "/api/catalog/analyze-location",
    "/api/catalog/validate-entity",
    "/api/catalog/.well-known/backstage/permissions/apply-conditions",
    "/api/permission/authorize",
    "/api/permission/explain",
    "/api/user-settings/multiget",
    "/api/search/query",
    "/api/auth/guest/refresh",
];

/// Changes that have a name of their own.
const NAMED: [(&str, &str, &str); 12] = [
    ("POST", "/api/catalog/locations", "catalog.location.create"),
    ("PUT", "/api/catalog/locations/{id}", "catalog.location.update"),
    ("DELETE", "/api/catalog/locations/{id}", "catalog.location.delete"),
    ("DELETE", "/api/catalog/entities/by-uid/{uid}", "catalog.entity.delete"),
    ("POST", "/api/catalog/refresh", "catalog.entity.refresh"),
    ("GET", "/api/auth/{provider}/handler/frame", "auth.session.create"),
    ("POST", "/api/auth/{provider}/handler/frame", "auth.session.create"),
    ("POST", "/api/auth/{provider}/logout", "auth.session.end"),
    ("DELETE", "/api/auth/v1/sessions/{id}", "auth.session.revoke"),
    ("DELETE", "/api/auth/v1/sessions", "auth.session.revoke-others"),
    (
        "PUT",
        "/api/user-settings/buckets/{bucket}/keys/{*key}",
        "user-settings.setting.put",
    ),
    (
        "DELETE",
        "/api/user-settings/buckets/{bucket}/keys/{*key}",
        "user-settings.setting.delete",
    ),
];

/// Beginnings of RPC names that change nothing.
const READING_VERBS: [&str; 9] = [
    "Get",
    "List",
    "Query",
    "Watch",
    "Search",
    "Analyze",
    "Validate",
    "Check",
    "ServerReflection",
];

/// The action of a request; `None` when it changes nothing.
pub(crate) fn action(method: &Method, route: Option<&str>, path: &str) -> Option<String> {
    let known = route.unwrap_or(path);
    let named = NAMED
        .iter()
        .find(|(named, pattern, _)| *named == method.as_str() && *pattern == known);
    if let Some((_, _, action)) = named {
        return Some((*action).to_owned());
    }
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) || READS.contains(&known) {
        return None;
    }
    // Refreshing keeps a session alive and changes nothing that anybody would ask about later.
    if known == "/api/auth/{provider}/refresh" {
        return None;
    }
    if let Some((service, rpc)) = rpc(path) {
        let is_read = READING_VERBS.iter().any(|verb| rpc.starts_with(verb));
        return (!is_read).then(|| format!("grpc.{service}.{rpc}"));
    }
    let plugin = path.strip_prefix("/api/")?.split('/').next()?;
    let verb = method.as_str().to_ascii_lowercase();
    Some(format!("{plugin}.{verb}"))
}

/// The service and the name of an RPC: `/callboard.catalog.v1.CatalogService/CreateLocation`.
fn rpc(path: &str) -> Option<(&str, &str)> {
    let (service, rpc) = path.strip_prefix('/')?.split_once('/')?;
    let is_rpc = service.contains('.') && !service.starts_with('.') && !rpc.contains('/');
    is_rpc.then_some((service, rpc))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_changes_and_passes_over_reads() {
        let cases = [
            (
                "POST",
                Some("/api/catalog/locations"),
                "/api/catalog/locations",
                Some("catalog.location.create"),
            ),
            ("GET", Some("/api/catalog/locations"), "/api/catalog/locations", None),
            (
                "POST",
                Some("/api/catalog/entities/by-refs"),
                "/api/catalog/entities/by-refs",
                None,
            ),
            (
                "GET",
                Some("/api/auth/{provider}/handler/frame"),
                "/api/auth/oidc/handler/frame",
                Some("auth.session.create"),
            ),
            (
                "POST",
                Some("/api/auth/{provider}/refresh"),
                "/api/auth/oidc/refresh",
                None,
            ),
            (
                "POST",
                Some("/api/proxy/{*path}"),
                "/api/proxy/circleci/api",
                Some("proxy.post"),
            ),
            ("DELETE", None, "/api/new-plugin/things/1", Some("new-plugin.delete")),
            ("POST", None, "/callboard.catalog.v1.CatalogService/QueryEntities", None),
            (
                "POST",
                None,
                "/callboard.catalog.v1.CatalogService/CreateLocation",
                Some("grpc.callboard.catalog.v1.CatalogService.CreateLocation"),
            ),
            ("POST", None, "/catalog", None),
        ];
        for (method, route, path, expected) in cases {
            let method = Method::from_bytes(method.as_bytes()).expect("a method");
            assert_eq!(action(&method, route, path).as_deref(), expected, "{method} {path}");
        }
    }
}
