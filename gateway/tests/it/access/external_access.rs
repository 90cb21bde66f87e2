//! Programs outside: static tokens, shared secrets, published keys, and what each is restricted to.

use std::{sync::Arc, time::Duration};

use axum::{Json, Router, routing::get};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use callboard_service_kit::identity::Caller;
use http::Method;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use parking_lot::Mutex;
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::net::TcpListener;

use crate::support::{app::TestApp, fake_catalog::entity};

const PATH: &str = "/api/catalog/entities/by-query?limit=0";
const FAR: i64 = 9_999_999_999;

/// Somebody who publishes keys and signs tokens.
struct Issuer {
    url: String,
    keys: Arc<Mutex<Vec<Value>>>,
}

struct Key {
    id: String,
    private: Vec<u8>,
}

impl Issuer {
    async fn start() -> Self {
        let keys: Arc<Mutex<Vec<Value>>> = Arc::default();
        let published = keys.clone();
        let keys_now = get(move || {
            let keys = published.lock().clone();
            async move { Json(json!({ "keys": keys })) }
        });
        let router = Router::new()
            .route("/keys", keys_now.clone())
            .route("/api/scaffolder/.backstage/auth/v1/jwks.json", keys_now);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/keys", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, keys }
    }

    /// Makes a key and publishes its public half.
    fn add_key(&self, id: &str) -> Key {
        let random = SystemRandom::new();
        let private = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
        let private = private.as_ref().to_vec();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &private, &random).expect("a key");
        let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
        self.keys.lock().push(json!({
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": id,
            "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
        }));
        Key {
            id: id.to_owned(),
            private,
        }
    }
}

impl Key {
    fn sign(&self, claims: &Value) -> String {
        self.sign_as("JWT", claims)
    }

    fn sign_as(&self, typ: &str, claims: &Value) -> String {
        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some(typ.to_owned());
        header.kid = Some(self.id.clone());
        jsonwebtoken::encode(&header, claims, &EncodingKey::from_ec_der(&self.private)).expect("signs")
    }
}

fn settings(access: &str) -> String {
    format!("backend:\n  auth:\n    externalAccess:\n{access}")
}

