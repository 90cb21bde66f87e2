//! Bodies of any size and length of time, both ways.

use std::time::Duration;

use anyhow::{Context, Result};
use bytes::Bytes;
use callboard_end_to_end::{
    proxy::{
        raw_server::{RawServer, Script},
        stack::{Body, JANE, ProxyStack, full, request},
        third_party::{ThirdParty, pages},
    },
    wait::until,
};
use callboard_load::memory;
use callboard_local::Unit;
use futures::{SinkExt, StreamExt};
use http::{Method, StatusCode, header};
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Frame;
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto,
    service::TowerToHyperService,
};
use serde_json::json;
use tokio::{io::AsyncReadExt, net::TcpListener};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};

const LARGE: u64 = 300 * 1024 * 1024;
/// What gateway and proxy may need more, each, while something large passes.
const MORE_KIB: u64 = 32 * 1024;

/// A body of so many bytes, made as it is read.
fn large(length: u64) -> Body {
    const PIECE: usize = 64 * 1024;
    let piece = Bytes::from(vec![b'x'; PIECE]);
    let mut left = length;
    let frames = futures::stream::poll_fn(move |_| {
        let size = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
        left -= u64::try_from(size).unwrap_or(left);
        std::task::Poll::Ready((size > 0).then(|| Ok(Frame::data(piece.slice(..size)))))
    });
    BodyExt::boxed(StreamBody::new(frames))
}

/// The most memory that each process has had so far.
fn peaks(portal: &ProxyStack) -> Result<[u64; 2]> {
    let peak = |unit| -> Result<u64> {
        let pid = portal.stack.pid(unit).context("it runs")?;
        Ok(memory::of_process(pid.try_into()?)?.peak_kib)
    };
    Ok([peak(Unit::Gateway)?, peak(Unit::Proxy)?])
}

