//! Answers that are given twice.

use std::time::Duration;

use anyhow::Result;
use callboard_end_to_end::{
    proxy::{
        stack::{Answer, JANE, JOE, ProxyStack, request},
        third_party::ThirdParty,
    },
    wait::{eventually, until},
};
use http::{Method, StatusCode};
use serde_json::{Value, json};

fn told(answer: &Answer) -> (&str, Value) {
    (answer.header("x-cache"), answer.json()["count"].clone())
}

/// With answers in Redis, as replicas share them.
async fn start(third: &ThirdParty) -> Result<ProxyStack> {
    let redis = std::env::var("CALLBOARD_TEST_REDIS_URL")?;
    let cache =
        |scope: &str| json!({ "target": third.url(), "cache": scope, "allowedHeaders": ["ETag", "If-None-Match"] });
    ProxyStack::start_with(
        json!({ "endpoints": { "/shared": cache("shared"), "/own": cache("per-user"), "/none": third.url() } }),
        json!({ "backend": { "cache": {
            "store": "redis",
            "connection": redis,
            "redis": { "client": { "namespace": format!("test-{}", rand_name()) } },
        } } }),
    )
    .await
}

/// A name that no other run has.
fn rand_name() -> String {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    format!("{}-{}", std::process::id(), now.as_nanos())
}

#[tokio::test]
async fn answers_are_kept_by_the_rules_and_for_whom_the_endpoint_says() -> Result<()> {
    let third = ThirdParty::start().await?;
    let portal = start(&third).await?;
    let ask = async |path: &str, token: &str, headers: &[(&str, &str)]| {
        portal
            .send(request(
                Method::GET,
                &format!("/api/proxy{path}"),
                Some(token),
                headers,
            )?)
            .await
    };
    // It is stored once it has passed. One that was asked for again before that is stored twice, and says nothing here.
    let mut attempts = 0;
    let (path, first, hit) = eventually("it is stored", async || {
        attempts += 1;
        let path = format!("/shared/cached/60?attempt={attempts}");
        let first = ask(&path, JANE, &[]).await?;
        tokio::time::sleep(Duration::from_millis(20 * attempts)).await;
        let second = ask(&path, JOE, &[]).await?;
        Ok((told(&second).0 == "HIT").then_some((path, first, second)))
    })
    .await?;
    let count = first.json()["count"].clone();
    assert_eq!(told(&first), ("MISS", count.clone()));
    assert_eq!(hit.json()["count"], count, "{}", hit.text());
    assert!(!hit.header("age").is_empty() && hit.header("etag") == "\"one\"");
    let unchanged = ask(&path, JOE, &[("if-none-match", "\"one\"")]).await?;
    assert_eq!((unchanged.status, unchanged.body.len()), (StatusCode::NOT_MODIFIED, 0));
    let checked = ask(&path, JOE, &[("cache-control", "no-cache")]).await?;
    assert_eq!(told(&checked), ("REVALIDATED", count));

    ask("/own/cached/60", JANE, &[]).await?;
    until("it is stored", async || {
        Ok(told(&ask("/own/cached/60", JANE, &[]).await?).0 == "HIT")
    })
    .await?;
    assert_eq!(
        told(&ask("/own/cached/60", JOE, &[]).await?).0,
        "MISS",
        "each has his own"
    );
    assert_eq!(ask("/none/cached/60", JANE, &[]).await?.header("x-cache"), "");

    // What is stale stands in while the third party fails.
    ask("/shared/cached/0", JANE, &[]).await?;
    third.set_broken(true);
    until("it stands in", async || {
        Ok(told(&ask("/shared/cached/0", JANE, &[]).await?).0 == "STALE")
    })
    .await?;
    third.set_broken(false);
    assert_eq!(told(&ask("/shared/cached/0", JANE, &[]).await?).0, "REVALIDATED");

    // A change, and an administrator, make it forget.
    portal
        .send(request(Method::DELETE, &format!("/api/proxy{path}"), Some(JANE), &[])?)
        .await?;
    let status = portal
        .administer(Method::POST, "/endpoints/%2Fshared/purge", None)
        .await?
        .0;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let again = ask(&path, JANE, &[]).await?;
    assert_eq!(told(&again).0, "MISS");
    portal.stop().await;
    Ok(())
}
