//! The directives of `Cache-Control` that the library leaves to us: giving out what is stale (RFC 5861).

use std::time::Duration;

use http::{HeaderMap, header};
use serde::{Deserialize, Serialize};

/// How long an answer may be given out after it went stale.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Directives {
    /// While it is being revalidated.
    pub(super) while_revalidate: Duration,
    /// While the third party fails.
    pub(super) if_error: Duration,
}

/// Longer is not believed.
const LONGEST: Duration = Duration::from_hours(24 * 30);

impl Directives {
    /// Those of a response.
    pub(super) fn of(headers: &HeaderMap, shared: bool) -> Self {
        let forbids = |name: &str| match name {
            "no-cache" | "must-revalidate" | "no-store" => true,
            "proxy-revalidate" | "s-maxage" => shared,
            _ => false,
        };
        let mut found = Self::default();
        for (name, value) in directives(headers) {
            if forbids(&name) {
                return Self::default();
            }
            let time = || {
                value
                    .trim_matches('"')
                    .parse()
                    .map_or(Duration::ZERO, Duration::from_secs)
                    .min(LONGEST)
            };
            match name.as_str() {
                "stale-while-revalidate" => found.while_revalidate = time(),
                "stale-if-error" => found.if_error = time(),
                _ => {}
            }
        }
        found
    }

    /// Whether a request insists on an answer that is checked.
    pub(super) fn insist(headers: &HeaderMap) -> bool {
        let asks = directives(headers)
            .any(|(name, value)| name == "no-cache" || name == "max-age" || name == "min-fresh" && value != "0");
        asks || headers
            .get(header::PRAGMA)
            .is_some_and(|pragma| pragma.as_bytes() == b"no-cache")
    }
}

fn directives(headers: &HeaderMap) -> impl Iterator<Item = (String, &str)> {
    headers
        .get_all(header::CACHE_CONTROL)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|directive| {
            let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
            (name.trim().to_ascii_lowercase(), value.trim())
        })
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn headers(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::CACHE_CONTROL, HeaderValue::from_static(value))])
    }

    #[test]
    fn stale_answers_are_allowed_by_the_response_alone() {
        let both = Directives::of(
            &headers("max-age=1, Stale-While-Revalidate=30, stale-if-error=\"60\""),
            false,
        );
        assert_eq!((both.while_revalidate.as_secs(), both.if_error.as_secs()), (30, 60));
        assert_eq!(
            Directives::of(&headers("stale-if-error=5, must-revalidate"), false),
            Directives::default()
        );
        assert_eq!(
            Directives::of(&headers("s-maxage=1, stale-if-error=5"), true),
            Directives::default()
        );
        assert_eq!(
            Directives::of(&headers("s-maxage=1, stale-if-error=5"), false)
                .if_error
                .as_secs(),
            5
        );
        assert_eq!(
            Directives::of(&headers("stale-if-error=999999999999"), false).if_error,
            LONGEST
        );
        assert!(Directives::insist(&headers("no-cache")) && Directives::insist(&headers("max-age=0")));
        assert!(!Directives::insist(&headers("max-stale=5")) && !Directives::insist(&HeaderMap::new()));
    }
}
