//! `events`: webhooks that are taken in.

use callboard_service_kit::config::{Config, ConfigError, Secret};
use serde::Deserialize;

/// Topics whose messages cause work, and which are therefore only taken from whoever knows a secret.
const SIGNED_TOPICS: [&str; 4] = ["github", "gitlab", "bitbucketCloud", "bitbucketServer"];

/// Which webhooks are taken in, and the secrets that prove where they come from.
#[derive(Debug, Default)]
pub struct EventsConfig {
    /// `events.http.topics`: further topics, taken from anybody; nothing in Callboard acts on them.
    pub open_topics: Vec<String>,
    /// `events.modules.github.webhookSecret`, and those of the apps under `integrations.github`.
    pub github_secrets: Vec<Secret<String>>,
    /// `events.modules.gitlab.webhookSecret`.
    pub gitlab_secret: Option<Secret<String>>,
    /// `events.modules.bitbucketCloud.webhookSecret`.
    pub bitbucket_cloud_secret: Option<Secret<String>>,
    /// `events.modules.bitbucketServer.webhookSecret`.
    pub bitbucket_server_secret: Option<Secret<String>>,
}

#[derive(Deserialize)]
struct GithubHost {
    #[serde(default)]
    apps: Vec<GithubApp>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GithubApp {
    webhook_secret: Option<Secret<String>>,
}

impl EventsConfig {
    /// Reads the section.
    pub fn load(config: &Config) -> Result<Self, ConfigError> {
        let secret = |topic: &str| -> Result<Option<Secret<String>>, ConfigError> {
            let key = format!("events.modules.{topic}.webhookSecret");
            let secret = config.get::<Secret<String>>(&key)?;
            match &secret {
                Some(secret) if secret.expose().is_empty() => Err(config.invalid(&key, "must not be empty")),
                _ => Ok(secret),
            }
        };
        let mut github_secrets: Vec<_> = secret("github")?.into_iter().collect();
        let hosts: Vec<GithubHost> = config.get_or("integrations.github", Vec::new())?;
        let app_secrets = hosts
            .into_iter()
            .flat_map(|host| host.apps)
            .filter_map(|app| app.webhook_secret);
        github_secrets.extend(app_secrets.filter(|secret| !secret.expose().is_empty()));
        let events = Self {
            open_topics: config.get_or("events.http.topics", Vec::new())?,
            github_secrets,
            gitlab_secret: secret("gitlab")?,
            bitbucket_cloud_secret: secret("bitbucketCloud")?,
            bitbucket_server_secret: secret("bitbucketServer")?,
        };
        for topic in SIGNED_TOPICS {
            let is_listed = events.open_topics.iter().any(|open| open.eq_ignore_ascii_case(topic));
            if is_listed && !events.has_secret(topic) {
                return Err(config.invalid(
                    "events.http.topics",
                    format!(
                        "{topic:?} would take webhooks from anybody; set events.modules.{topic}.webhookSecret, and give the \
                         code host the same secret"
                    ),
                ));
            }
        }
        Ok(events)
    }

    fn has_secret(&self, topic: &str) -> bool {
        match topic {
            "github" => !self.github_secrets.is_empty(),
            "gitlab" => self.gitlab_secret.is_some(),
            "bitbucketCloud" => self.bitbucket_cloud_secret.is_some(),
            _ => self.bitbucket_server_secret.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(yaml: &str) -> Result<EventsConfig, ConfigError> {
        EventsConfig::load(&Config::from_yaml(yaml).expect(yaml))
    }

    #[test]
    fn a_signed_topic_is_never_open() {
        let error = load("events: {http: {topics: [github]}}")
            .expect_err("is refused")
            .to_string();
        assert!(error.contains("events.modules.github.webhookSecret"), "{error}");
        assert!(load("events: {http: {topics: [bitbucketcloud]}}").is_err());
        assert!(load("events: {modules: {gitlab: {webhookSecret: ''}}}").is_err());
        let signed = load("events: {http: {topics: [github, other]}, modules: {github: {webhookSecret: x}}}");
        assert_eq!(signed.expect("is fine").github_secrets.len(), 1);
        let apps = load("integrations: {github: [{host: github.com, apps: [{appId: 1, webhookSecret: y}]}]}");
        assert_eq!(apps.expect("is fine").github_secrets.len(), 1);
    }
}
