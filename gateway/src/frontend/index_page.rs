//! The app's page, with the configuration that browsers may see.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use parking_lot::RwLock;
use serde_json::{Value, json};

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");
/// A page names the files of one build: it must never outlive that.
const NEVER_STORED: HeaderValue = HeaderValue::from_static("no-store, max-age=0");

/// What there is to see before an app was built.
const NOT_BUILT: &str = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Callboard</title></head>\n\
     <body><h1>Callboard</h1><p>The API is up. The web app has not been built: run <code>npm run build</code> in \
     <code>frontend/</code>, or point <code>gateway.frontend.directory</code> at a built one.</p></body></html>\n";

/// `index.html` of the build.
#[derive(Debug)]
pub(super) struct IndexPage {
    file: PathBuf,
    config_element: RwLock<Arc<str>>,
}

impl IndexPage {
    pub(super) fn new(directory: &Path, visible_config: &Value) -> Self {
        Self {
            file: directory.join("index.html"),
            config_element: RwLock::new(config_element(visible_config)),
        }
    }

    /// Puts another configuration into the pages that are asked for from now on.
    pub(super) fn show(&self, visible_config: &Value) {
        *self.config_element.write() = config_element(visible_config);
    }

    /// The page. It is read anew each time: it is small, asked for once a visit, and may be built again while we run.
    pub(super) async fn render(&self) -> io::Result<Response> {
        let page = match tokio::fs::read_to_string(&self.file).await {
            Ok(page) => self.inject(&page),
            Err(error) if error.kind() == io::ErrorKind::NotFound => NOT_BUILT.to_owned(),
            Err(error) => return Err(error),
        };
        let headers = [
            (header::CONTENT_TYPE, HTML),
            (header::CACHE_CONTROL, NEVER_STORED),
            (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        ];
        Ok((StatusCode::OK, headers, Body::from(page)).into_response())
    }

    /// Puts the configuration before the first script, so that it is there when the app starts.
    fn inject(&self, page: &str) -> String {
        let lower = page.to_ascii_lowercase();
        let position = ["<script", "</head>", "<body"]
            .iter()
            .find_map(|mark| lower.find(mark))
            .unwrap_or(page.len());
        let (before, after) = page.split_at(position);
        let config_element = self.config_element.read().clone();
        [before, &config_element, after].concat()
    }
}

fn config_element(visible_config: &Value) -> Arc<str> {
    let layers = json!([{ "context": "app-config", "data": visible_config }]).to_string();
    // In a script element a `<` could end it or open a comment; in JSON it can always be written this way.
    let layers = layers.replace('<', "\\u003c");
    format!("<script type=\"backstage.io/config\">{layers}</script>").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn injects_before_the_first_script() {
        let page = IndexPage::new(Path::new("."), &json!({"app": {"title": "</script><b>"}}));
        assert_eq!(
            page.inject("<head><script src=a></script></head>"),
            "<head><script type=\"backstage.io/config\">[{\"context\":\"app-config\",\"data\":{\"app\":{\"title\":\
             \"\\u003c/script>\\u003cb>\"}}}]</script><script src=a></script></head>"
        );
        assert!(page.inject("<head></head>").ends_with("</script></head>"));
        assert!(page.inject("text").starts_with("text<script"));
    }
}
