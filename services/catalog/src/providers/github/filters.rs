//! Which repositories count.

use serde_json::Value;

use super::settings::{RepositoryFilters, TopicFilter};

/// What is known of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Repository {
    pub(super) name: String,
    /// As people see it.
    pub(super) url: String,
    /// `None`: it is empty.
    pub(super) default_branch: Option<String>,
    pub(super) is_archived: bool,
    pub(super) is_fork: bool,
    /// In lower case.
    pub(super) visibility: String,
    pub(super) topics: Vec<String>,
    /// The file that was asked for is there and not empty.
    pub(super) has_file: bool,
}

/// What a question has to ask about a repository, with a variable `$file`.
pub(super) const FIELDS: &str = "name url isArchived isFork visibility \
    defaultBranchRef { name } \
    repositoryTopics(first: 100) { nodes { topic { name } } } \
    file: object(expression: $file) { __typename ... on Blob { byteSize } }";

impl Repository {
    /// Reads an answer; `None` for one that lacks what every repository has.
    pub(super) fn of(node: &Value) -> Option<Self> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let topics = node["repositoryTopics"]["nodes"].as_array();
        Some(Self {
            name: text(&node["name"])?,
            url: text(&node["url"])?,
            default_branch: text(&node["defaultBranchRef"]["name"]),
            is_archived: node["isArchived"].as_bool().unwrap_or_default(),
            is_fork: node["isFork"].as_bool().unwrap_or_default(),
            visibility: node["visibility"].as_str().unwrap_or_default().to_lowercase(),
            topics: topics
                .into_iter()
                .flatten()
                .filter_map(|topic| text(&topic["topic"]["name"]))
                .collect(),
            has_file: node["file"]["byteSize"].as_u64().is_some_and(|size| size > 0),
        })
    }
}

impl RepositoryFilters {
    /// Whether a repository meets them.
    pub(super) fn admit(&self, repository: &Repository) -> bool {
        let visible = self.visibility.is_empty()
            || self
                .visibility
                .iter()
                .any(|wanted| wanted.eq_ignore_ascii_case(&repository.visibility));
        repository.default_branch.is_some()
            && (self.allow_archived || !repository.is_archived)
            && (self.allow_forks.unwrap_or(true) || !repository.is_fork)
            && visible
            && self
                .repository
                .as_ref()
                .is_none_or(|name| name.is_match(&repository.name))
            && self.topic.admits(&repository.topics)
    }
}

impl TopicFilter {
    fn admits(&self, topics: &[String]) -> bool {
        let has_one = |of: &[String]| topics.iter().any(|topic| of.contains(topic));
        (self.include.is_empty() || has_one(&self.include)) && !has_one(&self.exclude)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn repository() -> Repository {
        Repository::of(&json!({
            "name": "svc-shop", "url": "https://github.com/acme/svc-shop", "isArchived": false, "isFork": true,
            "visibility": "INTERNAL", "defaultBranchRef": {"name": "main"},
            "repositoryTopics": {"nodes": [{"topic": {"name": "java"}}, {"topic": {"name": "old"}}]},
            "file": {"__typename": "Blob", "byteSize": 3},
        }))
        .unwrap()
    }

    #[test]
    fn every_filter_has_to_be_met() {
        let table = [
            (json!({}), true),
            (json!({"repository": "svc-.*"}), true),
            (json!({"repository": "svc"}), false),
            (json!({"visibility": ["Internal", "private"]}), true),
            (json!({"visibility": ["public"]}), false),
            (json!({"allowForks": false}), false),
            (json!({"topic": {"include": ["java", "go"]}}), true),
            (json!({"topic": {"include": ["go"]}}), false),
            (json!({"topic": {"exclude": ["go"]}}), true),
            (json!({"topic": {"include": ["java"], "exclude": ["old"]}}), false),
        ];
        for (filters, expected) in table {
            let read: RepositoryFilters = serde_json::from_value(filters.clone()).unwrap();
            assert_eq!(read.admit(&repository()), expected, "{filters}");
        }
        let archived = Repository {
            is_archived: true,
            ..repository()
        };
        assert!(!RepositoryFilters::default().admit(&archived));
        let empty = Repository {
            default_branch: None,
            ..repository()
        };
        assert!(!RepositoryFilters::default().admit(&empty));
    }

    #[test]
    fn a_folder_or_an_empty_file_is_no_file() {
        let with = |file: Value| {
            Repository::of(&json!({"name": "a", "url": "b", "file": file}))
                .unwrap()
                .has_file
        };
        assert!(with(json!({"__typename": "Blob", "byteSize": 1})));
        assert!(!with(json!({"__typename": "Blob", "byteSize": 0})));
        assert!(!with(json!({"__typename": "Tree"})) && !with(Value::Null));
        assert_eq!(Repository::of(&json!({"name": "a"})), None);
    }
}
