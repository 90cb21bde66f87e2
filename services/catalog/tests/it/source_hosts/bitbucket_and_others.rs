use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;

use super::{Host, answer, list, read, readers};

const FILE: &str = "kind: Component";

#[tokio::test]
async fn bitbucket_cloud() {
    let host = Host::start(|seen| {
        // someone:secret-password
        if seen.authorization != "Basic c29tZW9uZTpzZWNyZXQtcGFzc3dvcmQ=" {
            return answer(401, &[], "");
        }
        let root = "/2.0/repositories/team/shop/src/main";
        let path = seen.line.strip_prefix("GET ").unwrap_or_default();
        match path.strip_prefix(root).unwrap_or_default() {
            "/a/catalog-info.yaml" => answer(200, &[], FILE),
            "/?max_depth=50&pagelen=100" => super::json(&json!({
                "values": [
                    { "type": "commit_directory", "path": "a" },
                    { "type": "commit_file", "path": "a/catalog-info.yaml" },
                ],
                "next": format!("{}{root}/?page=2", seen.base),
            })),
            "/?page=2" => super::json(&json!({ "values": [{ "type": "commit_file", "path": "b/catalog-info.yaml" }] })),
            _ => answer(
                404,
                &[],
                r#"{"type":"error","error":{"message":"No such file or directory"}}"#,
            ),
        }
    })
    .await;
    let readers = readers(&format!(
        "integrations:\n  bitbucketCloud: [{{ host: '{0}', apiBaseUrl: 'http://{0}/2.0', username: someone, \
         appPassword: secret-password }}]",
        host.address
    ));
    let root = format!("https://{}/team/shop/src/main", host.address);
    assert_eq!(
        read(&readers, &format!("{root}/a/catalog-info.yaml")).await.unwrap().0,
        FILE
    );
    let files = list(&readers, &format!("{root}/*/catalog-info.yaml")).await.unwrap();
    assert_eq!(
        files,
        [
            format!("{root}/a/catalog-info.yaml"),
            format!("{root}/b/catalog-info.yaml")
        ]
    );
}

