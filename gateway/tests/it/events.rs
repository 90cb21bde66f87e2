//! Webhooks of code hosts.

use http::Method;
use ring::hmac;
use serde_json::json;
use sqlx::PgPool;

use crate::support::{app::TestApp, fake_catalog::unavailable};

const PATH: &str = "/api/events/http/github";
const SETTINGS: &str = "
auth: {providers: {guest: {}}}
events: {http: {topics: [news]}, modules: {github: {webhookSecret: a-secret}, gitlab: {webhookSecret: another}}}
";

fn push() -> String {
    json!({
        "ref": "refs/heads/main",
        "repository": {"html_url": "https://github.com/acme/shop"},
        "commits": [{"added": [], "modified": ["catalog-info.yaml"], "removed": []}],
    })
    .to_string()
}

fn signature(body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"a-secret");
    let digits: Vec<String> = hmac::sign(&key, body.as_bytes())
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("sha256={}", digits.concat())
}

#[sqlx::test(migrations = "./migrations")]
async fn a_signed_push_reaches_the_catalog(pool: PgPool) {
    let app = TestApp::with_settings(pool, SETTINGS).await;
    let send = async |signature: &str| {
        app.call(Method::POST, PATH)
            .header("x-github-event", "push")
            .header("x-hub-signature-256", signature)
            .raw_json(push())
            .send()
            .await
    };
    let refused = send(&signature("something else")).await;
    assert_eq!(
        (refused.status.as_u16(), refused.json()),
        (403, json!({"message": "invalid signature"}))
    );
    assert_eq!(app.catalog.count("refresh_locations"), 0);
    // Twice, as code hosts do when they are in doubt.
    for _ in 0..2 {
        let accepted = send(&signature(&push())).await;
        assert_eq!(
            (accepted.status.as_u16(), accepted.json()),
            (202, json!({"status": "accepted"}))
        );
    }
    let (_, message) = app.catalog.last("refresh_locations");
    assert!(
        message.contains("https://github.com/acme/shop/blob/main/catalog-info.yaml"),
        "{message}"
    );
    // The code host learns that it has to send again.
    app.catalog.holding.lock().failure = Some(unavailable());
    assert_eq!(send(&signature(&push())).await.status, 503);
}

#[sqlx::test(migrations = "./migrations")]
async fn what_is_no_webhook_is_told_so(pool: PgPool) {
    let app = TestApp::with_settings(pool, SETTINGS).await;
    let status = async |path: &str, content_type: &str, body: &str| {
        let mut call = app.call(Method::POST, path).header("x-gitlab-token", "another");
        if !content_type.is_empty() {
            call = call.header("content-type", content_type);
        }
        call.body = body.to_owned().into();
        call.send().await.status.as_u16()
    };
    let gitlab = "/api/events/http/gitlab";
    assert_eq!(status(gitlab, "application/json", "{}").await, 202);
    assert_eq!(status(gitlab, "application/json; charset=utf-8", "{}").await, 202);
    assert_eq!(status(gitlab, "application/json", "{").await, 400);
    assert_eq!(status(gitlab, "", "{}").await, 400);
    assert_eq!(status(gitlab, "text/plain", "{}").await, 415);
    assert_eq!(status(gitlab, "application/json; charset=latin1", "{}").await, 415);
    assert_eq!(
        status(gitlab, "application/json", &" ".repeat(5 * 1024 * 1024 + 1)).await,
        413
    );
    assert_eq!(status("/api/events/http/news", "application/json", "{}").await, 202);
    // Not configured, and not there.
    assert_eq!(
        status("/api/events/http/bitbucketCloud", "application/json", "{}").await,
        404
    );
    assert_eq!(status("/api/events/http/other", "application/json", "{}").await, 404);
    assert_eq!(app.catalog.count("refresh_locations"), 0);
}
