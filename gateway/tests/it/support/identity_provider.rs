//! The real OpenID Connect provider of `tests/identity-provider`, in a process of its own.

use std::process::Stdio;

use http::Method;
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};

use super::client::Call;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/identity-provider");

pub(crate) struct IdentityProvider {
    pub(crate) issuer: String,
    _process: Child,
    // It prints more later, and ends when nobody is there to read it.
    _output: Lines<BufReader<ChildStdout>>,
}

impl IdentityProvider {
    pub(crate) async fn start() -> Self {
        assert!(
            std::path::Path::new(FOLDER).join("node_modules").exists(),
            "run `npm ci` in tests/identity-provider first"
        );
        let mut process = Command::new("node")
            .arg("server.mjs")
            .current_dir(FOLDER)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("node starts");
        let output = process.stdout.take().expect("its output");
        let mut lines = BufReader::new(output).lines();
        loop {
            let line = lines
                .next_line()
                .await
                .expect("a line")
                .expect("the provider says where it is");
            // It warns about what it is not meant for before it says where it is.
            if line.starts_with("http://") {
                return Self {
                    issuer: line,
                    _process: process,
                    _output: lines,
                };
            }
        }
    }

    /// Lets a person in no more.
    pub(crate) async fn block(&self, account: &str) {
        let answer = Call::new(Method::POST, format!("{}/block?account={account}", self.issuer))
            .send()
            .await;
        assert_eq!(answer.status, 204);
    }

    /// Settings of a gateway that signs people in here as `account`.
    pub(crate) fn settings(&self, account: &str, resolvers: &str) -> String {
        format!(
            "app: {{title: Callboard under test, baseUrl: 'http://localhost:3000'}}
auth:
  environment: development
  providers:
    guest: {{}}
    oidc:
      development:
        metadataUrl: {}
        clientId: portal
        clientSecret: 'secret of the portal/+:'
        startUrlSearchParams: {{login_hint: {account}}}
        signIn: {{resolvers: [{resolvers}]}}
",
            self.issuer
        )
    }
}
