//! A gateway with the Lighthouse service behind it, and a website to audit.

use std::{fs, os::unix::fs::symlink, path::Path, time::Duration};

use axum::{Router, response::Html, routing::get};
use callboard_end_to_end::portal::{Portal, Setup};
use callboard_local::Unit;
use callboard_service_kit::tls;
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;

const FAST_RUNNER: &str = include_str!("../../../../services/lighthouse-audit/tests/fast-runner.js");
const PAGE: &str = "<!doctype html><html lang=en><title>A page</title><h1>A page</h1>";

pub(crate) struct Lighthouse {
    pub(crate) portal: Portal,
    client: Client,
    base: String,
    site: String,
    _runner: Option<TempDir>,
}

impl Lighthouse {
    /// With the runner that answers at once, unless `real`.
    pub(crate) async fn start(real: bool, settings: Value, units: &[Unit]) -> Self {
        tls::install_provider();
        let installed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services/lighthouse-audit/runner");
        let installed = installed.canonicalize().unwrap();
        let runner = (!real).then(|| {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("runner.js"), FAST_RUNNER).unwrap();
            fs::write(folder.path().join("package.json"), r#"{"type": "module"}"#).unwrap();
            symlink(installed.join("node_modules"), folder.path().join("node_modules")).unwrap();
            folder
        });
        let directory = runner.as_ref().map_or(installed.as_path(), TempDir::path);
        let setup = Setup::new().unwrap();
        let folder = setup.folder().to_owned();
        let portal = setup
            .units(units)
            // A test may write it, or not.
            .location_at(&folder.join("shop.yaml"))
            .config(json!({"lighthouse": {
                "runner": {"directory": directory},
                "targets": {"allowPrivate": ["127.0.0.0/8"]},
            }}))
            .config(json!({"lighthouse": settings}))
            .start()
            .await
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let site = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(get(|| async { Html(PAGE) }));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            base: format!("{}/api/lighthouse", portal.stack.gateway_url()),
            client: Client::builder().timeout(Duration::from_mins(3)).build().unwrap(),
            portal,
            site,
            _runner: runner,
        }
    }

    /// The service and the gateway, with the runner that answers at once.
    pub(crate) async fn fast(settings: Value) -> Self {
        Self::start(false, settings, &[Unit::LighthouseAudit, Unit::Gateway]).await
    }

    /// A page to audit.
    pub(crate) fn page(&self, path: &str) -> String {
        format!("{}{path}", self.site)
    }

    pub(crate) async fn send(&self, method: Method, path: &str, accept: &str, body: Option<&Value>) -> Response {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.base))
            .header("accept", accept);
        if let Some(body) = body {
            request = request.json(body);
        }
        request.send().await.unwrap()
    }

    /// Status and bare text.
    pub(crate) async fn text(&self, method: Method, path: &str) -> (StatusCode, String) {
        let response = self.send(method, path, "*/*", None).await;
        (response.status(), response.text().await.unwrap())
    }

    /// The JSON of a GET that succeeds.
    pub(crate) async fn get(&self, path: &str) -> Value {
        let response = self.send(Method::GET, path, "application/json", None).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        parsed(&response.text().await.unwrap())
    }

    /// Status and JSON.
    pub(crate) async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> (StatusCode, Value) {
        let response = self.send(method, path, "application/json", body).await;
        let status = response.status();
        let text = response.text().await.unwrap();
        let json = if text.is_empty() { Value::Null } else { parsed(&text) };
        (status, json)
    }

    /// POSTs a body to `/v1/audits` as it is.
    pub(crate) async fn post_raw(&self, body: &'static str) -> (StatusCode, String) {
        let request = self.client.post(format!("{}/v1/audits", self.base));
        let response = request
            .header("content-type", "application/json")
            .body(body)
            .send()
            .await
            .unwrap();
        (response.status(), response.text().await.unwrap())
    }

    /// An audit by version 1, waited for.
    pub(crate) async fn audited(&self, url: &str) -> Value {
        let body = json!({"url": url, "options": {"awaitAuditCompleted": true}});
        let (status, audit) = self.call(Method::POST, "/v1/audits", Some(&body)).await;
        assert_eq!(status, StatusCode::CREATED, "{audit}");
        audit
    }
}

/// JSON, or the bare text. Reports hold half characters on purpose, as JavaScript writes them; serde wants whole ones.
fn parsed(text: &str) -> Value {
    serde_json::from_str(&text.replace("\\ud800", "\\ufffd")).unwrap_or_else(|_| Value::String(text.to_owned()))
}
