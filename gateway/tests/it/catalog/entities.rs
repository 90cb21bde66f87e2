//! `/api/catalog/entities` and `/api/catalog/entity-facets`.

use http::Method;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::support::{app::TestApp, fake_catalog::entity};

async fn with_entities(pool: PgPool, names: &[&str]) -> TestApp {
    let app = TestApp::start(pool).await;
    for name in names {
        app.catalog.put(&entity("Component", name));
    }
    app
}

#[sqlx::test(migrations = "./migrations")]
async fn by_name_answers_the_document_as_it_is(pool: PgPool) {
    let app = with_entities(pool, &["My-Service"]).await;
    let answer = app
        .get("/api/catalog/entities/by-name/Component/Default/my-service")
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/json; charset=utf-8"));
    assert_eq!(answer.text(), entity("Component", "My-Service").to_string());

    let missing = app.get("/api/catalog/entities/by-name/Component/default/Other").await;
    missing.assert_error(
        404,
        "NotFoundError",
        "No entity named 'Other' found, with kind 'Component' in namespace 'default'",
    );
    assert_eq!(
        missing.json()["request"],
        json!({"method": "GET", "url": "/entities/by-name/Component/default/Other"})
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn paths_have_no_case_and_may_end_in_a_slash(pool: PgPool) {
    let app = with_entities(pool, &["a"]).await;
    let answer = app.get("/API/Catalog/Entities/By-Name/component/default/A/").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let missing = app
        .get("/api/Catalog/entities/BY-NAME/Component/default/Missing%20One")
        .await;
    missing.assert_error(
        404,
        "NotFoundError",
        "No entity named 'Missing One' found, with kind 'Component' in namespace 'default'",
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn bad_paths_and_parameters_are_refused(pool: PgPool) {
    let app = with_entities(pool, &[]).await;
    app.get("/api/catalog/entities/by-uid/%ff")
        .await
        .assert_error(400, "InputError", "malformed uri'");
    app.get("/api/catalog/entities/by-uid/x?a=b")
        .await
        .assert_error(400, "InputError", "Unknown query parameter 'a'");
    app.get("/api/catalog/entities/by-query?limit=x&totalItems=y")
        .await
        .assert_error(400, "InputError", "request/query/limit must be integer");
    app.get("/api/catalog/entities/by-query?totalItems=y")
        .await
        .assert_error(
            400,
            "InputError",
            "request/query/totalItems must be equal to one of the allowed values: include, exclude",
        );
    assert_eq!(app.catalog.count("query_entities"), 0);
}

#[sqlx::test(migrations = "./migrations")]
async fn by_uid_finds_and_deletes(pool: PgPool) {
    let app = with_entities(pool, &["a"]).await;
    assert_eq!(app.get("/api/catalog/entities/by-uid/UID-A").await.status, 200);
    for _ in 0..2 {
        let deleted = app
            .as_guest(Method::DELETE, "/api/catalog/entities/by-uid/uid-a")
            .await
            .send()
            .await;
        assert_eq!((deleted.status.as_u16(), deleted.body.len()), (204, 0));
        let missing = app.get("/api/catalog/entities/by-uid/uid-a").await;
        missing.assert_error(404, "NotFoundError", "No entity with uid uid-a");
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn ancestry_lists_parents(pool: PgPool) {
    let app = with_entities(pool, &["a"]).await;
    let answer = app
        .get("/api/catalog/entities/by-name/Component/default/A/ancestry")
        .await;
    assert_eq!(
        answer.json(),
        json!({
            "rootEntityRef": "component:default/a",
            "items": [{
                "entity": entity("Component", "a"),
                "parentEntityRefs": ["location:default/a", "location:default/b"],
            }],
        })
    );
    let missing = app
        .get("/api/catalog/entities/by-name/Component/default/X/ancestry")
        .await;
    missing.assert_error(404, "NotFoundError", "No such entity component:default/x");
}

#[sqlx::test(migrations = "./migrations")]
async fn changes_tell_of_fields_and_come_in_pages(pool: PgPool) {
    let app = with_entities(pool, &["a"]).await;
    let path = "/api/catalog/entities/by-name/Component/default/A/changes";
    let answer = app.get(&format!("{path}?limit=2")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.json(),
        json!({
            "items": [
                {
                    "revision": app.catalog.revision(),
                    "time": "2026-01-31T12:00:00Z",
                    "location": "url:https://example.com/a.yaml",
                    "fields": [
                        {"path": ["metadata", "annotations", "a/\"b\""], "after": "c"},
                        {"path": ["metadata", "tags"], "before": [], "after": ["java"]},
                    ],
                    "moreFields": 0,
                },
                {"revision": 0, "fields": [{"path": ["spec"], "before": {}, "shortened": true}], "moreFields": 3},
            ],
            "pageInfo": {"nextCursor": "next"},
        })
    );
    let (_, message) = app.catalog.last("list_entity_changes");
    assert!(
        message.contains("component:default/a") && message.contains("limit: Some(2)"),
        "{message}"
    );
    let last = app.get(&format!("{path}?cursor=next")).await;
    assert_eq!(last.json()["pageInfo"], json!({}));
    let missing = app
        .get("/api/catalog/entities/by-name/Component/default/X/changes")
        .await;
    missing.assert_error(404, "NotFoundError", "no entity");
    assert_eq!(app.get(&format!("{path}?from=1")).await.status, 400);
}

#[sqlx::test(migrations = "./migrations")]
async fn by_refs_keeps_order_and_holes(pool: PgPool) {
    let app = with_entities(pool, &["a", "b"]).await;
    let refs = json!({"entityRefs": ["component:default/b", "component:default/x", "component:default/a"]});
    let answer = app.post("/api/catalog/entities/by-refs", &refs).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.json(),
        json!({"items": [entity("Component", "b"), null, entity("Component", "a")]})
    );
    let empty = app
        .post("/api/catalog/entities/by-refs", &json!({"entityRefs": []}))
        .await;
    assert_eq!(empty.json(), json!({"items": []}));
    let filtered = json!({"entityRefs": ["component:default/b"], "query": {"kind": "component"}, "fields": ["kind"]});
    assert_eq!(
        app.post("/api/catalog/entities/by-refs?filter=spec.type=x", &filtered)
            .await
            .status,
        200
    );
    let (_, message) = app.catalog.last("get_entities_by_refs");
    assert!(
        message.contains("spec.type") && message.contains("component") && message.contains("fields: [\"kind\"]"),
        "{message}"
    );

    app.post("/api/catalog/entities/by-refs", &json!({}))
        .await
        .assert_error(
            400,
            "InputError",
            "request/body must have required property 'entityRefs'",
        );
    let bad = app
        .post(
            "/api/catalog/entities/by-refs",
            &json!({"entityRefs": [], "query": {"a": null}}),
        )
        .await;
    let message = bad.json()["error"]["message"].as_str().expect("a message").to_owned();
    assert!(
        message.starts_with("Malformed request body (did you remember to specify an application/json content type?)")
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn bodies_are_checked(pool: PgPool) {
    let app = with_entities(pool, &[]).await;
    let path = "/api/catalog/entities/by-refs";
    let broken = app
        .as_guest(Method::POST, path)
        .await
        .raw_json("{\"entityRefs\":".to_owned())
        .send()
        .await;
    assert_eq!(
        (broken.status.as_u16(), &broken.json()["error"]["name"]),
        (400, &json!("InputError"))
    );
    let untyped = app.as_guest(Method::POST, path).await.send().await;
    untyped.assert_error(400, "InputError", "unsupported media type undefined");
    let text = app
        .as_guest(Method::POST, path)
        .await
        .header("content-type", "text/plain")
        .send()
        .await;
    text.assert_error(400, "InputError", "unsupported media type text/plain");
    let large = app
        .as_guest(Method::POST, path)
        .await
        .raw_json(" ".repeat(11 * 1024 * 1024))
        .send()
        .await;
    large.assert_error(400, "InputError", "request entity too large");
}

#[sqlx::test(migrations = "./migrations")]
async fn queries_by_get_and_by_post(pool: PgPool) {
    let app = with_entities(pool, &["a", "b", "c"]).await;
    let expected = json!({
        "items": [entity("Component", "a"), entity("Component", "b")],
        "totalItems": 3,
        "pageInfo": {"nextCursor": "next"},
    });
    let path = "/api/catalog/entities/by-query?limit=2&filter=kind%3Dcomponent&orderField=metadata.name,asc";
    assert_eq!(app.get(path).await.json(), expected);
    let body = json!({"limit": 2, "query": {"kind": "component"}});
    assert_eq!(app.post("/api/catalog/entities/by-query", &body).await.json(), expected);
    let all = app.get("/api/catalog/entities/by-query?limit=0").await.json();
    assert_eq!(all, json!({"items": [], "totalItems": 3, "pageInfo": {}}));

    app.get("/api/catalog/entities/by-query?cursor=bad")
        .await
        .assert_error(400, "InputError", "Malformed cursor: bad");
    app.get("/api/catalog/entities/by-query?cursor=").await.assert_error(
        400,
        "InputError",
        "Empty value found for query parameter 'cursor'",
    );
    let body = json!({"query": "x"});
    app.post("/api/catalog/entities/by-query", &body).await.assert_error(
        400,
        "InputError",
        "request/body/query must be object",
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn lists_all_entities_in_one_array(pool: PgPool) {
    let names = ["a", "b", "c", "d", "e"];
    let app = with_entities(pool, &names).await;
    // The catalog sends two at a time.
    let expected: Vec<Value> = names.iter().map(|name| entity("Component", name)).collect();
    assert_eq!(app.get("/api/catalog/entities").await.json(), json!(expected));
    assert_eq!(app.get("/api/catalog/entities").await.header("link"), None);
    app.catalog.holding.lock().entities.truncate(1);
    assert_eq!(
        app.get("/api/catalog/entities?filter=a").await.json(),
        json!(expected[..1])
    );
    app.catalog.holding.lock().entities.clear();
    assert_eq!(app.get("/api/catalog/entities?filter=b").await.text(), "[]");
}

#[sqlx::test(migrations = "./migrations")]
async fn pages_link_to_their_successors(pool: PgPool) {
    let app = with_entities(pool, &["a", "b", "c"]).await;
    let first = app.get("/api/catalog/entities?limit=2&fields=kind,metadata.name").await;
    assert_eq!(first.json().as_array().expect("an array").len(), 2);
    let link = first.header("link").expect("a link");
    assert_eq!(
        link,
        "</entities?limit=2&fields=kind%2Cmetadata.name&after=eyJsaW1pdCI6Miwib2Zmc2V0IjoyfQ%3D%3D>; rel=\"next\""
    );
    let next = link.trim_start_matches('<').split('>').next().expect("a path");
    let second = app.get(&format!("/api/catalog{next}")).await;
    assert_eq!(second.json(), json!([entity("Component", "c")]));
    assert_eq!(second.header("link"), None);
    app.get("/api/catalog/entities?limit=0").await.assert_error(
        400,
        "InputError",
        "Invalid limit, must be greater than zero",
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn facets_by_get_and_by_post(pool: PgPool) {
    let app = with_entities(pool, &["a"]).await;
    let expected = json!({"facets": {"kind": [{"value": "Component", "count": 1}]}});
    assert_eq!(
        app.get("/api/catalog/entity-facets?facet=kind&filter=a").await.json(),
        expected
    );
    let body = json!({"facets": ["kind"], "query": {"kind": "x"}});
    assert_eq!(app.post("/api/catalog/entity-facets", &body).await.json(), expected);
    app.get("/api/catalog/entity-facets").await.assert_error(
        400,
        "InputError",
        "request/query must have required property 'facet'",
    );
    app.post("/api/catalog/entity-facets", &json!({"facets": []}))
        .await
        .assert_error(400, "InputError", "Missing or empty facets parameter");
}

#[sqlx::test(migrations = "./migrations")]
async fn head_works_where_get_does(pool: PgPool) {
    let app = with_entities(pool, &["a"]).await;
    let answer = app
        .as_guest(Method::HEAD, "/api/catalog/entities/by-name/component/default/a")
        .await
        .send()
        .await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 0));
    let wrong = app
        .as_guest(Method::PATCH, "/api/catalog/entities/by-name/component/default/a")
        .await
        .send()
        .await;
    assert_eq!((wrong.status.as_u16(), wrong.body.len()), (404, 0));
}
