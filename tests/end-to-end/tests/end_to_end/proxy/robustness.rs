//! Third parties that are slow, broken or away, and callers that ask for too much.

use std::time::Duration;

use anyhow::Result;
use callboard_end_to_end::{
    proxy::{
        raw_server::{RawServer, Script},
        stack::{Answer, JANE, JOE, ProxyStack, full, request},
        third_party::ThirdParty,
    },
    wait::until,
};
use callboard_local::Unit;
use http::{Method, StatusCode};
use serde_json::{Value, json};

const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

/// Status and reason of an answer that says what went wrong, and of which endpoint.
fn failure(answer: &Answer, route: &str) -> (u16, String) {
    let body = answer.json();
    assert_eq!(body["error"]["endpoint"], route, "{body}");
    assert_eq!(body["response"]["statusCode"], answer.status.as_u16(), "{body}");
    assert!(
        body["error"]["message"]
            .as_str()
            .is_some_and(|message| message.contains(route)),
        "{body}"
    );
    (
        answer.status.as_u16(),
        body["error"]["reason"].as_str().unwrap_or_default().to_owned(),
    )
}

fn expected(status: u16, reason: &str) -> (u16, String) {
    (status, reason.to_owned())
}

#[tokio::test]
async fn what_goes_wrong_is_said_in_json() -> Result<()> {
    let raw = RawServer::start(Script::Silence).await?;
    let third = ThirdParty::start().await?;
    let portal = ProxyStack::start(json!({ "endpoints": {
        "/away": "http://127.0.0.1:1",
        "/nowhere": "http://nowhere.invalid",
        "/raw": { "target": raw.url(), "limits": { "responseTimeout": "400ms", "idleTimeout": "400ms", "retries": 0 } },
        "/plain-for-tls": { "target": raw.url().replace("http://", "https://"), "limits": { "connectTimeout": "400ms", "retries": 0 } },
        "/slow": { "target": third.url(), "proxyTimeout": 300 },
        "/small": { "target": third.url(), "limits": { "maxRequestBytes": 10 } },
    } }))
    .await?;
    let get = async |path: &str| portal.get(&format!("/api/proxy{path}")).await;
    assert_eq!(
        failure(&get("/away/x").await?, "/away"),
        expected(502, "connect_refused")
    );
    assert_eq!(
        failure(&get("/nowhere/x").await?, "/nowhere"),
        expected(502, "name_not_found")
    );
    assert_eq!(
        failure(&get("/raw/x").await?, "/raw"),
        expected(504, "response_timeout")
    );
    assert_eq!(
        failure(&get("/slow/slow/2000").await?, "/slow"),
        expected(504, "response_timeout")
    );
    assert_eq!(
        failure(&get("/plain-for-tls/x").await?, "/plain-for-tls"),
        expected(504, "connect_timeout")
    );
    raw.set(Script::AnswerAndClose(b"garbage\r\n\r\n".to_vec()));
    assert_eq!(failure(&get("/raw/x").await?, "/raw"), expected(502, "bad_response"));
    raw.set(Script::AnswerAndClose(
        b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab".to_vec(),
    ));
    assert_eq!(failure(&get("/raw/x").await?, "/raw"), expected(502, "bad_response"));
    raw.set(Script::Reset);
    assert_eq!(failure(&get("/raw/x").await?, "/raw"), expected(502, "connection_lost"));

    for length in [true, false] {
        let mut post = request(Method::POST, "/api/proxy/small/count", Some(JANE), &[])?;
        *post.body_mut() = if length {
            full("more than ten bytes")
        } else {
            http_body_util::BodyExt::boxed(http_body_util::StreamBody::new(futures::stream::iter([Ok(
                hyper::body::Frame::data(bytes::Bytes::from_static(b"more than ten bytes")),
            )])))
        };
        assert_eq!(
            failure(&portal.send(post).await?, "/small"),
            expected(413, "request_too_large")
        );
    }
    let stalled = format!(
        "POST /api/proxy/raw/x HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {JANE}\r\ncontent-length: 100\r\nconnection: close\r\n\r\nhalf"
    );
    raw.set(Script::Silence);
    let mut stream = portal.connect().await?;
    tokio::io::AsyncWriteExt::write_all(&mut stream, stalled.as_bytes()).await?;
    let mut answer = vec![0; 12];
    tokio::time::timeout(
        Duration::from_secs(10),
        tokio::io::AsyncReadExt::read_exact(&mut stream, &mut answer),
    )
    .await??;
    assert!(
        answer == b"HTTP/1.1 408" || answer == b"HTTP/1.1 504",
        "{}",
        String::from_utf8_lossy(&answer)
    );
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn repetitions_breakers_and_limits_protect_both_sides() -> Result<()> {
    let raw = RawServer::start(Script::Close).await?;
    let third = ThirdParty::start().await?;
    let portal = ProxyStack::start(json!({ "endpoints": {
        "/raw": { "target": raw.url(), "limits": { "retries": 2 } },
        "/narrow": { "target": third.url(), "limits": { "maxConcurrency": 1 } },
        "/limited": { "target": third.url(), "limits": { "requestsPerMinutePerUser": 3 } },
    } }))
    .await?;

    // Only what may be repeated is.
    assert_eq!(portal.get("/api/proxy/raw/x").await?.status, StatusCode::BAD_GATEWAY);
    assert_eq!(raw.heads(), 3);
    let mut post = request(Method::POST, "/api/proxy/raw/x", Some(JANE), &[])?;
    *post.body_mut() = full("once");
    assert_eq!(portal.send(post).await?.status, StatusCode::BAD_GATEWAY);
    assert_eq!(raw.heads(), 4);

    // One more failure in a row opens the circuit; then nothing reaches the third party until it may probe.
    portal
        .send(request(Method::POST, "/api/proxy/raw/x", Some(JANE), &[])?)
        .await?;
    let answer = portal.get("/api/proxy/raw/x").await?;
    assert_eq!(failure(&answer, "/raw"), expected(503, "circuit_open"));
    assert!(!answer.header("retry-after").is_empty());
    let heads = raw.heads();
    raw.set(Script::Answer(OK.to_vec()));
    until("a probe succeeds", async || {
        Ok(portal.get("/api/proxy/raw/x").await?.status == StatusCode::OK)
    })
    .await?;
    until("it is closed again", async || {
        let endpoints = portal.administer(Method::GET, "/endpoints/%2Fraw", None).await?.1;
        portal.get("/api/proxy/raw/x").await?;
        Ok(endpoints["circuit"] == "CLOSED")
    })
    .await?;
    assert!(raw.heads() > heads);

    // A kept connection that the server has closed meanwhile is replaced, whatever the method.
    raw.set(Script::AnswerAndClose(OK.to_vec()));
    for _ in 0..3 {
        let mut post = request(Method::POST, "/api/proxy/raw/x", Some(JANE), &[])?;
        *post.body_mut() = full("again");
        assert_eq!(portal.send(post).await?.status, StatusCode::OK);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    // One at a time, one waits, the rest is told.
    let slow = || portal.get("/api/proxy/narrow/slow/1500");
    let (first, second, third_answer) = tokio::join!(slow(), slow(), slow());
    let mut statuses = [first?.status, second?.status, third_answer?.status].map(|status| status.as_u16());
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 503, 503]);

    // Three a minute for each.
    let ask = async |token: &str| {
        portal
            .send(request(Method::GET, "/api/proxy/limited/x", Some(token), &[])?)
            .await
    };
    let first = ask(JANE).await?;
    assert_eq!(first.header("ratelimit-policy"), "\"per-user\";q=3;w=60");
    assert!(
        first.header("ratelimit").starts_with("\"per-user\";r=2;t="),
        "{}",
        first.header("ratelimit")
    );
    ask(JANE).await?;
    ask(JANE).await?;
    let refused = ask(JANE).await?;
    assert_eq!(failure(&refused, "/limited"), expected(429, "rate_limit"));
    assert!(!refused.header("retry-after").is_empty());
    assert_eq!(ask(JOE).await?.status, StatusCode::OK);
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_proxy_that_dies_is_missed_for_a_moment_only() -> Result<()> {
    let third = ThirdParty::start().await?;
    let mut portal = ProxyStack::start(json!({ "endpoints": { "/t": third.url() } })).await?;
    let body = portal
        .open(request(
            Method::GET,
            "/api/proxy/t/bytes/100000000000",
            Some(JANE),
            &[],
        )?)
        .await?
        .into_body();
    portal.stack.kill(Unit::Proxy).await?;
    let cut = http_body_util::BodyExt::collect(body).await;
    assert!(cut.is_err(), "half an answer must not look whole");
    let away = portal.get("/api/proxy/t/x").await?;
    assert_eq!(away.status, StatusCode::SERVICE_UNAVAILABLE, "{}", away.text());
    let error: Value = away.json();
    assert_eq!(error["error"]["name"], "ServiceUnavailableError");
    portal.stack.restart(Unit::Proxy).await?;
    until("it answers again", async || {
        Ok(portal.get("/api/proxy/t/x").await?.status == StatusCode::OK)
    })
    .await?;
    portal.stop().await;
    Ok(())
}
