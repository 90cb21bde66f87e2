//! Bitbucket Server's (Data Center's) webhooks. They do not say which files changed.

use callboard_proto::catalog::v1::{LocationEvent, location_event::Kind};
use serde_json::Value;

use super::{
    json_path::text,
    located::{moved_repository, repository},
};

/// What a webhook means for the catalog; nothing for most of them.
pub(super) fn read(event: &str, payload: &Value) -> Vec<LocationEvent> {
    let address = |path: &str| {
        let href = text(payload, &format!("{path}/links/self/0/href"))?;
        Some(href.strip_suffix("/browse").unwrap_or(href).to_owned())
    };
    let event = match event {
        "repo:refs_changed" => address("/repository").map(|url| repository(Kind::Updated, &url)),
        "repo:modified" => match (address("/old"), address("/new")) {
            (Some(from), Some(to)) if from != to => Some(moved_repository(&from, &to)),
            (_, Some(url)) => Some(repository(Kind::Updated, &url)),
            _ => None,
        },
        _ => None,
    };
    event.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tells_of_repositories() {
        let at = |slug: &str| {
            let href = format!("https://git.example.com/projects/ACME/repos/{slug}/browse");
            json!({"links": {"self": [{"href": href}]}})
        };
        let url = |slug: &str| format!("https://git.example.com/projects/ACME/repos/{slug}");
        assert_eq!(
            read("repo:refs_changed", &json!({"repository": at("shop")})),
            [repository(Kind::Updated, &url("shop"))]
        );
        assert_eq!(
            read("repo:modified", &json!({"old": at("store"), "new": at("shop")})),
            [moved_repository(&url("store"), &url("shop"))]
        );
        assert!(read("diagnostics:ping", &json!({"test": true})).is_empty());
    }
}
