//! Which headers pass, and which are added.

use std::collections::HashSet;

use callboard_service_kit::hop_by_hop;
use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::settings::{CredentialsPolicy, EndpointOptions, InjectedHeader};

/// Passed in both directions, as upstream does it.
const SAFE: [HeaderName; 11] = [
    header::CACHE_CONTROL,
    header::CONTENT_LANGUAGE,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::EXPIRES,
    header::LAST_MODIFIED,
    header::PRAGMA,
    header::HOST,
    header::ACCEPT,
    header::ACCEPT_LANGUAGE,
    header::USER_AGENT,
];

/// Without these a body that is compressed anyway could not be read.
const SAFE_IN_RESPONSES: [HeaderName; 2] = [header::CONTENT_ENCODING, header::VARY];

/// What makes a WebSocket, besides the upgrade itself.
const WEBSOCKET: [HeaderName; 5] = [
    header::SEC_WEBSOCKET_KEY,
    header::SEC_WEBSOCKET_VERSION,
    header::SEC_WEBSOCKET_PROTOCOL,
    header::SEC_WEBSOCKET_EXTENSIONS,
    header::SEC_WEBSOCKET_ACCEPT,
];

/// Who lists `range` wants partial answers, and those need the others.
const WITH_RANGE: [HeaderName; 3] = [header::IF_RANGE, header::CONTENT_RANGE, header::ACCEPT_RANGES];

/// A header that cannot be added.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadHeader {
    /// The name is no header name.
    #[error("{0:?} is not the name of a header")]
    Name(String),
    /// The value cannot stand in a header. It may be a secret, so it is not shown.
    #[error("the value of the header {0:?} holds characters that no header may have")]
    Value(String),
    /// The proxy itself decides about this one.
    #[error("the header {0:?} cannot be set: it belongs to the connection")]
    Connection(String),
}

/// What the rules need to know of a request.
#[derive(Debug, Clone, Copy)]
pub struct RequestFacts {
    /// The caller is signed in, so that `Authorization` is the portal's own.
    pub is_signed_in: bool,
    /// The request asks for a WebSocket or another protocol.
    pub is_upgrade: bool,
}

/// The header rules of an endpoint.
#[derive(Debug)]
pub struct HeaderRules {
    request: HashSet<HeaderName>,
    response: HashSet<HeaderName>,
    injected: Vec<(HeaderName, HeaderValue)>,
    /// `None`: the client's own `Host` goes on.
    host: Option<HeaderValue>,
    credentials: CredentialsPolicy,
    allows_authorization: bool,
}

impl HeaderRules {
    /// The rules of some settings; `host` is the target's.
    pub fn new(options: &EndpointOptions, injected: &[InjectedHeader], host: &HeaderValue) -> Result<Self, BadHeader> {
        let injected = injected.iter().map(parse_injected).collect::<Result<Vec<_>, _>>()?;
        let mut allowed = HashSet::new();
        for name in &options.allowed_headers {
            let name = name.trim();
            let parsed = HeaderName::try_from(name).map_err(|_| BadHeader::Name(name.to_owned()))?;
            if !is_hop_by_hop(&parsed) {
                allowed.insert(parsed);
            }
        }
        if allowed.contains(&header::RANGE) {
            allowed.extend(WITH_RANGE);
        }
        let mut response = allowed.clone();
        response.extend(SAFE);
        response.extend(SAFE_IN_RESPONSES);
        let allows_authorization = allowed.remove(&header::AUTHORIZATION);
        let mut request = allowed;
        request.extend(SAFE);
        request.extend(injected.iter().map(|(name, _)| name.clone()));
        // These two are decided one by one.
        request.remove(&header::HOST);
        request.remove(&header::AUTHORIZATION);
        Ok(Self {
            request,
            response,
            injected,
            host: options.change_origin.then(|| host.clone()),
            credentials: options.credentials,
            allows_authorization,
        })
    }

    /// The headers of the request to the third party.
    pub fn request(&self, sent: &HeaderMap, facts: RequestFacts) -> HeaderMap {
        let mut headers = HeaderMap::with_capacity(sent.len() + self.injected.len());
        for (name, value) in sent {
            let passes = self.request.contains(name)
                || *name == header::TE && value.as_bytes() == b"trailers"
                || facts.is_upgrade && WEBSOCKET.contains(name);
            if !passes {
                continue;
            }
            if *name == header::COOKIE {
                if let Some(value) = without_portal_cookies(value) {
                    headers.append(name, value);
                }
                continue;
            }
            headers.append(name, value.clone());
        }
        if let Some(value) = sent.get(header::AUTHORIZATION)
            && self.passes_authorization(facts.is_signed_in)
        {
            headers.insert(header::AUTHORIZATION, value.clone());
        }
        if let Some(host) = self.host.as_ref().or_else(|| sent.get(header::HOST)) {
            headers.insert(header::HOST, host.clone());
        }
        headers
    }

    /// Adds the endpoint's own headers. They win over the client's; a name occurs once.
    pub fn inject(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.injected {
            headers.insert(name, value.clone());
        }
    }

