//! The page a popup ends on: it hands the outcome to the window that opened it, and closes.

use std::sync::LazyLock;

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::error::ApiError;

/// How a sign-in ended.
pub(super) enum Outcome {
    Session(Value),
    Failure { name: &'static str, message: String },
}

/// The whole program of the page. It is constant, so that the page's policy can name it by its hash.
const SCRIPT: &str = r#"
var data = document.getElementById("outcome").dataset;
var opener = window.opener || (window.parent !== window ? window.parent : null);
if (opener) {
  opener.postMessage({ type: "config_info", targetOrigin: data.origin }, "*");
  opener.postMessage(JSON.parse(data.message), data.origin);
  setTimeout(function () { window.close(); }, 100);
} else {
  document.getElementById("outcome").hidden = false;
}
"#;

static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(SCRIPT));
    format!(
        "default-src 'none'; script-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
});

/// The page. The outcome goes to `origin` alone.
pub(super) fn page(origin: &str, outcome: &Outcome) -> Result<Response, ApiError> {
    let (message, text) = match outcome {
        Outcome::Session(session) => (
            json!({"type": "authorization_response", "response": session}),
            "You are signed in. This window can be closed.".to_owned(),
        ),
        Outcome::Failure { name, message } => (
            json!({"type": "authorization_response", "error": {"name": name, "message": message}}),
            message.clone(),
        ),
    };
    let page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Signing in</title></head><body>\n\
         <p id=\"outcome\" hidden data-origin=\"{}\" data-message=\"{}\">{}</p>\n<script>{SCRIPT}</script>\n</body></html>\n",
        escape(origin),
        escape(&message.to_string()),
        escape(&text)
    );
    let policy = HeaderValue::try_from(POLICY.as_str()).map_err(ApiError::internal)?;
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN")),
    ];
    Ok((StatusCode::OK, headers, Body::from(page)).into_response())
}

/// A text inside of an HTML attribute or element.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_message_becomes_html() {
        assert_eq!(
            escape("</p><script>alert(\"'&\")"),
            "&lt;/p&gt;&lt;script&gt;alert(&quot;&#39;&amp;&quot;)"
        );
    }
}
