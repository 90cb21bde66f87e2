//! Signing in, tokens, and what is asked of every request.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use callboard_service_kit::identity::Caller;
use http::Method;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::support::{
    app::{STATIC_TOKEN, TestApp},
    fake_catalog::entity,
};

const PATH: &str = "/api/catalog/entities/by-query?limit=0";

fn decode(part: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(part).expect("base64url")
}

fn parts(token: &str) -> (Value, Value) {
    let mut parts = token.split('.').map(decode);
    let mut next = || serde_json::from_slice(&parts.next().expect("a part")).expect("JSON");
    (next(), next())
}

/// The public key a token's header names, as the gateway publishes it.
async fn published_key(app: &TestApp, key_id: &Value) -> Vec<u8> {
    let keys = app
        .call(Method::GET, "/api/auth/.well-known/jwks.json")
        .send()
        .await
        .json();
    let keys = keys["keys"].as_array().expect("a list");
    let key = keys
        .iter()
        .find(|key| key["kid"] == *key_id)
        .expect("the key is published");
    assert_eq!(
        (&key["kty"], &key["crv"], &key["alg"], &key["use"]),
        (&json!("EC"), &json!("P-256"), &json!("ES256"), &json!("sig"))
    );
    assert!(key.get("d").is_none(), "only the public half is published");
    [
        &[4][..],
        &decode(key["x"].as_str().expect("x")),
        &decode(key["y"].as_str().expect("y")),
    ]
    .concat()
}

fn verifies(public_key: &[u8], signed: &str, signature: &str) -> bool {
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, public_key)
        .verify(signed.as_bytes(), &decode(signature))
        .is_ok()
}

