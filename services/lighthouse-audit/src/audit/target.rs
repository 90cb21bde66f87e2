//! The URL of a website, checked, and parted from its credentials.

use url::Url;

/// Longest URL, in bytes. It is part of an index.
const LONGEST: usize = 2048;

/// Why a URL cannot be audited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// There is none.
    #[error("No URL provided. URL is required for auditing.")]
    Missing,
    /// It does not begin with a protocol that makes sense.
    #[error("URL \"{0}\" does not contain a protocol (http or https).")]
    Protocol(String),
    /// It is no URL.
    #[error("URL \"{url}\" is not valid: {cause}.")]
    Invalid {
        /// As given, without credentials.
        url: String,
        /// What is wrong with it.
        cause: String,
    },
    /// It is too long.
    #[error("The URL is longer than {LONGEST} bytes.")]
    TooLong,
}

/// A website to audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// As given, without credentials: what is stored and shown.
    pub url: String,
    /// `user:password` as the URL spells them, for the browser alone.
    pub credentials: Option<String>,
}

impl Target {
    /// Checks a URL.
    pub fn parse(given: &str) -> Result<Self, TargetError> {
        if given.is_empty() {
            return Err(TargetError::Missing);
        }
        if given.len() > LONGEST {
            return Err(TargetError::TooLong);
        }
        let (url, credentials) = without_credentials(given);
        let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        if !matches!(scheme.as_deref(), Some("http" | "https")) {
            return Err(TargetError::Protocol(url));
        }
        let invalid = |cause: String| TargetError::Invalid {
            url: url.clone(),
            cause,
        };
        if url.chars().any(char::is_control) {
            return Err(invalid("it holds control characters".to_owned()));
        }
        Url::parse(&url).map_err(|error| invalid(error.to_string()))?;
        Ok(Self { url, credentials })
    }

    /// The URL for the browser, credentials and all.
    pub fn for_browser(&self) -> String {
        match &self.credentials {
            Some(credentials) => self.url.replacen("://", &format!("://{credentials}@"), 1),
            None => self.url.clone(),
        }
    }
}

/// Takes `user:password@` out of the text of a URL and leaves the rest as it is.
fn without_credentials(given: &str) -> (String, Option<String>) {
    let Some(start) = given.find("://").map(|position| position + 3) else {
        return (given.to_owned(), None);
    };
    let end = given[start..]
        .find(['/', '?', '#', '\\'])
        .map_or(given.len(), |length| start + length);
    match given[start..end].rfind('@') {
        None => (given.to_owned(), None),
        Some(length) => {
            let credentials = &given[start..start + length];
            let url = format!("{}{}", &given[..start], &given[start + length + 1..]);
            (url, (!credentials.is_empty()).then(|| credentials.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_stays_as_it_was_given() {
        for url in [
            "https://example.com",
            "http://example.com/a?b=c#d",
            "HTTPS://Example.com:8443/%2F+ü",
        ] {
            let target = Target::parse(url).unwrap();
            assert_eq!((target.url.as_str(), &target.credentials), (url, &None));
            assert_eq!(target.for_browser(), url);
        }
    }

    #[test]
    fn credentials_are_for_the_browser_alone() {
        let target = Target::parse("https://user:p@ss@host/path@x").unwrap();
        assert_eq!(target.url, "https://host/path@x");
        assert_eq!(target.credentials.as_deref(), Some("user:p@ss"));
        assert_eq!(target.for_browser(), "https://user:p@ss@host/path@x");
        assert_eq!(Target::parse("http://@host").unwrap().url, "http://host");
    }

    #[test]
    fn what_is_no_website_is_refused_in_the_originals_words() {
        let message = |url: &str| Target::parse(url).unwrap_err().to_string();
        assert_eq!(message(""), "No URL provided. URL is required for auditing.");
        assert_eq!(
            message("www.spotify.com"),
            "URL \"www.spotify.com\" does not contain a protocol (http or https)."
        );
        for url in ["file:///etc/passwd", "ftp://u:p@host", "javascript:alert(1)"] {
            assert!(message(url).contains("does not contain a protocol"), "{url}");
            assert!(!message(url).contains("u:p"), "{url}");
        }
        for url in [
            "http://",
            "http://[::1",
            "http://a b",
            "http://a\0b",
            "https://u:secret@",
        ] {
            let text = message(url);
            assert!(
                text.contains("is not valid") && !text.contains("secret"),
                "{url}: {text}"
            );
        }
        assert_eq!(
            message(&format!("http://{}", "a".repeat(3000))),
            "The URL is longer than 2048 bytes."
        );
    }
}
