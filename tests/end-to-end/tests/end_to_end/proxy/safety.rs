//! Attempts to reach what nobody meant to open.

use anyhow::Result;
use callboard_end_to_end::{
    proxy::{
        raw_server::{RawServer, Script},
        stack::{JANE, ProxyStack},
    },
    wait::eventually,
};
use callboard_local::Unit;
use serde_json::json;

const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

fn get(target: &str) -> String {
    format!(
        "GET {target} HTTP/1.1\r\nhost: portal.example\r\nconnection: close\r\nauthorization: Bearer {JANE}\r\n\r\n"
    )
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}

#[tokio::test]
async fn nothing_leaves_its_target_and_nothing_hides_in_a_request() -> Result<()> {
    let third = RawServer::start(Script::Answer(OK.to_vec())).await?;
    let elsewhere = RawServer::start(Script::Answer(OK.to_vec())).await?;
    let portal = ProxyStack::start(json!({ "endpoints": {
        "/base": { "target": format!("{}/base", third.url()), "headers": { "Authorization": "Bearer hunter2-the-secret" } },
        "/rewrite": { "target": format!("{}/base", third.url()), "pathRewrite": { "^/api/proxy/rewrite/": "/../" } },
    } }))
    .await?;

    for path in [
        "/..",
        "/../admin",
        "/%2e%2e/admin",
        "/.%2E/admin",
        "/%252e%252e/admin",
        "/..%2fadmin",
        "/a%2f..%2f..%2fadmin",
        "/..%5cadmin",
        "/..\\admin",
        "/..;/admin",
        "/%2e%2e;x=1/admin",
        "/%c0%ae%c0%ae/admin",
        "/%zz",
        "/a%00",
        "/a%0d%0aX-Evil:1",
        "/%",
        "/%25252525252e",
    ] {
        let answer = portal.raw(get(&format!("/api/proxy/base{path}")).as_bytes()).await?;
        assert_eq!(status(&answer), "400", "{path}: {answer}");
    }
    let answer = portal.raw(get("/api/proxy/rewrite/admin").as_bytes()).await?;
    assert_eq!(status(&answer), "400", "not even by a careless rule: {answer}");
    assert_eq!(third.heads(), 0, "{}", third.received());

    // Other ways to name another server: what reaches anybody reaches the target.
    let host = elsewhere.address();
    for target in [
        format!("http://{host}/api/proxy/base/x"),
        format!("/api/proxy/base//{host}/x"),
        format!("/api/proxy/base/@{host}/x"),
        format!("/api/proxy/base/http://{host}/x"),
        "/api/proxy/base/x#/../../y".to_owned(),
    ] {
        portal.raw(get(&target).as_bytes()).await?;
    }
    assert_eq!(elsewhere.heads(), 0, "{}", elsewhere.received());
    for line in third.received().lines().filter(|line| line.starts_with("GET ")) {
        assert!(line.starts_with("GET /base/"), "{line}");
    }

    // Requests that two servers could understand differently.
    let headers = format!("host: x\r\nauthorization: Bearer {JANE}\r\nconnection: close\r\n");
    for (request, expected) in [
        (
            format!("GET /api/proxy/base/x HTTP/1.1\r\nhost: y\r\n{headers}\r\n"),
            "400",
        ),
        (
            format!("POST /api/proxy/base/x HTTP/1.1\r\n{headers}content-length: 1\r\ncontent-length: 2\r\n\r\nab"),
            "400",
        ),
        (
            format!("POST /api/proxy/base/x HTTP/1.1\r\n{headers}content-length: +1\r\n\r\na"),
            "400",
        ),
        (
            format!("POST /api/proxy/base/x HTTP/1.1\r\n{headers}transfer-encoding: identity\r\n\r\na"),
            "400",
        ),
        (
            format!("POST /api/proxy/base/x HTTP/1.1\r\n{headers}transfer-encoding: chunked, gzip\r\n\r\na"),
            "400",
        ),
        (
            format!("GET /api/proxy/base/x HTTP/1.1\r\n{headers}x-folded: a\r\n b\r\n\r\n"),
            "400",
        ),
        (
            format!("GET /api/proxy/base/x HTTP/1.1\r\n{headers}bad name: a\r\n\r\n"),
            "400",
        ),
        (
            format!(
                "GET /api/proxy/base/x HTTP/1.1\r\n{}content-length: 5\r\nupgrade: websocket\r\n\r\nhello",
                headers.replace("close", "upgrade")
            ),
            "400",
        ),
        (format!("TRACE /api/proxy/base/x HTTP/1.1\r\n{headers}\r\n"), "400"),
    ] {
        let before = third.heads();
        let answer = portal.raw(request.as_bytes()).await?;
        assert_eq!(status(&answer), expected, "{request}\n{answer}");
        assert_eq!(third.heads(), before, "{request}");
    }

    // A body stays a body, whatever the method: the third party must never take it for a request.
    let hidden = "GET /hidden HTTP/1.1\r\nhost: evil\r\n\r\n";
    let length = format!("{:x}", hidden.len());
    for method in ["GET", "HEAD", "DELETE", "OPTIONS", "POST"] {
        for framing in [
            "transfer-encoding: chunked\r\n",
            "transfer-encoding: chunked\r\ncontent-length: 3\r\n",
        ] {
            third.forget();
            let before = third.heads();
            let request = format!(
                "{method} /api/proxy/base/x HTTP/1.1\r\n{headers}{framing}\r\n{length}\r\n{hidden}\r\n0\r\n\r\n"
            );
            if status(&portal.raw(request.as_bytes()).await?) == "400" {
                assert_eq!(third.heads(), before, "{request}");
                continue;
            }
            // The third party may have answered before it had read everything.
            let arrived = eventually("the whole request arrives", async || {
                let received = third.received();
                let start = received.find(&format!("{method} /base/x"));
                Ok(start
                    .map(|start| received[start..].to_owned())
                    .filter(|request| request.contains(hidden)))
            })
            .await?;
            let head = arrived.split("\r\n\r\n").next().unwrap_or_default();
            assert!(head.contains("transfer-encoding: chunked"), "{method}: {arrived}");
            let chunk = format!("\r\n\r\n{length}\r\n{hidden}");
            assert!(arrived.contains(&chunk), "{method}: in its chunk: {arrived}");
        }
    }

    // Secrets are seen by the third party alone.
    assert!(third.received().contains("hunter2-the-secret"));
    third.set(Script::Close);
    let answer = portal
        .raw(get("/api/proxy/base/x?token=secret-in-a-query").as_bytes())
        .await?;
    assert_eq!(status(&answer), "502", "{answer}");
    let target = third.address().to_string();
    assert!(!answer.contains("hunter2") && !answer.contains(&target), "{answer}");
    let listed = portal
        .administer(http::Method::GET, "/endpoints", None)
        .await?
        .1
        .to_string();
    assert!(listed.contains("/base") && !listed.contains("hunter2"), "{listed}");
    for unit in [Unit::Proxy, Unit::Gateway] {
        let log = std::fs::read_to_string(portal.stack.log_path(unit))?;
        assert!(
            !log.contains("hunter2") && !log.contains("secret-in-a-query"),
            "the log of {unit}"
        );
    }
    portal.stop().await;
    Ok(())
}
