//! The progress of an audit.

use bytes::Bytes;
use callboard_proto::lighthouse_audit::v1::{AuditStage, WatchAuditResponse};
use futures::{Stream, stream};
use serde::Serialize;

use super::frame;
use crate::{gateway::Gateway, lighthouse::audit_stream::AuditStream, upstream::CallContext};

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
        steps: AuditStream::new(gateway, context, id.clone()),
        id,
        is_over: false,
    };
    stream::unfold(following, |mut following| async move {
        let frame = following.next().await?;
        Some((frame, following))
    })
}

struct Following {
    id: String,
    steps: AuditStream,
    is_over: bool,
}

impl Following {
    async fn next(&mut self) -> Option<Bytes> {
        while !self.is_over {
            match self.steps.next().await {
                Ok(Some(step)) => {
                    if let Some(frame) = tell(&step) {
                        return Some(frame);
                    }
                }
                Ok(None) => self.is_over = true,
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
}

fn tell(step: &WatchAuditResponse) -> Option<Bytes> {
    let audit = step.audit.as_ref()?;
    let told = Told {
        id: &audit.id,
        url: &audit.url,
        status: without_prefix(audit.status().as_str_name(), "AUDIT_STATUS_"),
        stage: (audit.stage() != AuditStage::Unspecified)
            .then(|| without_prefix(audit.stage().as_str_name(), "AUDIT_STAGE_")),
        percent: step.percent,
        failure: audit.failure.as_ref().map(|failure| failure.message.as_str()),
    };
    frame::event("audit", &told)
}

fn without_prefix<'a>(name: &'a str, prefix: &str) -> &'a str {
    name.strip_prefix(prefix).unwrap_or(name)
}
