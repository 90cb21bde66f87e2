//! From GitHub's people and teams to entities, as Backstage's GitHub module makes them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::ingest::{candidate::Candidate, provider::ProviderError};

/// What a question has to ask about a person, with the variables `$org` and `$email`.
pub(super) const USER_FIELDS: &str = "id login name bio avatarUrl email @include(if: $email) \
    organizationVerifiedDomainEmails(login: $org)";

/// What a question has to ask about a team.
pub(super) const TEAM_FIELDS: &str = "slug combinedSlug name description avatarUrl editTeamUrl parentTeam { slug }";

/// A team, with the logins of those who are in it directly.
#[derive(Debug, Clone)]
pub(super) struct Team {
    pub(super) slug: String,
    pub(super) parent: Option<String>,
    pub(super) members: Vec<String>,
    /// Slugs.
    pub(super) children: BTreeSet<String>,
    node: Value,
}

impl Team {
    /// Reads an answer; `None` for one without a slug.
    pub(super) fn of(node: Value, members: Vec<String>) -> Option<Self> {
        Some(Self {
            slug: node["slug"].as_str()?.to_owned(),
            parent: node["parentTeam"]["slug"].as_str().map(str::to_owned),
            members,
            children: BTreeSet::new(),
            node,
        })
    }

    /// Its ref within a namespace, as members name it.
    pub(super) fn short_ref(&self, namespace: Option<&str>) -> String {
        short_ref(namespace, &self.slug)
    }

    /// Its entity.
    pub(super) fn candidate(&self, host: &str, namespace: Option<&str>, key: &str) -> Result<Candidate, ProviderError> {
        let node = &self.node;
        let combined = node["combinedSlug"].as_str().unwrap_or_default();
        let organization = combined.split_once('/').map_or("", |(organization, _)| organization);
        let location = format!("url:https://{host}/orgs/{organization}/teams/{}", self.slug);
        let mut annotations = managed_by(&location);
        annotations.insert("github.com/team-slug".to_owned(), combined.into());
        copy(node, "editTeamUrl", &mut annotations, "backstage.io/edit-url");
        let mut metadata = Map::new();
        metadata.insert("name".to_owned(), self.slug.clone().into());
        if let Some(namespace) = namespace {
            metadata.insert("namespace".to_owned(), namespace.into());
        }
        metadata.insert("annotations".to_owned(), annotations.into());
        copy(node, "description", &mut metadata, "description");
        let mut profile = Map::new();
        copy(node, "name", &mut profile, "displayName");
        copy(node, "avatarUrl", &mut profile, "picture");
        let members: Vec<String> = self.members.iter().map(|login| format!("default/{login}")).collect();
        let mut spec = json!({"type": "team", "profile": profile, "children": self.children, "members": members});
        if let Some(parent) = &self.parent {
            spec["parent"] = parent.clone().into();
        }
        let document =
            json!({"apiVersion": "backstage.io/v1alpha1", "kind": "Group", "metadata": metadata, "spec": spec});
        Ok(Candidate::of_provider(document, Some(key.to_owned()))?)
    }
}

/// A person, with the teams of all organisations that they are in.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) login: String,
    /// Refs of groups, without their kind.
    pub(super) member_of: BTreeSet<String>,
    node: Value,
}

impl Person {
    /// Reads an answer; `None` for one without a login.
    pub(super) fn of(node: Value) -> Option<Self> {
        Some(Self {
            login: node["login"].as_str()?.to_owned(),
            member_of: BTreeSet::new(),
            node,
        })
    }

    /// Whether GitHub Enterprise has suspended them.
    pub(super) fn is_suspended(&self) -> bool {
        self.node["suspendedAt"].is_string()
    }

    /// Their entity.
    pub(super) fn candidate(&self, host: &str, verified_emails: bool, key: &str) -> Result<Candidate, ProviderError> {
        let node = &self.node;
        let mut annotations = managed_by(&format!("url:https://{host}/{}", self.login));
        annotations.insert("github.com/user-login".to_owned(), self.login.clone().into());
        copy(node, "id", &mut annotations, "github.com/user-id");
        let mut metadata = Map::new();
        metadata.insert("name".to_owned(), self.login.clone().into());
        metadata.insert("annotations".to_owned(), annotations.into());
        copy(node, "bio", &mut metadata, "description");
        let mut profile = Map::new();
        copy(node, "name", &mut profile, "displayName");
        copy(node, "email", &mut profile, "email");
        if verified_emails && let Some(email) = node["organizationVerifiedDomainEmails"][0].as_str() {
            profile.insert("email".to_owned(), without_tag(email).into());
        }
        copy(node, "avatarUrl", &mut profile, "picture");
        let spec = json!({"profile": profile, "memberOf": self.member_of});
        let document =
            json!({"apiVersion": "backstage.io/v1alpha1", "kind": "User", "metadata": metadata, "spec": spec});
        Ok(Candidate::of_provider(document, Some(key.to_owned()))?)
    }
}