    /// The headers of the response that the client sees.
    pub fn response(&self, received: &HeaderMap, is_upgrade: bool) -> HeaderMap {
        let named = hop_by_hop::named_by_connection(received);
        let mut headers = HeaderMap::with_capacity(received.len());
        for (name, value) in received {
            let passes = self.response.contains(name) && !named.contains(name)
                || is_upgrade && (WEBSOCKET.contains(name) || *name == header::UPGRADE);
            if passes {
                headers.append(name, value.clone());
            }
        }
        headers
    }

    /// Whether a response header passes, for trailers.
    pub fn passes_response(&self, name: &HeaderName) -> bool {
        self.response.contains(name) && !SAFE.contains(name)
    }

    /// Whether a request header passes, for trailers and for what the proxy itself adds where the endpoint asks for it.
    pub fn passes_request(&self, name: &HeaderName) -> bool {
        self.request.contains(name)
    }

    /// A signed-in caller's `Authorization` is the portal's token, and nobody else's business unless the endpoint says so. That of
    /// an anonymous caller can only be meant for the third party.
    fn passes_authorization(&self, is_signed_in: bool) -> bool {
        match self.credentials {
            CredentialsPolicy::Forward => is_signed_in,
            CredentialsPolicy::DangerouslyAllowUnauthenticated => !is_signed_in && self.allows_authorization,
            CredentialsPolicy::Require | CredentialsPolicy::Cookie => false,
        }
    }
}

fn parse_injected(header: &InjectedHeader) -> Result<(HeaderName, HeaderValue), BadHeader> {
    let name = HeaderName::try_from(header.name.trim()).map_err(|_| BadHeader::Name(header.name.clone()))?;
    if is_hop_by_hop(&name) || name == header::CONTENT_LENGTH {
        return Err(BadHeader::Connection(header.name.clone()));
    }
    let mut value =
        HeaderValue::try_from(header.value.expose().trim()).map_err(|_| BadHeader::Value(header.name.clone()))?;
    value.set_sensitive(true);
    Ok((name, value))
}

/// Meant for one connection only; no list lets them through. `Trailer` is the proxy's own affair.
fn is_hop_by_hop(name: &HeaderName) -> bool {
    hop_by_hop::HEADERS.contains(name) || *name == header::TRAILER
}

/// The cookies that are not the portal's own; `None` when none is left.
fn without_portal_cookies(value: &HeaderValue) -> Option<HeaderValue> {
    let kept: Vec<&[u8]> = value
        .as_bytes()
        .split(|byte| *byte == b';')
        .map(<[u8]>::trim_ascii)
        .filter(|cookie| !cookie.is_empty() && !is_portal_cookie(cookie))
        .collect();
    (!kept.is_empty())
        .then(|| HeaderValue::from_bytes(&kept.join(&b"; "[..])).ok())
        .flatten()
}