#[sqlx::test(migrations = "./migrations")]
async fn guests_get_a_session(pool: PgPool) {
    let app = TestApp::start(pool).await;
    for method in [Method::GET, Method::POST] {
        let answer = app
            .call(method, "/api/auth/guest/refresh")
            .header("x-requested-with", "XMLHttpRequest")
            .send()
            .await;
        assert_eq!(answer.status, 200);
        let session = answer.json();
        assert_eq!(session["profile"], json!({}));
        assert!(session.get("providerInfo").is_none());
        assert_eq!(
            session["backstageIdentity"]["identity"],
            json!({
                "type": "user",
                "userEntityRef": "user:development/guest",
                "ownershipEntityRefs": ["user:development/guest"],
            })
        );
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn guests_own_what_their_groups_own(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let mut user = entity("User", "guest");
    user["metadata"]["namespace"] = json!("development");
    user["relations"] = json!([
        {"type": "memberOf", "targetRef": "group:default/guests"},
        {"type": "ownerOf", "targetRef": "component:default/a"},
    ]);
    app.catalog.put(&user);
    let session = app.call(Method::GET, "/api/auth/guest/refresh").send().await.json();
    let owned = json!(["user:development/guest", "group:default/guests"]);
    assert_eq!(session["backstageIdentity"]["identity"]["ownershipEntityRefs"], owned);

    let token = session["backstageIdentity"]["token"].as_str().expect("a token");
    let info = app
        .call(Method::GET, "/api/auth/v1/userinfo")
        .bearer(token)
        .send()
        .await
        .json();
    assert_eq!(info["claims"]["sub"], "user:development/guest");
    assert_eq!(info["claims"]["ent"], owned);

    app.call(Method::GET, PATH).bearer(token).send().await;
    let refs = vec!["user:development/guest".to_owned(), "group:default/guests".to_owned()];
    assert_eq!(
        app.catalog.last("query_entities").0,
        Caller::user("user:development/guest", refs)
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn tokens_are_upstreams(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let token = app.guest_token().await;
    let (header, claims) = parts(&token);
    assert_eq!(
        (&header["typ"], &header["alg"]),
        (&json!("vnd.backstage.user"), &json!("ES256"))
    );
    assert_eq!(claims["iss"], "http://localhost:7007/api/auth");
    assert_eq!(
        (&claims["sub"], &claims["aud"]),
        (&json!("user:development/guest"), &json!("backstage"))
    );
    assert_eq!(
        claims["exp"].as_i64().expect("exp") - claims["iat"].as_i64().expect("iat"),
        3600
    );
    assert!(claims.get("ent").is_none());

    let key = published_key(&app, &header["kid"]).await;
    let (signed, signature) = token.rsplit_once('.').expect("a token");
    assert!(verifies(&key, signed, signature));

    // The token can be cut down to a limited one: its signature comes along.
    let limited_header = json!({"typ": "vnd.backstage.limited-user", "alg": "ES256", "kid": header["kid"]}).to_string();
    let limited_claims = json!({"sub": claims["sub"], "iat": claims["iat"], "exp": claims["exp"]}).to_string();
    let limited = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(limited_header),
        URL_SAFE_NO_PAD.encode(limited_claims)
    );
    let uip = claims["uip"].as_str().expect("uip");
    assert!(verifies(&key, &limited, uip));
    let refused = app
        .call(Method::GET, PATH)
        .bearer(&format!("{limited}.{uip}"))
        .send()
        .await;
    refused.assert_error(401, "AuthenticationError", "Illegal limited user token");
}

#[sqlx::test(migrations = "./migrations")]
async fn everything_is_denied_by_default(pool: PgPool) {
    let app = TestApp::start(pool).await;
    for path in [
        PATH,
        "/api/catalog/nothing",
        "/api/nothing",
        "/api/user-settings/multiget",
        "/API/Catalog/entities/",
    ] {
        app.call(Method::GET, path)
            .send()
            .await
            .assert_error(401, "AuthenticationError", "Missing credentials");
    }
    let nothing = app.get("/api/catalog/nothing").await;
    assert_eq!((nothing.status.as_u16(), nothing.body.len()), (404, 0));
    assert_eq!(app.catalog.count("query_entities"), 0);
}

#[sqlx::test(migrations = "./migrations")]
async fn bad_tokens_are_refused(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let token = app.guest_token().await;
    let (signed, signature) = token.rsplit_once('.').expect("a token");
    let (header, _) = signed.split_once('.').expect("a token");
    let claims = URL_SAFE_NO_PAD.encode(json!({"sub": "user:default/admin", "exp": 9_999_999_999_i64}).to_string());
    let unsigned = json!({"typ": "vnd.backstage.user", "alg": "none", "kid": parts(&token).0["kid"]}).to_string();
    let foreign = json!({"typ": "vnd.backstage.user", "alg": "ES256", "kid": "other"}).to_string();
    for (token, message) in [
        ("nonsense".to_owned(), "Illegal token"),
        ("a.b.c".to_owned(), "Illegal token"),
        (
            format!("{header}.{claims}.{signature}"),
            "Failed user token verification",
        ),
        (
            format!("{}.{claims}.", URL_SAFE_NO_PAD.encode(unsigned)),
            "Failed user token verification",
        ),
        (
            format!("{}.{claims}.{signature}", URL_SAFE_NO_PAD.encode(foreign)),
            "Failed user token verification",
        ),
    ] {
        app.call(Method::GET, PATH)
            .bearer(&token)
            .send()
            .await
            .assert_error(401, "AuthenticationError", message);
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn tokens_expire_and_keys_are_replaced(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let first = app.guest_token().await;
    assert_eq!(app.call(Method::GET, PATH).bearer(&first).send().await.status, 200);
    app.advance(Duration::from_mins(59));
    let late = app.guest_token().await;
    app.advance(Duration::from_mins(2));
    let refused = app.call(Method::GET, PATH).bearer(&first).send().await;
    refused.assert_error(401, "AuthenticationError", "Failed user token verification");
    // A new key signs by now; what the old one signed last is still good.
    let second = app.guest_token().await;
    assert_ne!(parts(&first).0["kid"], parts(&second).0["kid"]);
    for token in [&late, &second] {
        assert_eq!(app.call(Method::GET, PATH).bearer(token).send().await.status, 200);
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn replicas_share_their_keys(pool: PgPool) {
    let one = TestApp::start(pool.clone()).await;
    let token = one.guest_token().await;
    let other = TestApp::start(pool).await;
    assert_eq!(other.call(Method::GET, PATH).bearer(&token).send().await.status, 200);
}

#[sqlx::test(migrations = "./migrations")]
async fn static_tokens_stand_for_services(pool: PgPool) {
    let app = TestApp::start(pool).await;
    assert_eq!(
        app.call(Method::GET, PATH).bearer(STATIC_TOKEN).send().await.status,
        200
    );
    assert_eq!(app.catalog.last("query_entities").0, Caller::service("ci"));
    let restricted = app.call(Method::GET, PATH).bearer("token-for-the-proxy").send().await;
    restricted.assert_error(
        403,
        "NotAllowedError",
        "This token's access is restricted to plugin(s) 'proxy'",
    );
    let info = app
        .call(Method::GET, "/api/auth/v1/userinfo")
        .bearer(STATIC_TOKEN)
        .send()
        .await;
    info.assert_error(
        403,
        "NotAllowedError",
        "This endpoint does not allow 'service' credentials",
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn the_default_policy_can_be_switched_off(pool: PgPool) {
    let app = TestApp::with_settings(pool, "backend:\n  auth: {dangerouslyDisableDefaultAuthPolicy: true}\n").await;
    assert_eq!(app.call(Method::GET, PATH).send().await.status, 200);
    assert_eq!(app.catalog.last("query_entities").0, Caller::anonymous());
    let bad = app.call(Method::GET, PATH).bearer("nonsense").send().await;
    bad.assert_error(401, "AuthenticationError", "Illegal token");
}

#[sqlx::test(migrations = "./migrations")]
async fn guests_stay_out_of_production(pool: PgPool) {
    let app = TestApp::with_settings(
        pool,
        "auth: {environment: production, providers: {guest: {}, github: {}}}\n",
    )
    .await;
    let refused = app.call(Method::GET, "/api/auth/guest/refresh").send().await;
    assert_eq!(
        (refused.status.as_u16(), &refused.json()["error"]["name"]),
        (403, &json!("NotAllowedError"))
    );
    assert!(refused.text().contains("dangerouslyAllowOutsideDevelopment"));
    let github = app.call(Method::GET, "/api/auth/github/refresh").send().await;
    github.assert_error(404, "NotFoundError", "No auth provider registered for 'github'");
    let okta = app
        .call(Method::GET, "/api/auth/okta/start?env=development")
        .send()
        .await;
    okta.assert_error(404, "NotFoundError", "Unknown auth provider 'okta'");
}

#[sqlx::test(migrations = "./migrations")]
async fn guests_can_be_let_into_production_or_not_exist(pool: PgPool) {
    let settings = "auth: {environment: production, providers: {guest: {dangerouslyAllowOutsideDevelopment: true}}}\n";
    let app = TestApp::with_settings(pool.clone(), settings).await;
    assert_eq!(
        app.call(Method::GET, "/api/auth/guest/refresh").send().await.status,
        200
    );
    assert_eq!(app.call(Method::GET, "/api/auth/guest/start").send().await.status, 501);
    let without = TestApp::with_settings(pool, "auth: {providers: {}}\n").await;
    let refused = without.call(Method::GET, "/api/auth/guest/refresh").send().await;
    refused.assert_error(404, "NotFoundError", "Unknown auth provider 'guest'");
}
