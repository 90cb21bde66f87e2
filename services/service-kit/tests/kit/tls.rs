//! Units that speak TLS and show each other certificates.

use std::{fs, path::Path};

use callboard_service_kit::{
    check,
    config::Config,
    grpc::{RequestExt, channel::BalancedChannel},
};
use tempfile::TempDir;
use tonic::{Code, Request, transport::Endpoint};

use crate::{
    certificates::Authority,
    support::{TestServer, UNIT, call, config, config_with},
};

/// The three files of one unit.
struct Files(TempDir);

impl Files {
    /// A certificate for a name, signed by one authority, and the authority that others are checked against.
    fn new(name: &str, signer: &Authority, trusted: &Authority) -> Self {
        let files = Self(tempfile::tempdir().unwrap());
        files.replace(name, signer, trusted);
        files
    }

    fn replace(&self, name: &str, signer: &Authority, trusted: &Authority) {
        let (certificate, key) = signer.issue(name);
        fs::write(self.path().join("tls.crt"), certificate).unwrap();
        fs::write(self.path().join("tls.key"), key).unwrap();
        fs::write(self.path().join("ca.crt"), trusted.certificate()).unwrap();
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// `backend.grpc` that uses them.
    fn section(&self, more: &str) -> String {
        let folder = self.path().display();
        format!(
            "{{tls: {{certificateFile: '{folder}/tls.crt', keyFile: '{folder}/tls.key', caFile: '{folder}/ca.crt'{more}}}}}"
        )
    }
}

async fn start(files: &Files, more: &str) -> TestServer {
    TestServer::start_with(&config_with("127.0.0.1:0", "127.0.0.1:1", &files.section(more))).await
}

/// What a call through a channel with this configuration comes to.
async fn outcome(config: &Config) -> Result<String, Code> {
    let channel = BalancedChannel::connect(config, UNIT).unwrap();
    let request = Request::new("hello".to_owned()).within(std::time::Duration::from_secs(5));
    call(channel, request).await.map_err(|status| status.code())
}

/// The configuration of a caller that finds the server under a name.
fn caller(server: &TestServer, name: &str, grpc: &str) -> Config {
    config_with(":0", &format!("{name}:{}", server.address.port()), grpc)
}

#[tokio::test]
async fn only_callers_with_a_certificate_of_the_authority_are_answered() {
    let (ours, theirs) = (Authority::new(), Authority::new());
    let server = start(&Files::new("localhost", &ours, &ours), "").await;

    let right = Files::new("gateway", &ours, &ours);
    assert_eq!(
        outcome(&caller(&server, "localhost", &right.section("")))
            .await
            .unwrap(),
        "hello"
    );

    // A certificate that somebody else signed, or a server that is somebody else.
    let wrong = Files::new("gateway", &theirs, &ours);
    assert_eq!(
        outcome(&caller(&server, "localhost", &wrong.section(""))).await,
        Err(Code::Unavailable)
    );
    let astray = Files::new("gateway", &ours, &theirs);
    assert_eq!(
        outcome(&caller(&server, "localhost", &astray.section(""))).await,
        Err(Code::Unavailable)
    );
    // The server's certificate is for a name, not for its address.
    assert_eq!(
        outcome(&caller(&server, "127.0.0.1", &right.section(""))).await,
        Err(Code::Unavailable)
    );

    // Without TLS, and with TLS but without a certificate.
    assert_eq!(
        outcome(&config(":0", &server.address.to_string())).await,
        Err(Code::Unavailable)
    );
    let tls = tonic::transport::ClientTlsConfig::new()
        .ca_certificate(tonic::transport::Certificate::from_pem(ours.certificate()))
        .domain_name("localhost");
    let nameless = Endpoint::from_shared(format!("https://localhost:{}", server.address.port()))
        .unwrap()
        .tls_config(tls)
        .unwrap()
        .connect_lazy();
    // TLS 1.3 tells a client only after its handshake that it was refused.
    assert!(call(nameless, Request::new("hello".to_owned())).await.is_err());
    assert_eq!(server.calls.load(std::sync::atomic::Ordering::Relaxed), 1);
    server.stop().await;
}

#[tokio::test]
async fn certificates_of_callers_can_be_left_optional() {
    let ours = Authority::new();
    let server = start(
        &Files::new("localhost", &ours, &ours),
        ", requireClientCertificate: false",
    )
    .await;
    let tls = tonic::transport::ClientTlsConfig::new()
        .ca_certificate(tonic::transport::Certificate::from_pem(ours.certificate()))
        .domain_name("localhost");
    let nameless = Endpoint::from_shared(format!("https://localhost:{}", server.address.port()))
        .unwrap()
        .tls_config(tls)
        .unwrap()
        .connect_lazy();
    let status = call(nameless, Request::new("hello".to_owned())).await.unwrap_err();
    assert_eq!(
        status.code(),
        Code::Unauthenticated,
        "the connection stands, and a token is asked for"
    );
    server.stop().await;
}

#[tokio::test]
async fn renewed_files_are_used_at_the_next_connection() {
    let (old, new) = (Authority::new(), Authority::new());
    let (server_files, caller_files) = (Files::new("localhost", &old, &old), Files::new("gateway", &old, &old));
    let server = start(&server_files, "").await;
    let config = caller(&server, "localhost", &caller_files.section(""));
    outcome(&config).await.unwrap();

    // Somebody is in the middle of writing: the former certificates stay in use.
    fs::write(server_files.path().join("tls.crt"), "-----BEGIN CERT").unwrap();
    outcome(&config).await.unwrap();

    server_files.replace("localhost", &new, &new);
    assert_eq!(
        outcome(&config).await,
        Err(Code::Unavailable),
        "the server has changed, its caller has not"
    );
    caller_files.replace("gateway", &new, &new);
    outcome(&config).await.unwrap();
    server.stop().await;
}

#[test]
fn mistakes_are_named_with_their_key() {
    let ours = Authority::new();
    let files = Files::new("localhost", &ours, &ours);
    let mistakes = |grpc: &str| check::mistakes(&config_with(":0", "a:1", grpc), UNIT).join("\n");
    let good = files.section("");
    let found = mistakes(&good);
    assert!(!found.contains("grpc"), "{found}");

    for (key, from, to) in [
        ("certificateFile", "tls.crt", "none.crt"),
        ("keyFile", "tls.key", "tls.crt"),
        ("caFile", "ca.crt", "tls.key"),
    ] {
        let found = mistakes(&good.replace(from, to));
        assert!(found.contains(&format!("backend.grpc.tls.{key}: ")), "{found}");
    }
    let found = mistakes("{tls: {certificateFile: a}}");
    assert!(found.contains("backend.grpc.tls: missing field `keyFile`"), "{found}");
}
