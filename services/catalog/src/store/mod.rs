//! All SQL of the catalog. The store knows rows and JSON texts; it knows neither protobuf nor how an entity is validated.
//!
//! Locks are taken in this order, so that writers wait for each other and not in a circle: `entity_state` rows by ref,
//! references, relations, `stitch_queue` rows by ref, then the advisory lock of the feed, then `final_entity` and `entity_change`. Two kinds of
//! transaction lock more rows of `entity_state` later on, since only then they know which: removing a tree goes down layer by
//! layer, and letting go of an entity schedules the losers of conflicts about it. So whoever writes is ready to be chosen as the
//! victim of a deadlock and tries again, see `ingest::retry_on_conflict`.
//!
//! To add a statement: put it in the module of the table it is about, aligned in a raw string, and run `./dev check sqlx`, which
//! says how to record its description in `.sqlx`.

pub mod change;
pub mod conflict;
pub mod emission;
pub mod entity_state;
pub mod feed;
pub mod location;
pub mod provider;
pub mod reference;
pub mod refresh;
pub mod relation;
pub mod removal;
pub mod source_file;
pub mod stitch;
pub mod unprocessed;

use sqlx::{PgConnection, migrate::Migrator};

/// The schema, embedded into the binary.
pub static MIGRATOR: Migrator = sqlx::migrate!("./migrations");

/// What every statement answers: SQLSTATE is mapped to an error code once, by the service kit.
pub type Result<T> = std::result::Result<T, sqlx::Error>;

/// Longest entity ref that can be the target of a relation. An index holds keys of up to 2,700 bytes, and this is one of several
/// columns.
pub const MAX_REF_BYTES: usize = 1000;
/// Longest location ref, for the same reason.
pub const MAX_LOCATION_BYTES: usize = 2000;

/// A `NOTIFY` channel of the catalog's database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// Entities are due for processing.
    Process,
    /// Entities are due for stitching.
    Stitch,
    /// Final entities changed.
    Feed,
}

impl Channel {
    /// All channels.
    pub const ALL: [Self; 3] = [Self::Process, Self::Stitch, Self::Feed];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Process => "catalog_process",
            Self::Stitch => "catalog_stitch",
            Self::Feed => "catalog_feed",
        }
    }
}

/// Wakes listeners when the transaction commits.
pub async fn notify(connection: &mut PgConnection, channel: Channel) -> Result<()> {
    sqlx::query!("SELECT pg_notify($1, '')", channel.name())
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether the statement lost against a concurrent one and may simply be tried again.
pub fn is_serialization_conflict(error: &sqlx::Error) -> bool {
    const DEADLOCK_DETECTED: &str = "40P01";
    const SERIALIZATION_FAILURE: &str = "40001";
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .is_some_and(|code| code == DEADLOCK_DETECTED || code == SERIALIZATION_FAILURE)
}
