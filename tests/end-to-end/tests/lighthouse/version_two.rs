//! What is ours.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::Lighthouse;

#[tokio::test]
async fn audits_are_asked_for_watched_cancelled_and_compared() {
    let lighthouse = Lighthouse::fast(json!({})).await;
    let first = json!({"url": lighthouse.page("/?score=0.4"), "awaitCompleted": true,
                       "options": {"formFactor": "DESKTOP", "throttling": "NONE", "categories": ["performance"]}});
    let (status, first) = lighthouse.call(Method::POST, "/v2/audits", Some(&first)).await;
    assert_eq!(status, StatusCode::CREATED, "{first}");
    assert_eq!(
        (&first["status"], &first["formFactor"]),
        (&json!("COMPLETED"), &json!("DESKTOP"))
    );
    assert_eq!(
        first["metrics"],
        json!({"firstContentfulPaintMs": 40.0, "totalBytes": 1000})
    );
    assert_eq!(first["categories"][1], json!({"id": "seo", "title": "SEO"}));
    let report = format!("/v2/audits/{}/report?format=json", first["id"].as_str().unwrap());
    assert_eq!(
        lighthouse.get(&report).await["settings"],
        json!({"formFactor": "desktop", "throttlingMethod": "provided", "onlyCategories": ["performance"]})
    );

    // Watched.
    let second = json!({"url": lighthouse.page("/?score=0.4&wait=800")});
    let (_, second) = lighthouse.call(Method::POST, "/v2/audits", Some(&second)).await;
    let id = second["id"].as_str().unwrap();
    let response = lighthouse
        .send(
            Method::GET,
            &format!("/v2/audits/{id}/events"),
            "text/event-stream",
            None,
        )
        .await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let events = response.text().await.unwrap();
    let steps: Vec<Value> = events
        .split("\n\n")
        .filter_map(|event| serde_json::from_str(event.strip_prefix("event: audit\ndata: ")?).ok())
        .collect();
    assert!(
        steps.iter().any(|step| step["audit"]["stage"] == "GATHERING"),
        "{events}"
    );
    let last = steps.last().unwrap();
    assert_eq!(
        (&last["percent"], &last["audit"]["status"]),
        (&json!(100), &json!("COMPLETED"))
    );

    // Compared: nothing changed but nothing else either.
    let path = format!("/v2/comparison?base={}&other={id}", first["id"].as_str().unwrap());
    let comparison = lighthouse.get(&path).await;
    assert_eq!(comparison["checks"], json!([]));
    assert_eq!(comparison["base"]["id"], first["id"]);

    // Cancelled.
    let third = json!({"url": lighthouse.page("/hang")});
    let (_, third) = lighthouse.call(Method::POST, "/v2/audits", Some(&third)).await;
    let path = format!("/v2/audits/{}", third["id"].as_str().unwrap());
    let (status, cancelled) = lighthouse.call(Method::POST, &format!("{path}/cancel"), None).await;
    assert_eq!(
        (status, &cancelled["failure"]["kind"]),
        (StatusCode::OK, &json!("CANCELLED"))
    );
    let (status, error) = lighthouse.call(Method::POST, &format!("{path}/cancel"), None).await;
    assert_eq!(
        (status, &error["error"]["name"]),
        (StatusCode::CONFLICT, &json!("ConflictError"))
    );
    let (status, error) = lighthouse
        .call(Method::GET, &format!("{path}/report?format=json"), None)
        .await;
    assert_eq!(status, StatusCode::CONFLICT, "{error}");

    // Listed.
    let failed = lighthouse.get("/v2/audits?status=failed").await;
    assert_eq!((&failed["total"], &failed["items"][0]["id"]), (&json!(1), &third["id"]));
    let page = lighthouse.get("/v2/audits?limit=2").await;
    let token = page["nextPageToken"].as_str().unwrap();
    let rest = lighthouse.get(&format!("/v2/audits?limit=2&pageToken={token}")).await;
    assert_eq!(
        (&rest["items"][0]["id"], rest.get("nextPageToken")),
        (&first["id"], None)
    );
    let status = lighthouse.get("/v2/status").await;
    assert_eq!(
        (&status["completed"], &status["failed"], &status["websites"]),
        (&json!(2), &json!(1), &json!(3))
    );
    lighthouse.portal.stop().await;
}

#[tokio::test]
async fn nonsense_is_refused_with_backstages_body() {
    let lighthouse = Lighthouse::fast(json!({"maxConcurrency": 0})).await;
    for (path, body) in [
        (
            "/v2/audits",
            json!({"url": "http://127.0.0.1/", "options": {"formFactor": "WATCH"}}),
        ),
        ("/v2/audits", json!({"url": "http://127.0.0.1/", "option": {}})),
        ("/v2/audits", json!({})),
        ("/v2/schedules", json!({"url": "http://127.0.0.1/", "cron": "often"})),
        (
            "/v2/schedules",
            json!({"url": "http://127.0.0.1/", "cron": "0 0 * * *", "timeZone": "Moon"}),
        ),
        (
            "/v2/schedules",
            json!({"url": "http://127.0.0.1/", "cron": "0 0 * * *", "jitter": "soon"}),
        ),
    ] {
        let (status, error) = lighthouse.call(Method::POST, path, Some(&body)).await;
        assert_eq!(
            (status, &error["error"]["name"]),
            (StatusCode::BAD_REQUEST, &json!("InputError")),
            "{body}: {error}"
        );
    }
    for path in [
        "/v2/audits?status=nothing",
        "/v2/audits?limit=-1",
        "/v2/audits?pageToken=nonsense",
        "/v2/audits?limit=100000",
        "/v2/comparison?base=x",
        "/v2/websites/x/trend?from=yesterday",
        "/v2/websites/x/trend?maxPoints=1000000",
        "/v2/websites/x/trend?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
    ] {
        let (status, error) = lighthouse.call(Method::GET, path, None).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{path}: {error}");
    }
    for path in [
        "/v2/audits/x",
        "/v2/audits/x/events",
        "/v2/schedules/x",
        "/v2/websites/x",
        "/v2/audits/x/report",
    ] {
        let (status, error) = lighthouse.call(Method::GET, path, None).await;
        assert_eq!(
            (status, &error["error"]["name"]),
            (StatusCode::NOT_FOUND, &json!("NotFoundError")),
            "{path}"
        );
    }
    lighthouse.portal.stop().await;
}
