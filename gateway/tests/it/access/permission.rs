//! What callers may do, by a policy.

use http::Method;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::support::{
    app::{STATIC_TOKEN, TestApp},
    client::Answer,
    fake_catalog::entity,
};

/// The guest is a member of team-a. Nobody sees what is secret, everybody sees groups, and teams what they own.
const POLICY: &str = "
auth: {providers: {guest: {ownershipEntityRefs: ['user:development/guest', 'group:default/team-a']}}}
permission:
  enabled: true
  policy:
    roles:
      admin: ['group:default/platform']
      registrar: ['group:default/team-a']
    rules:
      - {roles: [admin], effect: allow, description: admins may do everything}
      - {permissions: [catalog.entity.read], effect: deny, when: {rule: HAS_LABEL, params: {label: secret}}}
      - {permissions: [catalog.entity.*], effect: allow, when: isOwner}
      - {permissions: [catalog.entity.read], effect: allow, when: {rule: IS_ENTITY_KIND, params: {kinds: [Group]}}}
      - {permissions: [catalog.location.create], roles: [registrar], effect: allow}
";

fn owned(kind: &str, name: &str, owner: &str) -> Value {
    let mut document = entity(kind, name);
    document["relations"] = json!([{"type": "ownedBy", "targetRef": owner}]);
    document
}

async fn start(pool: PgPool, settings: &str) -> TestApp {
    let app = TestApp::with_settings(pool, settings).await;
    app.catalog.put(&owned("Component", "mine", "group:default/team-a"));
    app.catalog.put(&owned("Component", "theirs", "group:default/team-b"));
    let mut secret = owned("Component", "secret", "group:default/team-a");
    secret["metadata"]["labels"] = json!({"secret": "yes"});
    app.catalog.put(&secret);
    app.catalog.put(&entity("Group", "team-b"));
    app
}

fn names(answer: &Answer, path: &str) -> Vec<String> {
    let body = answer.json();
    let items = body.pointer(path).and_then(Value::as_array).expect("a list").iter();
    items
        .map(|item| item["metadata"]["name"].as_str().unwrap_or("null").to_owned())
        .collect()
}

async fn authorize(app: &TestApp, items: Value) -> Answer {
    app.post("/api/permission/authorize", &json!({ "items": items })).await
}

fn resource(name: &str) -> Value {
    json!({"type": "resource", "name": name, "attributes": {}, "resourceType": "catalog-entity"})
}

#[sqlx::test(migrations = "./migrations")]
async fn reads_know_only_what_may_be_seen(pool: PgPool) {
    let app = start(pool, POLICY).await;
    let visible = ["mine", "team-b"];
    assert_eq!(names(&app.get("/api/catalog/entities").await, ""), visible);
    let page = app.get("/api/catalog/entities/by-query").await;
    assert_eq!(
        (names(&page, "/items"), &page.json()["totalItems"]),
        (visible.map(str::to_owned).to_vec(), &json!(2))
    );
    let facets = app.get("/api/catalog/entity-facets?facet=kind").await.json();
    assert_eq!(facets["facets"]["kind"][0]["count"], 2);
    let refs =
        json!({"entityRefs": ["component:default/theirs", "component:default/mine", "component:default/secret"]});
    let by_refs = app.post("/api/catalog/entities/by-refs", &refs).await;
    assert_eq!(names(&by_refs, "/items"), ["null", "mine", "null"]);
    assert_eq!(
        app.post("/api/catalog/entities/by-query", &json!({})).await.json()["totalItems"],
        2
    );
    for (name, status) in [("mine", 200), ("theirs", 404), ("secret", 404)] {
        let path = format!("/api/catalog/entities/by-name/component/default/{name}");
        assert_eq!(app.get(&path).await.status, status, "{name}");
        let ancestry = app.get(&format!("{path}/ancestry")).await;
        assert_eq!(ancestry.status, if status == 200 { 200 } else { 403 }, "{name}");
        assert_eq!(app.get(&format!("{path}/changes")).await.status, status, "{name}");
    }
    // Programs see everything.
    let all = app
        .call(Method::GET, "/api/catalog/entities")
        .bearer(STATIC_TOKEN)
        .send()
        .await;
    assert_eq!(names(&all, "").len(), 4);
}

