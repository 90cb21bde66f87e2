//! Cached responses are never stale.

use std::time::Duration;

use http::Method;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::support::{
    app::{TestApp, variable},
    fake_catalog::entity,
};

const NAME: &str = "/api/catalog/entities/by-name/component/default/a";

fn changed(version: u32) -> Value {
    let mut document = entity("Component", "a");
    document["metadata"]["title"] = json!(format!("version {version}"));
    document
}

#[sqlx::test(migrations = "./migrations")]
async fn an_unchanged_catalog_is_asked_once(pool: PgPool) {
    let app = TestApp::start(pool).await;
    app.catalog.put(&changed(1));
    wait_for(&app, &changed(1)).await;
    let token = app.guest_token().await;
    app.catalog.forget_calls();
    for _ in 0..5 {
        let answer = app.call(Method::GET, NAME).bearer(&token).send().await;
        assert_eq!(answer.json(), changed(1));
        assert!(answer.header("etag").is_some());
    }
    assert!(app.catalog.count("get_entity_by_name") <= 1);
    let other = app
        .call(Method::GET, "/api/catalog/entities/by-query?limit=1")
        .bearer(&token)
        .send()
        .await;
    assert_eq!(other.json()["items"], json!([changed(1)]));
}

#[sqlx::test(migrations = "./migrations")]
async fn a_search_is_made_once_until_something_changes(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let token = app.guest_token().await;
    let search = async || {
        let answer = app
            .call(Method::GET, "/api/search/query?term=a")
            .bearer(&token)
            .send()
            .await;
        answer.json()["numberOfResults"].clone()
    };
    for found in 1..4 {
        app.catalog.put(&entity("Component", &format!("a{found}")));
        app.catalog.put(&changed(found));
        wait_for(&app, &changed(found)).await;
        app.catalog.forget_calls();
        for _ in 0..5 {
            assert_eq!(search().await, json!(found + 1));
        }
        assert_eq!(app.catalog.count("search_entities"), 1);
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn a_search_with_counts_from_before_a_change_is_not_kept(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let token = app.guest_token().await;
    app.catalog.put(&changed(1));
    wait_for(&app, &changed(1)).await;
    app.catalog.forget_calls();
    let search = async || {
        let path = "/api/search/query?filters[kind]=Component&facets[]=kind";
        let answer = app.call(Method::GET, path).bearer(&token).send().await;
        assert_eq!(answer.status, 200);
    };
    app.catalog.holding.lock().counts_behind = 1;
    search().await;
    app.catalog.holding.lock().counts_behind = 0;
    for _ in 0..2 {
        search().await;
    }
    assert_eq!(
        app.catalog.count("search_entities"),
        4,
        "the second is the first to be kept"
    );
}

/// Asks until the answer is `expected`; the feed needs a moment.
async fn wait_for(app: &TestApp, expected: &Value) {
    for _ in 0..500 {
        if app.get(NAME).await.json() == *expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("the change was never seen: {expected}");
}

#[sqlx::test(migrations = "./migrations")]
async fn a_change_is_seen_and_never_unseen(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let token = app.guest_token().await;
    for version in 1..50 {
        app.catalog.put(&changed(version));
        wait_for(&app, &changed(version)).await;
        for _ in 0..3 {
            assert_eq!(
                app.call(Method::GET, NAME).bearer(&token).send().await.json(),
                changed(version)
            );
        }
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn a_write_is_read_at_once(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let token = app.guest_token().await;
    for _ in 0..30 {
        app.catalog.put(&changed(1));
        wait_for(&app, &changed(1)).await;
        let deleted = app
            .call(Method::DELETE, "/api/catalog/entities/by-uid/uid-a")
            .bearer(&token)
            .send()
            .await;
        assert_eq!(deleted.status, 204);
        // Without a pause: the feed may not have told yet.
        assert_eq!(app.call(Method::GET, NAME).bearer(&token).send().await.status, 404);
    }
    // Reads ask for what was written, so that a replica that lags waits.
    let revision = app.catalog.revision();
    app.call(Method::GET, "/api/catalog/entities/by-query?limit=7")
        .bearer(&token)
        .send()
        .await;
    assert_eq!(app.catalog.holding.lock().min_revision, revision);
}

#[sqlx::test(migrations = "./migrations")]
async fn nothing_is_served_while_the_feed_is_away(pool: PgPool) {
    let app = TestApp::start(pool).await;
    app.catalog.put(&changed(1));
    wait_for(&app, &changed(1)).await;
    let token = app.guest_token().await;
    app.catalog_stop.cancel();
    for _ in 0..500 {
        let answer = app.call(Method::GET, NAME).bearer(&token).send().await;
        if answer.status == 503 {
            answer.assert_error(
                503,
                "ServiceUnavailableError",
                "The service is not available at the moment",
            );
            return;
        }
        assert_eq!(answer.json(), changed(1));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("a cached response outlived the feed");
}

#[sqlx::test(migrations = "./migrations")]
async fn failures_are_not_cached(pool: PgPool) {
    let app = TestApp::start(pool).await;
    assert_eq!(app.get(NAME).await.status, 404);
    // Without a new revision, as if a replica had been behind.
    let document = changed(1);
    app.catalog.put(&document);
    wait_for(&app, &document).await;
    assert_eq!(app.get(NAME).await.status, 200);
}

#[sqlx::test(migrations = "./migrations")]
async fn encodings_are_kept_apart(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let mut document = changed(1);
    document["spec"] = json!({"text": "x".repeat(5000)});
    app.catalog.put(&document);
    wait_for(&app, &document).await;
    let token = app.guest_token().await;
    for encoding in ["gzip", "br", "zstd", "gzip"] {
        for _ in 0..2 {
            let answer = app
                .call(Method::GET, NAME)
                .bearer(&token)
                .header("accept-encoding", encoding)
                .send()
                .await;
            assert_eq!(answer.header("content-encoding"), Some(encoding));
            assert!(answer.body.len() < 2500, "{}", answer.body.len());
            assert!(
                answer
                    .headers
                    .get_all("vary")
                    .iter()
                    .any(|vary| vary == "accept-encoding"),
                "{:?}",
                answer.headers
            );
        }
    }
    let plain = app.call(Method::GET, NAME).bearer(&token).send().await;
    assert_eq!((plain.header("content-encoding"), plain.json()), (None, document));
}

#[sqlx::test(migrations = "./migrations")]
async fn unchanged_answers_are_not_sent_again(pool: PgPool) {
    let app = TestApp::start(pool).await;
    app.catalog.put(&changed(1));
    wait_for(&app, &changed(1)).await;
    let etag = app.get(NAME).await.header("etag").expect("an etag").to_owned();
    let unchanged = app
        .as_guest(Method::GET, NAME)
        .await
        .header("if-none-match", &etag)
        .send()
        .await;
    assert_eq!((unchanged.status.as_u16(), unchanged.body.len()), (304, 0));
    assert_eq!(unchanged.header("etag"), Some(etag.as_str()));
    app.catalog.put(&changed(2));
    wait_for(&app, &changed(2)).await;
    let answer = app
        .as_guest(Method::GET, NAME)
        .await
        .header("if-none-match", &etag)
        .send()
        .await;
    assert_eq!(answer.json(), changed(2));
}

/// Replicas one after the other on one shared cache: `epoch` names the database of each one's catalog, in which the same entity
/// has another title at the same revision.
async fn shared_answers_are_of_the_same_database(pool: PgPool, cache: &str) {
    let settings = format!("{{backend: {{cache: {cache}}}, auth: {{providers: {{guest: {{}}}}}}}}");
    let name = format!("c-{}", uuid::Uuid::new_v4());
    let path = |limit: u32| format!("/api/catalog/entities/by-query?filter=metadata.name={name}&limit={limit}");
    let replica = async |epoch: &str, title: &str| {
        let app = TestApp::with_catalog(pool.clone(), &settings, |catalog| {
            let mut document = entity("Component", &name);
            document["metadata"]["title"] = json!(title);
            catalog.put(&document);
            epoch.clone_into(&mut catalog.holding.lock().epoch);
        })
        .await;
        app.wait_for_feed().await;
        app
    };
    let title =
        async |app: &TestApp, limit: u32| app.get(&path(limit)).await.json()["items"][0]["metadata"]["title"].clone();
    let first = replica("one", "first").await;
    let of_same = replica("one", "never computed").await;
    let of_another = replica("two", "second").await;
    for limit in 1..100 {
        assert_eq!(title(&first, limit).await, "first");
        assert_eq!(
            title(&of_another, limit).await,
            "second",
            "another database has other answers"
        );
        // What another replica has computed is stored without anybody waiting for it.
        if title(&of_same, limit).await == "first" {
            return;
        }
    }
    panic!("what a replica has computed never reaches the others");
}

#[sqlx::test(migrations = "./migrations")]
async fn answers_shared_in_redis_are_of_the_same_database(pool: PgPool) {
    let url = variable("CALLBOARD_TEST_REDIS_URL");
    shared_answers_are_of_the_same_database(pool, &format!("{{store: redis, connection: '{url}'}}")).await;
}

#[sqlx::test(migrations = "./migrations")]
async fn answers_shared_in_memcached_are_of_the_same_database(pool: PgPool) {
    let servers = variable("CALLBOARD_TEST_MEMCACHE");
    shared_answers_are_of_the_same_database(pool, &format!("{{store: memcache, connection: '{servers}'}}")).await;
}

#[sqlx::test(migrations = "./migrations")]
async fn a_database_that_is_replaced_leaves_no_answers_behind(pool: PgPool) {
    let settings = "auth: {providers: {guest: {}}}";
    let app = TestApp::with_catalog(pool, settings, |catalog| catalog.replace("one")).await;
    app.wait_for_feed().await;
    for version in 1..10 {
        app.catalog.put(&changed(version));
    }
    wait_for(&app, &changed(9)).await;
    // Another database, in which less has happened so far.
    app.catalog.replace("two");
    app.catalog.put(&changed(100));
    wait_for(&app, &changed(100)).await;
}
