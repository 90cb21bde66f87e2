//! What one client may ask for, and how connections are encrypted.

use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Request};
use http_body_util::{BodyExt, Empty};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::{
    ClientConfig, DigitallySignedStruct, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::ring::default_provider,
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use sqlx::PgPool;
use tokio::net::TcpStream;

use crate::support::app::{STATIC_TOKEN, TestApp, variable};

const PATH: &str = "/api/catalog/entities/by-query?limit=1";

fn limited(limit: u32) -> String {
    format!(
        "auth: {{providers: {{guest: {{}}}}}}\nbackend: {{rateLimit: {{window: 1h, incomingRequestLimit: {limit}, ipAllowList: []}}}}\n"
    )
}

#[sqlx::test(migrations = "./migrations")]
async fn every_caller_has_a_limit_of_their_own(pool: PgPool) {
    let app = TestApp::with_settings(pool, &limited(3)).await;
    let ask = async |token: &str| app.call(Method::GET, PATH).bearer(token).send().await;
    let first = ask(STATIC_TOKEN).await;
    assert_eq!(
        (
            first.status.as_u16(),
            first.header("ratelimit-limit"),
            first.header("ratelimit-remaining")
        ),
        (200, Some("3"), Some("2"))
    );
    assert_eq!(ask(STATIC_TOKEN).await.status, 200);
    assert_eq!(ask(STATIC_TOKEN).await.status, 200);
    let refused = ask(STATIC_TOKEN).await;
    refused.assert_error(429, "TooManyRequestsError", "Too many requests, please try again later");
    let wait: u64 = refused.header("retry-after").expect("a time").parse().expect("seconds");
    assert!((1..=1200).contains(&wait), "{wait}");
    // Somebody else is not concerned, and health never is.
    assert_eq!(ask(&app.guest_token().await).await.status, 200);
    for _ in 0..5 {
        assert_eq!(
            app.call(Method::GET, "/.backstage/health/v1/liveness")
                .send()
                .await
                .status,
            200
        );
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn tokens_cannot_be_guessed_by_trying(pool: PgPool) {
    let app = TestApp::with_settings(pool, &limited(3)).await;
    for _ in 0..3 {
        assert_eq!(app.call(Method::GET, PATH).bearer("wrong").send().await.status, 401);
    }
    assert_eq!(app.call(Method::GET, PATH).bearer("wrong").send().await.status, 429);
    assert_eq!(
        app.call(Method::GET, PATH).bearer(STATIC_TOKEN).send().await.status,
        429
    );
}

/// Takes every certificate: the one under test is of the gateway's own making.
#[derive(Debug)]
struct Anybody;

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        default_provider().signature_verification_algorithms.supported_schemes()
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn connections_are_encrypted_when_asked_to(pool: PgPool) {
    let app = TestApp::encrypted(pool, "auth: {providers: {guest: {}}}\nbackend: {https: true}\n").await;
    let mut config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Anybody))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let address = app.url().trim_start_matches("http://").to_owned();
    let stream = TcpStream::connect(&address).await.expect("a connection");
    let name = ServerName::try_from("localhost").expect("a name");
    let stream = tokio_rustls::TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
        .expect("an encrypted connection");
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    let (mut sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream))
        .await
        .expect("HTTP/2");
    tokio::spawn(connection);
    let request = Request::get("https://localhost/.backstage/health/v1/liveness")
        .body(Empty::<Bytes>::new())
        .expect("a request");
    let response = sender.send_request(request).await.expect("an answer");
    assert_eq!(response.status(), 200);
    let body = response.into_body().collect().await.expect("a body").to_bytes();
    assert_eq!(&body[..], br#"{"status":"ok"}"#);
}

#[sqlx::test(migrations = "./migrations")]
async fn replicas_count_together(pool: PgPool) {
    let url = variable("CALLBOARD_TEST_REDIS_URL");
    let namespace = uuid::Uuid::new_v4();
    let settings = format!(
        "backend:
  rateLimit: {{window: 1h, incomingRequestLimit: 3, ipAllowList: []}}
  cache: {{store: redis, connection: '{url}', redis: {{client: {{namespace: '{namespace}'}}}}}}"
    );
    let one = TestApp::encrypted(pool.clone(), &settings).await;
    let other = TestApp::encrypted(pool, &settings).await;
    let mut statuses = Vec::new();
    for app in [&one, &other, &one, &other] {
        let answer = app.call(Method::GET, PATH).bearer(STATIC_TOKEN).send().await;
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(statuses, [200, 200, 200, 429]);
}
