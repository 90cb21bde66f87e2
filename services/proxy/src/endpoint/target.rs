//! Where an endpoint leads.

use http::{
    HeaderValue, Uri,
    uri::{Authority, PathAndQuery, Scheme},
};
use url::{Host, Url};

use super::path_guard;

/// Why a target cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadTarget {
    /// It is no URL at all.
    #[error("Proxy target is not a valid URL: {0}")]
    NotAUrl(String),
    /// It is a URL of another kind.
    #[error("Proxy target must be an http or https URL")]
    Scheme,
    /// It has parts that no request could keep.
    #[error("Proxy target must have no query and no fragment")]
    QueryOrFragment,
    /// Its path leads out of itself.
    #[error("Proxy target has a path that is not usable: {0}")]
    Path(#[from] path_guard::UnsafePath),
}

/// A target, taken apart.
#[derive(Debug, Clone)]
pub struct Target {
    scheme: Scheme,
    authority: Authority,
    host_header: HeaderValue,
    /// Without a slash at the end.
    base_path: String,
    /// `user:password` of the URL.
    pub(crate) user_info: Option<String>,
}

impl Target {
    /// Reads the URL. Its path is kept byte by byte.
    pub fn parse(text: &str) -> Result<Self, BadTarget> {
        let text = text.trim();
        let not_a_url = || BadTarget::NotAUrl(without_user_info(text));
        let url = Url::parse(text).map_err(|_| not_a_url())?;
        let scheme = match url.scheme() {
            "http" => Scheme::HTTP,
            "https" => Scheme::HTTPS,
            _ => return Err(BadTarget::Scheme),
        };
        if url.query().is_some() || url.fragment().is_some() {
            return Err(BadTarget::QueryOrFragment);
        }
        let host = match url.host() {
            Some(Host::Domain(name)) => name.to_owned(),
            Some(Host::Ipv4(address)) => address.to_string(),
            Some(Host::Ipv6(address)) => format!("[{address}]"),
            None => return Err(not_a_url()),
        };
        let authority = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host,
        };
        let base_path = path_of(text).trim_end_matches('/').to_owned();
        path_guard::check(&base_path)?;
        let user_info = (!url.username().is_empty()).then(|| {
            let decoded = |part: &str| {
                percent_encoding::percent_decode_str(part)
                    .decode_utf8_lossy()
                    .into_owned()
            };
            format!(
                "{}:{}",
                decoded(url.username()),
                decoded(url.password().unwrap_or_default())
            )
        });
        Ok(Self {
            host_header: HeaderValue::try_from(&authority).map_err(|_| not_a_url())?,
            authority: Authority::try_from(authority).map_err(|_| not_a_url())?,
            scheme,
            base_path,
            user_info,
        })
    }

    /// The `Host` of requests to it.
    pub fn host_header(&self) -> &HeaderValue {
        &self.host_header
    }

    /// Host and port.
    pub fn authority(&self) -> &Authority {
        &self.authority
    }

    /// The port that is connected to.
    pub fn port(&self) -> u16 {
        let default = if self.scheme == Scheme::HTTPS { 443 } else { 80 };
        self.authority.port_u16().unwrap_or(default)
    }

    /// The URL of a path below the target. The bytes of the path go into it as they are; one that leads out of the target is refused.
    pub fn join(&self, path_and_query: &str) -> Result<Uri, path_guard::UnsafePath> {
        let whole = format!("{}{path_and_query}", self.base_path);
        // A fragment would be cut off after the check: `..#` would become `..`.
        if whole.contains('#') {
            return Err(path_guard::UnsafePath::BadEncoding);
        }
        let path = whole.split('?').next().unwrap_or_default();
        path_guard::check(path)?;
        let path_and_query = PathAndQuery::try_from(whole).map_err(|_| path_guard::UnsafePath::BadEncoding)?;
        Uri::builder()
            .scheme(self.scheme.clone())
            .authority(self.authority.clone())
            .path_and_query(path_and_query)
            .build()
            .map_err(|_| path_guard::UnsafePath::BadEncoding)
    }
}

/// The path as it was written: the URL library would tidy it up.
fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    rest.find('/').map_or("", |start| &rest[start..])
}

/// A URL for an error message: what stands before an `@` may be a password.
fn without_user_info(text: &str) -> String {
    match (text.split_once("://"), text.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://...@{rest}"),
        (None, Some((_, rest))) => format!("...@{rest}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(target: &str, path: &str) -> String {
        Target::parse(target).unwrap().join(path).unwrap().to_string()
    }

    #[test]
    fn paths_are_appended_byte_by_byte() {
        let base = "https://circleci.com/api/v1.1";
        assert_eq!(
            joined(base, "/project/x?a=b"),
            "https://circleci.com/api/v1.1/project/x?a=b"
        );
        assert_eq!(joined(base, "/"), "https://circleci.com/api/v1.1/");
        assert_eq!(joined("http://h:81/base/", "/a//b%2Fc"), "http://h:81/base/a//b%2Fc");
        assert_eq!(joined("http://h", "//other.example/x"), "http://h//other.example/x");
        assert_eq!(joined("http://h/a%20B/", "/\\x"), "http://h/a%20B/\\x");
        assert_eq!(
            joined("http://[::1]:81", "/@evil.example"),
            "http://[::1]:81/@evil.example"
        );
    }

    #[test]
    fn nothing_leads_out_of_the_target() {
        let target = Target::parse("https://h/api").unwrap();
        for path in ["/../admin", "/%2e%2e/admin", "/a/..%2f..%2fadmin"] {
            assert_eq!(target.join(path), Err(path_guard::UnsafePath::DotSegment), "{path}");
        }
        // A question mark that is encoded belongs to the path.
        assert!(target.join("/a%3f/../x").is_err());
        assert!(target.join("/a?x=/../y").is_ok());
        assert!(target.join("/..#").is_err());
    }

    #[test]
    fn bad_targets_say_what_is_wrong_and_keep_passwords() {
        let error = |text: &str| Target::parse(text).unwrap_err().to_string();
        assert_eq!(error("not a url"), "Proxy target is not a valid URL: not a url");
        assert_eq!(error("ftp://h"), "Proxy target must be an http or https URL");
        assert!(error("https://h/?x=1").contains("no query"));
        assert!(error("https://h/a/../b").contains("leads out"));
        assert!(!error("https://user:hunter2@:99999/").contains("hunter2"));
        let target = Target::parse("https://user:p%40ss@h/x").unwrap();
        assert_eq!(target.user_info.as_deref(), Some("user:p@ss"));
        assert_eq!(target.authority().as_str(), "h");
        assert_eq!((target.port(), Target::parse("http://h").unwrap().port()), (443, 80));
    }
}
