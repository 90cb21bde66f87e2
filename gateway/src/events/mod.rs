//! `/api/events`: what the outside world reports. Webhooks of code hosts, their signatures checked, become
//! [`LocationEvent`](callboard_proto::catalog::v1::LocationEvent)s of the catalog, which reads what they touch and nothing else.
//!
//! To add a code host: its signature in [`signature`], a file like `github.rs` that reads its payloads, and its topic in [`topic`].

mod bitbucket_cloud;
mod bitbucket_server;
mod github;
mod github_organization;
mod gitlab;
mod json_path;
mod located;
pub(crate) mod publish_event;
pub(crate) mod receive_event;
mod signature;
mod topic;
