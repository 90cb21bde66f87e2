//! The topics there are, and who may send to them.

use callboard_proto::catalog::v1::{LocationEvent, OrganizationEvent};
use callboard_service_kit::config::Secret;
use http::HeaderMap;
use serde_json::Value;

use super::{
    bitbucket_cloud, bitbucket_server, github, github_organization, gitlab,
    signature::{holds_secret, is_signed},
};
use crate::config::events::EventsConfig;

/// A topic that is configured.
#[derive(Debug)]
pub(super) enum Topic<'a> {
    Github(&'a [Secret<String>]),
    Gitlab(&'a Secret<String>),
    BitbucketCloud(&'a Secret<String>),
    BitbucketServer(&'a Secret<String>),
    /// Taken from anybody, and of no consequence.
    Open,
}

impl<'a> Topic<'a> {
    /// The topic of a name, in any case; `None` when it is not taken in.
    pub(super) fn find(config: &'a EventsConfig, name: &str) -> Option<Self> {
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        if is("github") {
            (!config.github_secrets.is_empty()).then_some(Self::Github(&config.github_secrets))
        } else if is("gitlab") {
            config.gitlab_secret.as_ref().map(Self::Gitlab)
        } else if is("bitbucketCloud") {
            config.bitbucket_cloud_secret.as_ref().map(Self::BitbucketCloud)
        } else if is("bitbucketServer") {
            config.bitbucket_server_secret.as_ref().map(Self::BitbucketServer)
        } else {
            let is_open = config.open_topics.iter().any(|open| is(open));
            is_open.then_some(Self::Open)
        }
    }

    /// Its name in metrics.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Github(_) => "github",
            Self::Gitlab(_) => "gitlab",
            Self::BitbucketCloud(_) => "bitbucketCloud",
            Self::BitbucketServer(_) => "bitbucketServer",
            Self::Open => "other",
        }
    }

    /// Whether a webhook comes from who knows the secret.
    pub(super) fn is_genuine(&self, headers: &HeaderMap, body: &[u8]) -> bool {
        let one = std::slice::from_ref;
        match self {
            Self::Github(secrets) => is_signed(headers, "x-hub-signature-256", body, secrets),
            Self::Gitlab(secret) => holds_secret(headers, "x-gitlab-token", secret),
            Self::BitbucketCloud(secret) | Self::BitbucketServer(secret) => {
                is_signed(headers, "x-hub-signature", body, one(secret))
            }
            Self::Open => true,
        }
    }

    /// What it means for the catalog.
    pub(super) fn location_events(&self, headers: &HeaderMap, payload: &Value) -> Vec<LocationEvent> {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let event = |name: &str| header(name).unwrap_or_default();
        match self {
            Self::Github(_) => github::read(event("x-github-event"), payload),
            Self::Gitlab(_) => gitlab::read(header("x-gitlab-instance"), payload),
            Self::BitbucketCloud(_) => bitbucket_cloud::read(event("x-event-key"), payload),
            Self::BitbucketServer(_) => bitbucket_server::read(event("x-event-key"), payload),
            Self::Open => Vec::new(),
        }
    }

    /// What it means for those who hold people and teams.
    pub(super) fn organization_events(&self, headers: &HeaderMap, payload: &Value) -> Vec<OrganizationEvent> {
        let event = headers.get("x-github-event").and_then(|value| value.to_str().ok());
        match (self, event) {
            (Self::Github(_), Some(event)) => github_organization::read(event, payload).into_iter().collect(),
            _ => Vec::new(),
        }
    }
}
