//! Parameters in the path, percent-decoded, in the case they were sent in.

use axum::extract::{FromRequestParts, MatchedPath};
use http::{Uri, request::Parts};

use super::normalise_path::OriginalUri;
use crate::error::ApiError;

/// The segments of the path as it was sent that stand where the route has parameters.
#[derive(Debug)]
pub(crate) struct PathParameters {
    route: MatchedPath,
    uri: Uri,
}

impl<S: Sync> FromRequestParts<S> for PathParameters {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let route = parts.extensions.get::<MatchedPath>().cloned();
        let original = parts.extensions.get::<OriginalUri>();
        Ok(Self {
            route: route
                .ok_or_else(|| ApiError::internal("a handler with path parameters was reached without a route"))?,
            uri: original.map_or_else(|| parts.uri.clone(), |original| original.0.clone()),
        })
    }
}

impl PathParameters {
    /// The URI as it was sent.
    pub(crate) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The `N` parameters of the route, in order.
    pub(crate) fn decode<const N: usize>(&self) -> Result<[String; N], ApiError> {
        let mut decoded = [const { String::new() }; N];
        let sent = parameters(self.route.as_str(), self.uri.path());
        for (target, segment) in decoded.iter_mut().zip(sent) {
            *target = decode_segment(segment)?;
        }
        Ok(decoded)
    }
}

/// The segments of `path` that stand where `route` has a parameter; for one that begins with `*`, all that is left.
fn parameters<'a>(route: &str, path: &'a str) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut rest = path;
    for pattern in route.split('/') {
        if pattern.starts_with("{*") {
            found.push(rest.trim_end_matches('/'));
            break;
        }
        let (segment, after) = rest.split_once('/').unwrap_or((rest, ""));
        if pattern.starts_with('{') {
            found.push(segment);
        }
        rest = after;
    }
    found
}

fn decode_segment(segment: &str) -> Result<String, ApiError> {
    // The decoder lets a `%` pass that is not followed by two digits; upstream does not.
    let well_formed = segment.split('%').skip(1).all(|rest| {
        rest.as_bytes()
            .get(..2)
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    let decoded = percent_encoding::percent_decode_str(segment).decode_utf8();
    match decoded {
        Ok(text) if well_formed => Ok(text.into_owned()),
        _ => Err(ApiError::input("malformed uri'")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_parameter_may_be_all_that_is_left() {
        let route = "/api/user-settings/buckets/{bucket}/keys/{*key}";
        let sent = "/api/user-settings/buckets/a.b/keys/plugin%3Ahome/x/";
        assert_eq!(parameters(route, sent), ["a.b", "plugin%3Ahome/x"]);
    }

    #[test]
    fn finds_parameters_by_position() {
        let route = "/api/catalog/entities/by-name/{kind}/{namespace}/{name}/ancestry";
        let sent = "/API/catalog/entities/by-name/Component/default/My%2FName/Ancestry/";
        assert_eq!(parameters(route, sent), ["Component", "default", "My%2FName"]);
    }

    #[test]
    fn decodes_and_refuses_broken_escapes() {
        assert_eq!(decode_segment("a%2Fb%C3%BC").expect("decodes"), "a/bü");
        for broken in ["%", "%2", "%zz", "a%FF"] {
            assert_eq!(decode_segment(broken).expect_err(broken).message(), "malformed uri'");
        }
    }
}
