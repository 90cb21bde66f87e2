//! `/api/catalog/locations` and `/api/catalog/analyze-location`.

use http::Method;
use serde_json::json;
use sqlx::PgPool;

use crate::support::app::TestApp;

fn location(target: &str) -> serde_json::Value {
    json!({"id": "location-1", "type": "url", "target": target, "entityRef": "location:default/generated-1"})
}

#[sqlx::test(migrations = "./migrations")]
async fn registers_once(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let body = json!({"type": "url", "target": "http://x/y"});
    let created = app.post("/api/catalog/locations", &body).await;
    assert_eq!(created.status, 201);
    assert_eq!(
        created.json(),
        json!({"location": location("http://x/y"), "entities": []})
    );
    let again = app.post("/api/catalog/locations", &body).await;
    again.assert_error(409, "ConflictError", "Location url:http://x/y already exists");
    let refreshed = app.post("/api/catalog/locations?onConflict=refresh", &body).await;
    assert_eq!(refreshed.status, 201);
}

#[sqlx::test(migrations = "./migrations")]
async fn a_dry_run_shows_what_would_come(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let answer = app
        .post(
            "/api/catalog/locations?dryRun=true",
            &json!({"type": "url", "target": "http://x/y"}),
        )
        .await;
    assert_eq!(answer.status, 201);
    let body = answer.json();
    assert_eq!(body["exists"], false);
    assert_eq!(body["location"]["target"], "http://x/y");
    assert_eq!(body["entities"][0]["metadata"]["name"], "new");
    assert!(app.catalog.holding.lock().locations.is_empty());
}

#[sqlx::test(migrations = "./migrations")]
async fn refuses_bad_registrations(pool: PgPool) {
    let app = TestApp::start(pool).await;
    app.post("/api/catalog/locations", &json!({"type": "file", "target": "/x"}))
        .await
        .assert_error(
            400,
            "InputError",
            "Registered locations must be of an allowed type [\"url\"]",
        );
    app.post("/api/catalog/locations", &json!({"type": "url"}))
        .await
        .assert_error(400, "InputError", "request/body must have required property 'target'");
    app.post("/api/catalog/locations?onConflict=ask", &json!({}))
        .await
        .assert_error(
            400,
            "InputError",
            "request/query/onConflict must be equal to one of the allowed values: refresh, reject",
        );
}

#[sqlx::test(migrations = "./migrations")]
async fn reads_changes_and_removes(pool: PgPool) {
    let app = TestApp::start(pool).await;
    assert_eq!(app.get("/api/catalog/locations").await.json(), json!([]));
    app.post(
        "/api/catalog/locations",
        &json!({"type": "url", "target": "http://x/y"}),
    )
    .await;

    let list = app.get("/api/catalog/locations").await;
    assert_eq!(list.json(), json!([{"data": location("http://x/y")}]));
    let etag = list.header("etag").expect("an etag").to_owned();
    let unchanged = app
        .as_guest(Method::GET, "/api/catalog/locations")
        .await
        .header("if-none-match", &etag)
        .send()
        .await;
    assert_eq!((unchanged.status.as_u16(), unchanged.body.len()), (304, 0));

    let page = app
        .post("/api/catalog/locations/by-query", &json!({"query": {"type": "url"}}))
        .await;
    assert_eq!(
        page.json(),
        json!({"items": [location("http://x/y")], "totalItems": 1, "pageInfo": {"nextCursor": "next"}})
    );
    assert_eq!(
        app.get("/api/catalog/locations/location-1").await.json(),
        location("http://x/y")
    );
    let by_entity = app
        .get("/api/catalog/locations/by-entity/Location/default/Generated-1")
        .await;
    assert_eq!(by_entity.json(), location("http://x/y"));

    let put = app.as_guest(Method::PUT, "/api/catalog/locations/location-1").await;
    let put = put.json(&json!({"type": "url", "target": "http://x/z"})).send().await;
    assert_eq!(put.json(), location("http://x/z"));

    let delete = app
        .as_guest(Method::DELETE, "/api/catalog/locations/location-1")
        .await
        .send()
        .await;
    assert_eq!((delete.status.as_u16(), delete.body.len()), (204, 0));
    let again = app
        .as_guest(Method::DELETE, "/api/catalog/locations/location-1")
        .await
        .send()
        .await;
    again.assert_error(404, "NotFoundError", "Found no location with ID location-1");
}

#[sqlx::test(migrations = "./migrations")]
async fn explains_what_is_missing_or_malformed(pool: PgPool) {
    let app = TestApp::start(pool).await;
    app.get("/api/catalog/locations/x")
        .await
        .assert_error(404, "NotFoundError", "Found no location with ID x");
    app.get("/api/catalog/locations/by-entity/a/b/c").await.assert_error(
        404,
        "NotFoundError",
        "found no entity for ref a:b/c",
    );
    let put = app.as_guest(Method::PUT, "/api/catalog/locations/x").await;
    put.json(&json!({"type": "url", "target": "a", "more": 1}))
        .send()
        .await
        .assert_error(400, "InputError", "request/body must NOT have additional properties");
    app.post("/api/catalog/locations/by-query", &json!({"limit": 0}))
        .await
        .assert_error(400, "InputError", "Limit must be a positive integer >= 1");
}

#[sqlx::test(migrations = "./migrations")]
async fn analyses(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let body = json!({"location": {"type": "url", "target": "http://x/y"}});
    let answer = app.post("/api/catalog/analyze-location", &body).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["existingEntityFiles"], json!([]));
    assert_eq!(
        answer.json()["generateEntities"][0]["entity"]["metadata"]["name"],
        "suggested"
    );
    assert_eq!(answer.json()["generateEntities"][0]["fields"], json!([]));
    app.post("/api/catalog/analyze-location", &json!({}))
        .await
        .assert_error(400, "InputError", "request/body must have required property 'location'");
}
