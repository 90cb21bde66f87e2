//! The load generator against a small server that answers as a catalog would, rightly or wrongly.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::Result;
use axum::{
    Json, Router,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use callboard_load::{
    corpus::Corpus,
    http_client::Target,
    ingestion::{self, Wait},
    run::{self, Load},
    scenario::Scenario,
};
use clap::ValueEnum;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use url::Url;

const LOAD: Load = Load {
    connections: 4,
    duration: Duration::from_millis(300),
    warm_up: Duration::from_millis(20),
};

fn entity() -> Value {
    json!({ "kind": "Component", "metadata": { "namespace": "default", "name": "harbour-relay" } })
}

/// A catalog of one entity, whose pages come from `page`.
async fn catalog(page: impl Fn() -> Response + Clone + Send + Sync + 'static) -> Result<Target> {
    let facets = json!({ "facets": {
        "spec.type": [{ "value": "service", "count": 1 }],
        "spec.lifecycle": [{ "value": "production", "count": 1 }],
        "relations.ownedBy": [{ "value": "group:default/team", "count": 1 }],
        "metadata.tags": [{ "value": "java", "count": 1 }],
    } });
    let router = Router::new()
        .route("/api/catalog/entities", get(|| async { Json(json!([entity()])) }))
        .route("/api/catalog/entity-facets", get(move || async move { Json(facets) }))
        .route("/api/catalog/entities/by-query", get(move || async move { page() }))
        .route(
            "/api/search/query",
            get(|| async { Json(json!({ "results": [{ "type": "software-catalog" }], "numberOfResults": 1 })) }),
        )
        .route(
            "/api/catalog/entities/by-name/{kind}/{namespace}/{name}",
            get(|| async { Json(entity()) }),
        )
        .route(
            "/api/catalog/entities/by-refs",
            axum::routing::post(|| async { Json(json!({ "items": [entity()] })) }),
        );
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = Url::parse(&format!("http://{}", listener.local_addr()?))?;
    tokio::spawn(async move { axum::serve(listener, router).await });
    Target::new(&url, None)
}

fn good_page() -> Response {
    Json(json!({ "items": [entity()], "totalItems": 1, "pageInfo": {} })).into_response()
}

#[tokio::test]
async fn right_answers_are_counted_in_every_scenario() {
    let target = catalog(|| Json(json!({ "items": [], "totalItems": 1, "pageInfo": {} })).into_response())
        .await
        .unwrap();
    let corpus = Corpus::read(&target).await.unwrap();
    for scenario in Scenario::value_variants()
        .iter()
        .filter(|scenario| **scenario != Scenario::Text)
    {
        let measured = run::run(scenario.name(), &target, scenario.plan(&corpus, false), LOAD)
            .await
            .unwrap();
        assert_eq!(measured.first_error, None, "{}", scenario.name());
        assert!(measured.requests > 0);
        assert!(measured.p50_ms > 0.0 && measured.p50_ms <= measured.p99_ms && measured.p99_ms <= measured.max_ms);
    }
}

#[tokio::test]
async fn a_text_that_the_catalog_holds_has_to_be_found() {
    let corpus = Corpus::read(&catalog(good_page).await.unwrap()).await.unwrap();
    let plan = Scenario::Text.plan(&corpus, true);
    let finds = run::run("text", &catalog(good_page).await.unwrap(), plan.clone(), LOAD)
        .await
        .unwrap();
    assert_eq!(finds.errors, 0);
    let empty = catalog(|| Json(json!({ "items": [], "totalItems": 0, "pageInfo": {} })).into_response())
        .await
        .unwrap();
    assert!(run::run("text", &empty, plan, LOAD).await.unwrap().errors > 0);
}

#[tokio::test]
async fn a_wrong_status_is_an_error_that_names_the_request() {
    let target = catalog(|| (StatusCode::SERVICE_UNAVAILABLE, "no database").into_response())
        .await
        .unwrap();
    let corpus = Corpus::read(&target).await.unwrap();
    let measured = run::run("page", &target, Scenario::Page.plan(&corpus, true), LOAD)
        .await
        .unwrap();
    assert_eq!(measured.requests, 0);
    assert!(measured.errors > 0);
    let error = measured.first_error.unwrap();
    assert!(
        error.contains("/entities/by-query") && error.contains("503") && error.contains("no database"),
        "{error}"
    );
}

#[tokio::test]
async fn ingestion_is_timed_until_all_are_there() {
    let seen = Arc::new(AtomicU64::new(0));
    let target = catalog(move || {
        let total = seen.fetch_add(10, Ordering::Relaxed);
        Json(json!({ "items": [], "totalItems": total, "pageInfo": {} })).into_response()
    })
    .await
    .unwrap();
    let wait = Wait {
        expected: 100,
        poll: Duration::from_millis(5),
        timeout: Duration::from_secs(10),
        pids: vec![std::process::id()],
    };
    let ingestion = ingestion::wait(&target, &wait).await.unwrap();
    assert_eq!((ingestion.entities, ingestion.entities_at_first_answer), (100, 0));
    assert!(ingestion.seconds_since_first_answer >= 0.05);
    assert!(ingestion.entities_per_second > 0.0);
    assert_eq!(ingestion.memory.len(), 1);
}

#[tokio::test]
async fn ingestion_that_stops_short_is_an_error() {
    let target = catalog(good_page).await.unwrap();
    let wait = Wait {
        expected: 2,
        poll: Duration::from_millis(5),
        timeout: Duration::from_millis(100),
        pids: Vec::new(),
    };
    let error = ingestion::wait(&target, &wait).await.unwrap_err().to_string();
    assert!(error.contains("1 of 2 entities"), "{error}");
}
