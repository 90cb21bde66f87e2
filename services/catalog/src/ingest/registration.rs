//! Registered locations: their rows and their entities, changed together.

use std::{collections::HashSet, sync::Arc};

use callboard_catalog_model::{EntityError, LocationRef, emit};
use uuid::Uuid;

use super::{Ingest, IngestError, candidate::Candidate, retry_on_conflict};
use crate::store::{
    emission,
    location::{self, Location},
    provider,
    reference::Source,
};

/// The provider of registered locations.
pub const REGISTERED_LOCATIONS: &str = "DefaultLocationStore";

/// How often a location's entity is looked at again when others changed it between looking and writing.
const ATTEMPTS: usize = 5;

impl Ingest {
    /// Registers a location: its row and its entity in one transaction. `false`: type and target are registered already.
    pub async fn register(self: &Arc<Self>, row: &Location) -> Result<bool, IngestError> {
        let source = Source::Provider {
            key: REGISTERED_LOCATIONS.to_owned(),
        };
        for _ in 0..ATTEMPTS {
            let emissions = self.prepare(vec![registered_candidate(row)?]).await?;
            let inserted = retry_on_conflict(|| async {
                let mut transaction = self.pool.begin().await?;
                if !location::insert(&mut transaction, row).await? {
                    return Ok(Some(false));
                }
                let taken =
                    emission::take_in(&mut transaction, &source, &emissions, &HashSet::new(), Uuid::now_v7).await?;
                if taken.overtaken {
                    return Ok(None);
                }
                transaction.commit().await?;
                Ok(Some(true))
            })
            .await?;
            if let Some(inserted) = inserted {
                return Ok(inserted);
            }
        }
        Err(EntityError::conflict(format!("{} keeps being changed by others", row.entity_ref)).into())
    }

    /// Unregisters a location; its entities vanish with it. Returns the revision at which they are gone, 0 when nobody saw any.
    pub async fn unregister(&self, row: &Location) -> Result<i64, IngestError> {
        let refs = [row.entity_ref.clone()];
        retry_on_conflict(|| async {
            let mut transaction = self.pool.begin().await?;
            location::delete(&mut transaction, row.id).await?;
            let revision = provider::withdraw(&mut transaction, REGISTERED_LOCATIONS, &refs).await?;
            transaction.commit().await?;
            Ok(revision)
        })
        .await
    }

    /// Gives a location's row another target and takes the old entities away; [`Self::emit_registered`] brings the new ones.
    /// `false`: the new target is registered already.
    pub async fn point_elsewhere(&self, row: &Location) -> Result<bool, IngestError> {
        let refs = [row.entity_ref.clone()];
        retry_on_conflict(|| async {
            let mut transaction = self.pool.begin().await?;
            if !location::update(&mut transaction, row).await? {
                return Ok(false);
            }
            provider::withdraw(&mut transaction, REGISTERED_LOCATIONS, &refs).await?;
            transaction.commit().await?;
            Ok(true)
        })
        .await
    }

    /// Has the provider hold a location's entity.
    pub async fn emit_registered(self: &Arc<Self>, row: &Location) -> Result<(), IngestError> {
        let candidate = registered_candidate(row)?;
        self.apply_delta(REGISTERED_LOCATIONS, vec![candidate], &[]).await?;
        Ok(())
    }
}

/// The Location entity of a registered location, which keeps its name when it is pointed elsewhere.
pub fn registered_candidate(row: &Location) -> Result<Candidate, EntityError> {
    let location = LocationRef::new(&row.location_type, &row.target)?;
    let mut document = emit::location_entity(&location, None, None);
    if let Some(name) = row.entity_ref.rsplit('/').next() {
        document["metadata"]["name"] = name.into();
    }
    Candidate::new(document, Some(location.to_string()))
}
