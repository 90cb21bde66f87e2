use std::time::Duration;

use http::Method;
use serde_json::json;
use sqlx::PgPool;

use super::put_user;
use crate::support::{app::TestApp, browser::Browser, fake_github::FakeGitHub};

const BY_LOGIN: &str = "{resolver: usernameMatchingUserEntityName}";

#[sqlx::test(migrations = "./migrations")]
async fn people_sign_in_at_github(pool: PgPool) {
    let github = FakeGitHub::start().await;
    let app = TestApp::with_settings(pool, &github.settings(BY_LOGIN)).await;
    put_user(&app, "octocat", "team-a");
    let mut browser = Browser::new(&app);
    let callback = browser.go_to_provider("github").await;
    let session = browser.come_back(&callback).await["response"].clone();
    // The address is the verified one, not the one that was typed into the profile.
    assert_eq!(
        session["profile"],
        json!({
            "email": "octocat@example.com",
            "displayName": "The Octocat",
            "picture": "https://avatars.example.com/u/583231",
        })
    );
    assert_eq!(
        session["backstageIdentity"]["identity"]["userEntityRef"],
        "user:default/octocat"
    );
    assert_eq!(session["providerInfo"]["accessToken"], "gho_0");
    assert_eq!(session["providerInfo"]["scope"], "read:user user:email");

    // Its code is good once.
    let again = Browser::new(&app).come_back(&callback).await;
    assert!(again["error"]["message"].is_string());

    app.advance(Duration::from_mins(1));
    assert_eq!(browser.refresh("github").await.status, 200);
    github.withdraw();
    app.advance(Duration::from_mins(1));
    assert_eq!(browser.refresh("github").await.status, 401);
    assert_eq!(browser.refresh("github").await.status, 401);
}

#[sqlx::test(migrations = "./migrations")]
async fn github_errors_with_status_200_are_refusals(pool: PgPool) {
    let github = FakeGitHub::start().await;
    let app = TestApp::with_settings(pool, &github.settings(BY_LOGIN)).await;
    let mut browser = Browser::new(&app);
    let mut callback = browser.go_to_provider("github").await;
    let state = callback
        .query_pairs()
        .find(|(name, _)| name == "state")
        .expect("a state")
        .1
        .into_owned();
    callback
        .query_pairs_mut()
        .clear()
        .append_pair("code", "guessed")
        .append_pair("state", &state);
    let message = browser.come_back(&callback).await;
    assert_eq!(
        message["error"],
        json!({
            "name": "AuthenticationError",
            "message": "bad_verification_code: The code passed is incorrect or expired.",
        })
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn signing_out_takes_the_token_back(pool: PgPool) {
    let github = FakeGitHub::start().await;
    github.hide_mail();
    let app = TestApp::with_settings(pool, &github.settings(BY_LOGIN)).await;
    put_user(&app, "octocat", "team-a");
    let mut browser = Browser::new(&app);
    let message = browser.sign_in("github").await;
    assert!(message["response"]["profile"].get("email").is_none(), "{message}");
    assert_eq!(github.tokens().len(), 1);
    let script = [("x-requested-with", "XMLHttpRequest")];
    assert_eq!(
        browser
            .portal(Method::POST, "/api/auth/github/logout", &script)
            .await
            .status,
        200
    );
    assert!(github.tokens().is_empty());
}
