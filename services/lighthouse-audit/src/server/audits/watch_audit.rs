//! `WatchAudit`: an audit now, then as it changes, until it has ended.

use std::time::Duration;

use callboard_proto::lighthouse_audit::v1::{WatchAuditRequest, WatchAuditResponse};
use futures::stream;
use tonic::Status;

use super::get_audit::found;
use crate::{
    changes::AuditChanges,
    server::{LighthouseAuditServer, ResponseStream, convert, database, no_such_audit},
    store::{self, AuditRow},
};

/// How often a watcher looks for itself.
pub(super) const POLL: Duration = Duration::from_secs(2);

struct Watch {
    server: LighthouseAuditServer,
    changes: AuditChanges,
    row: AuditRow,
    is_told: bool,
}

pub(in crate::server) async fn watch_audit(
    server: &LighthouseAuditServer,
    request: WatchAuditRequest,
) -> Result<ResponseStream<WatchAuditResponse>, Status> {
    // Before the first look, so that nothing falls between.
    let changes = server.changes.audits();
    let watch = Watch {
        row: found(server, &request.id).await?,
        server: server.clone(),
        changes,
        is_told: false,
    };
    Ok(Box::pin(stream::try_unfold(watch, |mut watch| async move {
        let message = watch.next().await?;
        Ok(message.map(|message| (message, watch)))
    })))
}

impl Watch {
    async fn next(&mut self) -> Result<Option<WatchAuditResponse>, Status> {
        while self.is_told {
            if self.row.status != "RUNNING" {
                return Ok(None);
            }
            let _ = tokio::time::timeout(POLL, self.changes.changed(self.row.id)).await;
            let row = store::get_audit(&self.server.pool, self.row.id)
                .await
                .map_err(database)?;
            let row = row.ok_or_else(|| no_such_audit(&self.row.id.to_string()))?;
            if row != self.row {
                self.row = row;
                self.is_told = false;
            }
        }
        self.is_told = true;
        let percent = if self.row.status == "RUNNING" {
            self.row.percent
        } else {
            100
        };
        Ok(Some(WatchAuditResponse {
            percent: u32::from(percent.unsigned_abs()),
            audit: Some(convert::audit(self.row.clone())),
        }))
    }
}
