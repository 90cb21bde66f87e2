use axum::response::Response;
use serde_json::json;

use super::{Host, Seen, answer, list, read, readers};

/// A project `group/sub/shop` whose tree takes two pages.
fn gitlab(seen: &Seen) -> Response {
    const PROJECT: &str = "/api/v4/projects/group%2Fsub%2Fshop/repository";
    if seen.authorization != "Bearer secret-token" {
        // GitLab does not tell strangers what there is.
        return answer(404, &[], r#"{"message":"404 Project Not Found"}"#);
    }
    let path = seen.line.strip_prefix("GET ").unwrap_or_default();
    let rest = path.strip_prefix(PROJECT).unwrap_or_default();
    let first = "/tree?path=services&ref=main&recursive=true&pagination=keyset&per_page=100";
    match rest {
        "/files/services%2Fa%2Fcatalog-info.yaml/raw?ref=main" => {
            answer(200, &[("etag", "W/\"g1\"")], "kind: Component")
        }
        _ if rest == first => {
            let next = format!("<{}{PROJECT}{first}&page_token=x>; rel=\"next\"", seen.base);
            let body = json!([
                { "type": "tree", "path": "services/a", "mode": "040000" },
                { "type": "blob", "path": "services/a/catalog-info.yaml", "mode": "100644" },
            ]);
            answer(200, &[("link", &next)], body.to_string())
        }
        _ if rest == format!("{first}&page_token=x") => {
            super::json(&json!([{ "type": "blob", "path": "services/b/catalog-info.yaml", "mode": "100644" }]))
        }
        _ => answer(404, &[], r#"{"message":"404 File Not Found"}"#),
    }
}

#[tokio::test]
async fn files_and_patterns_of_nested_groups() {
    let host = Host::start(gitlab).await;
    let readers = readers(&format!(
        "integrations:\n  gitlab: [{{ host: '{0}', apiBaseUrl: 'http://{0}/api/v4', token: secret-token }}]",
        host.address
    ));
    let root = format!("https://{}/group/sub/shop/-/blob/main", host.address);
    let (text, etag) = read(&readers, &format!("{root}/services/a/catalog-info.yaml"))
        .await
        .unwrap();
    assert_eq!((text.as_str(), etag.as_deref()), ("kind: Component", Some("W/\"g1\"")));
    assert_eq!(
        list(&readers, &format!("{root}/services/*/catalog-info.yaml"))
            .await
            .unwrap(),
        [
            format!("{root}/services/a/catalog-info.yaml"),
            format!("{root}/services/b/catalog-info.yaml"),
        ]
    );
    let error = read(&readers, &format!("{root}/nothing.yaml")).await.unwrap_err();
    assert!(error.to_string().contains("no matching files found"), "{error}");
}

#[tokio::test]
async fn a_next_page_on_another_host_is_not_asked_for() {
    let host = Host::start(|_| {
        let next = "<http://127.0.0.1:9/api/v4/x>; rel=\"next\"";
        answer(200, &[("link", next)], "[]")
    })
    .await;
    let readers = readers(&format!(
        "integrations:\n  gitlab: [{{ host: '{0}', apiBaseUrl: 'http://{0}/api/v4', token: secret-token }}]",
        host.address
    ));
    let pattern = format!("https://{}/group/shop/-/blob/main/*.yaml", host.address);
    let error = list(&readers, &pattern).await.unwrap_err().to_string();
    assert!(error.contains("another host"), "{error}");
}