#[tokio::test]
async fn large_bodies_pass_in_little_memory_and_slow_readers_hold_nobody_up() -> Result<()> {
    let third = ThirdParty::start().await?;
    let portal = ProxyStack::start(json!({ "endpoints": { "/t": third.url() } })).await?;
    // Once through with something small, so that what every request needs is there already.
    portal.get("/api/proxy/t/bytes/100000").await?;
    let before = peaks(&portal)?;

    let answer = portal
        .open(request(
            Method::GET,
            &format!("/api/proxy/t/bytes/{LARGE}"),
            Some(JANE),
            &[],
        )?)
        .await?;
    let mut body = answer.into_body();
    let mut received = 0;
    while let Some(frame) = body.frame().await {
        received += u64::try_from(frame?.into_data().map_or(0, |data| data.len()))?;
    }
    assert_eq!(received, LARGE);

    for framing in [Some(LARGE), None] {
        let mut upload = request(Method::POST, "/api/proxy/t/count", Some(JANE), &[])?;
        *upload.body_mut() = large(LARGE);
        if let Some(length) = framing {
            upload.headers_mut().insert(header::CONTENT_LENGTH, length.into());
        }
        let answer = portal.send(upload).await?;
        assert_eq!(answer.json()["bytes"], LARGE, "{}", answer.text());
    }

    // Readers that stop reading: each holds a window's worth of bytes, and nobody else.
    let mut stalled = Vec::new();
    for _ in 0..12 {
        stalled.push(
            portal
                .open(request(
                    Method::GET,
                    &format!("/api/proxy/t/bytes/{LARGE}"),
                    Some(JANE),
                    &[],
                )?)
                .await?,
        );
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let answer = portal.get("/api/proxy/t/bytes/5000000").await?;
    assert_eq!(answer.body.len(), 5_000_000);
    let stalled_peaks = peaks(&portal)?;
    drop(stalled);

    let per_stalled_kib = 12 * 3 * 1024;
    for (before, after) in before.into_iter().zip(stalled_peaks) {
        assert!(
            after - before < MORE_KIB + per_stalled_kib,
            "{before} KiB, then {after} KiB"
        );
    }
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn memory_stays_flat_while_a_large_body_passes() -> Result<()> {
    let third = ThirdParty::start().await?;
    let portal = ProxyStack::start(json!({ "endpoints": { "/t": third.url() } })).await?;
    portal.get("/api/proxy/t/bytes/100000").await?;
    let before = peaks(&portal)?;
    let mut upload = request(Method::PUT, "/api/proxy/t/count", Some(JANE), &[])?;
    *upload.body_mut() = large(LARGE);
    let answer = portal.send(upload).await?;
    assert_eq!(answer.json()["bytes"], LARGE);
    let answer = portal.get(&format!("/api/proxy/t/bytes/{LARGE}")).await?;
    assert_eq!(u64::try_from(answer.body.len())?, LARGE);
    for (before, after) in before.into_iter().zip(peaks(&portal)?) {
        assert!(after - before < MORE_KIB, "{before} KiB, then {after} KiB");
    }
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn events_pass_at_once_and_a_client_that_goes_away_is_missed() -> Result<()> {
    let third = ThirdParty::start().await?;
    let silent = RawServer::start(Script::Silence).await?;
    let portal = ProxyStack::start(json!({ "endpoints": { "/t": third.url(), "/silent": silent.url() } })).await?;
    let answer = portal
        .open(request(Method::GET, "/api/proxy/t/events", Some(JANE), &[])?)
        .await?;
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/event-stream");
    let mut body = answer.into_body();
    for expected in ["data: first\n\n", "data: second\n\n"] {
        let frame = tokio::time::timeout(Duration::from_secs(5), body.frame())
            .await?
            .context("an event")??;
        assert_eq!(frame.into_data().ok(), Some(Bytes::from(expected)));
    }
    assert_eq!(third.streams(), 1);
    drop(body);
    until("the third party notices", async || Ok(third.streams() == 0)).await?;

    // The same before there was an answer, and in the middle of a body.
    let waiting = portal.open(request(Method::GET, "/api/proxy/silent/x", Some(JANE), &[])?);
    assert!(tokio::time::timeout(Duration::from_millis(500), waiting).await.is_err());
    let half = format!(
        "POST /api/proxy/silent/x HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {JANE}\r\ncontent-length: 100\r\n\r\nhalf"
    );
    portal.raw(half.as_bytes()).await?;
    assert_eq!(silent.connections(), 2);
    until("both connections are closed", async || Ok(silent.open() == 0)).await?;
    assert!(silent.received().ends_with("half"), "{}", silent.received());
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn an_answer_that_breaks_off_does_not_look_whole() -> Result<()> {
    let third = RawServer::start(Script::Close).await?;
    let portal = ProxyStack::start(json!({ "endpoints": { "/t": third.url() } })).await?;
    let head = format!("GET /api/proxy/t/x HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {JANE}\r\n\r\n");
    for answer in [
        &b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n"[..],
        b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhello",
    ] {
        third.set(Script::AnswerAndClose(answer.to_vec()));
        let received = portal.raw(head.as_bytes()).await?;
        assert!(!received.ends_with("0\r\n\r\n"), "{received}");
        let whole = portal.get("/api/proxy/t/x").await;
        assert!(whole.is_err(), "{whole:?}");
    }
    // Without a length the end of the connection is the end of the answer, and that is whole.
    third.set(Script::AnswerAndClose(b"HTTP/1.1 200 OK\r\n\r\nhello".to_vec()));
    assert_eq!(portal.get("/api/proxy/t/x").await?.text(), "hello");
    portal.stop().await;
    Ok(())
}

/// A third party that speaks HTTP/2 over TLS, with a certificate that nobody has signed.
async fn http2_server() -> Result<(String, tokio::task::JoinHandle<()>)> {
    let certificate = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
    let key = rustls::pki_types::PrivateKeyDer::try_from(certificate.signing_key.serialize_der())
        .map_err(|error| anyhow::anyhow!("{error}"))?;
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.cert.der().clone()], key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let acceptor = tokio_rustls::TlsAcceptor::from(std::sync::Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("https://localhost:{}", listener.local_addr()?.port());
    let task = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                // Whoever does not trust the certificate hangs up here.
                let Ok(stream) = acceptor.accept(stream).await else {
                    return;
                };
                let service = TowerToHyperService::new(pages());
                let _ = auto::Builder::new(TokioExecutor::new())
                    .serve_connection_with_upgrades(TokioIo::new(stream), service)
                    .await;
            });
        }
    });
    Ok((url, task))
}

