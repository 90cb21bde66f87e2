//! The providers there are, one file each.
//!
//! To add one: a file here with a type that is a [`Provider`], and a line in [`configured`]. Its `name` stands in the database
//! beside everything it holds, so it stays as it is for ever; its `schedule` says when it runs; `run` asks its source and tells
//! [`Holdings`](crate::ingest::provider::Holdings) what is there: everything (`replace_all`), or what came and went since the cursor that it kept (`change`).
//! All replicas run it, one at a time. `ConfigLocations` is the shortest example.

mod config_locations;
pub mod github;
mod registered_locations;

use std::sync::Arc;

use callboard_catalog_model::EntityError;

use crate::{ingest::provider::Provider, settings::Settings};

pub use config_locations::ConfigLocations;
pub use github::{GitHubOrganizations, GitHubRepositories};
pub use registered_locations::RegisteredLocations;

/// Those that the configuration wants, in the order in which they are applied at the start: of two that hold the same entity the
/// first gets it.
pub fn configured(settings: &Settings) -> Result<Vec<Arc<dyn Provider>>, EntityError> {
    let mut all: Vec<Arc<dyn Provider>> = vec![
        Arc::new(ConfigLocations::new(&settings.locations)?),
        Arc::new(RegisteredLocations),
    ];
    for found in &settings.github_repositories {
        all.push(Arc::new(GitHubRepositories::new(found.clone())));
    }
    for found in &settings.github_organizations {
        all.push(Arc::new(GitHubOrganizations::new(found.clone())?));
    }
    Ok(all
        .into_iter()
        .filter(|provider| !settings.disabled_providers.contains(provider.name()))
        .collect())
}
