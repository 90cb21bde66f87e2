//! Reports as responses.

use axum::response::Response;
use callboard_proto::lighthouse_audit::v1::{GetReportRequest, ReportFormat};
use http::{HeaderMap, HeaderValue, StatusCode, header};

use crate::{error::ApiError, gateway::Gateway, http::respond, upstream::CallContext};

/// A report is a page with a script of its own and the texts of whichever website was audited: it may run that script in a world
/// of its own and nothing else, and only the portal may frame it.
const SANDBOX: &str = "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads allow-modals; \
                       default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; \
                       font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors";

/// The page of an audit: its report, or why there is none.
pub(super) async fn page(
    gateway: &Gateway,
    context: &CallContext,
    headers: &HeaderMap,
    id: String,
) -> Result<Response, ApiError> {
    let request = GetReportRequest {
        id,
        format: ReportFormat::Html.into(),
        accept_gzip: accepts_gzip(headers),
    };
    let report = gateway.lighthouse_audit().get_report(context, request).await?;
    let mut response = respond::json_bytes(StatusCode::OK, report.body);
    let headers = response.headers_mut();
    set(headers, header::CONTENT_TYPE, &report.content_type);
    if !report.content_encoding.is_empty() {
        set(headers, header::CONTENT_ENCODING, &report.content_encoding);
    }
    let ancestors = gateway.config().frame_ancestors.as_str();
    set(
        headers,
        header::CONTENT_SECURITY_POLICY,
        &format!("{SANDBOX} {ancestors}"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("accept, accept-encoding"));
    Ok(response)
}

/// A header whose value may come from outside; one that is none is left out.
fn set(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.split(',').any(|coding| weight(coding, "gzip") > 0.0))
}

/// Whether a client wants JSON rather than a page: it names JSON, and not HTML before it.
pub(super) fn prefers_json(headers: &HeaderMap) -> bool {
    let Some(accepted) = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let of = |media_type: &str| {
        accepted
            .split(',')
            .map(|range| weight(range, media_type))
            .fold(0.0, f64::max)
    };
    let json = of("application/json");
    json > 0.0 && json > of("text/html")
}

/// The `q` of a range such as `text/html;q=0.8`, 0 when it is about something else.
fn weight(range: &str, wanted: &str) -> f64 {
    let mut parts = range.split(';').map(str::trim);
    if !parts.next().is_some_and(|name| name.eq_ignore_ascii_case(wanted)) {
        return 0.0;
    }
    parts
        .find_map(|parameter| parameter.strip_prefix("q=")?.parse().ok())
        .unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn json_has_to_be_asked_for() {
        let cases = [
            ("application/json", true),
            ("application/json, text/plain, */*", true),
            ("application/json;q=0.9, text/html;q=0.1", true),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", false),
            ("text/html, application/json", false),
            ("*/*", false),
            ("application/json;q=0", false),
        ];
        for (accept, expected) in cases {
            assert_eq!(prefers_json(&headers(header::ACCEPT, accept)), expected, "{accept}");
        }
        assert!(!prefers_json(&HeaderMap::new()));
    }

    #[test]
    fn gzip_has_to_be_asked_for() {
        assert!(accepts_gzip(&headers(header::ACCEPT_ENCODING, "br, gzip;q=0.5")));
        assert!(!accepts_gzip(&headers(header::ACCEPT_ENCODING, "br, gzip;q=0")));
        assert!(!accepts_gzip(&HeaderMap::new()));
    }
}
