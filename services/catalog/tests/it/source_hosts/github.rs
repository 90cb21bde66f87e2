use std::sync::atomic::{AtomicUsize, Ordering};

use axum::response::Response;
use callboard_catalog::reader::Read;
use serde_json::json;

use super::{Host, Seen, answer, list, read, readers, url};

const FILE: &str = "kind: Component";

/// A repository `acme/shop` with a file, its tree, and an app that is installed at `acme`.
fn github(seen: &Seen) -> Response {
    let allowed = ["Bearer secret-token", "Bearer installation-token"].contains(&seen.authorization.as_str());
    let (_, path) = seen.line.split_once(' ').unwrap();
    match (seen.line.as_str(), allowed) {
        ("GET /api/v3/repos/acme/shop/contents/a/catalog-info.yaml?ref=main", true) => {
            assert_eq!(seen.accept, "application/vnd.github.raw+json");
            if seen.if_none_match == "\"v1\"" {
                return answer(304, &[], "");
            }
            answer(200, &[("etag", "\"v1\"")], FILE)
        }
        ("GET /api/v3/repos/acme/shop/git/trees/main?recursive=1", true) => super::json(&json!({
            "sha": "1", "truncated": false,
            "tree": [
                { "path": "a", "type": "tree", "sha": "2" },
                { "path": "a/catalog-info.yaml", "type": "blob", "sha": "3" },
                { "path": "b/catalog-info.yaml", "type": "blob", "sha": "4" },
                { "path": ".github/catalog-info.yaml", "type": "blob", "sha": "5" },
                { "path": "README.md", "type": "blob", "sha": "6" },
            ],
        })),
        ("GET /api/v3/app/installations?per_page=100&page=1", _) => {
            assert!(seen.authorization.starts_with("Bearer ey"), "{}", seen.authorization);
            super::json(&json!([{ "id": 7, "account": { "login": "Acme" }, "suspended_at": null }]))
        }
        ("POST /api/v3/app/installations/7/access_tokens", _) => {
            let body = json!({ "token": "installation-token", "expires_at": "2030-01-01T00:00:00Z" });
            answer(201, &[], body.to_string())
        }
        (_, false) if path.starts_with("/api/v3/repos") => answer(401, &[], r#"{"message":"Bad credentials"}"#),
        _ => answer(404, &[], r#"{"message":"Not Found"}"#),
    }
}

fn config(address: &str, credentials: &str) -> String {
    format!(
        "integrations:\n  github:\n    - {{ host: '{address}', apiBaseUrl: 'http://{address}/api/v3', {credentials} }}"
    )
}

#[tokio::test]
async fn files_are_read_with_the_token_and_asked_for_conditionally() {
    let host = Host::start(github).await;
    let readers = readers(&config(&host.address, "token: secret-token"));
    let target = format!("https://{}/acme/shop/blob/main/a/catalog-info.yaml", host.address);
    let (text, etag) = read(&readers, &target).await.unwrap();
    assert_eq!((text.as_str(), etag.as_deref()), (FILE, Some("\"v1\"")));
    let again = readers.read(&url(&target), etag.as_deref()).await.unwrap();
    assert!(matches!(again, Read::NotModified));

    let missing = read(&readers, &target.replace("a/catalog", "x/catalog"))
        .await
        .unwrap_err();
    assert!(missing.to_string().contains("no matching files found"), "{missing}");
}

#[tokio::test]
async fn a_wrong_token_is_told_without_being_shown() {
    let host = Host::start(github).await;
    let readers = readers(&config(&host.address, "token: wrong-token"));
    let target = format!("https://{}/acme/shop/blob/main/a/catalog-info.yaml", host.address);
    let error = read(&readers, &target).await.unwrap_err().to_string();
    assert!(error.contains("401") && error.contains("integrations"), "{error}");
    assert!(!error.contains("wrong-token"), "{error}");
}

#[tokio::test]
async fn a_pattern_stands_for_the_files_of_the_repository_that_match() {
    let host = Host::start(github).await;
    let readers = readers(&config(&host.address, "token: secret-token"));
    let root = format!("https://{}/acme/shop/blob/main", host.address);
    let files = list(&readers, &format!("{root}/**/catalog-info.yaml")).await.unwrap();
    assert_eq!(
        files,
        [
            format!("{root}/a/catalog-info.yaml"),
            format!("{root}/b/catalog-info.yaml")
        ]
    );
    let error = list(&readers, &format!("{root}/**/nothing.yaml")).await.unwrap_err();
    assert!(error.to_string().contains("no matching files found"), "{error}");
}

#[tokio::test]
async fn a_tree_too_large_for_one_answer_is_walked() {
    let host = Host::start(|seen| match seen.line.as_str() {
        "GET /api/v3/repos/acme/shop/git/trees/main?recursive=1" => {
            super::json(&json!({ "truncated": true, "tree": [] }))
        }
        "GET /api/v3/repos/acme/shop/git/trees/main" => super::json(&json!({ "truncated": false, "tree": [
            { "path": "services", "type": "tree", "sha": "s1" },
            { "path": "vendor", "type": "tree", "sha": "s2" },
        ] })),
        "GET /api/v3/repos/acme/shop/git/trees/s1" => super::json(&json!({ "truncated": false, "tree": [
            { "path": "a", "type": "tree", "sha": "s3" },
        ] })),
        "GET /api/v3/repos/acme/shop/git/trees/s3" => super::json(&json!({ "truncated": false, "tree": [
            { "path": "catalog-info.yaml", "type": "blob", "sha": "s4" },
        ] })),
        other => panic!("{other} was not to be asked"),
    })
    .await;
    let readers = readers(&config(&host.address, "token: secret-token"));
    let root = format!("https://{}/acme/shop/tree/main", host.address);
    let files = list(&readers, &format!("{root}/services/*/catalog-info.yaml"))
        .await
        .unwrap();
    assert_eq!(files, [format!("{root}/services/a/catalog-info.yaml")]);
}

#[tokio::test]
async fn a_host_that_wants_to_be_left_alone_is() {
    let host = Host::start(|_| {
        let headers = [("x-ratelimit-remaining", "0"), ("retry-after", "3000")];
        answer(403, &headers, r#"{"message":"API rate limit exceeded"}"#)
    })
    .await;
    let readers = readers(&config(&host.address, "token: secret-token"));
    let target = format!("https://{}/acme/shop/blob/main/a.yaml", host.address);
    for _ in 0..3 {
        let error = read(&readers, &target).await.unwrap_err().to_string();
        assert!(error.contains("(rate limit exceeded)"), "{error}");
    }
    assert_eq!(host.lines().len(), 1, "{:?}", host.lines());
}

#[tokio::test]
async fn a_short_pause_is_waited_for() {
    let asked = AtomicUsize::new(0);
    let host = Host::start(move |_| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => answer(429, &[("retry-after", "0")], ""),
        _ => answer(200, &[], FILE),
    })
    .await;
    let readers = readers(&config(&host.address, "token: secret-token"));
    let target = format!("https://{}/acme/shop/blob/main/a.yaml", host.address);
    assert_eq!(read(&readers, &target).await.unwrap().0, FILE);
    assert_eq!(host.lines().len(), 2);
}

#[tokio::test]
async fn a_redirect_to_another_host_does_not_get_the_token() {
    let other = Host::start(|_| answer(200, &[], FILE)).await;
    let elsewhere = format!("http://{}/stolen", other.address);
    let host = Host::start(move |_| answer(302, &[("location", &elsewhere)], "")).await;
    let readers = readers(&config(&host.address, "token: secret-token"));
    let target = format!("https://{}/acme/shop/blob/main/a.yaml", host.address);
    let error = read(&readers, &target).await.unwrap_err().to_string();
    assert!(error.contains("another host"), "{error}");
    assert!(other.lines().is_empty());
}

#[tokio::test]
async fn an_app_reads_where_it_is_installed_with_one_token_for_many_files() {
    let host = Host::start(github).await;
    let key = include_str!("github_app_test_key.pem").replace('\n', "\\n");
    let credentials = format!("apps: [{{ appId: 42, privateKey: \"{key}\" }}]");
    let readers = readers(&config(&host.address, &credentials));
    let target = format!("https://{}/acme/shop/blob/main/a/catalog-info.yaml", host.address);
    for _ in 0..2 {
        assert_eq!(read(&readers, &target).await.unwrap().0, FILE);
    }
    let tokens = host
        .lines()
        .iter()
        .filter(|line| line.ends_with("access_tokens"))
        .count();
    assert_eq!(tokens, 1);

    // Not installed there, and no other credentials: the host's own answer counts.
    let other = read(&readers, &target.replace("acme", "others")).await.unwrap_err();
    assert!(other.to_string().contains("401"), "{other}");
}

#[tokio::test]
async fn a_public_file_is_read_without_the_api() {
    let host = Host::start(|seen| match seen.line.as_str() {
        "GET /raw/acme/shop/main/a.yaml" => answer(200, &[("etag", "\"r\"")], FILE),
        _ => answer(404, &[], ""),
    })
    .await;
    let readers = readers(&config(
        &host.address,
        &format!("rawBaseUrl: 'http://{}/raw'", host.address),
    ));
    let target = format!("https://{}/acme/shop/blob/main/a.yaml", host.address);
    assert_eq!(read(&readers, &target).await.unwrap().0, FILE);
}
