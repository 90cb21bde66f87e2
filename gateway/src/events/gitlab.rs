//! GitLab's webhooks (`Push Hook`) and system hooks (`project_*`).

use callboard_proto::catalog::v1::{LocationEvent, location_event::Kind};
use serde_json::Value;

use super::{
    json_path::{list, text, texts},
    located::{Files, branch, moved_repository, repository},
};

/// A branch that does not exist has this commit.
const NO_COMMIT: &str = "0000000000000000000000000000000000000000";

/// What a webhook means for the catalog; nothing for most of them. `instance` is the address of the GitLab it comes from, which
/// system hooks do not say themselves.
pub(super) fn read(instance: Option<&str>, payload: &Value) -> Vec<LocationEvent> {
    let kind = text(payload, "/object_kind").or_else(|| text(payload, "/event_name"));
    match kind {
        Some("push") => push(payload),
        Some(kind) => project(kind, instance, payload).into_iter().collect(),
        None => Vec::new(),
    }
}

fn push(payload: &Value) -> Vec<LocationEvent> {
    let (Some(url), Some(branch)) = (
        text(payload, "/project/web_url"),
        text(payload, "/ref").and_then(branch),
    ) else {
        return Vec::new();
    };
    let commits = list(payload, "/commits");
    // It lists the last twenty commits of a push only.
    let total = payload
        .pointer("/total_commits_count")
        .and_then(Value::as_u64)
        .unwrap_or_default();
    let is_branch_change = [text(payload, "/before"), text(payload, "/after")].contains(&Some(NO_COMMIT));
    if is_branch_change || commits.is_empty() || total > commits.len() as u64 {
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
    files.into_events(url, |path| format!("{url}/-/blob/{branch}/{path}"))
}

fn project(kind: &str, instance: Option<&str>, payload: &Value) -> Option<LocationEvent> {
    let instance = instance?.trim_end_matches('/');
    let address = |path: &str| Some(format!("{instance}/{}", text(payload, path)?));
    let url = address("/path_with_namespace")?;
    match kind {
        "project_create" => Some(repository(Kind::Created, &url)),
        "project_destroy" => Some(repository(Kind::Deleted, &url)),
        "project_update" => Some(repository(Kind::Updated, &url)),
        "project_rename" | "project_transfer" => Some(moved_repository(&address("/old_path_with_namespace")?, &url)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_push_tells_its_files() {
        let payload = json!({
            "object_kind": "push",
            "ref": "refs/heads/main",
            "before": "1",
            "after": "2",
            "project": {"web_url": "https://gitlab.com/acme/shop"},
            "commits": [{"added": [], "modified": ["a/catalog-info.yaml"], "removed": []}],
            "total_commits_count": 1,
        });
        let events = read(None, &payload);
        assert_eq!(
            events[0].url,
            "https://gitlab.com/acme/shop/-/blob/main/a/catalog-info.yaml"
        );
        assert_eq!((events.len(), events[0].kind()), (1, Kind::Updated));
        let mut many = payload;
        many["total_commits_count"] = json!(40);
        let events = read(None, &many);
        assert!(events[0].is_repository && events[0].url == "https://gitlab.com/acme/shop");
    }

    #[test]
    fn a_project_moves() {
        let payload = json!({
            "event_name": "project_rename",
            "path_with_namespace": "acme/shop",
            "old_path_with_namespace": "acme/store",
        });
        let events = read(Some("https://git.example.com/"), &payload);
        assert_eq!(events[0].url, "https://git.example.com/acme/store");
        assert_eq!(events[0].to_url, "https://git.example.com/acme/shop");
        assert!(read(None, &payload).is_empty() && read(None, &json!({})).is_empty());
    }
}
