//! Workers: each takes the audit whose turn it is, keeps it by a heartbeat, and ends it.

mod execute;
mod heartbeat;

use std::{sync::Arc, time::Duration};

use callboard_service_kit::lifecycle::Lifecycle;
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use self::heartbeat::{Heartbeat, Progress};
use crate::{
    audit::{AuditFailure, FailureKind},
    changes::Changes,
    config::{BrowserConfig, WorkersConfig},
    guard::AddressPolicy,
    report,
    runner::Report,
    store::{self, Claimed, Ended},
};

/// How often an idle worker looks for itself.
const POLL: Duration = Duration::from_secs(5);
/// A pause after the database could not be asked.
const RETRY: Duration = Duration::from_secs(1);

/// What workers share.
#[derive(Debug, Clone)]
pub struct Workers {
    pub(crate) pool: PgPool,
    pub(crate) changes: Changes,
    pub(crate) config: WorkersConfig,
    pub(crate) browser: Arc<BrowserConfig>,
    pub(crate) policy: Arc<AddressPolicy>,
}

impl Workers {
    /// Workers by configuration.
    pub fn new(
        pool: PgPool,
        changes: Changes,
        config: WorkersConfig,
        browser: BrowserConfig,
        policy: AddressPolicy,
    ) -> Self {
        Self {
            pool,
            changes,
            config,
            browser: Arc::new(browser),
            policy: Arc::new(policy),
        }
    }

    /// Starts them, and what takes audits away from those that have died, here or elsewhere.
    pub fn spawn(self, lifecycle: &Lifecycle) {
        for _ in 0..self.config.max_concurrency {
            lifecycle.spawn("worker", self.clone().work(lifecycle.shutdown_token()));
        }
        lifecycle.spawn("lease-expiry", self.expire_leases(lifecycle.shutdown_token()));
    }

    async fn expire_leases(self, shutdown: CancellationToken) {
        while tokio::time::timeout(self.config.lease / 3, shutdown.cancelled())
            .await
            .is_err()
        {
            match store::expire_leases(&self.pool, self.config.max_attempts).await {
                Ok(0) => {}
                Ok(audits) => tracing::warn!(audits, "workers gave no sign of life; their audits were taken away"),
                Err(error) => tracing::debug!(%error, "leases were not looked at"),
            }
        }
    }

    async fn work(self, shutdown: CancellationToken) {
        while !shutdown.is_cancelled() {
            let owner = Uuid::new_v4().to_string();
            match store::claim(&self.pool, &owner, self.config.lease).await {
                Ok(Some(audit)) => {
                    self.changes.wake();
                    self.process(audit, &shutdown).await;
                }
                Ok(None) => {
                    tokio::select! {
                        () = self.changes.queued() => {}
                        () = tokio::time::sleep(POLL) => {}
                        () = shutdown.cancelled() => {}
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "the queue cannot be asked");
                    let _ = tokio::time::timeout(RETRY, shutdown.cancelled()).await;
                }
            }
        }
    }

    /// Works on one audit to its end, or until it is ours no longer.
    #[tracing::instrument(name = "lighthouse.audit", skip_all, fields(audit = %audit.id, attempt = audit.attempts))]
    async fn process(&self, audit: Claimed, shutdown: &CancellationToken) {
        tracing::info!(url = audit.url, "audit started");
        let (progress, heartbeat) = Heartbeat::new(&self.pool, &audit, self.config.lease, self.changes.audits());
        let outcome = tokio::select! {
            outcome = self.execute(&audit, &progress) => Some(outcome),
            () = heartbeat.until_lost() => {
                tracing::info!("the audit was deleted, cancelled or taken over; stopped working on it");
                return;
            }
            () = shutdown.cancelled() => None,
        };
        let ended = match outcome {
            Some(Ok(report)) => self.store(&audit, report, &progress, &heartbeat).await,
            Some(Err(failure)) => self.give_up(&audit, &failure, &heartbeat).await,
            None => {
                tracing::info!("stopping: the audit goes back into the queue");
                heartbeat.persist(|| store::hand_back(&self.pool, &audit, false)).await
            }
        };
        if ended == Ended::NotOurs {
            tracing::info!("the audit was ended elsewhere meanwhile");
        }
    }

    async fn store(&self, audit: &Claimed, report: Report, progress: &Progress, heartbeat: &Heartbeat<'_>) -> Ended {
        progress.storing();
        let Report { summary, json } = report;
        let compressed = tokio::task::spawn_blocking(move || report::compress(&json)).await;
        let stored = match compressed.map_err(std::io::Error::other).flatten() {
            Ok(stored) => stored,
            Err(error) => {
                let failure = AuditFailure::new(FailureKind::Lighthouse, "The report could not be stored");
                tracing::error!(%error, "a report could not be compressed");
                return self.give_up(audit, &failure, heartbeat).await;
            }
        };
        tracing::info!(bytes = stored.compressed.len(), "audit completed");
        metrics::counter!("lighthouse_audits_total", "outcome" => "completed").increment(1);
        heartbeat
            .persist(|| store::complete(&self.pool, audit, &summary, &stored))
            .await
    }

    async fn give_up(&self, audit: &Claimed, failure: &AuditFailure, heartbeat: &Heartbeat<'_>) -> Ended {
        let kind = failure.kind.as_str();
        // A browser that dies may be bad luck; everything else would end the same way again.
        if failure.kind == FailureKind::Browser && audit.attempts < self.config.max_attempts {
            tracing::warn!(kind, reason = failure.message, "audit failed; it will be tried again");
            return heartbeat.persist(|| store::hand_back(&self.pool, audit, true)).await;
        }
        tracing::info!(kind, reason = failure.message, "audit failed");
        metrics::counter!("lighthouse_audits_total", "outcome" => "failed").increment(1);
        heartbeat.persist(|| store::fail(&self.pool, audit, failure)).await
    }
}