/// Sessions, refresh tokens and what belongs to signing in, by the names that Backstage and Callboard give them.
fn is_portal_cookie(cookie: &[u8]) -> bool {
    let name = cookie.split(|byte| *byte == b'=').next().unwrap_or_default();
    let name = String::from_utf8_lossy(name).trim().to_ascii_lowercase();
    let name = name.trim_start_matches("__host-").trim_start_matches("__secure-");
    name.starts_with("backstage-")
        || name.starts_with("callboard")
        || name == "connect.sid"
        || ["-refresh-token", "-nonce", "-granted-scope", "-session"]
            .iter()
            .any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use callboard_service_kit::config::Secret;

    use super::*;

    const ANYBODY: RequestFacts = RequestFacts {
        is_signed_in: false,
        is_upgrade: false,
    };
    const JANE: RequestFacts = RequestFacts {
        is_signed_in: true,
        is_upgrade: false,
    };

    fn rules(options: &EndpointOptions, injected: &[(&str, &str)]) -> HeaderRules {
        let injected: Vec<InjectedHeader> = injected
            .iter()
            .map(|(name, value)| InjectedHeader {
                name: (*name).to_owned(),
                value: Secret::new((*value).to_owned()),
                secret: true,
            })
            .collect();
        HeaderRules::new(options, &injected, &HeaderValue::from_static("target.example")).unwrap()
    }

    fn headers(list: &[(&'static str, &'static str)]) -> HeaderMap {
        list.iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    fn sorted(headers: &HeaderMap) -> Vec<String> {
        let mut lines: Vec<String> = headers
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        lines.sort();
        lines
    }

    #[test]
    fn only_listed_request_headers_pass_and_injected_ones_win() {
        let options = EndpointOptions {
            allowed_headers: vec!["X-Custom".to_owned(), "Transfer-Encoding".to_owned()],
            ..EndpointOptions::default()
        };
        let rules = rules(&options, &[("Circle-Token", "s3cret")]);
        let sent = headers(&[
            ("host", "portal.example"),
            ("accept", "a/b"),
            ("cookie", "a=b"),
            ("referer", "http://portal.example/"),
            ("authorization", "Bearer portal"),
            ("x-custom", "1"),
            ("x-other", "2"),
            ("range", "bytes=0-1"),
            ("transfer-encoding", "chunked"),
            ("circle-token", "client's"),
            ("circle-token", "client's second"),
        ]);
        let mut passed = rules.request(&sent, JANE);
        rules.inject(&mut passed);
        assert_eq!(
            sorted(&passed),
            [
                "accept: a/b",
                "circle-token: s3cret",
                "host: target.example",
                "x-custom: 1"
            ]
        );
        assert!(!format!("{rules:?}").contains("s3cret"));
    }

    #[test]
    fn authorization_passes_by_policy_alone() {
        use CredentialsPolicy::{Cookie, DangerouslyAllowUnauthenticated, Forward, Require};
        let passes = |credentials, allowed: &[&str], facts| {
            let options = EndpointOptions {
                credentials,
                allowed_headers: allowed.iter().map(|name| (*name).to_owned()).collect(),
                ..EndpointOptions::default()
            };
            let sent = headers(&[("authorization", "Bearer x")]);
            rules(&options, &[]).request(&sent, facts).contains_key("authorization")
        };
        let listed = &["Authorization"];
        assert!(passes(Forward, &[], JANE));
        assert!(
            !passes(Require, listed, JANE),
            "the portal's token is nobody else's business"
        );
        assert!(!passes(Cookie, listed, JANE));
        assert!(passes(DangerouslyAllowUnauthenticated, listed, ANYBODY));
        assert!(!passes(DangerouslyAllowUnauthenticated, listed, JANE));
        assert!(!passes(DangerouslyAllowUnauthenticated, &[], ANYBODY));
    }

    #[test]
    fn the_portals_cookies_stay_even_where_cookies_pass() {
        let options = EndpointOptions {
            allowed_headers: vec!["cookie".to_owned()],
            ..EndpointOptions::default()
        };
        let rules = rules(&options, &[]);
        let sent = headers(&[(
            "cookie",
            "theme=dark; backstage-auth=x; github-refresh-token=y; __Host-callboard-session=z; lang=en",
        )]);
        assert_eq!(rules.request(&sent, JANE)["cookie"], "theme=dark; lang=en");
        let sent = headers(&[("cookie", "guest-nonce=1")]);
        assert!(!rules.request(&sent, JANE).contains_key("cookie"));
    }

    #[test]
    fn responses_have_a_list_of_their_own() {
        let options = EndpointOptions {
            allowed_headers: vec!["etag".to_owned()],
            ..EndpointOptions::default()
        };
        let rules = rules(&options, &[("x-token", "1")]);
        let received = headers(&[
            ("content-type", "a/b"),
            ("content-encoding", "gzip"),
            ("vary", "accept"),
            ("etag", "\"1\""),
            ("set-cookie", "a=b"),
            ("location", "http://elsewhere.example"),
            ("x-token", "echoed"),
            ("connection", "close, etag"),
            ("transfer-encoding", "chunked"),
        ]);
        assert_eq!(
            sorted(&rules.response(&received, false)),
            ["content-encoding: gzip", "content-type: a/b", "vary: accept"],
            "the connection claims the etag"
        );
    }

    #[test]
    fn range_brings_along_what_it_needs() {
        let options = EndpointOptions {
            allowed_headers: vec!["Range".to_owned()],
            change_origin: false,
            ..EndpointOptions::default()
        };
        let rules = rules(&options, &[]);
        let received = headers(&[("content-range", "bytes 0-1/2"), ("accept-ranges", "bytes")]);
        assert_eq!(rules.response(&received, false).len(), 2);
        let sent = headers(&[
            ("range", "bytes=0-1"),
            ("if-range", "\"1\""),
            ("host", "portal.example"),
        ]);
        assert_eq!(rules.request(&sent, JANE).len(), 3, "and the client's host stays");
    }

    #[test]
    fn a_websocket_keeps_its_headers() {
        let rules = rules(&EndpointOptions::default(), &[]);
        let facts = RequestFacts {
            is_signed_in: true,
            is_upgrade: true,
        };
        let sent = headers(&[
            ("sec-websocket-key", "k"),
            ("sec-websocket-version", "13"),
            ("origin", "x"),
        ]);
        assert_eq!(rules.request(&sent, facts).len(), 3, "with the host");
        let received = headers(&[("sec-websocket-accept", "k"), ("upgrade", "websocket")]);
        assert_eq!(rules.response(&received, true).len(), 2);
        assert_eq!(rules.response(&received, false).len(), 0);
    }

    #[test]
    fn headers_that_cannot_be_set_are_named_without_their_value() {
        let error = |name: &str, value: &str| {
            let header = InjectedHeader {
                name: name.to_owned(),
                value: Secret::new(value.to_owned()),
                secret: true,
            };
            HeaderRules::new(&EndpointOptions::default(), &[header], &HeaderValue::from_static("h")).unwrap_err()
        };
        assert_eq!(error("a b", "x"), BadHeader::Name("a b".to_owned()));
        assert_eq!(
            error("Transfer-Encoding", "x"),
            BadHeader::Connection("Transfer-Encoding".to_owned())
        );
        let message = error("x-a", "sec\r\nret").to_string();
        assert!(message.contains("x-a") && !message.contains("sec"), "{message}");
    }
}
