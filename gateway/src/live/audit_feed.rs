//! The progress of an audit.

use std::time::Duration;

use bytes::Bytes;
use callboard_proto::lighthouse_audit::v1::{
    AuditStage, AuditStatus, WatchAuditRequest, WatchAuditResponse,
    lighthouse_audit_service_client::LighthouseAuditServiceClient,
};
use callboard_service_kit::{grpc::RequestExt, identity::Caller};
use futures::{Stream, stream};
use serde::Serialize;
use tonic::{Request, Streaming};

use super::frame;
use crate::{error::ApiError, gateway::Gateway, upstream::CallContext};

const RETRY: Duration = Duration::from_secs(1);

/// An audit as the stream tells it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told<'a> {
    id: &'a str,
    url: &'a str,
    status: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<&'a str>,
    percent: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<&'a str>,
}

/// Why an audit cannot be followed.
#[derive(Serialize)]
struct Refused<'a> {
    id: &'a str,
    error: Reason<'a>,
}

#[derive(Serialize)]
struct Reason<'a> {
    name: &'a str,
    message: &'a str,
}

/// `audit` events: the audit now, then each step, until it has ended. One that cannot be followed is an `audit-error`.
pub(super) fn follow(gateway: Gateway, context: CallContext, id: String) -> impl Stream<Item = Bytes> + Send {
    let following = Following {
        gateway,
        context,
        id,
        steps: None,
        is_over: false,
    };
    stream::unfold(following, |mut following| async move {
        let frame = following.next().await?;
        Some((frame, following))
    })
}

struct Following {
    gateway: Gateway,
    context: CallContext,
    id: String,
    steps: Option<Streaming<WatchAuditResponse>>,
    is_over: bool,
}

impl Following {
    async fn next(&mut self) -> Option<Bytes> {
        while !self.is_over {
            match self.step().await {
                Ok(Some(step)) => {
                    if let Some(frame) = self.tell(&step) {
                        return Some(frame);
                    }
                }
                // The service was restarted: the audit goes on, and so does its story.
                Ok(None) => {
                    self.steps = None;
                    tokio::time::sleep(RETRY).await;
                }
                Err(error) if error.is_unavailable() => {
                    self.steps = None;
                    tokio::time::sleep(RETRY).await;
                }
                Err(error) => {
                    self.is_over = true;
                    let refused = Refused {
                        id: &self.id,
                        error: Reason {
                            name: error.name(),
                            message: error.public_message(),
                        },
                    };
                    return frame::event("audit-error", &refused);
                }
            }
        }
        None
    }

    async fn step(&mut self) -> Result<Option<WatchAuditResponse>, ApiError> {
        let steps = if let Some(steps) = &mut self.steps {
            steps
        } else {
            let request = WatchAuditRequest { id: self.id.clone() };
            let request = Request::new(request).on_behalf_of(Caller::clone(&self.context.caller));
            let channel = self.gateway.channels().lighthouse_audit.clone();
            let answer = LighthouseAuditServiceClient::new(channel).watch_audit(request).await?;
            self.steps.insert(answer.into_inner())
        };
        Ok(steps.message().await?)
    }

    fn tell(&mut self, step: &WatchAuditResponse) -> Option<Bytes> {
        let audit = step.audit.as_ref()?;
        let status = audit.status();
        self.is_over = matches!(status, AuditStatus::Completed | AuditStatus::Failed);
        let told = Told {
            id: &audit.id,
            url: &audit.url,
            status: without_prefix(status.as_str_name(), "AUDIT_STATUS_"),
            stage: (audit.stage() != AuditStage::Unspecified)
                .then(|| without_prefix(audit.stage().as_str_name(), "AUDIT_STAGE_")),
            percent: step.percent,
            failure: audit.failure.as_ref().map(|failure| failure.message.as_str()),
        };
        frame::event("audit", &told)
    }
}

fn without_prefix<'a>(name: &'a str, prefix: &str) -> &'a str {
    name.strip_prefix(prefix).unwrap_or(name)
}
