//! The headers that every response carries to keep browsers safe.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::config::security_headers::SecurityHeadersConfig;

const FIXED: [(HeaderName, &str); 7] = [
    (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_DNS_PREFETCH_CONTROL, "off"),
    (HeaderName::from_static("x-download-options"), "noopen"),
    (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
    (HeaderName::from_static("x-permitted-cross-domain-policies"), "none"),
    (header::X_XSS_PROTECTION, "0"),
];

/// The headers, made once.
#[derive(Debug)]
pub(crate) struct SecurityHeaders {
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl SecurityHeaders {
    pub(crate) fn new(config: &SecurityHeadersConfig) -> Self {
        let mut headers: Vec<_> = FIXED
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
            .collect();
        headers.push((header::REFERRER_POLICY, config.referrer_policy.clone()));
        if let Some(policy) = &config.content_security_policy {
            headers.push((header::CONTENT_SECURITY_POLICY, policy.clone()));
        }
        Self { headers }
    }

    /// Adds those that the response does not set itself.
    pub(crate) fn apply(&self, response: &mut HeaderMap) {
        response.reserve(self.headers.len() + 2);
        for (name, value) in &self.headers {
            response.entry(name).or_insert_with(|| value.clone());
        }
    }
}
