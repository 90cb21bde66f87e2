//! The locations of `catalog.locations`.

use callboard_catalog_model::{EntityError, LocationRef};
use futures::future::BoxFuture;

use crate::{
    ingest::{
        candidate::Candidate,
        provider::{Holdings, Provider, ProviderError, Schedule},
    },
    settings::ConfiguredLocation,
};

/// Holds a Location entity for each configured location.
#[derive(Debug)]
pub struct ConfigLocations {
    candidates: Vec<Candidate>,
}

impl ConfigLocations {
    /// The error names the location that makes no sense.
    pub fn new(locations: &[ConfiguredLocation]) -> Result<Self, EntityError> {
        let candidate = |entry: &ConfiguredLocation| {
            let location = LocationRef::new(&entry.location_type, &entry.target)?;
            Candidate::of_location(&location, entry.presence.as_deref(), Some(location.to_string()))
        };
        let candidates = locations.iter().map(candidate).collect::<Result<_, _>>()?;
        Ok(Self { candidates })
    }
}

impl Provider for ConfigLocations {
    fn name(&self) -> &'static str {
        "ConfigLocationProvider"
    }

    fn schedule(&self) -> Schedule {
        Schedule::AtStart
    }

    fn run<'run>(&'run self, holdings: &'run mut Holdings) -> BoxFuture<'run, Result<(), ProviderError>> {
        Box::pin(async move { Ok(holdings.replace_all(self.candidates.clone()).await?) })
    }
}
