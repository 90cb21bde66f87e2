//! Follows an audit to its end, over restarts of the service.

use std::time::Duration;

use callboard_proto::lighthouse_audit::v1::WatchAuditResponse;
use tonic::Streaming;

use super::is_over;
use crate::{error::ApiError, gateway::Gateway, upstream::CallContext};

const RETRY: Duration = Duration::from_secs(1);

/// An audit as it changes.
pub(crate) struct AuditStream {
    gateway: Gateway,
    context: CallContext,
    id: String,
    steps: Option<Streaming<WatchAuditResponse>>,
    is_over: bool,
}

impl AuditStream {
    pub(crate) fn new(gateway: Gateway, context: CallContext, id: String) -> Self {
        Self {
            gateway,
            context,
            id,
            steps: None,
            is_over: false,
        }
    }

    /// Looks for the audit at once, so that one that does not exist is an error now.
    pub(crate) async fn open(&mut self) -> Result<(), ApiError> {
        let service = self.gateway.lighthouse_audit();
        self.steps = Some(service.watch_audit(&self.context, &self.id).await?);
        Ok(())
    }

    /// The next change; `None` after the last.
    pub(crate) async fn next(&mut self) -> Result<Option<WatchAuditResponse>, ApiError> {
        while !self.is_over {
            match self.step().await {
                Ok(Some(step)) => {
                    self.is_over = step.audit.as_ref().is_some_and(is_over);
                    return Ok(Some(step));
                }
                // The service was restarted: the audit goes on, and so does its story.
                Ok(None) => self.wait().await,
                Err(error) if error.is_unavailable() => self.wait().await,
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    async fn step(&mut self) -> Result<Option<WatchAuditResponse>, ApiError> {
        if self.steps.is_none() {
            self.open().await?;
        }
        match &mut self.steps {
            Some(steps) => Ok(steps.message().await?),
            None => Ok(None),
        }
    }

    async fn wait(&mut self) {
        self.steps = None;
        tokio::time::sleep(RETRY).await;
    }
}
