//! What people set for themselves.

use http::Method;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::support::{
    app::{STATIC_TOKEN, TestApp},
    client::Answer,
};

const STARRED: &str = "/api/user-settings/buckets/default.starredEntities/keys/entityRefs";

async fn put(app: &TestApp, path: &str, value: &Value) -> Answer {
    app.as_guest(Method::PUT, path)
        .await
        .json(&json!({ "value": value }))
        .send()
        .await
}

async fn patch(app: &TestApp, body: &Value) -> Answer {
    app.as_guest(Method::PATCH, STARRED).await.json(body).send().await
}

#[sqlx::test(migrations = "./migrations")]
async fn settings_are_kept(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let missing = app.get(STARRED).await;
    missing.assert_error(
        404,
        "NotFoundError",
        "Unable to find 'entityRefs' in bucket 'default.starredEntities'",
    );
    for value in [
        json!(["component:default/a"]),
        json!({"z": 1, "a": null}),
        json!("text"),
        Value::Null,
        json!(0.5),
    ] {
        let stored = put(&app, STARRED, &value).await;
        assert_eq!(stored.status, 200, "{}", stored.text());
        let expected = json!({"bucket": "default.starredEntities", "key": "entityRefs", "value": value});
        assert_eq!(stored.json(), expected);
        assert_eq!(
            app.get(STARRED).await.text(),
            expected.to_string(),
            "in the order it was sent"
        );
    }
    let without = app.as_guest(Method::PUT, STARRED).await.json(&json!({})).send().await;
    assert_eq!(without.status, 400);
    for _ in 0..2 {
        assert_eq!(app.as_guest(Method::DELETE, STARRED).await.send().await.status, 204);
    }
    assert_eq!(app.get(STARRED).await.status, 404);
}

#[sqlx::test(migrations = "./migrations")]
async fn many_are_read_at_once(pool: PgPool) {
    let app = TestApp::start(pool).await;
    put(&app, "/api/user-settings/buckets/a/keys/x", &json!(1)).await;
    put(&app, "/api/user-settings/buckets/b/keys/with%2Fslash", &json!(2)).await;
    put(&app, "/api/user-settings/buckets/b/keys/with/slash2", &Value::Null).await;
    let items = json!({"items": [
        {"bucket": "b", "key": "with/slash"}, {"bucket": "a", "key": "y"}, {"bucket": "a", "key": "x"},
        {"bucket": "b", "key": "with/slash2"}, {"bucket": "a", "key": "x"},
    ]});
    let answer = app.post("/api/user-settings/multiget", &items).await;
    assert_eq!(
        answer.json(),
        json!({"items": [{"value": 2}, null, {"value": 1}, {"value": null}, {"value": 1}]})
    );
    let bad = app
        .post("/api/user-settings/multiget", &json!({"items": [{"bucket": "a"}]}))
        .await;
    bad.assert_error(
        400,
        "InputError",
        "request/body/items/0 must have required property 'key'",
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn nobody_overwrites_what_they_have_not_seen(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let put_if = async |name: &str, tag: &str, value: Value| {
        let call = app.as_guest(Method::PUT, STARRED).await.header(name, tag);
        call.json(&json!({ "value": value })).send().await
    };
    assert_eq!(put_if("if-match", "*", json!(0)).await.status, 409);
    let first = put_if("if-none-match", "*", json!(1)).await;
    assert_eq!(first.status, 200);
    assert_eq!(put_if("if-none-match", "*", json!(2)).await.status, 409);
    let tag = first.header("etag").expect("a tag").to_owned();
    assert_eq!(put_if("if-match", &tag, json!(3)).await.status, 200);
    let stale = put_if("if-match", &tag, json!(4)).await;
    stale.assert_error(
        409,
        "ConflictError",
        "'entityRefs' in bucket 'default.starredEntities' was changed meanwhile: read it again",
    );
    assert_eq!(put_if("if-match", "nonsense", json!(5)).await.status, 409);
    assert_eq!(app.get(STARRED).await.json()["value"], 3);
}

#[sqlx::test(migrations = "./migrations")]
async fn stars_of_two_browsers_both_stay(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let token = app.guest_token().await;
    let stars = (0..24).map(|star| {
        let call = app.call(Method::PATCH, STARRED).bearer(&token);
        call.json(&json!({"add": [format!("component:default/{star}")]})).send()
    });
    for answer in futures::future::join_all(stars).await {
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
    let value = app.get(STARRED).await.json()["value"].clone();
    assert_eq!(value.as_array().expect("a list").len(), 24);
    let answer = patch(
        &app,
        &json!({"add": ["component:default/3"], "remove": ["component:default/4", "x"]}),
    )
    .await;
    assert_eq!(answer.json()["value"].as_array().expect("a list").len(), 23);
    assert_eq!(patch(&app, &json!({"add": "x"})).await.status, 400);
    assert_eq!(patch(&app, &json!({"unknown": []})).await.status, 400);
    put(&app, STARRED, &json!("a text")).await;
    assert_eq!(patch(&app, &json!({"add": ["x"]})).await.status, 409);
}

#[sqlx::test(migrations = "./migrations")]
async fn settings_are_people_s_own_and_of_sensible_size(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let service = app.call(Method::GET, STARRED).bearer(STATIC_TOKEN).send().await;
    service.assert_error(
        403,
        "NotAllowedError",
        "This endpoint does not allow 'service' credentials",
    );
    assert_eq!(app.call(Method::GET, STARRED).send().await.status, 401);
    let large = put(&app, STARRED, &json!("x".repeat(70_000))).await;
    assert_eq!(large.status, 400);
    assert!(large.text().contains("65536"), "{}", large.text());
    let long = format!("/api/user-settings/buckets/{}/keys/a", "b".repeat(300));
    assert_eq!(put(&app, &long, &json!(1)).await.status, 400);
    let nul = put(&app, STARRED, &json!("a\u{0}b")).await;
    assert_eq!(nul.status, 200, "{}", nul.text());
    assert_eq!(app.get(STARRED).await.json()["value"], "a\u{0}b");
}

#[sqlx::test(migrations = "./migrations")]
async fn nothing_happened_that_would_be_worth_a_notification(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let cases = [
        ("/api/notifications/status", json!({"unread": 0, "read": 0})),
        (
            "/api/notifications/notifications?limit=5",
            json!({"notifications": [], "totalCount": 0}),
        ),
        (
            "/api/notifications?read=false",
            json!({"notifications": [], "totalCount": 0}),
        ),
        ("/api/notifications/topics", json!({"topics": []})),
    ];
    for (path, expected) in cases {
        assert_eq!(app.get(path).await.json(), expected, "{path}");
    }
    let updated = app
        .post(
            "/api/notifications/notifications/update",
            &json!({"ids": ["a"], "read": true}),
        )
        .await;
    assert_eq!(updated.status, 200);
    assert_eq!(app.get("/api/notifications/some-id").await.status, 404);
    assert_eq!(
        app.call(Method::GET, "/api/notifications/status").send().await.status,
        401
    );
}
