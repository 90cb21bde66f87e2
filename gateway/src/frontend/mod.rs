//! The built single-page app: everything that is not below `/api`.

mod index_page;

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, Method, StatusCode, header};
use serde_json::Value;
use tower::ServiceExt;
use tower_http::services::ServeDir;

use self::index_page::IndexPage;
use crate::{config::frontend::FrontendConfig, error::ApiError, gateway::Gateway};

/// Names of these files hold a hash of their content: they never change.
const HASHED: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// All other files are asked for again, and answered 304 when they did not change.
const REVALIDATED: HeaderValue = HeaderValue::from_static("no-cache");

/// Serves the app's files.
#[derive(Clone, Debug)]
pub(crate) struct Frontend {
    files: ServeDir,
    index: Arc<IndexPage>,
}

impl Frontend {
    pub(crate) fn new(config: &FrontendConfig) -> Self {
        // ServeDir refuses `..`, absolute and drive components after decoding, so no request leaves the directory.
        let files = ServeDir::new(&config.directory)
            .append_index_html_on_directories(false)
            .precompressed_br()
            .precompressed_gzip();
        Self {
            files,
            index: Arc::new(IndexPage::new(&config.directory, &config.visible)),
        }
    }

    /// Shows browsers another configuration from now on.
    pub(crate) fn show(&self, visible_config: &Value) {
        self.index.show(visible_config);
    }
}

/// Answers whatever no route takes: a file of the app, its page, or nothing below `/api`.
pub(crate) async fn serve_frontend(State(gateway): State<Gateway>, request: Request) -> Response {
    let path = request.uri().path();
    let is_read = request.method() == Method::GET || request.method() == Method::HEAD;
    if is_api(path) || !is_read {
        return StatusCode::NOT_FOUND.into_response();
    }
    let frontend = gateway.frontend();
    let is_hashed = path.starts_with("/static/") || path.starts_with("/assets/");
    if path == "/" || path == "/index.html" {
        return page(frontend).await;
    }
    let response = match frontend.files.clone().oneshot(request).await {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    };
    match response.status() {
        StatusCode::OK | StatusCode::PARTIAL_CONTENT | StatusCode::NOT_MODIFIED => {
            let mut response = response;
            response
                .headers_mut()
                .insert(header::CACHE_CONTROL, if is_hashed { HASHED } else { REVALIDATED });
            response
        }
        StatusCode::RANGE_NOT_SATISFIABLE => response,
        // A page that was loaded before a deployment must learn that its file is gone, and not get a page for a script.
        _ if is_hashed => StatusCode::NOT_FOUND.into_response(),
        _ => page(frontend).await,
    }
}

async fn page(frontend: &Frontend) -> Response {
    match frontend.index.render().await {
        Ok(response) => response,
        Err(error) => ApiError::internal(error).into_response(),
    }
}

fn is_api(path: &str) -> bool {
    path.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("/api/")) || path.eq_ignore_ascii_case("/api")
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn get(files: &ServeDir, path: &str) -> StatusCode {
        let request = Request::builder().uri(path).body(Body::empty()).expect("a request");
        files.clone().oneshot(request).await.expect("answers").status()
    }

    #[tokio::test]
    async fn files_outside_the_directory_stay_there() {
        let root = tempfile::tempdir().expect("a directory");
        std::fs::create_dir(root.path().join("dist")).expect("a directory");
        std::fs::write(root.path().join("secret.txt"), "secret").expect("a file");
        std::fs::write(root.path().join("dist/open.txt"), "open").expect("a file");
        let files = ServeDir::new(root.path().join("dist"));
        assert_eq!(get(&files, "/open.txt").await, StatusCode::OK);
        for path in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/x/..%5c..%5csecret.txt",
            "//../secret.txt",
        ] {
            assert_ne!(get(&files, path).await, StatusCode::OK, "{path}");
        }
    }

    #[test]
    fn the_api_has_no_pages() {
        for (path, expected) in [
            ("/api/x", true),
            ("/API/x", true),
            ("/api", true),
            ("/apis", false),
            ("/", false),
        ] {
            assert_eq!(is_api(path), expected, "{path}");
        }
    }
}
