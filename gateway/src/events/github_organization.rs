//! GitHub's webhooks about people and teams: `organization`, `team`, `membership` and `installation`.

use callboard_proto::catalog::v1::OrganizationEvent;
use serde_json::Value;

use super::json_path::text;

/// What a webhook means for whoever holds people and teams; nothing for most of them.
pub(super) fn read(event: &str, payload: &Value) -> Option<OrganizationEvent> {
    let action = text(payload, "/action").unwrap_or_default();
    let told = |path: &str| text(payload, path).unwrap_or_default().to_owned();
    let login = match event {
        "installation" => text(payload, "/installation/account/login")?,
        _ => text(payload, "/organization/login")?,
    };
    // Organisations come without the address that people see; who caused the event comes with theirs.
    let (host, _) = text(payload, "/sender/html_url")?.rsplit_once('/')?;
    let anew = OrganizationEvent {
        url: format!("{host}/{login}"),
        ..OrganizationEvent::default()
    };
    let is_whole = true;
    Some(match (event, action) {
        ("organization", "member_added" | "member_removed") => OrganizationEvent {
            user: told("/membership/user/login"),
            ..anew
        },
        // Its members name a team by what it was called until now, and so do the teams below it.
        ("team", "deleted") => OrganizationEvent {
            team: told("/team/slug"),
            is_whole,
            ..anew
        },
        ("team", "edited") if payload.pointer("/changes/name").is_some() => OrganizationEvent { is_whole, ..anew },
        ("team", "created" | "edited") => OrganizationEvent {
            team: told("/team/slug"),
            ..anew
        },
        ("membership", "added" | "removed") => OrganizationEvent {
            team: told("/team/slug"),
            user: told("/member/login"),
            ..anew
        },
        ("organization", "renamed" | "deleted") | ("installation", "created" | "deleted" | "suspend" | "unsuspend") => {
            OrganizationEvent { is_whole, ..anew }
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(event: &str, mut payload: Value) -> Option<(String, String, String, bool)> {
        payload["organization"] = json!({"login": "acme", "url": "https://api.github.com/orgs/acme"});
        payload["sender"] = json!({"login": "root", "html_url": "https://github.com/root"});
        read(event, &payload).map(|event| (event.url, event.team, event.user, event.is_whole))
    }

    fn expected(team: &str, user: &str, is_whole: bool) -> (String, String, String, bool) {
        let url = "https://github.com/acme".to_owned();
        (url, team.to_owned(), user.to_owned(), is_whole)
    }

    #[test]
    fn what_changed_is_named() {
        let jane = json!({"login": "jane"});
        let web = json!({"slug": "web", "name": "Web"});
        let table = [
            (
                "organization",
                json!({"action": "member_added", "membership": {"user": jane}}),
                Some(expected("", "jane", false)),
            ),
            (
                "organization",
                json!({"action": "member_removed", "membership": {"user": jane}}),
                Some(expected("", "jane", false)),
            ),
            (
                "team",
                json!({"action": "created", "team": web}),
                Some(expected("web", "", false)),
            ),
            (
                "team",
                json!({"action": "edited", "team": web, "changes": {}}),
                Some(expected("web", "", false)),
            ),
            (
                "team",
                json!({"action": "edited", "team": web, "changes": {"name": {"from": "W"}}}),
                Some(expected("", "", true)),
            ),
            (
                "team",
                json!({"action": "deleted", "team": web}),
                Some(expected("web", "", true)),
            ),
            (
                "membership",
                json!({"action": "added", "team": web, "member": jane}),
                Some(expected("web", "jane", false)),
            ),
            (
                "installation",
                json!({"action": "created", "installation": {"account": {"login": "acme"}}}),
                Some(expected("", "", true)),
            ),
            ("organization", json!({"action": "member_invited"}), None),
            ("team", json!({"action": "added_to_repository", "team": web}), None),
            ("push", json!({}), None),
        ];
        for (event, payload, expected) in table {
            assert_eq!(told(event, payload.clone()), expected, "{event} {payload}");
        }
    }

    #[test]
    fn nonsense_means_nothing() {
        for payload in [
            json!(null),
            json!({"organization": 1}),
            json!({"organization": {"login": "acme"}, "action": "created"}),
        ] {
            assert_eq!(read("team", &payload), None);
        }
    }
}
