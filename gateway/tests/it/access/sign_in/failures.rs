use http::Method;
use sqlx::PgPool;
use url::Url;

use super::{BY_NAME, put_user};
use crate::support::{app::TestApp, browser::Browser, identity_provider::IdentityProvider};

#[sqlx::test(migrations = "./migrations")]
async fn a_sign_in_is_good_once_and_in_one_browser(pool: PgPool) {
    let provider = IdentityProvider::start().await;
    let app = TestApp::with_settings(pool, &provider.settings("jane", BY_NAME)).await;
    put_user(&app, "jane", "team-a");

    // Somebody else is sent the link: they have no cookie, or that of their own sign-in.
    let mut browser = Browser::new(&app);
    let callback = browser.go_to_provider("oidc").await;
    let message = Browser::new(&app).come_back(&callback).await;
    assert_eq!(message["error"]["message"], "Auth response is missing cookie nonce");
    let message = browser.come_back(&callback).await;
    assert!(
        message["error"]["message"]
            .as_str()
            .expect("a message")
            .contains("not under way")
    );

    let callback = browser.go_to_provider("oidc").await;
    let mut other = Browser::new(&app);
    other.go_to_provider("oidc").await;
    let message = other.come_back(&callback).await;
    assert_eq!(message["error"]["message"], "Invalid nonce");
    let callback = browser.go_to_provider("oidc").await;
    browser.tamper("oidc-nonce", "nonsense");
    let message = browser.come_back(&callback).await;
    assert_eq!(message["error"]["message"], "Auth response is missing cookie nonce");

    // The same answer twice.
    let callback = browser.go_to_provider("oidc").await;
    let nonce = browser.cookie("oidc-nonce").expect("a nonce").to_owned();
    assert!(browser.come_back(&callback).await.get("error").is_none());
    let replayed = app
        .call(Method::GET, &callback[url::Position::BeforePath..])
        .header("cookie", &format!("oidc-nonce={nonce}"))
        .send()
        .await;
    let message = crate::support::browser::popup_message(&replayed);
    assert!(
        message["error"]["message"]
            .as_str()
            .expect("a message")
            .contains("not under way")
    );
    assert_eq!(message["error"]["name"], "NotAllowedError");
}

