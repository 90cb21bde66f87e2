//! Endpoints that are made while everything runs, and what went through them.

use anyhow::{Context, Result};
use callboard_end_to_end::{
    proxy::{
        stack::{JANE, ProxyStack, request},
        third_party::ThirdParty,
    },
    wait::until,
};
use http::{Method, StatusCode};
use serde_json::{Value, json};

fn endpoint(route: &str, target: &str) -> Value {
    json!({
        "route": route,
        "target": target,
        "headers": [{ "name": "X-Token", "value": "hunter2", "secret": true }, { "name": "X-Plain", "value": "shown" }],
        "limits": { "responseTimeout": "5s" },
    })
}

#[tokio::test]
async fn endpoints_come_and_go_at_run_time() -> Result<()> {
    let third = ThirdParty::start().await?;
    let portal = ProxyStack::start(json!({
        "endpoints": { "/configured": { "target": third.url(), "headers": { "X-Token": "hunter2" } } },
        "allowPrivateTargets": ["127.0.0.0/8"],
    }))
    .await?;
    let (status, created) = portal
        .administer(Method::POST, "/endpoints", Some(&endpoint("/made/", &third.url())))
        .await?;
    assert_eq!(
        (status, &created["route"], &created["origin"]),
        (StatusCode::CREATED, &json!("/made"), &json!("API")),
        "{created}"
    );
    assert!(
        !created.to_string().contains("hunter2") && created.to_string().contains("shown"),
        "{created}"
    );
    let echo = portal.get("/api/proxy/made/x").await?.json();
    assert!(
        echo["headers"].to_string().contains("hunter2"),
        "the third party gets it: {echo}"
    );

    let listed = portal.administer(Method::GET, "/endpoints", None).await?.1;
    let routes: Vec<&str> = listed["items"]
        .as_array()
        .context("items")?
        .iter()
        .filter_map(|item| item["route"].as_str())
        .collect();
    assert_eq!(routes, ["/configured", "/made"]);
    assert!(!listed.to_string().contains("hunter2"), "{listed}");

    // A change keeps the secret it does not name; an old revision is refused; so is a new target without the secret.
    let id = created["id"].as_str().context("an id")?;
    let path = format!("/endpoints/{id}");
    let mut changed = created.clone();
    for told in ["origin", "circuit", "timeUpdated", "updatedBy"] {
        changed.as_object_mut().context("an object")?.remove(told);
    }
    changed["description"] = json!("for tests");
    let (status, updated) = portal.administer(Method::PUT, &path, Some(&changed)).await?;
    assert_eq!(
        (status, &updated["description"], &updated["updatedBy"]),
        (StatusCode::OK, &json!("for tests"), &json!("service:administrator")),
        "{updated}"
    );
    let echo = portal.get("/api/proxy/made/x").await?.json();
    assert!(echo["headers"].to_string().contains("hunter2"), "{echo}");
    let (status, stale) = portal.administer(Method::PUT, &path, Some(&changed)).await?;
    assert_eq!(
        (status, &stale["error"]["name"]),
        (StatusCode::CONFLICT, &json!("ConflictError"))
    );
    changed["revision"] = updated["revision"].clone();
    changed["target"] = json!("http://127.0.0.1:9");
    let (status, moved) = portal.administer(Method::PUT, &path, Some(&changed)).await?;
    assert_eq!(
        status,
        StatusCode::BAD_REQUEST,
        "a secret does not go to another server: {moved}"
    );
    changed["target"] = json!(third.url());
    changed["disabled"] = json!(true);
    let (status, disabled) = portal.administer(Method::PUT, &path, Some(&changed)).await?;
    assert_eq!(status, StatusCode::OK, "{disabled}");
    assert_eq!(portal.get("/api/proxy/made/x").await?.status, StatusCode::NOT_FOUND);

    // What is stored is encrypted.
    let mut database = stored_rows(&portal).await?;
    assert!(
        database.contains("/made") && !database.contains("hunter2"),
        "{database}"
    );

    let test = json!({ "endpoint": endpoint("/any", &third.url()), "path": "/status/418" });
    let (status, outcome) = portal.administer(Method::POST, "/endpoints/test", Some(&test)).await?;
    assert_eq!(
        (status, &outcome["status"], &outcome["addresses"]),
        (StatusCode::OK, &json!(418), &json!(["127.0.0.1"])),
        "{outcome}"
    );
    let test = json!({ "endpoint": endpoint("/any", "http://127.0.0.1:1") });
    assert_eq!(
        portal.administer(Method::POST, "/endpoints/test", Some(&test)).await?.1["error"],
        "connect_refused"
    );

    for _ in 0..2 {
        let (status, _) = portal.administer(Method::DELETE, &path, None).await?;
        assert!(status == StatusCode::NO_CONTENT || status == StatusCode::NOT_FOUND);
    }
    database = stored_rows(&portal).await?;
    assert!(
        !database.contains("\\x01"),
        "secrets go with their endpoint: {database}"
    );
    portal.stop().await;
    Ok(())
}

