//! Running providers: those of the configuration at the start, the others on their schedules, by one replica at a time.

use std::{sync::Arc, time::Duration};

use rand::Rng;
use tokio::{task::JoinSet, time::Instant};
use tokio_util::sync::CancellationToken;

use super::{
    Ingest, IngestError,
    location_events::News,
    provider::{Holdings, Provider, ProviderError, Schedule, Timing},
};
use crate::{settings::OrphanStrategy, store::provider};

/// How long a replica that runs a provider is waited for without a sign of life.
const LEASE: Duration = Duration::from_secs(20);
/// How often it gives that sign.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// How often it is looked whether a provider is due: another replica may have run it, or have died of it.
const POLL: Duration = Duration::from_secs(10);
/// How long whoever brings news waits for those who follow them.
const PATIENCE: Duration = Duration::from_secs(5);
/// How soon after a failure it is tried again, if its schedule is not sooner.
const RETRY: Duration = Duration::from_mins(1);
/// The same for the configuration's, which nobody else tries.
const RETRY_AT_START: Duration = Duration::from_secs(5);

impl Ingest {
    /// Brings the catalog in line with the configuration: the providers that run at the start, and no provider of former times.
    pub async fn apply_configured(self: &Arc<Self>) -> Result<(), IngestError> {
        for held in &self.providers {
            if held.schedule() != Schedule::AtStart {
                continue;
            }
            let mut holdings = Holdings::new(self, held.name(), None);
            let started = Instant::now();
            let outcome = held.run(&mut holdings).await;
            let told = outcome.as_ref().err().map(ToString::to_string);
            provider::note_run(&self.pool, held.name(), started.elapsed(), told.as_deref()).await?;
            match outcome {
                Ok(()) => {}
                Err(ProviderError::Ingest(error)) => return Err(error),
                Err(ProviderError::Source(error) | ProviderError::Refused(error)) => {
                    tracing::error!(provider = held.name(), error, "a provider failed");
                }
            }
        }
        if self.settings.orphan_provider_strategy == OrphanStrategy::Keep {
            return Ok(());
        }
        for key in provider::list_keys(&self.pool).await? {
            if self.providers.iter().all(|known| known.name() != key) {
                tracing::info!(provider = key, "the provider is gone, and its entities go with it");
                self.apply_full(&key, Vec::new()).await?;
                provider::forget(&self.pool, &key).await?;
            }
        }
        Ok(())
    }

    /// Has every provider follow news; what fails is found by its next run. Whoever tells them does not wait long: who has to ask
    /// elsewhere first goes on by itself.
    pub(super) async fn tell_providers(self: &Arc<Self>, news: News) {
        let news = Arc::new(news);
        let mut told = JoinSet::new();
        for provider in &self.providers {
            let (ingest, provider, news) = (Arc::clone(self), Arc::clone(provider), Arc::clone(&news));
            told.spawn(async move {
                let mut holdings = Holdings::new(&ingest, provider.name(), None);
                if let Err(error) = provider.follow(&mut holdings, &news).await {
                    tracing::warn!(provider = provider.name(), %error, "a provider could not follow news");
                }
            });
        }
        let all = async { while told.join_next().await.is_some() {} };
        if tokio::time::timeout(PATIENCE, all).await.is_err() {
            told.detach_all();
        }
    }

    /// Runs a scheduled provider if it is due and nobody else runs it. Returns whether it ran.
    pub async fn run_if_due(self: &Arc<Self>, due: &dyn Provider, timing: Timing) -> Result<bool, IngestError> {
        let Some(claim) = provider::claim(&self.pool, due.name(), LEASE).await? else {
            return Ok(false);
        };
        let cursor = match &claim.cursor {
            Some(text) => Some(serde_json::from_str(text)?),
            None => None,
        };
        let mut holdings = Holdings::new(self, due.name(), cursor);
        let heartbeat = async {
            loop {
                tokio::time::sleep(HEARTBEAT).await;
                if let Err(error) = provider::renew(&self.pool, due.name(), LEASE).await {
                    tracing::warn!(%error, provider = due.name(), "a lease could not be renewed");
                }
            }
        };
        let result = tokio::select! {
            result = tokio::time::timeout(timing.timeout, due.run(&mut holdings)) => result,
            () = heartbeat => return Ok(false),
        };
        let error = match result {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some(format!("it took longer than {} s", timing.timeout.as_secs())),
        };
        let pause = match &error {
            None => timing.frequency.mul_f64(1.0 + 0.1 * rand::rng().random::<f64>()),
            Some(error) => {
                tracing::warn!(provider = due.name(), error, "a provider failed");
                timing.frequency.min(RETRY)
            }
        };
        let outcome = if error.is_some() { "failed" } else { "succeeded" };
        metrics::counter!("catalog_provider_runs_count", "provider" => due.name().to_owned(), "result" => outcome)
            .increment(1);
        let cursor = holdings.cursor().map(ToString::to_string);
        let outcome = error.as_deref().map_or(Ok(cursor.as_deref()), Err);
        provider::finish(&self.pool, due.name(), pause, outcome).await?;
        Ok(true)
    }
}

/// Runs the configuration's providers, however often it takes.
pub(super) async fn run_at_start(ingest: Arc<Ingest>, cancelled: CancellationToken) {
    while let Err(error) = ingest.apply_configured().await {
        tracing::error!(%error, "the configured providers could not be applied; trying again");
        tokio::select! {
            () = tokio::time::sleep(RETRY_AT_START) => {}
            () = cancelled.cancelled() => return,
        }
    }
}

/// Runs one provider on its schedule until cancelled.
pub(super) async fn run_on_schedule(
    ingest: Arc<Ingest>,
    due: Arc<dyn Provider>,
    timing: Timing,
    cancelled: CancellationToken,
) {
    let mut is_enrolled = false;
    loop {
        let ran = async {
            if !is_enrolled {
                provider::enrol(&ingest.pool, due.name(), timing.initial_delay, timing.frequency).await?;
                is_enrolled = true;
            }
            ingest.run_if_due(&*due, timing).await
        };
        tokio::select! {
            ran = ran => match ran {
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, provider = due.name(), "a provider could not be run"),
            },
            // It is broken off where it is; its lease runs out and another replica begins anew.
            () = cancelled.cancelled() => return,
        }
        tokio::select! {
            () = tokio::time::sleep(POLL.min(timing.frequency)) => {}
            () = cancelled.cancelled() => return,
        }
    }
}
