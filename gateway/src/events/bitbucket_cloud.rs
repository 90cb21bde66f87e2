//! Bitbucket Cloud's webhooks. They do not say which files changed.

use callboard_proto::catalog::v1::{LocationEvent, location_event::Kind};
use serde_json::Value;

use super::{
    json_path::text,
    located::{moved_repository, repository},
};

/// What a webhook means for the catalog; nothing for most of them.
pub(super) fn read(event: &str, payload: &Value) -> Vec<LocationEvent> {
    let Some(url) = text(payload, "/repository/links/html/href") else {
        return Vec::new();
    };
    let event = match event {
        "repo:push" => repository(Kind::Updated, url),
        "repo:updated" => match text(payload, "/changes/links/old/html/href") {
            Some(from) if from != url => moved_repository(from, url),
            _ => repository(Kind::Updated, url),
        },
        "repo:deleted" => repository(Kind::Deleted, url),
        _ => return Vec::new(),
    };
    vec![event]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tells_of_repositories() {
        let url = "https://bitbucket.org/acme/shop";
        let payload = json!({
            "repository": {"links": {"html": {"href": url}}},
            "changes": {"links": {"old": {"html": {"href": "https://bitbucket.org/acme/store"}}}},
        });
        assert_eq!(read("repo:push", &payload), [repository(Kind::Updated, url)]);
        assert_eq!(
            read("repo:updated", &payload),
            [moved_repository("https://bitbucket.org/acme/store", url)]
        );
        assert!(read("issue:created", &payload).is_empty() && read("repo:push", &json!({})).is_empty());
    }
}
