//! The sign of life of one audit's worker.

use std::time::Duration;

use sqlx::PgPool;
use tokio::{
    sync::{Mutex, watch},
    time::{Instant, sleep},
};

use crate::{
    audit::Stage,
    changes::AuditChanges,
    store::{self, Claimed, Ended},
};

/// Progress is not told more often than this.
const SHORTEST_PAUSE: Duration = Duration::from_millis(250);
/// A pause after the database could not be asked.
const RETRY: Duration = Duration::from_millis(500);

/// Where an audit says how far it is.
#[derive(Debug)]
pub(super) struct Progress(watch::Sender<(Stage, u8)>);

impl Progress {
    pub(super) fn at(&self, stage: Stage, percent: u8) {
        self.0.send_replace((stage, percent.min(100)));
    }

    pub(super) fn storing(&self) {
        self.at(Stage::Storing, 98);
    }
}

/// Keeps an audit.
#[derive(Debug)]
pub(super) struct Heartbeat<'a> {
    pool: &'a PgPool,
    audit: &'a Claimed,
    lease: Duration,
    progress: watch::Receiver<(Stage, u8)>,
    changes: Mutex<AuditChanges>,
    /// When the lease runs out for certain, as far as this worker knows.
    expires: watch::Sender<Instant>,
}

impl<'a> Heartbeat<'a> {
    pub(super) fn new(
        pool: &'a PgPool,
        audit: &'a Claimed,
        lease: Duration,
        changes: AuditChanges,
    ) -> (Progress, Self) {
        let (sender, receiver) = watch::channel((Stage::WaitingForWebsite, 0));
        let heartbeat = Self {
            pool,
            audit,
            lease,
            progress: receiver,
            changes: Mutex::new(changes),
            expires: watch::Sender::new(Instant::now() + lease),
        };
        (Progress(sender), heartbeat)
    }

    /// Renews the lease, tells how far the audit is, and returns when the audit is ours no longer.
    pub(super) async fn until_lost(&self) {
        let mut progress = self.progress.clone();
        let mut changes = self.changes.lock().await;
        loop {
            let (stage, percent) = *progress.borrow_and_update();
            let begun = Instant::now();
            match store::hold(self.pool, self.audit, self.lease, stage, percent).await {
                Ok(true) => {
                    self.expires.send_replace(begun + self.lease);
                }
                Ok(false) => return,
                // Others may take the audit from now on.
                Err(_) if Instant::now() >= *self.expires.borrow() => return,
                Err(error) => {
                    tracing::warn!(%error, "the lease was not renewed; will try again");
                    sleep(RETRY).await;
                    continue;
                }
            }
            sleep(SHORTEST_PAUSE).await;
            tokio::select! {
                told = progress.changed() => {
                    if told.is_err() {
                        sleep(self.lease / 3).await;
                    }
                }
                // Somebody else's change, a cancellation say; or our own, told back: then it is still ours, and the loop goes on.
                () = self.others(&mut changes) => {}
                () = sleep(self.lease / 3) => {}
            }
        }
    }

    /// Returns when the audit's row was changed by somebody else.
    async fn others(&self, changes: &mut AuditChanges) {
        loop {
            changes.changed(self.audit.id).await;
            let row = store::get_audit(self.pool, self.audit.id).await;
            if !matches!(row, Ok(Some(row)) if row.status == "RUNNING") {
                return;
            }
        }
    }

    /// Writes the end of the audit, again and again while the database does not answer and the lease lasts.
    pub(super) async fn persist<F>(&self, write: impl Fn() -> F) -> Ended
    where
        F: Future<Output = Result<Ended, sqlx::Error>>,
    {
        loop {
            match write().await {
                Ok(ended) => return ended,
                Err(error) if Instant::now() >= *self.expires.borrow() => {
                    tracing::error!(%error, "the end of an audit could not be stored; it will be tried again by another worker");
                    return Ended::NotOurs;
                }
                Err(error) => {
                    tracing::warn!(%error, "the end of an audit was not stored; will try again");
                    sleep(RETRY).await;
                }
            }
        }
    }
}
