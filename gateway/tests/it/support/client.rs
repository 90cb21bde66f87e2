//! A small HTTP client.

use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use serde_json::Value;

/// A request in the making.
pub(crate) struct Call {
    pub(crate) request: http::request::Builder,
    pub(crate) body: Bytes,
}

/// A whole response.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Call {
    pub(crate) fn new(method: Method, url: String) -> Self {
        Self {
            request: Request::builder().method(method).uri(url),
            body: Bytes::new(),
        }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    pub(crate) fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.raw_json(body.to_string())
    }

    pub(crate) fn raw_json(self, body: String) -> Self {
        let mut call = self.header("content-type", "application/json");
        call.body = body.into();
        call
    }

    pub(crate) async fn send(self) -> Answer {
        let client = Client::builder(TokioExecutor::new()).build_http();
        let request = self.request.body(Full::new(self.body)).expect("a request");
        let response = client.request(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a whole body").to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("ASCII"))
    }

    /// Asserts that this is a failure in upstream's shape.
    #[track_caller]
    pub(crate) fn assert_error(&self, status: u16, name: &str, message: &str) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        let content_type = self
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        assert_eq!(content_type, Some("application/json; charset=utf-8"));
        let body = self.json();
        assert_eq!(body["error"]["name"], name, "{body}");
        assert_eq!(body["error"]["message"], message, "{body}");
        assert_eq!(body["response"]["statusCode"], status, "{body}");
        assert!(
            body["request"]["method"].is_string() && body["request"]["url"].is_string(),
            "{body}"
        );
    }
}