/// The stored endpoints as text.
async fn stored_rows(portal: &ProxyStack) -> Result<String> {
    portal
        .query_text("proxy", "SELECT string_agg(endpoints::text, ' ') FROM endpoints")
        .await
}

#[tokio::test]
async fn only_administrators_get_in_and_only_sense_is_taken() -> Result<()> {
    let third = ThirdParty::start().await?;
    let portal = ProxyStack::start(json!({ "endpoints": { "/configured": third.url() } })).await?;
    for token in [None, Some(JANE)] {
        for path in ["/endpoints", "/endpoints/%2Fconfigured", "/usage"] {
            let answer = portal
                .send(request(Method::GET, &format!("/api/proxy-admin/v1{path}"), token, &[])?)
                .await?;
            let expected = if token.is_some() {
                StatusCode::FORBIDDEN
            } else {
                StatusCode::UNAUTHORIZED
            };
            assert_eq!(answer.status, expected, "{path}");
        }
    }
    let (status, shown) = portal.administer(Method::GET, "/endpoints/%2Fconfigured", None).await?;
    assert_eq!(
        (status, &shown["origin"]),
        (StatusCode::OK, &json!("CONFIGURATION")),
        "{shown}"
    );
    let (status, error) = portal
        .administer(Method::DELETE, "/endpoints/%2Fconfigured", None)
        .await?;
    assert_eq!(
        (status, &error["error"]["name"]),
        (StatusCode::CONFLICT, &json!("ConflictError")),
        "{error}"
    );
    assert_eq!(
        portal.administer(Method::GET, "/endpoints/nothing", None).await?.0,
        StatusCode::NOT_FOUND
    );

    for (change, why) in [
        (json!({ "route": "/a/../b" }), "not a route"),
        (json!({ "target": "gopher://x" }), "http or https"),
        (
            json!({ "credentials": "dangerously-allow-unauthenticated" }),
            "configuration",
        ),
        (
            json!({ "limits": { "responseTimeout": "soon" } }),
            "limits.responseTimeout",
        ),
        (json!({ "headers": [{ "name": "X", "secret": true }] }), "X"),
        (
            json!({ "headers": [{ "name": "Connection", "value": "close" }] }),
            "Connection",
        ),
        (
            json!({ "pathRewrite": [{ "pattern": "(?=a)", "replacement": "" }] }),
            "look-ahead",
        ),
        (json!({ "surprise": 1 }), "surprise"),
    ] {
        let mut body = endpoint("/fine", "https://example.com");
        for (key, value) in change.as_object().context("an object")? {
            body[key] = value.clone();
        }
        let (status, error) = portal.administer(Method::POST, "/endpoints", Some(&body)).await?;
        let message = error["error"]["message"].as_str().unwrap_or_default();
        assert!(
            status == StatusCode::BAD_REQUEST && message.contains(why),
            "{change}: {error}"
        );
    }
    let (status, _) = portal
        .administer(
            Method::POST,
            "/endpoints",
            Some(&endpoint("configured", "https://example.com")),
        )
        .await?;
    assert_eq!(status, StatusCode::CONFLICT, "the route is the configuration's");

    // An endpoint made at run time reaches the public internet and nothing else, however its target is written.
    for target in [
        third.url(),
        third.url().replace("127.0.0.1", "localhost"),
        third.url().replace("127.0.0.1", "[::ffff:127.0.0.1]"),
    ] {
        let (status, created) = portal
            .administer(Method::POST, "/endpoints", Some(&endpoint("/private", &target)))
            .await?;
        assert_eq!(status, StatusCode::CREATED, "{created}");
        let answer = portal.get("/api/proxy/private/x").await?;
        assert_eq!(
            (answer.status, &answer.json()["error"]["reason"]),
            (StatusCode::BAD_GATEWAY, &json!("private_address")),
            "{target}"
        );
        portal
            .administer(
                Method::DELETE,
                &format!("/endpoints/{}", created["id"].as_str().context("an id")?),
                None,
            )
            .await?;
    }
    assert_eq!(third.requests(), 0);
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn what_goes_through_is_counted() -> Result<()> {
    let third = ThirdParty::start().await?;
    let portal =
        ProxyStack::start(json!({ "endpoints": { "/t": third.url(), "/away": "http://127.0.0.1:1" } })).await?;
    for path in ["/t/bytes/1000", "/t/status/404", "/t/status/500", "/away/x"] {
        portal.get(&format!("/api/proxy{path}")).await?;
    }
    until("everything is counted", async || {
        let usage = portal.administer(Method::GET, "/usage?resolution=60s", None).await?.1;
        let sum = |route: &str, member: &str| -> u64 {
            let buckets = usage["buckets"].as_array().map(Vec::as_slice).unwrap_or_default();
            buckets
                .iter()
                .filter(|bucket| bucket["route"] == route)
                .filter_map(|bucket| bucket[member].as_u64())
                .sum()
        };
        let counted = ["requests", "clientErrors", "serverErrors", "responseBytes"].map(|member| sum("/t", member));
        Ok(counted == [3, 1, 1, 1000] && sum("/away", "serverErrors") == 1)
    })
    .await?;
    let usage = portal
        .administer(Method::GET, "/usage?route=/t&resolution=1h", None)
        .await?
        .1;
    let bucket = &usage["buckets"][0];
    assert_eq!(
        (&usage["resolution"], &bucket["requests"]),
        (&json!("3600s"), &json!(3)),
        "{usage}"
    );
    assert!(
        bucket["latencyP50Ms"].as_f64().is_some_and(|latency| latency > 0.0),
        "{usage}"
    );
    for query in [
        "from=yesterday",
        "resolution=soon",
        "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
        "surprise=1",
    ] {
        assert_eq!(
            portal
                .administer(Method::GET, &format!("/usage?{query}"), None)
                .await?
                .0,
            StatusCode::BAD_REQUEST,
            "{query}"
        );
    }
    portal.stop().await;
    Ok(())
}

/// Two proxies on one database: the other one hears of a change.
#[tokio::test]
async fn replicas_follow_each_other() -> Result<()> {
    let third = ThirdParty::start().await?;
    let portal = ProxyStack::start(json!({ "allowPrivateTargets": ["127.0.0.1"] })).await?;
    let replica = portal.second_proxy().await?;
    let (status, created) = portal
        .administer(Method::POST, "/endpoints", Some(&endpoint("/made", &third.url())))
        .await?;
    assert_eq!(status, StatusCode::CREATED, "{created}");
    until("the other replica knows it", async || replica.forwards("/made/x").await).await?;
    portal
        .administer(
            Method::DELETE,
            &format!("/endpoints/{}", created["id"].as_str().context("an id")?),
            None,
        )
        .await?;
    until("and that it is gone", async || Ok(!replica.forwards("/made/x").await?)).await?;
    drop(replica);
    portal.stop().await;
    Ok(())
}

/// Endpoints of the configuration change while everything runs.
#[tokio::test]
async fn a_changed_configuration_changes_endpoints_without_a_restart() -> Result<()> {
    let third = ThirdParty::start().await?;
    let portal = ProxyStack::start(json!({ "endpoints": { "/kept": third.url() } })).await?;
    assert_eq!(portal.get("/api/proxy/new/x").await?.status, StatusCode::NOT_FOUND);
    let file = portal.stack.config_files().last().context("a file")?.clone();
    std::fs::write(
        &file,
        json!({ "proxy": { "endpoints": { "/new": third.url() } } }).to_string(),
    )?;
    until("the new endpoint is there", async || {
        Ok(portal.get("/api/proxy/new/x").await?.status == StatusCode::OK)
    })
    .await?;
    // What is wrong changes nothing.
    std::fs::write(
        &file,
        json!({ "proxy": { "endpoints": { "/wrong": "nowhere" } } }).to_string(),
    )?;
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    for path in ["/api/proxy/new/x", "/api/proxy/kept/x"] {
        assert_eq!(portal.get(path).await?.status, StatusCode::OK, "{path}");
    }
    std::fs::write(&file, "{}")?;
    until("it is gone", async || {
        Ok(portal.get("/api/proxy/new/x").await?.status == StatusCode::NOT_FOUND)
    })
    .await?;
    assert_eq!(portal.get("/api/proxy/kept/x").await?.status, StatusCode::OK);
    portal.stop().await;
    Ok(())
}
