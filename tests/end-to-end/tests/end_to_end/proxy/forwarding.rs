//! What is passed on, to whom, and for whom.

use anyhow::{Context, Result};
use callboard_end_to_end::proxy::{
    raw_server::{RawServer, Script},
    stack::{JANE, ProxyStack, full, request},
    third_party::ThirdParty,
};
use http::{Method, StatusCode};
use serde_json::{Value, json};

const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

/// The value of a header that the third party was sent.
fn sent<'a>(echo: &'a Value, name: &str) -> Option<&'a str> {
    let headers = echo["headers"].as_array()?;
    let header = headers.iter().find(|header| header[0].as_str() == Some(name))?;
    header[1].as_str()
}

#[tokio::test]
async fn requests_go_where_the_configuration_says() -> Result<()> {
    let third = ThirdParty::start().await?;
    let portal = ProxyStack::start(json!({ "endpoints": {
        "/echo": third.url(),
        "/circleci/api": {
            "target": format!("{}/api/v1.1", third.url()),
            "headers": { "Circle-Token": "s3cret" },
            "allowedHeaders": ["X-Kept"],
        },
        "/rewritten": { "target": third.url(), "pathRewrite": { "^/api/proxy/rewritten/([^/]+)/(.*)$": "/$2/$1" } },
        "/forward": { "target": third.url(), "credentials": "forward", "changeOrigin": false },
        "/overlap": { "target": format!("{}/first", third.url()), "allowedMethods": ["GET"] },
        "/overlap/below": format!("{}/second", third.url()),
    } }))
    .await?;

    // The requests of the published CircleCI plugin.
    let path = "/api/proxy/circleci/api/project/github/acme/shop?limit=10&offset=0&circle-token=";
    let headers = [
        ("x-kept", "1"),
        ("x-dropped", "2"),
        ("cookie", "a=b"),
        ("referer", "http://portal/"),
        ("circle-token", "mine"),
    ];
    let answer = portal.send(request(Method::GET, path, Some(JANE), &headers)?).await?;
    let echo = answer.json();
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(
        echo["target"],
        "/api/v1.1/project/github/acme/shop?limit=10&offset=0&circle-token="
    );
    assert_eq!(
        (sent(&echo, "circle-token"), sent(&echo, "x-kept")),
        (Some("s3cret"), Some("1"))
    );
    for dropped in [
        "x-dropped",
        "cookie",
        "referer",
        "authorization",
        "x-forwarded-for",
        "traceparent",
        "accept-encoding",
    ] {
        assert_eq!(sent(&echo, dropped), None, "{dropped}");
    }
    assert_eq!(sent(&echo, "host"), Some(third.url().trim_start_matches("http://")));

    for (path, target) in [
        ("/api/proxy/echo", "/"),
        ("/api/proxy/echo/", "/"),
        ("/api/proxy/echo?x", "/?x"),
        ("/API/Proxy/echo/A/b/?C=1%202", "/A/b/?C=1%202"),
        ("/api/proxy/echo//a//b", "//a//b"),
        (
            "/api/proxy/echo/group%2Fproject/%C3%BC;v=1",
            "/group%2Fproject/%C3%BC;v=1",
        ),
        ("/api/proxy/rewritten/a/b/c?q", "/b/c?q/a"),
        ("/api/proxy/rewritten/none", "/api/proxy/rewritten/none"),
        ("/api/proxy/overlap/below/x", "/first/below/x"),
    ] {
        let answer = portal.get(path).await?;
        assert_eq!(answer.json()["target"], target, "{path}: {}", answer.text());
    }
    let answer = portal
        .send(request(Method::POST, "/api/proxy/overlap/below/x", Some(JANE), &[])?)
        .await?;
    assert_eq!(
        answer.json()["target"],
        "/second/x",
        "a method that is not allowed falls through"
    );

    let echo = portal.get("/api/proxy/forward/x").await?.json();
    assert_eq!(sent(&echo, "authorization"), Some(format!("Bearer {JANE}").as_str()));
    assert_eq!(sent(&echo, "host"), Some("portal.example"));

    let mut post = request(
        Method::POST,
        "/api/proxy/echo/x",
        Some(JANE),
        &[("content-type", "text/plain")],
    )?;
    *post.body_mut() = full("hello");
    let echo = portal.send(post).await?.json();
    assert_eq!((&echo["method"], &echo["body"]), (&json!("POST"), &json!("hello")));
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn only_those_whom_an_endpoint_wants_get_through() -> Result<()> {
    let third = ThirdParty::start().await?;
    let portal = ProxyStack::start(json!({ "endpoints": {
        "/open/shut": third.url(),
        "/open": {
            "target": third.url(),
            "credentials": "dangerously-allow-unauthenticated",
            "allowedMethods": ["GET"],
            "allowedHeaders": ["Authorization"],
        },
        "/shut": { "target": third.url(), "allowedMethods": ["GET"] },
    } }))
    .await?;
    let cases = [
        (Method::GET, "/api/proxy/shut/x", None, 401),
        (Method::GET, "/api/proxy/shut/x", Some("no such token"), 401),
        (Method::GET, "/api/proxy/shut/x", Some(JANE), 200),
        (Method::DELETE, "/api/proxy/shut/x", None, 401),
        (Method::DELETE, "/api/proxy/shut/x", Some(JANE), 404),
        (Method::GET, "/api/proxy/nothing", None, 401),
        (Method::GET, "/api/proxy/nothing", Some(JANE), 404),
        (Method::GET, "/api/proxy", Some(JANE), 404),
        (Method::GET, "/api/proxy/open/x", None, 200),
        (Method::DELETE, "/api/proxy/open/x", None, 404),
        (Method::GET, "/api/proxy/open-not", None, 401),
        (Method::GET, "/api/proxy/open/shut/x", None, 401),
        (Method::OPTIONS, "/api/proxy/open/shut/x", Some(JANE), 200),
    ];
    for (method, path, token, expected) in cases {
        let answer = portal.send(request(method.clone(), path, token, &[])?).await?;
        assert_eq!(
            answer.status.as_u16(),
            expected,
            "{method} {path} {token:?}: {}",
            answer.text()
        );
    }
    let before = third.requests();
    portal
        .send(request(Method::DELETE, "/api/proxy/shut/x", Some(JANE), &[])?)
        .await?;
    assert_eq!(third.requests(), before, "what is not allowed goes nowhere");

    let foreign = portal
        .send(request(
            Method::GET,
            "/api/proxy/open/x",
            Some("a third party's token"),
            &[],
        )?)
        .await?;
    assert_eq!(
        sent(&foreign.json(), "authorization"),
        Some("Bearer a third party's token")
    );
    let ours = portal
        .send(request(Method::GET, "/api/proxy/open/x", Some(JANE), &[])?)
        .await?;
    assert_eq!(
        sent(&ours.json(), "authorization"),
        None,
        "the portal's own token stays here"
    );
    let illegal = portal
        .send(request(Method::GET, "/api/proxy/shut/x", Some("no such token"), &[])?)
        .await?;
    assert_eq!(illegal.json()["error"]["message"], "Illegal token");
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn answers_come_back_as_far_as_the_lists_let_them() -> Result<()> {
    let third = ThirdParty::start().await?;
    let raw = RawServer::start(Script::Answer(OK.to_vec())).await?;
    let portal = ProxyStack::start(json!({ "endpoints": {
        "/plain": third.url(),
        "/listed": { "target": third.url(), "allowedHeaders": ["ETag", "Set-Cookie", "X-Checksum"] },
        "/raw": raw.url(),
    } }))
    .await?;
    let plain = portal.get("/api/proxy/plain/headers").await?;
    assert_eq!(plain.header("content-encoding"), "gzip");
    assert_eq!(
        &plain.body[..],
        b"\x1f\x8bnot really",
        "compressed bytes stay as they are"
    );
    assert_eq!((plain.header("etag"), plain.header("set-cookie")), ("", ""));
    let listed = portal.get("/api/proxy/listed/headers").await?;
    assert_eq!(
        (listed.header("etag"), listed.header("set-cookie")),
        ("\"tag\"", "session=1")
    );
    let conditional = [("if-none-match", "\"tag\"")];
    let conditional = portal
        .send(request(
            Method::GET,
            "/api/proxy/listed/headers",
            Some(JANE),
            &conditional,
        )?)
        .await?;
    assert_eq!(
        conditional.status,
        StatusCode::OK,
        "whether it is unchanged is the third party's decision"
    );

    for status in [204, 304, 301, 404, 418, 500, 503] {
        let answer = portal.get(&format!("/api/proxy/plain/status/{status}")).await?;
        assert_eq!(
            answer.status.as_u16(),
            status,
            "redirects are not followed, errors not replaced"
        );
        assert_eq!((answer.header("location"), answer.header("www-authenticate")), ("", ""));
    }
    let head = portal
        .send(request(Method::HEAD, "/api/proxy/plain/bytes/1000", Some(JANE), &[])?)
        .await?;
    assert_eq!((head.header("content-length"), head.body.len()), ("1000", 0));

    // A chunked answer with trailers, one of which is listed; and interim answers before another.
    let headers = "host: x\r\nte: trailers\r\nconnection: te, close\r\nauthorization: Bearer token-of-jane";
    let answer = portal
        .raw(format!("GET /api/proxy/listed/trailers HTTP/1.1\r\n{headers}\r\n\r\n").as_bytes())
        .await?;
    assert!(
        answer.contains("x-checksum: 42") && !answer.contains("x-private"),
        "{answer}"
    );
    raw.set(Script::Answer(
        b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok".to_vec(),
    ));
    let answer = portal.get("/api/proxy/raw/").await?;
    assert_eq!((answer.status, answer.text()), (StatusCode::OK, "ok".to_owned()));

    // Nothing is added on the way out, and the bytes of the path are those that were sent.
    raw.set(Script::Answer(OK.to_vec()));
    raw.forget();
    let odd = "/api/proxy/raw/a//b/%2E/%5c/x'\"{}|^?q=<\u{7f}".replace(['<', '\u{7f}'], "%3c");
    portal
        .raw(
            format!("GET {odd} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {JANE}\r\n\r\n")
                .as_bytes(),
        )
        .await?;
    let received = raw.received();
    let line = received.lines().next().context("a request")?;
    assert_eq!(
        line,
        format!("GET {} HTTP/1.1", odd.trim_start_matches("/api/proxy/raw"))
    );
    let names: Vec<&str> = received
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(':'))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["host"], "{received}");
    portal.stop().await;
    Ok(())
}
