//! The worker: claims what is due, a bounded number at once, and keeps the leases of what it works on.

use std::{collections::HashSet, sync::Arc, time::Duration};

use callboard_catalog_model::{EntityError, EntityRef};
use tokio::time::Instant;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

use super::{
    Ingest, IngestError,
    candidate::{self, Candidate},
    process::errors_json,
    retry_on_conflict, take_in,
    wake::Wake,
};
use crate::store::{
    Channel,
    emission::{self, Emission, Outcome},
    entity_state::{self, DueEntity},
    reference::Source,
    stitch,
};

/// How many entities one replica works on at once.
const CONCURRENCY: usize = 8;
/// How long a claimed row stays out of reach of other workers without a sign of life.
const LEASE: Duration = Duration::from_secs(20);
/// How often a worker gives that sign.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// How often the queue is looked at without being woken: this is what starts polls that became due.
const POLL: Duration = Duration::from_secs(1);

/// Runs until cancelled; what is under way is finished first.
pub async fn run(ingest: Arc<Ingest>, wake: Wake, cancelled: CancellationToken) {
    let tasks = TaskTracker::new();
    let slots = Arc::new(tokio::sync::Semaphore::new(CONCURRENCY));
    let mut signal = wake.listen(Channel::Process);
    while !cancelled.is_cancelled() {
        let free = slots.available_permits();
        let claimed = if free == 0 {
            Vec::new()
        } else {
            let limit = i64::try_from(free).unwrap_or(i64::MAX);
            entity_state::claim_due(&ingest.pool, limit, LEASE)
                .await
                .unwrap_or_else(|error| {
                    tracing::warn!(%error, "the processing queue could not be read");
                    Vec::new()
                })
        };
        let idle = claimed.is_empty();
        for due in claimed {
            // There are as many permits as rows were asked for, and nobody else takes them.
            let Ok(permit) = Arc::clone(&slots).try_acquire_owned() else {
                break;
            };
            let (ingest, wake) = (Arc::clone(&ingest), wake.clone());
            tasks.spawn(async move {
                work(&ingest, due).await;
                drop(permit);
                wake.wake(Channel::Process);
                // Requests that waited for company need not any longer.
                wake.wake(Channel::Stitch);
            });
        }
        if idle {
            tokio::select! {
                () = signal.woken() => {}
                () = tokio::time::sleep(POLL) => {}
                () = cancelled.cancelled() => {}
            }
        }
    }
    tasks.close();
    tasks.wait().await;
}

async fn work(ingest: &Arc<Ingest>, due: DueEntity) {
    metrics::histogram!("catalog_processing_queue_delay_seconds").record(due.waited_seconds);
    let started = Instant::now();
    let work = ingest.process_due(&due);
    // Beside the work, not in between: waiting for a connection must not keep the work from giving one back.
    let heartbeat = async {
        loop {
            tokio::time::sleep(HEARTBEAT).await;
            if let Err(error) = entity_state::renew_lease(&ingest.pool, due.entity_id, LEASE).await {
                tracing::warn!(%error, entity_ref = due.entity_ref, "a lease could not be renewed");
            }
        }
    };
    let result = tokio::select! {
        result = work => result,
        () = heartbeat => return,
    };
    metrics::histogram!("catalog_processing_duration_seconds").record(started.elapsed());
    if let Err(error) = result {
        metrics::counter!("catalog_processed_entities_count", "result" => "failed").increment(1);
        // The lease runs out and somebody tries again: nothing is lost.
        tracing::error!(%error, entity_ref = due.entity_ref, "processing broke off");
    }
}

impl Ingest {
    /// Processes a claimed row: a Location is expanded, anything else is processed anew.
    pub async fn process_due(self: &Arc<Self>, due: &DueEntity) -> Result<(), IngestError> {
        let document: serde_json::Value = serde_json::from_str(&due.unprocessed)?;
        if candidate::is_location(&document) {
            return match self.complete(document).await {
                Ok(completed) => self.expand(due, &completed.document).await,
                // What it needs from elsewhere may come back.
                Err(error) => self.finish_single(due, Some(error), Some(self.next_poll())).await,
            };
        }
        let candidate = Candidate {
            location_key: due.location_key.clone(),
            ..Candidate::new(document, None)?
        };
        debug_assert_eq!(
            EntityRef::parse(&candidate.entity_ref).map(|r| r.to_string()),
            Ok(due.entity_ref.clone())
        );
        let emission = self.process_candidate(candidate).await;
        let next = emission.process_after;
        match &emission.outcome {
            Outcome::Failed { errors, .. } => {
                let errors: Vec<EntityError> = serde_json::from_str(errors)?;
                self.finish_single(due, errors.into_iter().next(), next).await
            }
            _ => self.finish_reprocessed(due, emission, next).await,
        }
    }

    async fn finish_reprocessed(
        &self,
        due: &DueEntity,
        emission: Emission,
        next: Option<Duration>,
    ) -> Result<(), IngestError> {
        let held = HashSet::from([due.entity_ref.clone()]);
        // The parent stays who it is: the entity counts as held, so the source is of no consequence.
        let source = Source::Provider { key: String::new() };
        let emissions = [emission];
        take_in::count(&emissions);
        retry_on_conflict(|| async {
            let mut transaction = self.pool.begin().await?;
            if entity_state::lock_if_current(&mut transaction, due).await? {
                emission::take_in(&mut transaction, &source, &emissions, &held, Uuid::now_v7).await?;
            }
            entity_state::release(&mut transaction, due, next).await?;
            transaction.commit().await?;
            Ok(())
        })
        .await
    }

    async fn finish_single(
        &self,
        due: &DueEntity,
        error: Option<EntityError>,
        next: Option<Duration>,
    ) -> Result<(), IngestError> {
        let errors = error.map(|error| errors_json(&[error]));
        retry_on_conflict(|| async {
            let mut transaction = self.pool.begin().await?;
            let changed = entity_state::lock_if_current(&mut transaction, due).await?
                && entity_state::set_errors(&mut transaction, &due.entity_ref, errors.as_deref()).await?;
            entity_state::release(&mut transaction, due, next).await?;
            if changed {
                stitch::request(&mut transaction, vec![due.entity_ref.clone()]).await?;
            }
            transaction.commit().await?;
            Ok(())
        })
        .await
    }
}
