//! The one place that writes upstream's error body.

use axum::response::Response;
use http::{Method, StatusCode, Uri};
use serde::Serialize;

use super::request_id::random_id;
use crate::{error::ApiError, http::respond};

#[derive(Serialize)]
struct Body<'a> {
    error: Error<'a>,
    request: Request<'a>,
    response: Status,
}

#[derive(Serialize)]
struct Error<'a> {
    name: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct Request<'a> {
    method: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    status_code: u16,
}

/// Writes the body of a failed request. What went wrong inside is logged here, once, under an id that the body carries.
pub(crate) fn render(error: &ApiError, method: &Method, uri: &Uri, request_id: &str) -> Response {
    let status = error.status();
    let mut name = error.name();
    let mut message = error.message().to_owned();
    if status == StatusCode::INTERNAL_SERVER_ERROR {
        let error_id = if let Some(error_id) = error.error_id() {
            error_id.to_owned()
        } else {
            let error_id = random_id(10);
            tracing::error!(error_id, request_id, error = message, "a request failed");
            error_id
        };
        name = "Error";
        message = format!("An internal error occurred logId={error_id}");
    }
    let body = Body {
        error: Error {
            name,
            message: &message,
        },
        request: Request {
            method: method.as_str(),
            url: below_plugin(uri),
        },
        response: Status {
            status_code: status.as_u16(),
        },
    };
    respond::json(status, &body)
}

/// The path and query below `/api/<plugin>`, as upstream's plugins see them.
fn below_plugin(uri: &Uri) -> &str {
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let is_api = target.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("/api/"));
    if !is_api {
        return target;
    }
    let rest = &target[5..];
    rest.find(['/', '?']).map_or("/", |end| &rest[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_the_path_below_the_plugin() {
        let cases = [
            ("/api/catalog/entities?a=b", "/entities?a=b"),
            ("/API/catalog/x", "/x"),
            ("/api/catalog", "/"),
            ("/other?x", "/other?x"),
        ];
        for (sent, expected) in cases {
            assert_eq!(below_plugin(&sent.parse().expect("a URI")), expected, "{sent}");
        }
    }
}
