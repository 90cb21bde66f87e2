//! `GET /api/docs`: a page to read the API. It is made of files, because the content security policy allows no scripts in pages.

use axum::{
    body::Body,
    extract::{Path, Request},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderValue, header};

use crate::{error::ApiError, http::normalise_path::original_uri};

const PAGE: &str = include_str!("viewer/index.html");
const FILES: [(&str, &str, &str); 2] = [
    (
        "viewer.js",
        "text/javascript; charset=utf-8",
        include_str!("viewer/viewer.js"),
    ),
    (
        "viewer.css",
        "text/css; charset=utf-8",
        include_str!("viewer/viewer.css"),
    ),
];

/// The page.
pub(crate) async fn get_api_page(request: Request) -> Response {
    // Its links count from the folder above, which a slash at the end would be taken for.
    if original_uri(&request).path().ends_with('/') {
        return Redirect::permanent("../docs").into_response();
    }
    file("text/html; charset=utf-8", PAGE)
}

/// What it is made of.
pub(crate) async fn get_api_page_file(Path(name): Path<String>) -> Result<Response, ApiError> {
    FILES
        .iter()
        .find(|(known, ..)| *known == name)
        .map(|(_, content_type, text)| file(content_type, text))
        .ok_or_else(|| ApiError::not_found("There is no such file"))
}

fn file(content_type: &'static str, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
