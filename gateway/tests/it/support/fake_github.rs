//! GitHub as far as signing in goes, by its published API.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Json, Router,
    extract::{Form, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
    routing::{delete, get, post},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use parking_lot::Mutex;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;

#[derive(Default)]
struct Holding {
    /// Codes that were not exchanged yet, each with its PKCE challenge.
    codes: Vec<(String, String)>,
    /// Access tokens that are good.
    tokens: Vec<String>,
    may_read_mail: bool,
}

#[derive(Clone)]
pub(crate) struct FakeGitHub {
    holding: Arc<Mutex<Holding>>,
    address: SocketAddr,
}

#[derive(Deserialize)]
struct Authorize {
    client_id: String,
    redirect_uri: String,
    scope: String,
    state: String,
    code_challenge: String,
    code_challenge_method: String,
}

#[derive(Deserialize)]
struct Exchange {
    client_id: String,
    client_secret: String,
    code: String,
    code_verifier: String,
}

impl FakeGitHub {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let github = Self {
            holding: Arc::new(Mutex::new(Holding {
                may_read_mail: true,
                ..Holding::default()
            })),
            address: listener.local_addr().expect("an address"),
        };
        let router = Router::new()
            .route("/login/oauth/authorize", get(authorize))
            .route("/login/oauth/access_token", post(exchange))
            .route("/api/v3/user", get(user))
            .route("/api/v3/user/emails", get(emails))
            .route("/api/v3/applications/portal/token", delete(revoke))
            .with_state(github.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        github
    }

    /// Settings of a gateway that signs people in here.
    pub(crate) fn settings(&self, resolvers: &str) -> String {
        format!(
            "app: {{baseUrl: 'http://localhost:3000'}}
auth:
  providers:
    github:
      development:
        clientId: portal
        clientSecret: hush
        enterpriseInstanceUrl: 'http://{}'
        signIn: {{resolvers: [{resolvers}]}}
",
            self.address
        )
    }

    pub(crate) fn tokens(&self) -> Vec<String> {
        self.holding.lock().tokens.clone()
    }

    /// The person withdraws what they granted.
    pub(crate) fn withdraw(&self) {
        self.holding.lock().tokens.clear();
    }

    pub(crate) fn hide_mail(&self) {
        self.holding.lock().may_read_mail = false;
    }

    fn knows(&self, headers: &HeaderMap) -> bool {
        let value = headers
            .get("authorization")
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let token = value.strip_prefix("Bearer ").unwrap_or_default();
        self.holding.lock().tokens.iter().any(|known| known == token)
    }
}

async fn authorize(State(github): State<FakeGitHub>, Query(query): Query<Authorize>) -> Redirect {
    assert_eq!(
        (query.client_id.as_str(), query.code_challenge_method.as_str()),
        ("portal", "S256")
    );
    assert!(query.scope.contains("read:user"));
    let mut holding = github.holding.lock();
    let code = format!("code-{}", holding.codes.len());
    holding.codes.push((code.clone(), query.code_challenge));
    Redirect::to(&format!("{}?code={code}&state={}", query.redirect_uri, query.state))
}

/// GitHub answers 200 to what it refuses.
async fn exchange(State(github): State<FakeGitHub>, headers: HeaderMap, Form(form): Form<Exchange>) -> Json<Value> {
    assert_eq!(headers["accept"], "application/json");
    let mut holding = github.holding.lock();
    let position = holding.codes.iter().position(|(code, _)| *code == form.code);
    let is_client = form.client_id == "portal" && form.client_secret == "hush";
    let Some((_, challenge)) = position
        .map(|position| holding.codes.swap_remove(position))
        .filter(|_| is_client)
    else {
        return Json(json!({
            "error": "bad_verification_code",
            "error_description": "The code passed is incorrect or expired.",
        }));
    };
    assert_eq!(URL_SAFE_NO_PAD.encode(Sha256::digest(form.code_verifier)), challenge);
    let token = format!("gho_{}", holding.tokens.len());
    holding.tokens.push(token.clone());
    Json(json!({"access_token": token, "scope": "read:user,user:email", "token_type": "bearer"}))
}

async fn user(State(github): State<FakeGitHub>, headers: HeaderMap) -> Response {
    if !github.knows(&headers) {
        return (StatusCode::UNAUTHORIZED, Json(json!({"message": "Bad credentials"}))).into_response();
    }
    let user = json!({
        "login": "Octocat", "id": 583_231, "name": "The Octocat", "email": "typed@by-hand.example",
        "avatar_url": "https://avatars.example.com/u/583231",
    });
    Json(user).into_response()
}

async fn emails(State(github): State<FakeGitHub>, headers: HeaderMap) -> Response {
    if !github.knows(&headers) || !github.holding.lock().may_read_mail {
        return (StatusCode::NOT_FOUND, Json(json!({"message": "Not Found"}))).into_response();
    }
    let emails = json!([
        {"email": "other@example.com", "primary": false, "verified": true, "visibility": null},
        {"email": "octocat@example.com", "primary": true, "verified": true, "visibility": "private"},
        {"email": "fake@example.com", "primary": false, "verified": false, "visibility": null},
    ]);
    Json(emails).into_response()
}

async fn revoke(State(github): State<FakeGitHub>, headers: HeaderMap, Json(body): Json<Value>) -> StatusCode {
    let basic = format!("Basic {}", STANDARD.encode("portal:hush"));
    assert_eq!(headers["authorization"], basic.as_str());
    let token = body["access_token"].as_str().expect("a token");
    github.holding.lock().tokens.retain(|known| known != token);
    StatusCode::NO_CONTENT
}
