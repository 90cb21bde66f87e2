//! The contract of lighthouse-audit-service, route by route.

use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::support::Lighthouse;

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// `2026-01-31T12:00:00.000Z`.
fn is_iso(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.len() == 24 && text.ends_with('Z') && text.as_bytes()[19] == b'.')
}

fn encoded(url: &str) -> String {
    url.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[tokio::test]
async fn an_audit_runs_its_course() {
    let lighthouse = Lighthouse::fast(json!({})).await;
    assert_eq!(
        lighthouse.text(Method::GET, "/_ping").await,
        (StatusCode::OK, "OK".to_owned())
    );

    // Created: as it is told then, it can be read.
    let url = lighthouse.page("/?wait=1500");
    let (status, created) = lighthouse
        .call(Method::POST, "/v1/audits", Some(&json!({"url": url})))
        .await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(keys(&created), ["id", "url", "timeCreated", "status"]);
    assert_eq!(
        (created["url"].as_str(), created["status"].as_str()),
        (Some(url.as_str()), Some("RUNNING"))
    );
    assert!(is_iso(&created["timeCreated"]));
    let path = format!("/v1/audits/{}", created["id"].as_str().unwrap());
    assert_eq!(lighthouse.get(&path).await, created);
    let (status, page) = lighthouse.text(Method::GET, &path).await;
    assert!(
        status == StatusCode::OK && page.contains("The audit is running"),
        "{page}"
    );

    // Awaited: with its report.
    let other = lighthouse.page("/other?score=0.5");
    let awaited = lighthouse.audited(&other).await;
    assert_eq!(
        keys(&awaited),
        ["id", "url", "timeCreated", "timeCompleted", "status", "report"]
    );
    assert_eq!(awaited["status"], "COMPLETED");
    assert_eq!(awaited["report"]["audits"]["a-check"]["score"], 0.5);
    let other_path = format!("/v1/audits/{}", awaited["id"].as_str().unwrap());
    assert_eq!(lighthouse.get(&other_path).await, awaited);

    // Listed: without reports.
    let list = lighthouse.get("/v1/audits").await;
    assert_eq!(keys(&list), ["items", "total", "limit", "offset"]);
    assert_eq!(
        (&list["total"], &list["limit"], &list["offset"]),
        (&json!(2), &json!(25), &json!(0))
    );
    let newest = &list["items"][0];
    assert_eq!(
        keys(newest),
        ["id", "url", "timeCreated", "timeCompleted", "status", "categories"]
    );
    assert_eq!(
        newest["categories"]["performance"],
        json!({"id": "performance", "title": "Performance", "score": 0.5})
    );
    assert_eq!(newest["categories"]["seo"]["score"], Value::Null);
    let page = lighthouse.get("/v1/audits?limit=1&offset=1").await;
    assert_eq!(page["items"][0]["id"], created["id"]);
    assert_eq!(lighthouse.get("/v1/audits?offset=7").await["items"], json!([]));
    assert_eq!(lighthouse.get("/v1/audits?limit=").await["items"], json!([]));

    // By website.
    let website = lighthouse.get(&format!("/v1/websites/{}", encoded(&other))).await;
    assert_eq!(keys(&website), ["url", "audits", "lastAudit"]);
    assert_eq!(website["lastAudit"], website["audits"][0]);
    assert_eq!(&website["lastAudit"], newest);
    assert_eq!(lighthouse.get(&format!("{other_path}/website")).await, website);
    let websites = lighthouse.get("/v1/websites").await;
    assert_eq!(keys(&websites), ["items", "total", "limit", "offset"]);
    assert_eq!(websites["total"], 2);
    assert_eq!(websites["items"][0], website);

    // Deleted: as it was, and then gone.
    let (status, deleted) = lighthouse.call(Method::DELETE, &other_path, None).await;
    assert_eq!((status, deleted), (StatusCode::OK, awaited));
    let (status, text) = lighthouse.text(Method::GET, &other_path).await;
    let id = other_path.rsplit('/').next().unwrap();
    assert_eq!(
        (status, text),
        (StatusCode::NOT_FOUND, format!("audit not found for id \"{id}\""))
    );
    let (status, text) = lighthouse
        .text(Method::GET, &format!("/v1/websites/{}", encoded(&other)))
        .await;
    assert_eq!(
        (status, text),
        (
            StatusCode::NOT_FOUND,
            format!("no audited website found for url \"{other}\"")
        )
    );
    lighthouse.portal.stop().await;
}

#[tokio::test]
async fn errors_are_the_originals_bare_texts_and_never_a_page() {
    let lighthouse = Lighthouse::fast(json!({"maxConcurrency": 0})).await;
    let bad = StatusCode::BAD_REQUEST;
    let no_url = "No URL provided. URL is required for auditing.";
    for body in ["", "{}", r#"{"url": ""}"#, r#"{"url": null}"#] {
        assert_eq!(lighthouse.post_raw(body).await, (bad, no_url.to_owned()), "{body}");
    }
    let protocol = "URL \"www.spotify.com\" does not contain a protocol (http or https).";
    assert_eq!(
        lighthouse.post_raw(r#"{"url": "www.spotify.com"}"#).await,
        (bad, protocol.to_owned())
    );
    for body in [
        "{",
        "[1]",
        r#"{"url": "http://127.0.0.1", "options": {"chromePath": "/bin/sh"}}"#,
        r#"{"url": "http://127.0.0.1", "options": {"lighthouseConfig": {"audits": ["/tmp/x.js"]}}}"#,
        r#"{"url": "http://127.0.0.1", "options": {"lighthouseConfig": {"settings": {"auditMode": "/tmp"}}}}"#,
    ] {
        let (status, text) = lighthouse.post_raw(body).await;
        assert!(status == bad && !text.is_empty(), "{body}: {status} {text}");
    }
    let large: &'static str = Box::leak(format!(r#"{{"url": "{}"}}"#, "a".repeat(200_000)).into_boxed_str());
    assert_eq!(lighthouse.post_raw(large).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(
        lighthouse.post_raw(r#"{"url": "http://10.0.0.1/"}"#).await.0,
        StatusCode::FORBIDDEN
    );

    for (path, status, text) in [
        ("/v1/audits?limit=moo", bad, "limit must be a number."),
        ("/v1/audits?limit=1&offset=moo", bad, "offset must be a number."),
        ("/v1/audits?limit=-1", bad, "limit must be a number."),
        ("/v1/websites?limit=1&limit=2", bad, "limit must be a number."),
        (
            "/v1/audits/nonsense",
            StatusCode::NOT_FOUND,
            "audit not found for id \"nonsense\"",
        ),
        (
            "/v1/audits/nonsense/website",
            StatusCode::NOT_FOUND,
            "website found for audit id \"nonsense\"",
        ),
        (
            "/v1/websites/a%252Fb",
            StatusCode::NOT_FOUND,
            "no audited website found for url \"a%2Fb\"",
        ),
        (
            "/v1/audits/%3Cscript%3E",
            StatusCode::NOT_FOUND,
            "audit not found for id \"<script>\"",
        ),
    ] {
        let response = lighthouse.send(Method::GET, path, "*/*", None).await;
        assert_eq!(
            response.headers()[header::CONTENT_TYPE],
            "text/plain; charset=utf-8",
            "{path}"
        );
        assert_eq!(response.status(), status, "{path}");
        assert_eq!(response.text().await.unwrap(), text, "{path}");
    }
    assert_eq!(lighthouse.text(Method::GET, "/v1/websites/%zz").await.0, bad);
    assert_eq!(
        lighthouse.text(Method::GET, "/v1/nothing").await.0,
        StatusCode::NOT_FOUND
    );
    lighthouse.portal.stop().await;
}

#[tokio::test]
async fn any_url_finds_its_website_again() {
    let lighthouse = Lighthouse::fast(json!({"maxConcurrency": 0})).await;
    for path in [
        "/",
        "/a%2Fb",
        "/a%252Fb",
        "/a+b?c=d&e=%20f",
        "/#fragment",
        "/ü",
        "/Case/Matters/",
    ] {
        let url = lighthouse.page(path);
        let (status, created) = lighthouse
            .call(Method::POST, "/v1/audits", Some(&json!({"url": url})))
            .await;
        assert_eq!(status, StatusCode::CREATED, "{created}");
        assert_eq!(created["url"], url.as_str());
        let website = lighthouse.get(&format!("/v1/websites/{}", encoded(&url))).await;
        assert_eq!(
            (&website["url"], &website["lastAudit"]["id"]),
            (&created["url"], &created["id"])
        );
    }
    lighthouse.portal.stop().await;
}