#[sqlx::test(migrations = "./migrations")]
async fn codes_and_states_cannot_be_swapped(pool: PgPool) {
    let provider = IdentityProvider::start().await;
    let app = TestApp::with_settings(pool, &provider.settings("jane", BY_NAME)).await;
    put_user(&app, "jane", "team-a");
    let parameter = |url: &Url, name: &str| {
        url.query_pairs()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
            .expect("is there")
    };
    // A code of the attacker's own sign-in in the victim's: the provider sees that the verifier is another one.
    let attackers = Browser::new(&app).go_to_provider("oidc").await;
    let mut victim = Browser::new(&app);
    let callback = victim.go_to_provider("oidc").await;
    let forged = format!(
        "http://localhost:7007/api/auth/oidc/handler/frame?code={}&state={}",
        parameter(&attackers, "code"),
        parameter(&callback, "state")
    );
    let message = victim.come_back(&Url::parse(&forged).expect("a URL")).await;
    assert!(
        message["error"]["message"]
            .as_str()
            .expect("a message")
            .contains("invalid_grant"),
        "{message}"
    );
    assert!(victim.cookie("oidc-refresh-token").is_none());

    for query in ["", "?code=a", "?code=a&state=b"] {
        let url = format!("http://localhost:7007/api/auth/oidc/handler/frame{query}");
        let message = victim.come_back(&Url::parse(&url).expect("a URL")).await;
        assert!(
            message["error"]["message"]
                .as_str()
                .expect("a message")
                .contains("not under way"),
            "{query}"
        );
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn a_sign_in_that_takes_too_long_is_over(pool: PgPool) {
    let provider = IdentityProvider::start().await;
    let app = TestApp::with_settings(pool, &provider.settings("jane", BY_NAME)).await;
    let mut browser = Browser::new(&app);
    let callback = browser.go_to_provider("oidc").await;
    app.advance(std::time::Duration::from_mins(11));
    let message = browser.come_back(&callback).await;
    assert!(
        message["error"]["message"]
            .as_str()
            .expect("a message")
            .contains("took too long"),
        "{message}"
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn what_the_provider_refuses_is_told(pool: PgPool) {
    let provider = IdentityProvider::start().await;
    let app = TestApp::with_settings(pool, &provider.settings("refuse", BY_NAME)).await;
    let mut browser = Browser::new(&app);
    let callback = browser.go_to_provider("oidc").await;
    let page = browser.send(Method::GET, &callback, &[]).await;
    assert!(!page.text().contains("<b>"), "{}", page.text());
    let message = crate::support::browser::popup_message(&page);
    assert_eq!(
        message["error"]["message"],
        "Authentication failed, access_denied: The person <b>said no</b>"
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn starting_checks_where_it_may_lead(pool: PgPool) {
    let settings = "app: {baseUrl: 'http://localhost:3000'}\nauth: {providers: {github: {development: {clientId: a, \
                    clientSecret: b, signIn: {resolvers: [{resolver: usernameMatchingUserEntityName}]}}}}}\n";
    let app = TestApp::with_settings(pool, settings).await;
    let cases = [
        ("", 400),
        ("env=production", 404),
        ("env=development&origin=nonsense", 400),
        ("env=development&origin=http://evil.example", 403),
        ("env=development&origin=http://localhost:3000.evil.example", 400),
        ("env=development&flow=redirect", 400),
        ("env=development&flow=redirect&redirectUrl=/relative", 400),
        ("env=development&flow=redirect&redirectUrl=http://evil.example", 403),
        ("env=development&flow=redirect&redirectUrl=javascript:alert(1)", 403),
        (
            "env=development&flow=redirect&redirectUrl=http://localhost:3000@evil.example",
            403,
        ),
    ];
    for (query, status) in cases {
        let answer = app
            .call(Method::GET, &format!("/api/auth/github/start?{query}"))
            .send()
            .await;
        assert_eq!(answer.status, status, "{query}: {}", answer.text());
        assert!(answer.header("set-cookie").is_none(), "{query}");
    }
    let answer = app
        .call(Method::GET, "/api/auth/github/start?env=development")
        .send()
        .await;
    assert_eq!(answer.status, 302);
    let cookie = answer.header("set-cookie").expect("a cookie");
    for part in [
        "github-nonce=",
        "HttpOnly",
        "SameSite=Lax",
        "Path=/api/auth/github/handler",
        "Max-Age=600",
    ] {
        assert!(cookie.contains(part), "{cookie}");
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn a_provider_that_is_away_is_said_to_be(pool: PgPool) {
    let settings =
        "auth: {providers: {oidc: {development: {clientId: a, clientSecret: b, metadataUrl: 'http://127.0.0.1:9'}}}}\n";
    let app = TestApp::with_settings(pool, settings).await;
    let answer = app
        .call(Method::GET, "/api/auth/oidc/start?env=development")
        .send()
        .await;
    answer.assert_error(
        503,
        "ServiceUnavailableError",
        "The sign-in provider cannot be used at the moment",
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn refreshing_needs_a_script_and_a_session(pool: PgPool) {
    let provider = IdentityProvider::start().await;
    let app = TestApp::with_settings(pool, &provider.settings("jane", BY_NAME)).await;
    put_user(&app, "jane", "team-a");
    let mut browser = Browser::new(&app);
    assert_eq!(browser.refresh("oidc").await.status, 401);
    browser.sign_in("oidc").await;
    // A link or an image of another site.
    let answer = browser.portal(Method::GET, "/api/auth/oidc/refresh", &[]).await;
    answer.assert_error(401, "AuthenticationError", "Invalid X-Requested-With header");
    assert_eq!(browser.refresh("oidc").await.status, 200);
    let other_environment = "/api/auth/oidc/refresh?env=production";
    let script = [("x-requested-with", "XMLHttpRequest")];
    assert_eq!(
        browser.portal(Method::GET, other_environment, &script).await.status,
        404
    );
    let secret = browser.cookie("oidc-refresh-token").expect("a session").to_owned();
    for forged in [
        "",
        "nonsense",
        &secret[1..],
        &format!("{}{}", if secret.starts_with('A') { 'B' } else { 'A' }, &secret[1..]),
    ] {
        browser.tamper("oidc-refresh-token", forged);
        assert_eq!(browser.refresh("oidc").await.status, 401, "{forged}");
    }
}
