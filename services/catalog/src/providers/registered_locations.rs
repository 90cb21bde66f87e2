//! The locations that were registered through the API.

use futures::future::BoxFuture;

use crate::{
    ingest::{
        provider::{Holdings, Provider, ProviderError, Schedule},
        registration::{REGISTERED_LOCATIONS, registered_candidate},
    },
    store::location,
};

/// Holds a Location entity for each row of registered locations. Registering and unregistering change both at once; this is for
/// what a restored database or another version left unequal.
#[derive(Debug)]
pub struct RegisteredLocations;

impl Provider for RegisteredLocations {
    fn name(&self) -> &'static str {
        REGISTERED_LOCATIONS
    }

    fn schedule(&self) -> Schedule {
        Schedule::AtStart
    }

    /// Brings the entities in line with the rows, while others register and unregister.
    fn run<'run>(&'run self, holdings: &'run mut Holdings) -> BoxFuture<'run, Result<(), ProviderError>> {
        Box::pin(async move {
            let pool = holdings.pool().clone();
            loop {
                // What is held is asked for first: of a location registered between the two questions it is the row that counts.
                let held = holdings.list().await?;
                let rows = location::list(&pool).await?;
                let candidates = rows.iter().map(registered_candidate).collect::<Result<Vec<_>, _>>()?;
                holdings.replace(held, candidates).await?;
                // One unregistered since has been added again just now.
                if location::list(&pool).await? == rows {
                    return Ok(());
                }
            }
        })
    }
}
