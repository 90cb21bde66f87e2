//! Who asks: a cookie in place of a token, and strangers by their address.

use anyhow::{Context, Result};
use callboard_end_to_end::proxy::{
    stack::{JANE, ProxyStack, request, user_cookie},
    third_party::ThirdParty,
};
use http::{Method, StatusCode};
use serde_json::{Value, json};

/// The value of a header that the third party was sent.
fn sent<'a>(echo: &'a Value, name: &str) -> Option<&'a str> {
    let headers = echo["headers"].as_array()?;
    let header = headers.iter().find(|header| header[0].as_str() == Some(name))?;
    header[1].as_str()
}

#[tokio::test]
async fn the_portals_cookie_opens_what_says_so_and_goes_no_further() -> Result<()> {
    let third = ThirdParty::start().await?;
    let portal = ProxyStack::start_with(
        json!({ "endpoints": {
            "/cookie": { "target": third.url(), "credentials": "cookie", "allowedHeaders": ["Cookie"] },
            "/token": third.url(),
        } }),
        json!({ "auth": { "providers": { "guest": {} } } }),
    )
    .await?;
    let session = portal
        .send(request(Method::GET, "/api/auth/guest/refresh", None, &[])?)
        .await?;
    assert_eq!(session.status, StatusCode::OK, "{}", session.text());
    let cookie = user_cookie(&session.headers).context("signing in sets the cookie")?;
    let both = format!("theirs=1; {cookie}");
    let ask = async |method: Method, path: &str, headers: &[(&str, &str)]| {
        portal.send(request(method, path, None, headers)?).await
    };
    let jar = ("cookie", both.as_str());
    let here = ("sec-fetch-site", "same-origin");
    for (method, path, headers, expected) in [
        (Method::GET, "/api/proxy/cookie/x", &[jar][..], 200),
        (Method::HEAD, "/api/proxy/cookie/x", &[jar], 200),
        (Method::GET, "/api/proxy/cookie/x", &[], 401),
        (
            Method::GET,
            "/api/proxy/cookie/x",
            &[("cookie", "backstage-auth=forged")],
            401,
        ),
        (Method::GET, "/api/proxy/token/x", &[jar], 401),
        // What changes something comes from the portal's own pages.
        (Method::POST, "/api/proxy/cookie/x", &[jar], 401),
        (
            Method::POST,
            "/api/proxy/cookie/x",
            &[jar, ("sec-fetch-site", "cross-site")],
            401,
        ),
        (Method::POST, "/api/proxy/cookie/x", &[jar, here], 200),
        (Method::POST, "/api/proxy/token/x", &[jar, here], 401),
    ] {
        let answer = ask(method.clone(), path, headers).await?;
        assert_eq!(
            answer.status.as_u16(),
            expected,
            "{method} {path} {headers:?}: {}",
            answer.text()
        );
    }
    let echo = ask(Method::GET, "/api/proxy/cookie/x", &[jar]).await?.json();
    assert_eq!(
        sent(&echo, "cookie"),
        Some("theirs=1"),
        "the portal's own stays here: {echo}"
    );
    // A bad token is not made good by a cookie.
    let refused = portal
        .send(request(
            Method::GET,
            "/api/proxy/cookie/x",
            Some("no such token"),
            &[jar],
        )?)
        .await?;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn strangers_are_told_apart_by_their_addresses() -> Result<()> {
    let third = ThirdParty::start().await?;
    let open = |more: Value| {
        let mut endpoint = json!({
            "target": third.url(), "credentials": "dangerously-allow-unauthenticated", "allowedMethods": ["GET"],
        });
        for (key, value) in more.as_object().into_iter().flatten() {
            endpoint[key] = value.clone();
        }
        endpoint
    };
    let portal = ProxyStack::start_with(
        json!({ "endpoints": {
            "/told": open(json!({ "xfwd": true })),
            "/limited": open(json!({ "limits": { "requestsPerMinutePerUser": 2 } })),
        } }),
        json!({ "backend": { "trustProxy": 1 } }),
    )
    .await?;
    let ask = async |path: &str, address: &str| {
        // What stands before the last address was written by whoever liked to.
        let forwarded = format!("8.8.8.8, {address}");
        portal
            .send(request(Method::GET, path, None, &[("x-forwarded-for", &forwarded)])?)
            .await
    };
    let echo = ask("/api/proxy/told/x", "192.0.2.7").await?.json();
    assert_eq!(sent(&echo, "x-forwarded-for"), Some("192.0.2.7"), "{echo}");
    let direct = portal
        .send(request(Method::GET, "/api/proxy/told/x", None, &[])?)
        .await?
        .json();
    assert_eq!(sent(&direct, "x-forwarded-for"), Some("127.0.0.1"), "{direct}");

    let mut statuses = Vec::new();
    for address in ["192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2"] {
        statuses.push(ask("/api/proxy/limited/x", address).await?.status.as_u16());
    }
    assert_eq!(statuses, [200, 200, 429, 200]);
    let known = portal
        .send(request(Method::GET, "/api/proxy/limited/x", Some(JANE), &[])?)
        .await?;
    assert_eq!(known.status, StatusCode::OK, "who is known is counted by name");
    portal.stop().await;
    Ok(())
}
