use std::time::Duration;

use http::Method;
use serde_json::{Value, json};
use sqlx::PgPool;

use super::{BY_NAME, put_user};
use crate::support::{app::TestApp, browser::Browser, identity_provider::IdentityProvider};

#[sqlx::test(migrations = "./migrations")]
async fn people_sign_in_at_their_provider(pool: PgPool) {
    let provider = IdentityProvider::start().await;
    let settings = provider.settings("jane", "{resolver: emailMatchingUserEntityProfileEmail}");
    let app = TestApp::with_settings(pool.clone(), &settings).await;
    put_user(&app, "jane", "team-a");
    let mut browser = Browser::new(&app);
    let callback = browser.go_to_provider("oidc").await;
    let page = browser.send(Method::GET, &callback, &[]).await;
    assert_eq!(page.header("x-frame-options"), Some("SAMEORIGIN"));
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(
        policy.contains("script-src 'sha256-") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert!(
        page.text().contains("data-origin=\"http://localhost:3000\""),
        "{}",
        page.text()
    );
    assert!(browser.cookie("oidc-nonce").is_none(), "the nonce is used up");

    let message = crate::support::browser::popup_message(&page);
    assert_eq!(message["type"], "authorization_response");
    let session = &message["response"];
    assert_eq!(
        session["profile"],
        json!({"email": "jane@example.com", "displayName": "The person jane"})
    );
    let identity = json!({
        "type": "user",
        "userEntityRef": "user:default/jane",
        "ownershipEntityRefs": ["user:default/jane", "group:default/team-a"],
    });
    assert_eq!(session["backstageIdentity"]["identity"], identity);
    assert!(session["providerInfo"]["accessToken"].is_string() && session["providerInfo"]["idToken"].is_string());
    assert!(
        session["providerInfo"]["scope"]
            .as_str()
            .expect("a scope")
            .contains("email")
    );

    // The page asks again with its cookie, now and later.
    for wait in [0, 60] {
        app.advance(Duration::from_secs(wait));
        let refreshed = browser.refresh("oidc").await;
        assert_eq!(refreshed.status, 200, "{}", refreshed.text());
        assert_eq!(refreshed.header("cache-control"), Some("no-store"));
        let refreshed = refreshed.json();
        assert_eq!(refreshed["backstageIdentity"]["identity"], identity);
        let token = refreshed["backstageIdentity"]["token"]
            .as_str()
            .expect("a token")
            .to_owned();
        let info = app
            .call(Method::GET, "/api/auth/v1/userinfo")
            .bearer(&token)
            .send()
            .await;
        assert_eq!(info.json()["claims"]["sub"], "user:default/jane");
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn the_database_holds_no_secret(pool: PgPool) {
    let provider = IdentityProvider::start().await;
    let app = TestApp::with_settings(pool.clone(), &provider.settings("jane", BY_NAME)).await;
    put_user(&app, "jane", "team-a");
    let mut browser = Browser::new(&app);
    let message = browser.sign_in("oidc").await;
    let rows: Vec<(Value, Vec<u8>)> = sqlx::query_as("SELECT to_jsonb(sessions), sealed_grant FROM sessions")
        .fetch_all(&pool)
        .await
        .expect("rows");
    assert_eq!(rows.len(), 1);
    let (row, sealed) = &rows[0];
    let row = row.to_string() + &String::from_utf8_lossy(sealed);
    let secrets = [
        browser.cookie("oidc-refresh-token").expect("a session"),
        message["response"]["providerInfo"]["accessToken"]
            .as_str()
            .expect("a token"),
        "jane@example.com",
    ];
    for secret in secrets {
        assert!(!row.contains(secret), "{secret} is in {row}");
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn tabs_may_refresh_at_once(pool: PgPool) {
    let provider = IdentityProvider::start().await;
    let app = TestApp::with_settings(pool, &provider.settings("jane", BY_NAME)).await;
    put_user(&app, "jane", "team-a");
    let mut browser = Browser::new(&app);
    browser.sign_in("oidc").await;
    let cookie = format!(
        "oidc-refresh-token={}",
        browser.cookie("oidc-refresh-token").expect("a session")
    );
    // Twice, since the provider takes each of its refresh tokens once only.
    for _ in 0..2 {
        app.advance(Duration::from_mins(1));
        let tabs = (0..8).map(|_| {
            app.call(Method::GET, "/api/auth/oidc/refresh")
                .header("x-requested-with", "XMLHttpRequest")
                .header("cookie", &cookie)
                .send()
        });
        for answer in futures::future::join_all(tabs).await {
            assert_eq!(answer.status, 200, "{}", answer.text());
        }
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn the_redirect_flow_leads_back_to_the_page(pool: PgPool) {
    let provider = IdentityProvider::start().await;
    let app = TestApp::with_settings(pool, &provider.settings("jane", BY_NAME)).await;
    let start = "/api/auth/oidc/start?env=development&flow=redirect&redirectUrl=http://localhost:3000/catalog?a=b";
    let mut browser = Browser::new(&app);
    let back = browser.follow(start, "http://localhost:3000").await;
    let error = back
        .query_pairs()
        .find(|(name, _)| name == "error")
        .expect("an error")
        .1;
    assert!(error.contains("unable to resolve user identity"), "{error}");
    assert!(browser.cookie("oidc-refresh-token").is_none());

    put_user(&app, "jane", "team-a");
    let back = browser.follow(start, "http://localhost:3000").await;
    assert_eq!(back.as_str(), "http://localhost:3000/catalog?a=b");
    assert_eq!(browser.refresh("oidc").await.status, 200);
}

#[sqlx::test(migrations = "./migrations")]
async fn resolvers_decide_who_somebody_is(pool: PgPool) {
    let provider = IdentityProvider::start().await;
    let resolvers = "{resolver: userIdMatchingUserEntityAnnotation}, \
                     {resolver: expression, entityRef: 'user:staff/{{ claims.preferred_username | lower }}'}, \
                     {resolver: preferredUsernameMatchingUserEntityName}";
    let app = TestApp::with_settings(pool.clone(), &provider.settings("jane", resolvers)).await;
    let message = Browser::new(&app).sign_in("oidc").await;
    let text = message["error"]["message"].as_str().expect("a message");
    for part in [
        "unable to resolve user identity",
        "userIdMatchingUserEntityAnnotation: the provider tells no 'id'",
        "expression: there is no user:staff/jane",
        "preferredUsernameMatchingUserEntityName: there is no user:default/jane",
    ] {
        assert!(text.contains(part), "{text}: {part}");
    }
    put_user(&app, "jane", "team-a");
    let message = Browser::new(&app).sign_in("oidc").await;
    let identity = &message["response"]["backstageIdentity"]["identity"];
    assert_eq!(identity["userEntityRef"], "user:default/jane");

    let unknown = "{resolver: emailLocalPartMatchingUserEntityName, dangerouslyAllowSignInWithoutUserInCatalog: true}";
    let app = TestApp::with_settings(pool, &provider.settings("stranger", unknown)).await;
    let message = Browser::new(&app).sign_in("oidc").await;
    assert_eq!(
        message["response"]["backstageIdentity"]["identity"],
        json!({"type": "user", "userEntityRef": "user:default/stranger", "ownershipEntityRefs": ["user:default/stranger"]})
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn mail_that_nobody_verified_proves_nothing(pool: PgPool) {
    let provider = IdentityProvider::start().await;
    let app = TestApp::with_settings(pool, &provider.settings("unverified", BY_NAME)).await;
    put_user(&app, "unverified", "team-a");
    let message = Browser::new(&app).sign_in("oidc").await;
    let text = message["error"]["message"].as_str().expect("a message");
    assert!(text.contains("no verified mail address"), "{text}");
}

#[sqlx::test(migrations = "./migrations")]
async fn a_sign_in_page_learns_what_it_may_offer(pool: PgPool) {
    let settings = "auth: {environment: production, providers: {guest: {}, github: {production: {clientId: a, \
                    clientSecret: b, signIn: {resolvers: [{resolver: usernameMatchingUserEntityName}]}}}, oidc: {development: {}}}}\n";
    let app = TestApp::with_settings(pool, settings).await;
    let answer = app.call(Method::GET, "/api/auth/v1/providers").send().await;
    assert_eq!(
        answer.json(),
        json!({"items": [{"id": "github", "title": "GitHub", "kind": "oauth"}]})
    );
}