#[tokio::test]
async fn third_parties_may_speak_http2_over_tls() -> Result<()> {
    let (url, server) = http2_server().await?;
    let portal = ProxyStack::start(json!({ "endpoints": {
        "/trusting": { "target": url, "secure": false, "allowedHeaders": ["x-checksum"] },
        "/wary": url,
    } }))
    .await?;
    let mut post = request(Method::POST, "/api/proxy/trusting/x?y", Some(JANE), &[])?;
    *post.body_mut() = full("hello");
    let answer = portal.send(post).await?;
    let echo = answer.json();
    assert_eq!(
        (&echo["version"], &echo["target"], &echo["body"]),
        (&json!("HTTP/2.0"), &json!("/x?y"), &json!("hello"))
    );
    let mut upload = request(Method::POST, "/api/proxy/trusting/count", Some(JANE), &[])?;
    *upload.body_mut() = large(20_000_000);
    assert_eq!(portal.send(upload).await?.json()["bytes"], 20_000_000);
    let answer = portal.get("/api/proxy/trusting/trailers").await?;
    assert_eq!(answer.text(), "body");
    assert_eq!(
        portal.get("/api/proxy/trusting/bytes/3000000").await?.body.len(),
        3_000_000
    );

    // An upgrade needs HTTP/1.1, which the same server speaks too.
    let mut upgrade = format!("ws://{}/api/proxy/trusting/socket", portal.gateway()).into_client_request()?;
    upgrade
        .headers_mut()
        .insert(header::AUTHORIZATION, format!("Bearer {JANE}").parse()?);
    let (mut socket, _) = tokio_tungstenite::connect_async(upgrade).await?;
    socket.send(Message::text("hello")).await?;
    assert_eq!(socket.next().await.context("an answer")??, Message::text("echo hello"));

    let answer = portal.get("/api/proxy/wary/x").await?;
    assert_eq!(
        (answer.status, &answer.json()["error"]["reason"]),
        (StatusCode::BAD_GATEWAY, &json!("tls"))
    );
    portal.stop().await;
    server.abort();
    Ok(())
}

#[tokio::test]
async fn an_early_answer_ends_an_upload() -> Result<()> {
    let third = RawServer::start(Script::AnswerAndClose(
        b"HTTP/1.1 413 Too Large\r\ncontent-length: 3\r\nconnection: close\r\n\r\nbig".to_vec(),
    ))
    .await?;
    let portal = ProxyStack::start(json!({ "endpoints": { "/t": third.url() } })).await?;
    let mut stream = portal.connect().await?;
    let head = format!(
        "POST /api/proxy/t/x HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {JANE}\r\ncontent-length: 1000000\r\n\r\n"
    );
    tokio::io::AsyncWriteExt::write_all(&mut stream, head.as_bytes()).await?;
    let mut received = Vec::new();
    let reading = async {
        while !received.ends_with(b"big") {
            if stream.read_buf(&mut received).await? == 0 {
                break;
            }
        }
        anyhow::Ok(())
    };
    tokio::time::timeout(Duration::from_secs(10), reading).await??;
    let received = String::from_utf8_lossy(&received);
    assert!(
        received.starts_with("HTTP/1.1 413") && received.ends_with("big"),
        "{received}"
    );
    portal.stop().await;
    Ok(())
}
