//! GitHub's webhooks: `push` and `repository`.

use callboard_proto::catalog::v1::{LocationEvent, location_event::Kind};
use serde_json::Value;

use super::{
    json_path::{list, text, texts},
    located::{Files, branch, moved_repository, repository},
};

/// GitHub lists so many commits of a push at most.
const LISTED_COMMITS: usize = 2048;

/// What a webhook means for the catalog; nothing for most of them.
pub(super) fn read(event: &str, payload: &Value) -> Vec<LocationEvent> {
    let Some(url) = text(payload, "/repository/html_url") else {
        return Vec::new();
    };
    match event {
        "push" => push(url, payload),
        "repository" => change(url, payload),
        _ => Vec::new(),
    }
}

fn push(url: &str, payload: &Value) -> Vec<LocationEvent> {
    let Some(branch) = text(payload, "/ref").and_then(branch) else {
        return Vec::new();
    };
    let commits = list(payload, "/commits");
    let is = |path: &str| payload.pointer(path).and_then(Value::as_bool).unwrap_or_default();
    // A forced push changes more than its commits say, and a branch that comes or goes all of its files.
    let is_whole =
        is("/forced") || is("/created") || is("/deleted") || commits.is_empty() || commits.len() >= LISTED_COMMITS;
    if is_whole {
        return vec![repository(Kind::Updated, url)];
    }
    let mut files = Files::default();
    for commit in commits {
        files.commit(
            texts(commit, "/added"),
            texts(commit, "/modified"),
            texts(commit, "/removed"),
        );
    }
    files.into_events(url, |path| format!("{url}/blob/{branch}/{path}"))
}

fn change(url: &str, payload: &Value) -> Vec<LocationEvent> {
    let moved_from = |host: &str| {
        let owner = text(payload, "/changes/owner/from/organization/login")
            .or_else(|| text(payload, "/changes/owner/from/user/login"));
        let name = text(payload, "/changes/repository/name/from");
        let now_owner = text(payload, "/repository/owner/login")?;
        let now_name = text(payload, "/repository/name")?;
        Some(format!(
            "{host}/{}/{}",
            owner.unwrap_or(now_owner),
            name.unwrap_or(now_name)
        ))
    };
    let host = || {
        let full_name = text(payload, "/repository/full_name")?;
        url.strip_suffix(full_name).map(|host| host.trim_end_matches('/'))
    };
    match text(payload, "/action") {
        Some("renamed" | "transferred") => host()
            .and_then(moved_from)
            .map(|from| moved_repository(&from, url))
            .into_iter()
            .collect(),
        Some("created") => vec![repository(Kind::Created, url)],
        Some("deleted") => vec![repository(Kind::Deleted, url)],
        Some("archived" | "unarchived" | "edited" | "privatized" | "publicized") => {
            vec![repository(Kind::Updated, url)]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(event: &str, payload: &Value) -> Vec<(Kind, String, String)> {
        read(event, payload)
            .into_iter()
            .map(|event| (event.kind(), event.url, event.to_url))
            .collect()
    }

    const URL: &str = "https://github.com/acme/shop";

    #[test]
    fn a_push_tells_its_files() {
        let payload = json!({
            "ref": "refs/heads/main",
            "repository": {"html_url": URL},
            "commits": [
                {"added": ["new.yaml"], "modified": ["catalog-info.yaml"], "removed": []},
                {"added": [], "modified": ["new.yaml"], "removed": ["catalog-info.yaml"]},
            ],
        });
        let file = |kind, path: &str| (kind, format!("{URL}/blob/main/{path}"), String::new());
        assert_eq!(
            told("push", &payload),
            [
                file(Kind::Deleted, "catalog-info.yaml"),
                file(Kind::Created, "new.yaml")
            ]
        );
        let mut tag = payload.clone();
        tag["ref"] = json!("refs/tags/v1");
        assert_eq!(told("push", &tag), []);
        let mut forced = payload;
        forced["forced"] = json!(true);
        assert_eq!(told("push", &forced), [(Kind::Updated, URL.to_owned(), String::new())]);
    }

    #[test]
    fn a_repository_moves_and_goes() {
        let repository = json!({"html_url": URL, "full_name": "acme/shop", "name": "shop", "owner": {"login": "acme"}});
        let renamed = json!({
            "action": "renamed", "repository": repository, "changes": {"repository": {"name": {"from": "store"}}},
        });
        let from = |path: &str| (Kind::Moved, format!("https://github.com/{path}"), URL.to_owned());
        assert_eq!(told("repository", &renamed), [from("acme/store")]);
        let transferred = json!({
            "action": "transferred", "repository": repository, "changes": {"owner": {"from": {"user": {"login": "jane"}}}},
        });
        assert_eq!(told("repository", &transferred), [from("jane/shop")]);
        let deleted = json!({"action": "deleted", "repository": repository});
        assert_eq!(
            told("repository", &deleted),
            [(Kind::Deleted, URL.to_owned(), String::new())]
        );
    }

    #[test]
    fn nonsense_means_nothing() {
        for payload in [
            json!(null),
            json!([]),
            json!({"repository": 1}),
            json!({"repository": {"html_url": URL}}),
        ] {
            assert!(read("repository", &payload).is_empty() && read("star", &payload).is_empty());
        }
    }
}
