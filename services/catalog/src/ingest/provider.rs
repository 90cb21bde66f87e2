//! Providers: where root entities come from.
//!
//! A provider names itself and says what it holds; [`Ingest::apply_full`] makes the catalog hold exactly that, and
//! [`Ingest::apply_delta`] changes a part. To add one: a file with a function that gathers its entities as [`Candidate`]s, and a
//! call where the others are applied.

use std::{collections::HashSet, sync::Arc};

use callboard_catalog_model::{EntityError, LocationRef, emit};

use super::{
    Ingest, IngestError,
    candidate::Candidate,
    registration::{REGISTERED_LOCATIONS, registered_candidate},
    retry_on_conflict,
    take_in::Finish,
};
use crate::{
    settings::OrphanStrategy,
    store::{
        self, Channel, location, provider,
        reference::{self, Source},
    },
};

/// The provider of `catalog.locations`.
pub const CONFIG_LOCATIONS: &str = "ConfigLocationProvider";

/// How often a provider's entities are looked at again when others changed them between looking and writing.
const ATTEMPTS: usize = 5;

impl Ingest {
    /// Brings the catalog in line with the configuration: its locations, the registered ones, and no provider of former times.
    pub async fn apply_configured(self: &Arc<Self>) -> Result<(), IngestError> {
        let mut configured = Vec::new();
        for entry in &self.settings.locations {
            let location = LocationRef::new(&entry.location_type, &entry.target)?;
            configured.push(location_candidate(&location, entry.presence.as_deref())?);
        }
        self.apply_full(CONFIG_LOCATIONS, configured).await?;

        self.apply_registered().await?;

        if self.settings.orphan_provider_strategy == OrphanStrategy::Delete {
            for key in provider::list_keys(&self.pool).await? {
                if key != CONFIG_LOCATIONS && key != REGISTERED_LOCATIONS {
                    tracing::info!(provider = key, "the provider is gone, and its entities go with it");
                    self.apply_full(&key, Vec::new()).await?;
                }
            }
        }
        Ok(())
    }

    /// Brings the entities of registered locations in line with their rows, while others register and unregister.
    async fn apply_registered(self: &Arc<Self>) -> Result<(), IngestError> {
        loop {
            // What is held is asked for first: of a location registered between the two questions it is the row that counts.
            let held = self.held_by(REGISTERED_LOCATIONS).await?;
            let rows = location::list(&self.pool).await?;
            let candidates = rows.iter().map(registered_candidate).collect::<Result<Vec<_>, _>>()?;
            self.replace(REGISTERED_LOCATIONS, held, candidates).await?;
            // One unregistered since has been added again just now.
            if location::list(&self.pool).await? == rows {
                return Ok(());
            }
        }
    }

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

    /// Adds or changes some of a provider's entities and removes others, with everything below those. Returns the highest revision
    /// that the removal led to.
    pub async fn apply_delta(
        self: &Arc<Self>,
        key: &str,
        added: Vec<Candidate>,
        removed: &[String],
    ) -> Result<i64, IngestError> {
        let mut revision = 0;
        if !removed.is_empty() {
            revision = retry_on_conflict(|| async {
                let mut transaction = self.pool.begin().await?;
                let revision = provider::withdraw(&mut transaction, key, removed).await?;
                transaction.commit().await?;
                Ok(revision)
            })
            .await?;
        }
        let added = distinct(key, added);
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

    /// Wakes the workers of all replicas.
    pub async fn wake_workers(&self) -> Result<(), IngestError> {
        let mut connection = self.pool.acquire().await?;
        store::notify(&mut connection, Channel::Process).await?;
        Ok(())
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

/// The generated Location entity that stands for a location.
pub fn location_candidate(location: &LocationRef, presence: Option<&str>) -> Result<Candidate, EntityError> {
    Candidate::new(
        emit::location_entity(location, None, presence),
        Some(location.to_string()),
    )
}
