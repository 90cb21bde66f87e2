//! A website of the test's own.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use tokio::net::TcpListener;

const PAGE: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width"><meta name="description" content="A page of a test"></head>
<body><h1>A page</h1><p>With some text.</p></body></html>"#;

/// Texts that databases and parsers do not like: half a character, and zero, in what Lighthouse copies into its report.
const ODD: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Odd</title></head><body><h1>Odd</h1>
<script>console.error('half \ud800 zero \u0000 end </scr' + 'ipt>'); throw new Error('\udfff \u0000')</script></body></html>"#;

/// Serves pages on a free port until the test ends.
pub(crate) struct Site {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Site {
    pub(crate) async fn start() -> Self {
        let requests = Arc::new(Mutex::new(Vec::new()));
        let router = Router::new()
            .route("/odd", get(|| async { Html(ODD) }))
            .route("/down", get(|| async { StatusCode::INTERNAL_SERVER_ERROR }))
            .route("/text", get(|| async { "no page" }))
            .route("/secret", get(secret))
            .route("/to/{*target}", get(redirect))
            .route("/leads/{*target}", get(page_that_leads_away))
            .fallback(page)
            .with_state(requests.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, requests }
    }

    /// A URL of the site.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// The paths that were asked for, in order.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn page(State(requests): State<Arc<Mutex<Vec<String>>>>, uri: Uri) -> Html<&'static str> {
    requests.lock().unwrap().push(uri.to_string());
    Html(PAGE)
}

async fn secret(State(requests): State<Arc<Mutex<Vec<String>>>>, headers: HeaderMap) -> Response {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    // `user:hunter2`.
    if authorization == Some("Basic dXNlcjpodW50ZXIy") {
        requests.lock().unwrap().push("/secret".to_owned());
        return Html(PAGE).into_response();
    }
    (
        StatusCode::UNAUTHORIZED,
        [(header::WWW_AUTHENTICATE, "Basic realm=\"test\"")],
    )
        .into_response()
}

async fn redirect(Path(target): Path<String>) -> Response {
    (StatusCode::FOUND, [(header::LOCATION, target)]).into_response()
}

async fn page_that_leads_away(Path(target): Path<String>) -> Html<String> {
    Html(format!(
        "<!doctype html><title>Away</title><script>location.replace({target:?})</script><img src={target:?}>"
    ))
}