/// The ref of a person's entity.
pub(super) fn user_ref(login: &str) -> String {
    format!("user:default/{}", login.to_lowercase())
}

/// The ref of a team's entity.
pub(super) fn group_ref(namespace: Option<&str>, slug: &str) -> String {
    format!("group:{}/{}", namespace.unwrap_or("default"), slug).to_lowercase()
}

/// A team as its members name it.
pub(super) fn short_ref(namespace: Option<&str>, slug: &str) -> String {
    match namespace {
        Some(namespace) => format!("{namespace}/{slug}"),
        None => slug.to_owned(),
    }
}

/// Tells each team its children, by what those say of their parents.
pub(super) fn connect(teams: &mut [Team]) {
    let mut children: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for team in teams.iter() {
        if let Some(parent) = &team.parent {
            children.entry(parent.clone()).or_default().insert(team.slug.clone());
        }
    }
    for team in teams {
        team.children = children.remove(&team.slug).unwrap_or_default();
    }
}

fn managed_by(location: &str) -> Map<String, Value> {
    let annotations = [
        "backstage.io/managed-by-location",
        "backstage.io/managed-by-origin-location",
    ];
    annotations
        .into_iter()
        .map(|annotation| (annotation.to_owned(), location.into()))
        .collect()
}

/// Copies a text that is there and not empty.
fn copy(from: &Value, key: &str, to: &mut Map<String, Value>, name: &str) {
    if let Some(text) = from[key].as_str().filter(|text| !text.is_empty()) {
        to.insert(name.to_owned(), text.into());
    }
}

/// An address without what follows a plus sign in it.
fn without_tag(email: &str) -> String {
    match (email.split_once('+'), email.rsplit_once('@')) {
        (Some((name, _)), Some((_, domain))) => format!("{name}@{domain}"),
        _ => email.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn team(slug: &str, parent: Option<&str>) -> Team {
        let node = json!({
            "slug": slug, "combinedSlug": format!("acme/{slug}"), "name": "The Team", "description": "",
            "avatarUrl": "https://a/1", "editTeamUrl": "https://github.com/orgs/acme/teams/x/edit",
            "parentTeam": parent.map(|slug| json!({"slug": slug})),
        });
        Team::of(node, vec!["Jane".to_owned()]).unwrap()
    }

    #[test]
    fn teams_know_their_children() {
        let mut teams = [
            team("all", None),
            team("web", Some("all")),
            team("api", Some("all")),
            team("x", Some("hidden")),
        ];
        connect(&mut teams);
        let children: Vec<Vec<&str>> = teams
            .iter()
            .map(|team| team.children.iter().map(String::as_str).collect())
            .collect();
        assert_eq!(children, [vec!["api", "web"], vec![], vec![], vec![]]);
    }

    #[test]
    fn a_team_is_a_group() {
        let group = team("web", Some("all"))
            .candidate("github.com", Some("acme"), "key")
            .unwrap();
        assert_eq!(group.entity_ref, "group:acme/web");
        assert_eq!(
            group.document,
            json!({
                "apiVersion": "backstage.io/v1alpha1", "kind": "Group",
                "metadata": {"name": "web", "namespace": "acme", "annotations": {
                    "backstage.io/managed-by-location": "url:https://github.com/orgs/acme/teams/web",
                    "backstage.io/managed-by-origin-location": "url:https://github.com/orgs/acme/teams/web",
                    "github.com/team-slug": "acme/web",
                    "backstage.io/edit-url": "https://github.com/orgs/acme/teams/x/edit",
                }},
                "spec": {
                    "type": "team", "profile": {"displayName": "The Team", "picture": "https://a/1"},
                    "children": [], "members": ["default/Jane"], "parent": "all",
                },
            })
        );
        assert_eq!(group_ref(Some("acme"), "Web"), "group:acme/web");
    }

    #[test]
    fn a_person_is_a_user() {
        let node = json!({
            "id": "U_1", "login": "Jane", "name": "Jane Doe", "bio": null, "email": "jane@example.org", "avatarUrl": "https://a/2",
            "organizationVerifiedDomainEmails": ["jane+gh@acme.com"],
        });
        let mut jane = Person::of(node).unwrap();
        jane.member_of.insert("acme/web".to_owned());
        let user = jane.candidate("github.com", false, "key").unwrap();
        assert_eq!(user.entity_ref, user_ref("Jane"));
        assert_eq!(
            user.document["spec"],
            json!({
                "profile": {"displayName": "Jane Doe", "email": "jane@example.org", "picture": "https://a/2"},
                "memberOf": ["acme/web"],
            })
        );
        assert!(user.document["metadata"].get("description").is_none());
        let verified = jane.candidate("github.com", true, "key").unwrap();
        assert_eq!(verified.document["spec"]["profile"]["email"], "jane@acme.com");
    }
}
