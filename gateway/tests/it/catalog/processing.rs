//! `/api/catalog/refresh`, `/api/catalog/validate-entity` and `/api/catalog/entities/unprocessed`.

use serde_json::json;
use sqlx::PgPool;

use crate::support::{app::TestApp, fake_catalog::entity};

#[sqlx::test(migrations = "./migrations")]
async fn refreshes_what_there_is(pool: PgPool) {
    let app = TestApp::start(pool).await;
    app.catalog.put(&entity("Component", "a"));
    let answer = app
        .post("/api/catalog/refresh", &json!({"entityRef": "Component:default/A"}))
        .await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 0));
    app.post("/api/catalog/refresh", &json!({"entityRef": "component:default/x"}))
        .await
        .assert_error(404, "NotFoundError", "Entity component:default/x not found");
    app.post("/api/catalog/refresh", &json!({"entityRef": "a", "more": 1}))
        .await
        .assert_error(400, "InputError", "request/body must NOT have additional properties");
}

#[sqlx::test(migrations = "./migrations")]
async fn validation_has_a_shape_of_its_own(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let good = json!({"entity": {"kind": "Component"}, "location": "url:http://x/y"});
    let answer = app.post("/api/catalog/validate-entity", &good).await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 0));

    let bad = app
        .post(
            "/api/catalog/validate-entity",
            &json!({"entity": {}, "location": "url:http://x/y"}),
        )
        .await;
    assert_eq!(bad.status, 400);
    assert_eq!(
        bad.json(),
        json!({"errors": [
            {"name": "TypeError", "message": "no kind", "cause": {"name": "Error", "message": "because"}},
        ]})
    );
    app.post("/api/catalog/validate-entity", &json!({"location": "url:x"}))
        .await
        .assert_error(400, "InputError", "request/body must have required property 'entity'");
    app.post("/api/catalog/validate-entity", &json!({})).await.assert_error(
        400,
        "InputError",
        "request/body must have required property 'location'",
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn lists_what_is_not_processed(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let pending = app.get("/api/catalog/entities/unprocessed/pending").await.json();
    assert_eq!(pending["type"], "pending");
    assert_eq!(pending["entities"][0]["entity_ref"], "component:default/broken");
    assert_eq!(
        pending["entities"][0]["errors"],
        json!([{"name": "InputError", "message": "bad"}])
    );
    assert_eq!(pending["entities"][0]["since"], "1970-01-01T00:00:00Z");
    let failed = app.get("/api/catalog/entities/unprocessed/failed").await.json();
    let reasons: Vec<_> = failed["entities"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| &item["reason"])
        .collect();
    assert_eq!(reasons, [&json!("failed"), &json!("conflict")]);
    assert_eq!(app.get("/api/catalog/entities/unprocessed/other").await.status, 404);

    let page = app
        .get("/api/catalog/entities/unprocessed?reason=failed&limit=1")
        .await
        .json();
    assert_eq!(page["totalItems"], 2);
    assert_eq!(page["items"][0]["reason"], "failed");
    assert_eq!(page["pageInfo"], json!({"nextCursor": "next"}));
    let last = app
        .get("/api/catalog/entities/unprocessed?limit=1&cursor=next")
        .await
        .json();
    assert_eq!(last["pageInfo"], json!({}));
    let owned = app
        .get("/api/catalog/entities/unprocessed/pending?owner=team-a")
        .await
        .json();
    assert_eq!(owned["entities"], json!([]), "the one there is names no owner");
    let uid = "3fae6a6f-2b2e-4b0a-8d0a-7d4a0c7f6f11";
    let path = format!("/api/catalog/entities/unprocessed/delete/{uid}");
    let deleted = app.as_guest(http::Method::DELETE, &path).await.send().await;
    assert_eq!(deleted.status, 204);
    assert_eq!(app.catalog.count("delete_entity_by_uid"), 1);
    let odd = app.get("/api/catalog/entities/unprocessed?reason=tired").await;
    assert_eq!(odd.status, 400);
}
