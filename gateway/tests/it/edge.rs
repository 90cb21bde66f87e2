//! What every response has in common.

use std::time::{Duration, Instant};

use http::Method;
use serde_json::json;
use sqlx::PgPool;

use crate::support::{
    app::TestApp,
    fake_catalog::{secret_failure, unavailable},
};

const PATH: &str = "/api/catalog/entities/by-query?limit=1";

#[sqlx::test(migrations = "./migrations")]
async fn failures_inside_show_nothing_but_an_id(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let token = app.guest_token().await;
    app.catalog.holding.lock().failure = Some(secret_failure());
    let answer = app.call(Method::GET, PATH).bearer(&token).send().await;
    assert_eq!(answer.status, 500);
    let message = answer.json()["error"]["message"]
        .as_str()
        .expect("a message")
        .to_owned();
    let id = message
        .strip_prefix("An internal error occurred logId=")
        .expect("the fixed text");
    assert!(
        id.len() == 20 && id.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "{id}"
    );
    assert!(!answer.text().contains("10.0.0.1"));
}

#[sqlx::test(migrations = "./migrations")]
async fn a_service_that_cannot_answer_says_so(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let token = app.guest_token().await;
    app.catalog.holding.lock().failure = Some(unavailable());
    let answer = app.call(Method::GET, PATH).bearer(&token).send().await;
    answer.assert_error(
        503,
        "ServiceUnavailableError",
        "The database is not available at the moment",
    );
    // The rest goes on: guests still get in.
    assert_eq!(
        app.call(Method::GET, "/api/auth/guest/refresh").send().await.status,
        200
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn a_service_that_is_down_is_told_at_once(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let token = app.guest_token().await;
    app.catalog_stop.cancel();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let started = Instant::now();
    let answer = app.call(Method::GET, PATH).bearer(&token).send().await;
    answer.assert_error(
        503,
        "ServiceUnavailableError",
        "The service is not available at the moment",
    );
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    let health = app.call(Method::GET, "/.backstage/health/v1/readiness").send().await;
    assert_eq!(health.status, 200);
    assert_eq!(health.json()["checks"], json!({"database": "ok", "catalog": "error"}));
}

#[sqlx::test(migrations = "./migrations")]
async fn silence_ends_at_the_time_limit(pool: PgPool) {
    let settings = "auth: {providers: {guest: {}}}\ngateway: {requestTimeout: 500ms}\n";
    let app = TestApp::with_settings(pool, settings).await;
    let token = app.guest_token().await;
    app.catalog.holding.lock().hangs = true;
    let answer = app.call(Method::GET, PATH).bearer(&token).send().await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["error"]["name"]),
        (504, &json!("DeadlineExceeded"))
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn health_follows_the_life_of_the_gateway(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let live = app.call(Method::GET, "/.backstage/health/v1/liveness").send().await;
    assert_eq!((live.status.as_u16(), live.json()), (200, json!({"status": "ok"})));
    let ready = app
        .call(Method::GET, "/.backstage/health/v1/readiness")
        .send()
        .await
        .json();
    assert_eq!(
        ready,
        json!({"status": "ok", "checks": {"database": "ok", "catalog": "ok"}})
    );
    app.lifecycle.stop();
    let stopping = app.call(Method::GET, "/.backstage/health/v1/readiness").send().await;
    assert_eq!(
        (stopping.status.as_u16(), stopping.json()),
        (503, json!({"message": "Backend is shutting down", "status": "error"}))
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn responses_carry_security_headers_and_ids(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let answer = app
        .call(Method::GET, PATH)
        .header("x-request-id", "an-id-of-mine")
        .send()
        .await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.header("x-request-id"), Some("an-id-of-mine"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(answer.header("x-frame-options"), Some("SAMEORIGIN"));
    let policy = answer.header("content-security-policy").expect("a policy");
    assert!(
        policy.starts_with("default-src 'self';") && !policy.contains("upgrade-insecure-requests"),
        "{policy}"
    );
    assert!(answer.header("access-control-allow-origin").is_none());
    let strange = app
        .call(Method::GET, PATH)
        .header("x-request-id", "<script>")
        .send()
        .await;
    assert_eq!(strange.header("x-request-id").expect("an id").len(), 32);
}

#[sqlx::test(migrations = "./migrations")]
async fn cross_origin_requests_follow_the_configuration(pool: PgPool) {
    let settings = "backend: {cors: {origin: ['http://localhost:3000', 'https://*.example.com'], credentials: true}}\n\
                    auth: {providers: {guest: {}}}\n";
    let app = TestApp::with_settings(pool, settings).await;
    let preflight = app
        .call(Method::OPTIONS, PATH)
        .header("origin", "http://localhost:3000")
        .header("access-control-request-method", "GET")
        .header("access-control-request-headers", "authorization,content-type")
        .send()
        .await;
    assert_eq!((preflight.status.as_u16(), preflight.body.len()), (204, 0));
    assert_eq!(
        preflight.header("access-control-allow-origin"),
        Some("http://localhost:3000")
    );
    assert_eq!(
        preflight.header("access-control-allow-headers"),
        Some("authorization,content-type")
    );
    assert_eq!(preflight.header("access-control-allow-credentials"), Some("true"));
    assert_eq!(
        preflight.header("access-control-allow-methods"),
        Some("GET,HEAD,PUT,PATCH,POST,DELETE")
    );

    // Failures are readable too.
    let refused = app
        .call(Method::GET, PATH)
        .header("origin", "https://A.example.com")
        .send()
        .await;
    assert_eq!(refused.status, 401);
    assert_eq!(
        refused.header("access-control-allow-origin"),
        Some("https://A.example.com")
    );
    for origin in [
        "https://evil.com",
        "https://example.com.evil.com",
        "https://a/b.example.com",
    ] {
        let foreign = app.call(Method::OPTIONS, PATH).header("origin", origin).send().await;
        assert_eq!(foreign.status, 401, "{origin}");
        assert!(foreign.header("access-control-allow-origin").is_none(), "{origin}");
        assert_eq!(foreign.header("vary"), Some("Origin"));
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn the_page_of_the_api_is_found_with_and_without_a_slash(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let page = app.call(Method::GET, "/api/docs").send().await;
    assert!(page.text().contains("docs/viewer.js"), "{}", page.text());
    let slash = app.call(Method::GET, "/api/docs/").send().await;
    assert_eq!(
        (slash.status.as_u16(), slash.header("location")),
        (308, Some("../docs"))
    );
}
