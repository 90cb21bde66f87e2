//! The way out through a company's proxy.

use anyhow::Result;
use callboard_end_to_end::proxy::{
    raw_server::{RawServer, Script},
    stack::ProxyStack,
    third_party::ThirdParty,
};
use http::StatusCode;
use serde_json::json;

const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\nfrom egress";

#[tokio::test]
async fn http_proxy_and_no_proxy_count() -> Result<()> {
    let third = ThirdParty::start().await?;
    let egress = RawServer::start(Script::Answer(OK.to_vec())).await?;
    let proxy = egress.url().replace("http://", "http://user:secret@");
    let portal = ProxyStack::start_in(
        json!({ "endpoints": {
            "/out": "http://out.example/base",
            "/tls": "https://tls.example/",
            // Not in NO_PROXY by its name: only by its address.
            "/near": third.url(),
        } }),
        json!({}),
        &[
            ("HTTP_PROXY", &proxy),
            ("http_proxy", &proxy),
            ("HTTPS_PROXY", &proxy),
            ("https_proxy", &proxy),
            ("NO_PROXY", "127.0.0.1"),
            ("no_proxy", "127.0.0.1"),
        ],
    )
    .await?;
    let out = portal.get("/api/proxy/out/a?b").await?;
    assert_eq!((out.status, out.text()), (StatusCode::OK, "from egress".to_owned()));
    let received = egress.received();
    assert!(
        received.starts_with("GET http://out.example/base/a?b HTTP/1.1\r\n"),
        "{received}"
    );
    // user:secret, for the egress proxy and nobody else.
    assert!(
        received.contains("proxy-authorization: Basic dXNlcjpzZWNyZXQ="),
        "{received}"
    );

    egress.forget();
    egress.set(Script::AnswerAndClose(
        b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n".to_vec(),
    ));
    let refused = portal.get("/api/proxy/tls/x").await?;
    assert_eq!(refused.status, StatusCode::BAD_GATEWAY, "{}", refused.text());
    let received = egress.received();
    assert!(
        received.starts_with("CONNECT tls.example:443 HTTP/1.1\r\n") && received.contains("dXNlcjpzZWNyZXQ="),
        "{received}"
    );

    egress.forget();
    let near = portal.get("/api/proxy/near/x").await?;
    assert_eq!(
        (near.status, near.json()["target"].as_str()),
        (StatusCode::OK, Some("/x"))
    );
    assert!(!near.text().contains("proxy-authorization"), "{}", near.text());
    assert_eq!(egress.received(), "");
    portal.stop().await;
    Ok(())
}
