use std::time::Duration;

use http::Method;
use serde_json::Value;
use sqlx::PgPool;

use super::{BY_NAME, put_user};
use crate::support::{app::TestApp, browser::Browser, identity_provider::IdentityProvider};

fn token_of(message: &Value) -> String {
    let token = &message["response"]["backstageIdentity"]["token"];
    token.as_str().expect("a token").to_owned()
}

#[sqlx::test(migrations = "./migrations")]
async fn people_see_and_end_their_sessions(pool: PgPool) {
    let provider = IdentityProvider::start().await;
    let nobody = "backend: {services: {lighthouse-audit: {address: '127.0.0.1:1'}}}";
    let app = TestApp::with_settings(pool, &(provider.settings("jane", BY_NAME) + nobody)).await;
    put_user(&app, "jane", "team-a");
    let mut laptop = Browser::new(&app);
    let token = token_of(&laptop.sign_in("oidc").await);
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    // Tokens that are issued at different times are different ones.
    app.advance(Duration::from_secs(1));
    let mut phone = Browser::new(&app);
    let phones_token = token_of(&phone.sign_in("oidc").await);
    let phones_cookie = format!("backstage-auth={}", phone.cookie("backstage-auth").expect("a cookie"));
    let cookie_works = async || {
        // Whom it lets in learns that nobody is behind that door.
        let call = app
            .call(Method::GET, "/api/lighthouse/v2/audits")
            .header("cookie", &phones_cookie);
        call.send().await.status == 503
    };
    let phone_works = async || {
        let call = app.call(Method::GET, "/api/auth/v1/userinfo").bearer(&phones_token);
        call.send().await.status == 200
    };
    assert!(phone_works().await && cookie_works().await);
    let mut tablet = Browser::new(&app);
    tablet.sign_in("oidc").await;

    let list = async || {
        let sessions = app
            .call(Method::GET, "/api/auth/v1/sessions")
            .bearer(&token)
            .send()
            .await
            .json();
        sessions["items"].as_array().expect("a list").clone()
    };
    let sessions = list().await;
    assert_eq!(sessions.len(), 3);
    assert_eq!(
        sessions.iter().filter(|session| session["isCurrent"] == true).count(),
        1
    );
    assert_eq!(sessions[0]["provider"], "oidc");

    // Somebody else's, and one there is not, look the same.
    let guest = app.guest_token().await;
    let id = sessions
        .iter()
        .find(|session| session["isCurrent"] == false)
        .expect("another")["id"]
        .clone();
    let path = format!("/api/auth/v1/sessions/{}", id.as_str().expect("an id"));
    assert_eq!(app.call(Method::DELETE, &path).bearer(&guest).send().await.status, 404);
    assert_eq!(app.call(Method::DELETE, &path).send().await.status, 401);
    assert_eq!(app.call(Method::DELETE, &path).bearer(&token).send().await.status, 204);
    assert_eq!(app.call(Method::DELETE, &path).bearer(&token).send().await.status, 404);
    assert_eq!(list().await.len(), 2);
    let others = [phone.refresh("oidc").await.status, tablet.refresh("oidc").await.status];
    assert_eq!(others.iter().filter(|status| **status == 401).count(), 1, "{others:?}");

    let all = app.call(Method::DELETE, "/api/auth/v1/sessions").bearer(&token);
    assert_eq!(all.send().await.status, 204);
    assert!(!phone_works().await, "tokens end with their session");
    assert!(!cookie_works().await, "and so do cookies");
    assert_eq!(phone.refresh("oidc").await.status, 401);
    assert_eq!(tablet.refresh("oidc").await.status, 401);
    assert_eq!(laptop.refresh("oidc").await.status, 200);
    let odd = laptop
        .portal(Method::DELETE, "/api/auth/v1/sessions/nonsense", &headers)
        .await;
    assert_eq!(odd.status, 404);
}

#[sqlx::test(migrations = "./migrations")]
async fn signing_out_ends_the_session_everywhere(pool: PgPool) {
    let provider = IdentityProvider::start().await;
    let app = TestApp::with_settings(pool, &provider.settings("jane", BY_NAME)).await;
    put_user(&app, "jane", "team-a");
    let mut browser = Browser::new(&app);
    browser.sign_in("oidc").await;
    let path = "/api/auth/oidc/logout?env=development";
    let script = ("x-requested-with", "XMLHttpRequest");
    assert_eq!(browser.portal(Method::POST, path, &[]).await.status, 401);
    let foreign = browser
        .portal(Method::POST, path, &[script, ("origin", "http://evil.example")])
        .await;
    assert_eq!(foreign.status, 403);
    let cookie = format!(
        "oidc-refresh-token={}",
        browser.cookie("oidc-refresh-token").expect("a session")
    );

    let answer = browser
        .portal(Method::POST, path, &[script, ("origin", "http://localhost:3000")])
        .await;
    assert_eq!(answer.status, 200);
    let url = answer.json()["logoutUrl"].as_str().expect("a URL").to_owned();
    assert!(
        url.starts_with(&provider.issuer) && url.contains("id_token_hint="),
        "{url}"
    );
    assert!(browser.cookie("oidc-refresh-token").is_none() && browser.cookie("backstage-auth").is_none());
    let kept = app
        .call(Method::GET, "/api/auth/oidc/refresh")
        .header("cookie", &cookie);
    assert_eq!(
        kept.header("x-requested-with", "XMLHttpRequest").send().await.status,
        401
    );
    // Once more changes nothing.
    assert_eq!(browser.portal(Method::POST, path, &[script]).await.status, 200);
}

#[sqlx::test(migrations = "./migrations")]
async fn sessions_end_when_nobody_uses_them(pool: PgPool) {
    let provider = IdentityProvider::start().await;
    let app = TestApp::with_settings(pool, &provider.settings("jane", BY_NAME)).await;
    put_user(&app, "jane", "team-a");
    let mut browser = Browser::new(&app);
    browser.sign_in("oidc").await;
    app.advance(Duration::from_hours(31 * 24));
    let answer = browser.refresh("oidc").await;
    answer.assert_error(401, "AuthenticationError", "There is no session: please sign in");
}

#[sqlx::test(migrations = "./migrations")]
async fn whom_the_provider_blocks_is_out(pool: PgPool) {
    let provider = IdentityProvider::start().await;
    let app = TestApp::with_settings(pool.clone(), &provider.settings("jane", BY_NAME)).await;
    put_user(&app, "jane", "team-a");
    let mut browser = Browser::new(&app);
    browser.sign_in("oidc").await;
    provider.block("jane").await;
    app.advance(Duration::from_mins(1));
    assert_eq!(browser.refresh("oidc").await.status, 401);
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM sessions")
        .fetch_one(&pool)
        .await
        .expect("a count");
    assert_eq!(left, 0);
}

#[sqlx::test(migrations = "./migrations")]
async fn a_provider_that_is_away_ends_no_session(pool: PgPool) {
    let provider = IdentityProvider::start().await;
    let app = TestApp::with_settings(pool.clone(), &provider.settings("jane", BY_NAME)).await;
    put_user(&app, "jane", "team-a");
    let mut browser = Browser::new(&app);
    browser.sign_in("oidc").await;
    drop(provider);
    app.advance(Duration::from_mins(1));
    assert_eq!(browser.refresh("oidc").await.status, 503);
    assert_eq!(
        browser.refresh("oidc").await.status,
        503,
        "and the next one is not kept waiting"
    );
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM sessions")
        .fetch_one(&pool)
        .await
        .expect("a count");
    assert_eq!(left, 1);
}
