//! The head of a request, as the contract has it and as `http` has it.

use callboard_proto::proxy::v1 as proto;
use http::{HeaderMap, HeaderName, HeaderValue, Method};

/// A head that cannot be passed on.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadHead {
    /// The method.
    #[error("{0:?} is not a method that is passed on")]
    Method(String),
    /// The path.
    #[error("the path must begin with a slash")]
    Path,
    /// A header.
    #[error("the header {0:?} is malformed")]
    Header(String),
    /// Two headers that say different things about the same.
    #[error("the header {0:?} occurs more than once")]
    Twice(&'static str),
    /// A length that is none.
    #[error("the content length is malformed")]
    Length,
}

/// The head of a request, checked.
#[derive(Debug, Clone)]
pub struct Head {
    /// Its method.
    pub method: Method,
    /// Path and query after `/api/proxy`.
    pub path_and_query: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// Scheme and host under which the client sees the portal.
    pub client_origin: String,
    /// The client's address.
    pub client_address: String,
    /// The protocol it wants to go on with.
    pub upgrade: Option<HeaderValue>,
    /// Whether a body follows.
    pub has_body: bool,
}

impl TryFrom<proto::RequestHead> for Head {
    type Error = BadHead;

    fn try_from(head: proto::RequestHead) -> Result<Self, BadHead> {
        let method = Method::try_from(head.method.as_str()).map_err(|_| BadHead::Method(head.method.clone()))?;
        // TRACE would show the caller the headers that are added.
        if method == Method::CONNECT || method == Method::TRACE {
            return Err(BadHead::Method(head.method));
        }
        if !head.path_and_query.starts_with('/')
            && !head.path_and_query.is_empty()
            && !head.path_and_query.starts_with('?')
        {
            return Err(BadHead::Path);
        }
        let headers = headers(&head.headers)?;
        for (name, text) in [
            (http::header::HOST, "host"),
            (http::header::CONTENT_LENGTH, "content-length"),
        ] {
            if headers.get_all(&name).iter().count() > 1 {
                return Err(BadHead::Twice(text));
            }
        }
        if let Some(length) = headers.get(http::header::CONTENT_LENGTH)
            && !(!length.is_empty() && length.as_bytes().iter().all(u8::is_ascii_digit) && length.len() < 20)
        {
            return Err(BadHead::Length);
        }
        let upgrade = (!head.upgrade.is_empty())
            .then(|| HeaderValue::try_from(&head.upgrade).map_err(|_| BadHead::Header("upgrade".to_owned())))
            .transpose()?;
        Ok(Self {
            method,
            path_and_query: head.path_and_query,
            headers,
            client_origin: head.client_origin,
            client_address: head.client_address,
            has_body: head.has_body && upgrade.is_none(),
            upgrade,
        })
    }
}

/// Headers of the contract as a map.
pub fn headers(list: &[proto::Header]) -> Result<HeaderMap, BadHead> {
    let mut headers = HeaderMap::with_capacity(list.len());
    for header in list {
        let bad = || BadHead::Header(header.name.clone());
        let name = HeaderName::try_from(header.name.as_str()).map_err(|_| bad())?;
        let value = HeaderValue::from_maybe_shared(header.value.clone()).map_err(|_| bad())?;
        headers.append(name, value);
    }
    Ok(headers)
}

/// A map as headers of the contract.
pub fn to_proto(headers: &HeaderMap) -> Vec<proto::Header> {
    headers
        .iter()
        .map(|(name, value)| proto::Header {
            name: name.as_str().to_owned(),
            value: bytes::Bytes::copy_from_slice(value.as_bytes()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(method: &str, path: &str, headers: &[(&str, &str)]) -> Result<Head, BadHead> {
        Head::try_from(proto::RequestHead {
            method: method.to_owned(),
            path_and_query: path.to_owned(),
            headers: headers
                .iter()
                .map(|(name, value)| proto::Header {
                    name: (*name).to_owned(),
                    value: value.as_bytes().to_vec().into(),
                })
                .collect(),
            ..proto::RequestHead::default()
        })
    }

    #[test]
    fn heads_that_could_mean_two_things_are_refused() {
        assert!(head("PROPFIND", "/a?b", &[("x", "é")]).is_ok());
        assert!(matches!(head("TRACE", "/", &[]), Err(BadHead::Method(_))));
        assert!(matches!(head("CONNECT", "/", &[]), Err(BadHead::Method(_))));
        assert!(matches!(head("G T", "/", &[]), Err(BadHead::Method(_))));
        assert_eq!(
            head("GET", "http://elsewhere.example/", &[]).unwrap_err(),
            BadHead::Path
        );
        assert_eq!(
            head("GET", "/", &[("host", "a"), ("host", "a")]).unwrap_err(),
            BadHead::Twice("host")
        );
        let lengths = [("content-length", "1"), ("content-length", "1")];
        assert_eq!(
            head("POST", "/", &lengths).unwrap_err(),
            BadHead::Twice("content-length")
        );
        for length in ["-1", "1, 1", "0x1", "", "99999999999999999999"] {
            assert_eq!(
                head("POST", "/", &[("content-length", length)]).unwrap_err(),
                BadHead::Length,
                "{length}"
            );
        }
        assert!(matches!(head("GET", "/", &[("x", "a\r\nb")]), Err(BadHead::Header(_))));
        assert!(matches!(head("GET", "/", &[("x y", "a")]), Err(BadHead::Header(_))));
    }
}
