//! Providers: where root entities come from. Those that there are stand in [`crate::providers`].

use std::{collections::HashSet, fmt::Debug, sync::Arc, time::Duration};

use callboard_catalog_model::EntityError;
use callboard_service_kit::config::ConfigDuration;
use futures::future::BoxFuture;
use serde::Deserialize;
use serde_json::Value;
use sqlx::PgPool;

use super::{Ingest, IngestError, candidate::Candidate, location_events::News, retry_on_conflict, take_in::Finish};
use crate::{
    reader::{ReadError, Readers},
    store::{
        provider,
        reference::{self, Source},
    },
};

/// How often a provider's entities are looked at again when others changed them between looking and writing.
const ATTEMPTS: usize = 5;

/// A source of root entities.
pub trait Provider: Debug + Send + Sync {
    /// Its name in the database and in `catalog.providerOptions`.
    fn name(&self) -> &str;

    /// When it runs.
    fn schedule(&self) -> Schedule;

    /// Brings what it holds in line with its source. Doing it twice must do no harm: a run that breaks off is repeated, from the
    /// cursor of the last one that did not.
    fn run<'run>(&'run self, holdings: &'run mut Holdings) -> BoxFuture<'run, Result<(), ProviderError>>;

    /// Follows news at once, as far as they concern it. The next run would find it as well.
    fn follow<'run>(
        &'run self,
        _holdings: &'run mut Holdings,
        _news: &'run News,
    ) -> BoxFuture<'run, Result<(), ProviderError>> {
        Box::pin(async { Ok(()) })
    }
}

/// When a provider runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schedule {
    /// Whenever a replica starts: what it holds follows from the configuration or the database, and costs nothing to ask for.
    AtStart,
    /// By one of all replicas at a time, again and again.
    Every(Timing),
}

/// How often, and how long at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// From the end of a run to the start of the next, and up to a tenth more.
    pub frequency: Duration,
    /// Then a run is broken off.
    pub timeout: Duration,
    /// Before the very first run.
    pub initial_delay: Duration,
}

impl<'de> Deserialize<'de> for Timing {
    /// As Backstage's providers have it under `schedule`.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Written {
            frequency: ConfigDuration,
            timeout: ConfigDuration,
            initial_delay: Option<ConfigDuration>,
        }
        let written = Written::deserialize(deserializer)?;
        Ok(Self {
            // More often than this is a mistake that its source would not forgive.
            frequency: Duration::from(written.frequency).max(Duration::from_secs(1)),
            timeout: written.timeout.into(),
            initial_delay: written.initial_delay.map_or(Duration::ZERO, Into::into),
        })
    }
}

/// Why a run of a provider failed.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// Its source cannot be asked, or answers nonsense.
    #[error("{0}")]
    Source(String),
    /// Its source understood and refuses: asking the same again is of no use.
    #[error("{0}")]
    Refused(String),
    /// The catalog did not take it in.
    #[error(transparent)]
    Ingest(#[from] IngestError),
}

impl From<ReadError> for ProviderError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Input(message) | ReadError::NotAllowed(message) => Self::Refused(message),
            ReadError::NotFound(message) | ReadError::Failed(message) => Self::Source(message),
        }
    }
}

impl From<sqlx::Error> for ProviderError {
    fn from(error: sqlx::Error) -> Self {
        Self::Ingest(error.into())
    }
}

impl From<EntityError> for ProviderError {
    fn from(error: EntityError) -> Self {
        Self::Ingest(error.into())
    }
}

/// What a provider holds in the catalog, and where it got to.
#[derive(Debug)]
pub struct Holdings {
    ingest: Arc<Ingest>,
    provider: String,
    cursor: Option<Value>,
}

impl Holdings {
    /// Of the provider with a name, at a cursor.
    pub(crate) fn new(ingest: &Arc<Ingest>, provider: &str, cursor: Option<Value>) -> Self {
        Self {
            ingest: Arc::clone(ingest),
            provider: provider.to_owned(),
            cursor,
        }
    }

    /// What the last run that succeeded noted for this one.
    pub fn cursor(&self) -> Option<&Value> {
        self.cursor.as_ref()
    }

    /// Notes something for the next run; kept if this one succeeds.
    pub fn set_cursor(&mut self, cursor: Value) {
        self.cursor = Some(cursor);
    }

    /// Keeps the cursor now, whatever becomes of this run; `None` begins anew.
    pub async fn keep_cursor(&mut self, cursor: Option<Value>) -> Result<(), IngestError> {
        let text = cursor.as_ref().map(ToString::to_string);
        provider::keep_cursor(&self.ingest.pool, &self.provider, text.as_deref()).await?;
        self.cursor = cursor;
        Ok(())
    }

