//! Follows the catalog: a schedule for every entity that names its website, as long as it does.

use std::{collections::BTreeMap, time::Duration};

use callboard_proto::catalog::v1::{
    EntityChange, FieldExists, Predicate, WatchEntitiesRequest, WatchEntitiesResponse,
    catalog_service_client::CatalogServiceClient, entity_change::Kind, predicate::Condition,
};
use callboard_service_kit::{clock::SharedClock, grpc::channel::BalancedChannel};
use sqlx::{Connection, PgConnection, PgPool};
use time::OffsetDateTime;
use tokio_util::sync::CancellationToken;

use super::entity_websites::{WEBSITE_URL, schedules_of};
use crate::{
    config::CatalogSchedule,
    store::{self, NewSchedule},
};

const RETRY: Duration = Duration::from_secs(2);
/// One replica follows for all. The others try this often whether it is gone.
const STAND_BY: Duration = Duration::from_secs(10);
/// Says which replica follows.
const LOCK: i64 = 0x006c_6874_6361_7400;
const ORIGIN: &str = "catalog";

/// Follows the catalog's change feed.
#[derive(Clone)]
pub struct CatalogFollower {
    pool: PgPool,
    client: CatalogServiceClient<BalancedChannel>,
    schedule: CatalogSchedule,
    clock: SharedClock,
}

/// Why following broke off.
#[derive(Debug, thiserror::Error)]
enum FollowError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error("{}", .0.message())]
    Catalog(#[from] tonic::Status),
}

impl CatalogFollower {
    /// Follows over this channel.
    pub fn new(
        pool: PgPool,
        channel: BalancedChannel,
        largest_message: usize,
        schedule: CatalogSchedule,
        clock: SharedClock,
    ) -> Self {
        Self {
            pool,
            client: CatalogServiceClient::new(channel).max_decoding_message_size(largest_message),
            schedule,
            clock,
        }
    }

    /// Follows until the unit stops.
    pub async fn run(self, shutdown: CancellationToken) {
        shutdown
            .run_until_cancelled(async {
                loop {
                    match self.follow_if_first().await {
                        Ok(()) => tokio::time::sleep(STAND_BY).await,
                        Err(error) => {
                            tracing::debug!(%error, "the catalog is not followed; will try again");
                            tokio::time::sleep(RETRY).await;
                        }
                    }
                }
            })
            .await;
    }

    /// Follows while this replica is the one that does.
    async fn follow_if_first(&self) -> Result<(), FollowError> {
        // The lock lives as long as its connection, which is not one of the pool's: those are handed on.
        let mut connection = PgConnection::connect_with(&self.pool.connect_options()).await?;
        let is_first = sqlx::query_scalar!(r#"SELECT pg_try_advisory_lock($1) AS "locked!""#, LOCK)
            .fetch_one(&mut connection)
            .await?;
        if !is_first {
            return Ok(());
        }
        let outcome = tokio::select! {
            outcome = self.follow() => outcome,
            outcome = keep_alive(&mut connection) => outcome.map_err(Into::into),
        };
        // The lock goes with it.
        let _ = connection.close().await;
        outcome
    }

    /// Reads everything, then every change.
    async fn follow(&self) -> Result<(), FollowError> {
        let request = WatchEntitiesRequest {
            predicate: Some(names_a_website()),
            ..WatchEntitiesRequest::default()
        };
        let mut feed = self.client.clone().watch_entities(request).await?.into_inner();
        let mut initial = Some(Vec::new());
        while let Some(batch) = feed.message().await? {
            if batch.reset {
                initial = Some(Vec::new());
            }
            let Some(everything) = &mut initial else {
                self.apply(&batch).await?;
                continue;
            };
            for change in &batch.changes {
                everything.extend(self.schedules_of(change));
            }
            // Only the last part of all there is tells a revision; where there is nothing yet, a sign of life has to do.
            if batch.revision > 0 || batch.changes.is_empty() {
                store::replace_schedules(&self.pool, ORIGIN, None, everything).await?;
                tracing::info!(schedules = everything.len(), "following the catalog");
                initial = None;
            }
        }
        Ok(())
    }

    async fn apply(&self, batch: &WatchEntitiesResponse) -> Result<(), sqlx::Error> {
        // Of several changes of one entity the last one counts.
        let mut schedules: BTreeMap<String, Vec<NewSchedule>> = BTreeMap::new();
        for change in &batch.changes {
            if let Some(entity) = &change.entity {
                schedules.insert(entity.r#ref.clone(), self.schedules_of(change));
            }
        }
        if schedules.is_empty() {
            return Ok(());
        }
        let (entity_refs, schedules): (Vec<String>, Vec<Vec<NewSchedule>>) = schedules.into_iter().unzip();
        store::replace_schedules(&self.pool, ORIGIN, Some(&entity_refs), &schedules.concat()).await
    }

    fn schedules_of(&self, change: &EntityChange) -> Vec<NewSchedule> {
        let now = OffsetDateTime::from(self.clock.now());
        match &change.entity {
            Some(entity) if change.kind() == Kind::Upsert => {
                schedules_of(&entity.r#ref, &entity.document, &self.schedule, now)
            }
            _ => Vec::new(),
        }
    }
}

/// Entities that have the annotation.
fn names_a_website() -> Predicate {
    Predicate {
        condition: Some(Condition::Exists(FieldExists {
            key: format!("metadata.annotations.{WEBSITE_URL}"),
        })),
    }
}

/// Returns when the connection has ended, and the lock with it.
async fn keep_alive(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    loop {
        tokio::time::sleep(STAND_BY).await;
        connection.ping().await?;
    }
}