#[sqlx::test(migrations = "./migrations")]
async fn published_keys_verify_tokens(pool: PgPool) {
    let issuer = Issuer::start().await;
    let key = issuer.add_key("one");
    let access = format!(
        "      - {{type: jwks, options: {{url: '{}', issuer: ci, audience: [callboard, other], algorithm: ES256, \
         subjectPrefix: robots}}}}\n",
        issuer.url
    );
    let app = TestApp::with_settings(pool, &settings(&access)).await;
    let good = json!({"sub": "builder", "iss": "ci", "aud": "callboard", "exp": FAR});
    let token = key.sign(&good);
    assert_eq!(app.call(Method::GET, PATH).bearer(&token).send().await.status, 200);
    assert_eq!(
        app.catalog.last("query_entities").0,
        Caller::service("external:robots:builder")
    );

    let mut bad = Vec::new();
    for (name, value) in [
        ("iss", json!("somebody")),
        ("iss", Value::Null),
        ("aud", json!("elsewhere")),
        ("aud", Value::Null),
        ("exp", json!(1)),
        ("exp", Value::Null),
        ("nbf", json!(FAR)),
        ("sub", json!("")),
        ("sub", Value::Null),
    ] {
        let mut claims = good.clone();
        if value.is_null() {
            claims.as_object_mut().expect("an object").remove(name);
        } else {
            claims[name] = value;
        }
        bad.push((format!("{name} {claims}"), key.sign(&claims)));
    }
    // A key that is not published, and the published one used as if it were a shared secret.
    let unpublished = Issuer::start().await.add_key("one");
    bad.push(("another key".to_owned(), unpublished.sign(&good)));
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some("one".to_owned());
    let public = issuer.keys.lock()[0]["x"].as_str().expect("x").to_owned();
    let forged = jsonwebtoken::encode(&header, &good, &EncodingKey::from_secret(public.as_bytes())).expect("signs");
    bad.push(("a shared secret".to_owned(), forged));
    for (what, token) in bad {
        let answer = app.call(Method::GET, PATH).bearer(&token).send().await;
        assert_eq!(answer.status, 401, "{what}");
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn published_keys_rotate(pool: PgPool) {
    let issuer = Issuer::start().await;
    let old = issuer.add_key("old");
    let access = format!("      - {{type: jwks, options: {{url: '{}'}}}}\n", issuer.url);
    let app = TestApp::with_settings(pool, &settings(&access)).await;
    let claims = json!({"sub": "builder", "exp": FAR});
    let status = async |token: &str| app.call(Method::GET, PATH).bearer(token).send().await.status.as_u16();
    assert_eq!(status(&old.sign(&claims)).await, 200);
    let new = issuer.add_key("new");
    // The keys are asked for again when one is unknown, but not at once: forged tokens must not make us ask all the time.
    assert_eq!(status(&new.sign(&claims)).await, 401);
    let mut is_known = false;
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        is_known = status(&new.sign(&claims)).await == 200;
        if is_known {
            break;
        }
    }
    assert!(is_known, "the new key is found");
    assert_eq!(status(&old.sign(&claims)).await, 200);
}

#[sqlx::test(migrations = "./migrations")]
async fn shared_secrets_of_old_verify_tokens(pool: PgPool) {
    let access = "      - {type: legacy, options: {secret: b2xkLXNlY3JldC1vZi10aGUtdGVzdHM=, subject: old}}\n";
    let app = TestApp::with_settings(pool, &settings(access)).await;
    let sign = |claims: &Value, secret: &[u8]| {
        jsonwebtoken::encode(
            &Header::new(Algorithm::HS256),
            claims,
            &EncodingKey::from_secret(secret),
        )
        .expect("signs")
    };
    let claims = json!({"sub": "backstage-server", "exp": FAR});
    let token = sign(&claims, b"old-secret-of-the-tests");
    assert_eq!(app.call(Method::GET, PATH).bearer(&token).send().await.status, 200);
    assert_eq!(app.catalog.last("query_entities").0, Caller::service("old"));
    // `backend.auth.keys` is the older spelling, as in Backstage.
    let token = sign(&claims, b"the-secret-of-the-tests");
    // Another path: programs see the same, and so share the cached answers.
    let other = "/api/catalog/entities/by-query?limit=1";
    assert_eq!(app.call(Method::GET, other).bearer(&token).send().await.status, 200);
    assert_eq!(
        app.catalog.last("query_entities").0,
        Caller::service("external:backstage-plugin")
    );
    // What units tell each other with the same secret opens nothing here.
    let own =
        json!({"aud": "catalog", "iat": 1, "exp": FAR, "principal": {"kind": "service", "subject": "plugin:gateway"}});
    for token in [sign(&claims, b"guessed"), sign(&own, b"the-secret-of-the-tests")] {
        let answer = app.call(Method::GET, PATH).bearer(&token).send().await;
        answer.assert_error(401, "AuthenticationError", "Illegal token");
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn tokens_are_good_for_what_they_cover(pool: PgPool) {
    let access = "
      - {type: static, options: {token: token-of-readers, subject: reader}, accessRestrictions: [{plugin: catalog, permissionAttribute: {action: read}}]}
      - {type: static, options: {token: token-of-registrars, subject: registrar}, accessRestrictions: [{plugin: catalog, permission: catalog.location.create}]}
      - {type: static, options: {token: token-of-search, subject: searcher}, accessRestrictions: [{plugin: search}]}
";
    let app = TestApp::with_settings(pool, &settings(access)).await;
    app.catalog.put(&entity("Component", "a"));
    let body = json!({"type": "url", "target": "https://example.com/a.yaml"});
    let get = async |token: &str, path: &str| app.call(Method::GET, path).bearer(token).send().await;
    let register = async |token: &str| {
        let call = app.call(Method::POST, "/api/catalog/locations").bearer(token);
        call.json(&body).send().await.status.as_u16()
    };
    assert_eq!(get("token-of-readers", "/api/catalog/locations").await.status, 200);
    assert_eq!(register("token-of-readers").await, 403);
    assert_eq!(register("token-of-registrars").await, 201);
    // It may register, and see nothing.
    assert_eq!(
        get("token-of-registrars", "/api/catalog/locations").await.json(),
        json!([])
    );
    assert_eq!(
        get("token-of-registrars", "/api/catalog/entities").await.json(),
        json!([])
    );
    assert_eq!(
        get("token-of-readers", "/api/catalog/entities")
            .await
            .json()
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    let other = get("token-of-search", PATH).await;
    other.assert_error(
        403,
        "NotAllowedError",
        "This token's access is restricted to plugin(s) 'search'",
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn plugins_of_other_backends_call_for_themselves_and_for_users(pool: PgPool) {
    const TYPE: &str = "vnd.backstage.plugin";
    let backend = Issuer::start().await;
    let key = backend.add_key("one");
    let settings = format!(
        "discovery: {{endpoints: [{{target: '{}', plugins: [scaffolder, gateway]}}]}}\nauth: {{providers: {{guest: {{}}}}}}",
        backend.url.replace("/keys", "/api/{{pluginId}}")
    );
    let app = TestApp::with_settings(pool, &settings).await;
    let call = async |path: &str, token: &str| app.call(Method::GET, path).bearer(token).send().await;
    let good = json!({"sub": "scaffolder", "aud": "catalog", "iat": 1, "exp": FAR});
    let token = key.sign_as(TYPE, &good);
    assert_eq!(call(PATH, &token).await.status, 200);
    assert_eq!(
        app.catalog.last("query_entities").0,
        Caller::service("plugin:scaffolder")
    );
    call("/api/search/query", &token).await.assert_error(
        401,
        "AuthenticationError",
        "Failed plugin token verification",
    );

    // On behalf of a user, by what a backend makes of the user's token.
    let user = app.guest_token().await;
    let parts: Vec<&str> = user.split('.').collect();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[1]).expect("base64")).expect("claims");
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[0]).expect("base64")).expect("a header");
    let part = |text: String| URL_SAFE_NO_PAD.encode(text);
    let limited = format!(
        "{}.{}.{}",
        part(format!(
            r#"{{"typ":"vnd.backstage.limited-user","alg":"ES256","kid":{}}}"#,
            header["kid"]
        )),
        part(format!(
            r#"{{"sub":{},"iat":{},"exp":{}}}"#,
            claims["sub"], claims["iat"], claims["exp"]
        )),
        claims["uip"].as_str().expect("a signature")
    );
    let with = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims[name] = value;
        key.sign_as(TYPE, &claims)
    };
    // Another page: the first one is in the cache by now.
    let page = "/api/catalog/entities/by-query?limit=1";
    assert_eq!(call(page, &with("obo", json!(limited))).await.status, 200);
    let caller = app.catalog.last("query_entities").0;
    assert_eq!(caller.to_string(), "user:development/guest");
    call(PATH, &with("obo", json!("nonsense"))).await.assert_error(
        401,
        "AuthenticationError",
        "Invalid user token in 'obo' claim",
    );

    let stranger = Issuer::start().await.add_key("one");
    for (why, token) in [
        ("somebody else's key", stranger.sign_as(TYPE, &good)),
        ("a plugin that is nowhere", with("sub", json!("techdocs"))),
        ("ourselves", with("sub", json!("gateway"))),
        ("a path", with("sub", json!("../scaffolder"))),
        ("it has expired", with("exp", json!(1))),
        ("it is for nobody", with("aud", Value::Null)),
    ] {
        let answer = call(PATH, &token).await;
        assert_eq!(answer.status, 401, "{why}: {}", answer.text());
    }
    // What is no plugin's token is taken for none, whoever signed it.
    assert_eq!(call(PATH, &key.sign(&good)).await.status, 401);
    let keys = app
        .call(Method::GET, "/api/catalog/.backstage/auth/v1/jwks.json")
        .send()
        .await;
    assert_eq!((keys.status.as_u16(), keys.json()), (200, json!({"keys": []})));
}