    /// Has the next run come at once: more changed than can be followed.
    pub async fn hurry(&self) -> Result<(), IngestError> {
        provider::hurry(&self.ingest.pool, &self.provider).await?;
        Ok(())
    }

    /// Reading, with the credentials of the configuration.
    pub fn readers(&self) -> &Readers {
        &self.ingest.readers
    }

    /// The catalog's database, for providers that live in it.
    pub fn pool(&self) -> &PgPool {
        &self.ingest.pool
    }

    /// The refs of everything it holds.
    pub async fn list(&self) -> Result<HashSet<String>, IngestError> {
        self.ingest.held_by(&self.provider).await
    }

    /// The refs of the Locations it holds whose target is below an address.
    pub async fn list_below(&self, address: &str) -> Result<Vec<String>, IngestError> {
        let prefix = format!("{}/", address.trim_end_matches('/'));
        Ok(provider::list_targets_below(&self.ingest.pool, &self.provider, &prefix).await?)
    }

    /// Makes `candidates` all that it holds (Backstage's full mutation): others are removed, with everything below them.
    pub async fn replace_all(&self, candidates: Vec<Candidate>) -> Result<(), IngestError> {
        self.ingest.apply_full(&self.provider, candidates).await
    }

    /// The same, given what it held before.
    pub async fn replace(&self, held: HashSet<String>, candidates: Vec<Candidate>) -> Result<(), IngestError> {
        self.ingest.replace(&self.provider, held, candidates).await
    }

    /// Adds or changes some entities and removes others (Backstage's delta mutation).
    pub async fn change(&self, added: Vec<Candidate>, removed: &[String]) -> Result<(), IngestError> {
        self.ingest.apply_delta(&self.provider, added, removed).await?;
        Ok(())
    }
}

impl Ingest {
    /// Makes `candidates` all that a provider holds.
    pub async fn apply_full(self: &Arc<Self>, key: &str, candidates: Vec<Candidate>) -> Result<(), IngestError> {
        let held = self.held_by(key).await?;
        self.replace(key, held, candidates).await
    }

    async fn held_by(&self, key: &str) -> Result<HashSet<String>, IngestError> {
        let mut connection = self.pool.acquire().await?;
        Ok(reference::list_targets(&mut connection, &Source::Provider { key: key.to_owned() }).await?)
    }

    async fn replace(
        self: &Arc<Self>,
        key: &str,
        mut held: HashSet<String>,
        candidates: Vec<Candidate>,
    ) -> Result<(), IngestError> {
        for candidate in &candidates {
            held.remove(&candidate.entity_ref);
        }
        let gone: Vec<String> = held.into_iter().collect();
        self.apply_delta(key, candidates, &gone).await?;
        Ok(())
    }

    /// Adds or changes some of a provider's entities and removes others, with everything below those. One that it holds under
    /// another location key is removed and added. Returns the highest revision that the removal led to.
    pub async fn apply_delta(
        self: &Arc<Self>,
        key: &str,
        added: Vec<Candidate>,
        removed: &[String],
    ) -> Result<i64, IngestError> {
        let added = distinct(key, added);
        let mut removed = removed.to_vec();
        let (refs, keys): (Vec<_>, Vec<_>) = added
            .iter()
            .map(|candidate| (candidate.entity_ref.clone(), candidate.location_key.clone()))
            .unzip();
        removed.extend(provider::list_held_otherwise(&self.pool, key, &refs, &keys).await?);
        let mut revision = 0;
        if !removed.is_empty() {
            revision = retry_on_conflict(|| async {
                let mut transaction = self.pool.begin().await?;
                let revision = provider::withdraw(&mut transaction, key, &removed).await?;
                transaction.commit().await?;
                Ok(revision)
            })
            .await?;
        }
        if !added.is_empty() {
            let source = Source::Provider { key: key.to_owned() };
            for _ in 0..ATTEMPTS {
                let emissions = self.prepare(added.clone()).await?;
                if !self.take_in(&source, &emissions, Finish::Nothing).await? {
                    return Ok(revision);
                }
            }
            tracing::warn!(provider = key, "others kept changing what the provider holds");
        }
        Ok(revision)
    }
}

/// Of candidates with the same ref the first: the same location may be configured twice, and one that was pointed elsewhere keeps
/// the name that its first target would get again.
fn distinct(key: &str, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut seen = HashSet::new();
    candidates
        .into_iter()
        .filter(|candidate| {
            let first = seen.insert(candidate.entity_ref.clone());
            if !first {
                tracing::warn!(
                    provider = key,
                    entity_ref = candidate.entity_ref,
                    "held twice; the first counts"
                );
            }
            first
        })
        .collect()
}
