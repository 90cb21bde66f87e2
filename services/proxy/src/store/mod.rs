//! All SQL of this unit. To add a migration: a file in `migrations/`, named by time and subject, forward only.

pub mod endpoints;
mod status;
pub mod usage;

use sqlx::migrate::Migrator;

pub use self::status::{StatusCounts, status_counts};

/// What brings the database up to date.
pub static MIGRATOR: Migrator = sqlx::migrate!();
