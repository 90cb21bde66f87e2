//! The audit log.

use http::Method;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::support::{
    app::{STATIC_TOKEN, TestApp},
    fake_catalog::entity,
};

const STARRED: &str = "/api/user-settings/buckets/default.starredEntities/keys/entityRefs";

async fn events(app: &TestApp, query: &str) -> Value {
    let path = format!("/api/audit/v1/events{query}");
    let answer = app.call(Method::GET, &path).bearer(STATIC_TOKEN).send().await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

#[sqlx::test(migrations = "./migrations")]
async fn every_change_is_recorded_and_no_read(pool: PgPool) {
    let app = TestApp::start(pool).await;
    app.catalog.put(&entity("Component", "a"));
    app.get("/api/catalog/entities").await;
    app.post(
        "/api/catalog/entities/by-refs",
        &json!({"entityRefs": ["component:default/a"]}),
    )
    .await;
    app.post("/api/permission/authorize", &json!({"items": []})).await;
    app.post(
        "/api/catalog/locations?dryRun=true",
        &json!({"type": "url", "target": "https://example.com/dry"}),
    )
    .await;
    assert_eq!(events(&app, "").await["items"], json!([]));

    let target = "https://example.com/a.yaml";
    let token = app.guest_token().await;
    let call = app.call(Method::POST, "/api/catalog/locations").bearer(&token);
    let call = call
        .header("x-request-id", "request-of-the-test")
        .header("user-agent", "a test");
    assert_eq!(
        call.json(&json!({"type": "url", "target": target})).send().await.status,
        201
    );
    app.call(Method::DELETE, "/api/catalog/locations/none")
        .bearer(STATIC_TOKEN)
        .send()
        .await;
    // Strangers cannot fill the log.
    app.call(Method::DELETE, "/api/catalog/locations/none").send().await;

    let items = events(&app, "").await["items"].clone();
    let of = |position: usize, names: [&str; 4]| names.map(|name| items[position][name].clone());
    assert_eq!(items.as_array().map(Vec::len), Some(2));
    let names = ["actor", "action", "status", "outcome"];
    assert_eq!(
        of(1, names),
        [
            json!("user:development/guest"),
            json!("catalog.location.create"),
            json!(201),
            json!("succeeded")
        ]
    );
    assert_eq!(
        of(1, ["resource", "requestId", "userAgent", "path"]),
        [
            json!(format!("url:{target}")),
            json!("request-of-the-test"),
            json!("a test"),
            json!("/api/catalog/locations")
        ]
    );
    assert_eq!(
        of(0, names),
        [
            json!("service:ci"),
            json!("catalog.location.delete"),
            json!(404),
            json!("failed")
        ]
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn the_log_is_read_in_pages(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let token = app.guest_token().await;
    for value in 0..5 {
        let call = app.call(Method::PUT, STARRED).bearer(&token);
        call.json(&json!({ "value": value })).send().await;
    }
    app.call(Method::DELETE, "/api/catalog/entities/by-uid/none")
        .bearer(STATIC_TOKEN)
        .send()
        .await;
    let mut seen = Vec::new();
    let mut query = "?limit=2".to_owned();
    loop {
        let page = events(&app, &query).await;
        seen.extend(
            page["items"]
                .as_array()
                .expect("a list")
                .iter()
                .map(|item| item["id"].clone()),
        );
        match page["nextCursor"].as_str() {
            Some(cursor) => query = format!("?limit=2&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(seen.len(), 6);
    let count = async |query: &str| events(&app, query).await["items"].as_array().expect("a list").len();
    assert_eq!(count("?actor=service:ci").await, 1);
    assert_eq!(count("?action=user-settings.setting.put").await, 5);
    assert_eq!(count("?action=catalog.*").await, 1);
    assert_eq!(count("?notAction=user-settings.*").await, 1);
    assert_eq!(count("?notAction=user-settings.&notAction=catalog.entity").await, 0);
    assert_eq!(
        count("?action=user-settings.*&notAction=user-settings.setting.delete").await,
        5
    );
    assert_eq!(count("?since=2100-01-01T00:00:00Z").await, 0);
    assert_eq!(count("?until=2100-01-01T00:00:00Z").await, 6);
    for query in ["?limit=0", "?limit=1001", "?cursor=x", "?since=yesterday", "?unknown=1"] {
        let path = format!("/api/audit/v1/events{query}");
        let answer = app.call(Method::GET, &path).bearer(STATIC_TOKEN).send().await;
        assert_eq!(answer.status, 400, "{query}");
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn the_log_is_not_for_everybody(pool: PgPool) {
    let app = TestApp::start(pool.clone()).await;
    let path = "/api/audit/v1/events";
    assert_eq!(app.get(path).await.status, 403, "although permissions are off");
    assert_eq!(
        app.call(Method::GET, path)
            .bearer("token-for-the-proxy")
            .send()
            .await
            .status,
        403
    );
    let settings = "
auth: {providers: {guest: {ownershipEntityRefs: ['group:default/auditors']}}}
permission:
  enabled: true
  policy:
    roles: {auditor: ['group:default/auditors']}
    rules: [{permissions: [audit.event.read], roles: [auditor], effect: allow}]
";
    let auditors = TestApp::with_settings(pool.clone(), settings).await;
    assert_eq!(auditors.get(path).await.status, 200);
    let others = settings.replace("guest: {ownershipEntityRefs: ['group:default/auditors']}", "guest: {}");
    let app = TestApp::with_settings(pool, &others).await;
    assert_eq!(app.get(path).await.status, 403);
}
