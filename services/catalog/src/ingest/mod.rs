//! From sources to final entities: reading, processing, stitching, and clearing up.
//!
//! A worker claims a due Location, reads its files, and takes each file in as a unit: parsing, processing and the rows of all its
//! entities go together, so a registration is visible as soon as its file is read. Every document stands for itself: a broken
//! one leaves an error in the Location's status and its siblings in the catalog.

mod busy;
pub mod candidate;
pub mod dry_run;
pub mod expand;
pub mod location_events;
pub mod process;
pub mod provider;
mod provider_runs;
pub mod registration;
pub mod stitcher;
pub mod sweeper;
pub mod take_in;
pub mod wake;
pub mod worker;

use std::{sync::Arc, time::Duration};

use callboard_catalog_model::{EntityError, canonical, integration::Integrations, rules::CatalogRules};
use callboard_service_kit::lifecycle::Lifecycle;
use rand::Rng;
use sqlx::PgPool;

use self::{
    busy::Workload,
    provider::{Provider, Schedule},
    wake::Wake,
};

use crate::{
    providers,
    reader::Readers,
    settings::{IntervalRange, Settings},
};

/// What a step of ingestion can fail with, beside the errors that belong to an entity and are kept with it.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The database did not do it.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// What was asked for is wrong: told to the caller as it is.
    #[error("{0}")]
    Entity(#[from] EntityError),
    /// A task of ours was cancelled or panicked.
    #[error("a task of the ingestion ended early: {0}")]
    Task(#[from] tokio::task::JoinError),
    /// A stored document does not parse any more.
    #[error("a stored document is not JSON: {0}")]
    Stored(#[from] serde_json::Error),
    /// A composed document is not text.
    #[error("a composed document is not UTF-8: {0}")]
    Composed(#[from] std::string::FromUtf8Error),
}

/// What all steps share.
#[derive(Debug)]
pub struct Ingest {
    pub(crate) pool: PgPool,
    pub(crate) readers: Readers,
    pub(crate) rules: CatalogRules,
    pub(crate) integrations: Integrations,
    pub(crate) settings: Settings,
    /// Changes whenever the same file content could lead to different entities.
    pub(crate) fingerprint: String,
    /// Where root entities come from.
    pub(crate) providers: Vec<Arc<dyn Provider>>,
    pub(crate) workload: Workload,
}

impl Ingest {
    /// Builds it from the configuration. The error says which setting is wrong.
    pub fn new(pool: PgPool, settings: Settings) -> Result<Arc<Self>, EntityError> {
        let providers = providers::configured(&settings)?;
        Self::with_providers(pool, settings, providers)
    }

    /// The same with other providers than those of the configuration.
    pub fn with_providers(
        pool: PgPool,
        settings: Settings,
        providers: Vec<Arc<dyn Provider>>,
    ) -> Result<Arc<Self>, EntityError> {
        let rules = settings.catalog_rules()?;
        let integrations = settings.integrations.clone();
        let fingerprint = canonical::sha1_hex(&format!(
            "{}\n{:?}\n{:?}\n{:?}",
            env!("CARGO_PKG_VERSION"),
            settings.rules,
            settings.location_rules,
            integrations
        ));
        let readers = Readers::new(&settings)?;
        Ok(Arc::new(Self {
            pool,
            readers,
            rules,
            integrations,
            settings,
            fingerprint,
            providers,
            workload: Workload::default(),
        }))
    }

    /// Where root entities come from.
    pub fn providers(&self) -> &[Arc<dyn Provider>] {
        &self.providers
    }

    /// The catalog's database.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// When a Location is read again: somewhere in the configured interval, so that they spread out.
    pub(crate) fn next_poll(&self) -> Duration {
        let IntervalRange { least, most } = self
            .settings
            .processing_interval
            .unwrap_or(IntervalRange { least: FAR, most: FAR });
        least + most.saturating_sub(least).mul_f64(rand::rng().random())
    }
}

/// Starts everything that works on the catalog in this process.
pub fn spawn(lifecycle: &Lifecycle, ingest: &Arc<Ingest>, wake: &Wake) {
    let token = || lifecycle.shutdown_token();
    lifecycle.spawn("providers", provider_runs::run_at_start(Arc::clone(ingest), token()));
    for provider in &ingest.providers {
        if let Schedule::Every(timing) = provider.schedule() {
            let runs = provider_runs::run_on_schedule(Arc::clone(ingest), Arc::clone(provider), timing, token());
            lifecycle.spawn("provider", runs);
        }
    }
    lifecycle.spawn("worker", worker::run(Arc::clone(ingest), wake.clone(), token()));
    for _ in 0..stitcher::STITCHERS {
        lifecycle.spawn("stitcher", stitcher::run(Arc::clone(ingest), wake.clone(), token()));
    }
    lifecycle.spawn("sweeper", sweeper::run(Arc::clone(ingest), token()));
}

/// For replicas that do not process: longer than any of them lives.
const FAR: Duration = Duration::from_hours(8760);

/// Runs a transaction again while it loses against concurrent ones, a few times with growing pauses.
pub(crate) async fn retry_on_conflict<T, F>(attempt: impl Fn() -> F) -> Result<T, IngestError>
where
    F: Future<Output = Result<T, IngestError>>,
{
    const ATTEMPTS: u32 = 5;
    let mut pause = Duration::from_millis(25);
    for _ in 1..ATTEMPTS {
        match attempt().await {
            Err(IngestError::Database(error)) if crate::store::is_serialization_conflict(&error) => {
                let jitter = 1.0 + rand::rng().random::<f64>();
                tokio::time::sleep(pause.mul_f64(jitter)).await;
                pause *= 2;
            }
            other => return other,
        }
    }
    attempt().await
}