#[sqlx::test(migrations = "./migrations")]
async fn cached_answers_are_kept_apart_by_what_may_be_seen(pool: PgPool) {
    let app = start(pool, POLICY).await;
    let path = "/api/catalog/entities/by-query?limit=10";
    let as_service = async || names(&app.call(Method::GET, path).bearer(STATIC_TOKEN).send().await, "/items").len();
    // The feed needs a moment; what was asked before is kept under the revision of then.
    for _ in 0..500 {
        app.catalog.forget_calls();
        assert_eq!(as_service().await, 4);
        assert_eq!(names(&app.get(path).await, "/items").len(), 2);
        if app.catalog.count("query_entities") == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert_eq!(
        app.catalog.count("query_entities"),
        0,
        "both were answered from the cache"
    );
    // Another token of the same guest sees the same.
    let token = app.guest_token().await;
    app.call(Method::GET, path).bearer(&token).send().await;
    assert_eq!(app.catalog.count("query_entities"), 0);
}

#[sqlx::test(migrations = "./migrations")]
async fn writes_need_permissions(pool: PgPool) {
    let app = start(pool, POLICY).await;
    let location = json!({"type": "url", "target": "https://example.com/a.yaml"});
    assert_eq!(app.post("/api/catalog/locations", &location).await.status, 201);
    let id = "/api/catalog/locations/some-id";
    for (method, path) in [
        (Method::DELETE, id),
        (Method::DELETE, "/api/catalog/entities/by-uid/uid-theirs"),
        (Method::GET, "/api/catalog/entities/unprocessed/failed"),
    ] {
        let refused = app.as_guest(method, path).await.send().await;
        refused.assert_error(403, "NotAllowedError", "");
    }
    assert_eq!(
        app.post("/api/catalog/analyze-location", &json!({"location": location}))
            .await
            .status,
        403
    );
    let validate = json!({"entity": {}, "location": "url:https://example.com"});
    assert_eq!(app.post("/api/catalog/validate-entity", &validate).await.status, 403);
    let refresh = async |name: &str| {
        let body = json!({"entityRef": format!("component:default/{name}")});
        app.post("/api/catalog/refresh", &body).await.status.as_u16()
    };
    assert_eq!(
        [refresh("mine").await, refresh("theirs").await, refresh("none").await],
        [200, 403, 403]
    );
    let own = app
        .as_guest(Method::DELETE, "/api/catalog/entities/by-uid/uid-mine")
        .await
        .send()
        .await;
    assert_eq!(own.status, 204);
    // Locations may not be read: there are none, as far as the guest is concerned.
    assert_eq!(app.get("/api/catalog/locations").await.json(), json!([]));
    assert_eq!(app.get(id).await.status, 404);
    assert_eq!(
        app.post("/api/catalog/locations/by-query", &json!({})).await.json()["totalItems"],
        0
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn frontends_ask_what_to_show(pool: PgPool) {
    let app = start(pool, POLICY).await;
    let items = json!([
        {"id": "1", "permission": {"type": "basic", "name": "catalog.location.create", "attributes": {"action": "create"}}},
        {"id": "2", "permission": {"type": "basic", "name": "catalog.location.delete", "attributes": {}}},
        {"id": "3", "permission": resource("catalog.entity.delete"), "resourceRef": "Component:default/Mine"},
        {"id": "4", "permission": resource("catalog.entity.delete"), "resourceRef": ["component:default/theirs", "component:default/mine", "component:default/none"]},
    ]);
    let answer = authorize(&app, items).await;
    assert_eq!(
        answer.json(),
        json!({"items": [
            {"id": "1", "result": "ALLOW"},
            {"id": "2", "result": "DENY"},
            {"id": "3", "result": "ALLOW"},
            {"id": "4", "result": ["DENY", "ALLOW", "DENY"]},
        ]})
    );
    let open = authorize(
        &app,
        json!([{"id": "1", "permission": resource("catalog.entity.read")}]),
    )
    .await;
    assert_eq!(open.status, 400);
    for bad in [
        json!([{"id": "1"}]),
        json!([{"permission": resource("a")}]),
        json!("x"),
        json!([1]),
    ] {
        assert_eq!(authorize(&app, bad).await.status, 400);
    }
    let missing = app.post("/api/permission/authorize", &json!({})).await;
    missing.assert_error(400, "InputError", "request/body must have required property 'items'");
}

#[sqlx::test(migrations = "./migrations")]
async fn without_permissions_everything_is_allowed(pool: PgPool) {
    let app = start(pool, "auth: {providers: {guest: {}}}\n").await;
    let answer = authorize(
        &app,
        json!([
            {"id": "1", "permission": resource("catalog.entity.delete"), "resourceRef": ["a", "b"]},
            {"id": "2", "permission": {"type": "basic", "name": "anything", "attributes": {}}},
        ]),
    );
    assert_eq!(
        answer.await.json(),
        json!({"items": [{"id": "1", "result": ["ALLOW", "ALLOW"]}, {"id": "2", "result": "ALLOW"}]})
    );
    assert_eq!(names(&app.get("/api/catalog/entities").await, "").len(), 4);
}

#[sqlx::test(migrations = "./migrations")]
async fn decisions_are_explained(pool: PgPool) {
    let app = start(pool, POLICY).await;
    let explain = async |body: Value| app.post("/api/permission/explain", &body).await;
    let answer =
        explain(json!({"permission": resource("catalog.entity.read"), "resourceRef": "component:default/secret"}))
            .await;
    let body = answer.json();
    assert_eq!((&body["result"], &body["default"]), (&json!("DENY"), &json!("DENY")));
    let applies: Vec<_> = body["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .map(|rule| rule["applies"].clone())
        .collect();
    assert_eq!(applies, [false, true, true, true, false]);
    assert_eq!(body["rules"][0]["description"], "admins may do everything");
    assert_eq!(body["rules"][0]["reason"], "the user has none of the roles admin");
    assert!(body["conditions"]["allOf"].is_array(), "{body}");

    // About others only who may.
    let other = json!({"permission": resource("catalog.entity.read"), "user": {"userEntityRef": "user:default/root"}});
    assert_eq!(explain(other.clone()).await.status, 403);
    let own =
        json!({"permission": resource("catalog.entity.read"), "user": {"userEntityRef": "user:development/guest"}});
    assert_eq!(explain(own).await.json()["result"], "CONDITIONAL");
    let mut root = entity("User", "root");
    root["relations"] = json!([{"type": "memberOf", "targetRef": "group:default/platform"}]);
    app.catalog.put(&root);
    let call = app.call(Method::POST, "/api/permission/explain").bearer(STATIC_TOKEN);
    let answer = call.json(&other).send().await.json();
    assert_eq!(
        (&answer["result"], &answer["user"]),
        (&json!("ALLOW"), &json!("user:default/root"))
    );
    assert_eq!(explain(json!({"permission": {}})).await.status, 400);
}

#[sqlx::test(migrations = "./migrations")]
async fn what_administrators_may_is_explained_by_their_being_named(pool: PgPool) {
    let app = start(pool, "permission: {administrators: ['user:default/root']}").await;
    for (user, result, reason) in [
        ("user:default/root", "ALLOW", "permission.administrators names them"),
        (
            "user:default/other",
            "DENY",
            "permission.administrators does not name them",
        ),
    ] {
        let question = json!({
            "permission": {"type": "basic", "name": "audit.event.read", "attributes": {}},
            "user": {"userEntityRef": user, "ownershipEntityRefs": [user]},
        });
        let call = app.call(Method::POST, "/api/permission/explain").bearer(STATIC_TOKEN);
        let answer = call.json(&question).send().await.json();
        assert_eq!(
            (&answer["result"], &answer["reason"]),
            (&json!(result), &json!(reason)),
            "{user}"
        );
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn conditions_are_applied_for_programs(pool: PgPool) {
    let app = start(pool, POLICY).await;
    let path = "/api/catalog/.well-known/backstage/permissions/apply-conditions";
    let condition = json!({"rule": "IS_ENTITY_OWNER", "resourceType": "catalog-entity", "params": {"claims": ["group:default/team-b"]}});
    let items = json!({"items": [
        {"id": "1", "resourceRef": "component:default/theirs", "resourceType": "catalog-entity", "conditions": condition},
        {"id": "2", "resourceRef": ["component:default/mine", "component:default/none"], "resourceType": "catalog-entity", "conditions": condition},
    ]});
    let apply = async |items: &Value| {
        app.call(Method::POST, path)
            .bearer(STATIC_TOKEN)
            .json(items)
            .send()
            .await
    };
    assert_eq!(
        apply(&items).await.json(),
        json!({"items": [{"id": "1", "result": "ALLOW"}, {"id": "2", "result": ["DENY", "DENY"]}]})
    );
    let other = json!({"items": [{"id": "1", "resourceRef": "a", "resourceType": "x", "conditions": condition}]});
    apply(&other)
        .await
        .assert_error(400, "InputError", "Unexpected resource types: x.");
    let user = app.post(path, &items).await;
    user.assert_error(
        403,
        "NotAllowedError",
        "This endpoint does not allow 'user' credentials",
    );
    let metadata = app
        .get("/api/catalog/.well-known/backstage/permissions/metadata")
        .await
        .json();
    assert_eq!(metadata["rules"].as_array().map(Vec::len), Some(6));
    assert_eq!(metadata["permissions"][0]["resourceType"], "catalog-entity");
}