#[tokio::test]
async fn bitbucket_server() {
    let host = Host::start(|seen| {
        if seen.authorization != "Bearer secret-token" {
            return answer(401, &[], "");
        }
        let root = "/rest/api/1.0/projects/P/repos/shop";
        let path = seen.line.strip_prefix("GET ").unwrap_or_default();
        match path.strip_prefix(root).unwrap_or_default() {
            "/raw/s/a/catalog-info.yaml?at=dev" => answer(200, &[], FILE),
            "/files/s?at=dev&limit=1000&start=0" => {
                super::json(&json!({ "values": ["a/catalog-info.yaml"], "isLastPage": false, "nextPageStart": 1 }))
            }
            "/files/s?at=dev&limit=1000&start=1" => {
                super::json(&json!({ "values": ["b/catalog-info.yaml", "README.md"], "isLastPage": true }))
            }
            _ => answer(404, &[], r#"{"errors":[{"message":"The path does not exist"}]}"#),
        }
    })
    .await;
    let readers = readers(&format!(
        "integrations:\n  bitbucketServer: [{{ host: '{0}', apiBaseUrl: 'http://{0}/rest/api/1.0', token: secret-token }}]",
        host.address
    ));
    let root = format!("https://{}/projects/P/repos/shop/browse/s", host.address);
    let file = |name: &str| format!("{root}/{name}/catalog-info.yaml?at=dev");
    assert_eq!(read(&readers, &file("a")).await.unwrap().0, FILE);
    assert_eq!(list(&readers, &file("*")).await.unwrap(), [file("a"), file("b")]);
}

#[tokio::test]
async fn gitea() {
    let host = Host::start(|seen| {
        if seen.authorization != "token secret-token" {
            return answer(404, &[], "");
        }
        let path = seen.line.strip_prefix("GET ").unwrap_or_default();
        match path.strip_prefix("/api/v1/repos/acme/shop").unwrap_or_default() {
            "/raw/a/catalog-info.yaml?ref=main" => answer(200, &[], FILE),
            "/git/trees/main?recursive=true&per_page=1000&page=1" => super::json(&json!({
                "truncated": true, "page": 1, "total_count": 2,
                "tree": [{ "type": "blob", "path": "a/catalog-info.yaml" }],
            })),
            "/git/trees/main?recursive=true&per_page=1000&page=2" => super::json(&json!({
                "truncated": false, "page": 2, "total_count": 2,
                "tree": [{ "type": "blob", "path": "b/catalog-info.yaml" }],
            })),
            _ => answer(404, &[], ""),
        }
    })
    .await;
    let readers = readers(&format!(
        "integrations:\n  gitea: [{{ host: '{0}', baseUrl: 'http://{0}', password: secret-token }}]",
        host.address
    ));
    let root = format!("https://{}/acme/shop/src/branch/main", host.address);
    assert_eq!(
        read(&readers, &format!("{root}/a/catalog-info.yaml")).await.unwrap().0,
        FILE
    );
    let files = list(&readers, &format!("{root}/**/catalog-info.yaml")).await.unwrap();
    assert_eq!(files.len(), 2, "{files:?}");
}

#[tokio::test]
async fn azure_devops() {
    let host = Host::start(|seen| {
        // :secret-token
        if seen.authorization != "Basic OnNlY3JldC10b2tlbg==" {
            // What strangers get is the page to sign in, with a status that looks like success.
            return answer(203, &[("content-type", "text/html")], "<html>Sign in</html>");
        }
        let root = "/acme/web/_apis/git/repositories/shop/items?api-version=6.0";
        let path = seen.line.strip_prefix("GET ").unwrap_or_default();
        let branch = "versionDescriptor.version=dev&versionDescriptor.versionType=branch";
        let rest = path.strip_prefix(root).unwrap_or_default();
        if rest == format!("&path=%2Fa%2Fcatalog-info.yaml&{branch}") {
            return answer(200, &[("etag", "\"z\"")], FILE);
        }
        if rest == format!("&scopePath=%2F&{branch}&recursionLevel=full") {
            return super::json(&json!({ "count": 3, "value": [
                { "path": "/", "isFolder": true, "gitObjectType": "tree" },
                { "path": "/a", "isFolder": true, "gitObjectType": "tree" },
                { "path": "/a/catalog-info.yaml", "gitObjectType": "blob" },
            ] }));
        }
        answer(404, &[], r#"{"typeKey":"GitItemNotFoundException"}"#)
    })
    .await;
    let config = |token: &str| {
        format!(
            "integrations:\n  azure: [{{ host: '{0}', apiBaseUrl: 'http://{0}', credentials: [\
             {{ organizations: [others], personalAccessToken: other }}, {{ organizations: [acme], personalAccessToken: {token} }}] }}]",
            host.address
        )
    };
    let root = format!("https://{}/acme/web/_git/shop?path=", host.address);
    let allowed = readers(&config("secret-token"));
    let target = format!("{root}%2Fa%2Fcatalog-info.yaml&version=GBdev");
    assert_eq!(read(&allowed, &target).await.unwrap().0, FILE);
    let files = list(&allowed, &format!("{root}%2F*%2Fcatalog-info.yaml&version=GBdev"))
        .await
        .unwrap();
    assert_eq!(files, std::slice::from_ref(&target));

    let error = read(&readers(&config("wrong")), &target).await.unwrap_err().to_string();
    assert!(error.contains("203") && error.contains("token"), "{error}");
}

/// Tokens for a client `id` with the secret `s e`, `token-1` and so on, and a file for whoever shows one.
async fn with_clients(token_path: &'static str, scope: &'static str) -> Host {
    let tokens = AtomicUsize::new(0);
    Host::start(move |seen| {
        if seen.line == format!("POST {token_path}") {
            // id:s+e
            if seen.authorization != "Basic aWQ6cytl" {
                return answer(401, &[], r#"{"error":"invalid_client"}"#);
            }
            assert_eq!(seen.body, format!("grant_type=client_credentials{scope}"));
            let number = tokens.fetch_add(1, Ordering::Relaxed) + 1;
            return super::json(
                &json!({ "access_token": format!("token-{number}"), "token_type": "bearer", "expires_in": 7200 }),
            );
        }
        match seen.authorization.as_str() {
            "Bearer token-1" => answer(200, &[], FILE),
            _ => answer(401, &[], "{}"),
        }
    })
    .await
}

#[tokio::test]
async fn azure_devops_by_a_service_principal() {
    let scope = "&scope=499b84ac-1321-427f-aa17-267ca6975798%2F.default";
    let host = with_clients("/directory/oauth2/v2.0/token", scope).await;
    let config = |secret: &str| {
        format!(
            "integrations:\n  azure: [{{ host: '{0}', apiBaseUrl: 'http://{0}', credentials: [{{ organizations: [acme], \
             clientId: id, clientSecret: {secret}, tenantId: directory, authorityHost: 'http://{0}' }}] }}]",
            host.address
        )
    };
    let target = format!("https://{}/acme/web/_git/shop?path=%2Fcatalog-info.yaml", host.address);
    let readers_of_it = readers(&config("s e"));
    for _ in 0..3 {
        assert_eq!(read(&readers_of_it, &target).await.unwrap().0, FILE);
    }
    let asked = host.lines().iter().filter(|line| line.starts_with("POST")).count();
    assert_eq!(asked, 1, "a token is used until it ends");
    let error = read(&readers(&config("wrong")), &target).await.unwrap_err().to_string();
    assert!(error.contains("client id got no token: 401"), "{error}");
}

#[tokio::test]
async fn bitbucket_cloud_by_an_oauth_consumer() {
    let host = with_clients("/site/oauth2/access_token", "").await;
    let config = format!(
        "integrations:\n  bitbucketCloud: [{{ host: '{0}', apiBaseUrl: 'http://{0}/2.0', clientId: id, clientSecret: s e, \
         tokenUrl: 'http://{0}/site/oauth2/access_token' }}]",
        host.address
    );
    let target = format!("https://{}/acme/shop/src/main/catalog-info.yaml", host.address);
    assert_eq!(read(&readers(&config), &target).await.unwrap().0, FILE);
}

#[tokio::test]
async fn s3() {
    let host = Host::start(|seen| {
        let path = seen.line.strip_prefix("GET ").unwrap_or_default();
        // Signed by the one who may read; the signature itself is the library's business.
        if !path.contains("X-Amz-Credential=key-id%2F") || !path.contains("X-Amz-Signature=") {
            return answer(403, &[], "<Error><Code>AccessDenied</Code></Error>");
        }
        let page = |keys: &[&str], next: Option<&str>| {
            let object = |key: &&str| {
                format!(
                    "<Contents><Key>{key}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>\
                     <ETag>&quot;1&quot;</ETag><Size>1</Size><StorageClass>STANDARD</StorageClass></Contents>"
                )
            };
            let contents = keys.iter().map(object).collect::<Vec<_>>().concat();
            let truncated = next.is_some();
            let next = next.map_or_else(String::new, |token| {
                format!("<NextContinuationToken>{token}</NextContinuationToken>")
            });
            answer(
                200,
                &[("content-type", "application/xml")],
                format!(
                    "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>files</Name>\
                     <Prefix>d/</Prefix><MaxKeys>1000</MaxKeys><IsTruncated>{truncated}</IsTruncated>{contents}{next}</ListBucketResult>"
                ),
            )
        };
        if path.starts_with("/files/d/a/catalog-info.yaml?") {
            answer(200, &[("etag", "\"s\"")], FILE)
        } else if path.starts_with("/files/?") && path.contains("continuation-token=more") {
            page(&["d/b/catalog-info.yaml"], None)
        } else if path.starts_with("/files/?") && path.contains("list-type=2") {
            page(&["d/a/catalog-info.yaml", "d/a/notes.txt"], Some("more"))
        } else {
            answer(404, &[], "<Error><Code>NoSuchKey</Code></Error>")
        }
    })
    .await;
    let config = |id: &str| {
        format!(
            "integrations:\n  awsS3: [{{ endpoint: 'http://{}', s3ForcePathStyle: true, accessKeyId: {id}, secretAccessKey: secret }}]",
            host.address
        )
    };
    let root = format!("http://{}/files/d", host.address);
    let allowed = readers(&config("key-id"));
    let (text, etag) = read(&allowed, &format!("{root}/a/catalog-info.yaml")).await.unwrap();
    assert_eq!((text.as_str(), etag.as_deref()), (FILE, Some("\"s\"")));
    let files = list(&allowed, &format!("{root}/*/catalog-info.yaml")).await.unwrap();
    assert_eq!(
        files,
        [
            format!("{root}/a/catalog-info.yaml"),
            format!("{root}/b/catalog-info.yaml")
        ]
    );
    let error = read(&readers(&config("other")), &format!("{root}/a/catalog-info.yaml"))
        .await
        .unwrap_err();
    let error = error.to_string();
    assert!(error.contains("403") && !error.contains("Signature"), "{error}");
}
