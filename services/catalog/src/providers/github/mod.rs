//! GitHub: the repositories of organisations that describe what is in them, and the people and teams of organisations.
//!
//! Both ask GraphQL with the credentials of `integrations.github`. Their names, location keys and the entities they make are those of
//! Backstage's GitHub modules, so a catalog can change over without anything being deleted and made anew.

mod filters;
mod organization;
mod people;
mod repositories;
pub mod settings;

pub use organization::GitHubOrganizations;
pub use repositories::GitHubRepositories;
