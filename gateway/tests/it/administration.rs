//! How everything is.

use http::Method;
use serde_json::Value;
use sqlx::PgPool;

use crate::support::app::{STATIC_TOKEN, TestApp};

const UNITS: &str = "/api/admin/v1/units";

async fn units(app: &TestApp) -> Value {
    let answer = app.call(Method::GET, UNITS).bearer(STATIC_TOKEN).send().await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

fn unit<'a>(units: &'a Value, name: &str) -> &'a Value {
    let items = units["items"].as_array().expect("items");
    items.iter().find(|unit| unit["name"] == name).expect(name)
}

#[sqlx::test(migrations = "./migrations")]
async fn every_unit_and_each_of_its_replicas_is_shown(pool: PgPool) {
    // Nobody listens there; the gateway runs twice.
    let nobody = "127.0.0.1:1";
    let settings = format!(
        "backend: {{services: {{lighthouse-audit: {{address: '{nobody}'}}, proxy: {{address: '{nobody}'}}}}}}\n\
         auth: {{providers: {{guest: {{}}}}}}"
    );
    let app = TestApp::with_settings(pool.clone(), &settings).await;
    let other = TestApp::with_settings(pool, &settings).await;
    // Each says of itself that it is ready, when it is.
    let shown = loop {
        let shown = units(&app).await;
        let gateways = unit(&shown, "gateway");
        if gateways["status"] == "ok"
            && gateways["replicas"]
                .as_array()
                .is_some_and(|replicas| replicas.len() == 2)
        {
            break shown;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    };
    let names: Vec<&Value> = shown["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|unit| &unit["name"])
        .collect();
    assert_eq!(names, ["gateway", "catalog", "lighthouse-audit", "proxy"]);
    let catalog = unit(&shown, "catalog");
    assert_eq!(
        (&catalog["status"], &catalog["replicas"][0]["status"]),
        (&"ok".into(), &"ok".into()),
        "{catalog}"
    );
    assert!(catalog["replicas"][0]["latencyMs"].is_f64(), "{catalog}");
    let proxy = unit(&shown, "proxy");
    assert_eq!(
        (&proxy["status"], &proxy["replicas"][0]["address"]),
        (&"down".into(), &nobody.into()),
        "{proxy}"
    );
    assert!(proxy["replicas"][0]["detail"].is_string(), "{proxy}");
    let gateways = unit(&shown, "gateway")["replicas"].as_array().expect("replicas");
    for replica in [&app, &other] {
        let address = replica.url().replace("http://", "");
        let own = gateways.iter().find(|gateway| gateway["address"] == address.as_str());
        let own = own.unwrap_or_else(|| panic!("{address} is not in {gateways:?}"));
        assert_eq!(own["status"], "ok");
        assert!(own["version"].is_string() && own["startedAt"].is_string(), "{own}");
    }

    app.catalog_stop.cancel();
    // Until the connection has noticed.
    while unit(&units(&app).await, "catalog")["status"] != "down" {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn it_is_for_administrators(pool: PgPool) {
    let app = TestApp::start(pool.clone()).await;
    let status = |answer: crate::support::client::Answer| answer.status.as_u16();
    assert_eq!(status(app.get(UNITS).await), 403, "although permissions are off");
    assert_eq!(status(app.call(Method::GET, UNITS).send().await), 401);
    let restricted = app.call(Method::GET, UNITS).bearer("token-for-the-proxy");
    assert_eq!(status(restricted.send().await), 403);
    let settings = "
auth: {providers: {guest: {}}}
permission: {administrators: ['user:development/guest']}
";
    let app = TestApp::with_settings(pool, settings).await;
    for path in [UNITS, "/api/audit/v1/events"] {
        assert_eq!(status(app.get(path).await), 200, "{path}");
    }
    assert_eq!(status(app.get("/api/admin/v1/units?x=1").await), 400);
}

#[sqlx::test(migrations = "./migrations")]
async fn the_catalogs_providers_are_shown(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let path = "/api/admin/v1/providers";
    assert_eq!(app.get(path).await.status, 403);
    let shown = app.call(Method::GET, path).bearer(STATIC_TOKEN).send().await.json();
    let provider = &shown["items"][0];
    assert_eq!(provider["name"], "github-provider:default", "{shown}");
    assert_eq!(
        (
            &provider["kind"],
            &provider["schedule"]["frequency"],
            &provider["entityCount"]
        ),
        (&"github-provider".into(), &"PT30M".into(), &12.into())
    );
    assert_eq!(provider["lastError"], "the organisation is away");
}
