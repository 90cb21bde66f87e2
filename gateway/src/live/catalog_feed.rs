//! One change feed of the catalog, followed once and shared by all streams that want the same of it.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use callboard_proto::catalog::v1::{PermissionCondition, Predicate, WatchEntitiesRequest, WatchEntitiesResponse};
use tokio::sync::{broadcast, watch};
use tokio_util::task::AbortOnDropHandle;
use tonic::Streaming;

use super::frame::{self, Change};
use crate::{error::ApiError, gateway::Gateway};

const RETRY: Duration = Duration::from_millis(500);
/// How long a stream waits for a feed that has just been started.
const START_TIMEOUT: Duration = Duration::from_secs(5);
/// Batches a stream may be behind before it is told to read anew.
const BACKLOG: usize = 64;

/// What a feed tells.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// Only entities that match.
    pub(super) predicate: Option<Predicate>,
    /// Only what somebody may see; absent, everything.
    pub(super) condition: Option<PermissionCondition>,
}

/// A part of the feed, ready to be sent.
#[derive(Debug)]
pub(super) struct Batch {
    /// Everything up to here has been told.
    pub(super) revision: i64,
    /// Absent when changes were missed: whoever follows has to read anew.
    pub(super) changes: Option<Vec<Change>>,
    /// The whole of it as an event.
    pub(super) frame: Bytes,
}

impl Batch {
    /// `None` when it tells nothing.
    pub(super) fn of(response: &WatchEntitiesResponse) -> Option<Self> {
        let changes: Vec<Change> = response.changes.iter().filter_map(Change::of).collect();
        if changes.is_empty() {
            return None;
        }
        Some(Self {
            revision: response.revision,
            frame: frame::changes(response.revision, &changes),
            changes: Some(changes),
        })
    }

    fn reset(revision: i64) -> Self {
        Self {
            revision,
            changes: None,
            frame: frame::reset(revision),
        }
    }
}

/// How far a feed is.
#[derive(Clone, Debug)]
enum Position {
    Starting,
    /// Everything up to this revision has been told.
    At(i64),
    /// It never got anywhere.
    Away(ApiError),
}

/// The feed. It ends with the last stream that holds it.
#[derive(Debug)]
pub(super) struct CatalogFeed {
    scope: Scope,
    batches: broadcast::Sender<Arc<Batch>>,
    position: watch::Sender<Position>,
    _follower: AbortOnDropHandle<()>,
}

impl CatalogFeed {
    /// Starts to follow.
    pub(super) fn start(gateway: &Gateway, scope: Scope) -> Self {
        let follower = Follower {
            gateway: gateway.clone(),
            scope: scope.clone(),
            batches: broadcast::Sender::new(BACKLOG),
            position: watch::Sender::new(Position::Starting),
            resume_from: None,
        };
        Self {
            scope,
            batches: follower.batches.clone(),
            position: follower.position.clone(),
            _follower: AbortOnDropHandle::new(tokio::spawn(follower.follow_for_ever())),
        }
    }

    /// A place in the broadcast, and the revision that everything before it is told up to.
    pub(super) async fn subscribe(&self) -> Result<(broadcast::Receiver<Arc<Batch>>, i64), ApiError> {
        // In this order: the position is moved before a batch is sent, so what is not received is covered by it.
        let receiver = self.batches.subscribe();
        let mut position = self.position.subscribe();
        let started = position.wait_for(|position| !matches!(position, Position::Starting));
        match tokio::time::timeout(START_TIMEOUT, started).await {
            Ok(Ok(position)) => match &*position {
                Position::At(revision) => Ok((receiver, *revision)),
                Position::Away(error) => Err(error.clone()),
                Position::Starting => Err(ApiError::internal("a feed started without a position")),
            },
            _ => Err(ApiError::unavailable(
                "The catalog's change feed is not available at the moment",
            )),
        }
    }

    /// What somebody missed who has seen everything up to `revision`.
    pub(super) async fn catch_up(
        &self,
        gateway: &Gateway,
        revision: i64,
    ) -> Result<Streaming<WatchEntitiesResponse>, ApiError> {
        watch(gateway, &self.scope, revision).await
    }
}

async fn watch(
    gateway: &Gateway,
    scope: &Scope,
    from_revision: i64,
) -> Result<Streaming<WatchEntitiesResponse>, ApiError> {
    let request = WatchEntitiesRequest {
        from_revision,
        predicate: scope.predicate.clone(),
        refs_only: true,
        condition: scope.condition.clone(),
    };
    gateway.catalog().watch_entities(request).await
}

struct Follower {
    gateway: Gateway,
    scope: Scope,
    batches: broadcast::Sender<Arc<Batch>>,
    position: watch::Sender<Position>,
    /// The last revision told, and the count it belongs to.
    resume_from: Option<(i64, u64)>,
}

impl Follower {
    async fn follow_for_ever(mut self) {
        loop {
            if let Err(error) = self.follow().await {
                tracing::debug!(error = error.message(), "a change feed of the catalog is away");
                self.position.send_if_modified(|position| {
                    let is_new = matches!(position, Position::Starting);
                    if is_new {
                        *position = Position::Away(error);
                    }
                    is_new
                });
            }
            tokio::time::sleep(RETRY).await;
        }
    }

    /// Follows one stream to its end.
    async fn follow(&mut self) -> Result<(), ApiError> {
        let epoch = self.gateway.revisions().epoch();
        let from = match self.resume_from {
            Some((revision, known)) if known == epoch => revision,
            // Nothing was told yet, or the catalog counts anew.
            resumed => {
                let revision = self.gateway.catalog().get_status().await?.revision;
                if resumed.is_some() {
                    self.publish(Batch::reset(revision), epoch);
                }
                revision
            }
        };
        let mut feed = watch(&self.gateway, &self.scope, from).await?;
        self.moved_to(from, epoch);
        while let Some(response) = feed.message().await? {
            if self.gateway.revisions().epoch() != epoch {
                return Ok(());
            }
            if response.reset {
                // Too long away. Everything there is would follow, which nobody asked for.
                let revision = self.gateway.catalog().get_status().await?.revision;
                self.publish(Batch::reset(revision), epoch);
                return Ok(());
            }
            match Batch::of(&response) {
                Some(batch) => self.publish(batch, epoch),
                None => self.moved_to(response.revision.max(from), epoch),
            }
        }
        Ok(())
    }

    fn publish(&mut self, batch: Batch, epoch: u64) {
        self.moved_to(batch.revision, epoch);
        // Without a stream to hear it, nobody needs it.
        let _ = self.batches.send(Arc::new(batch));
    }

    fn moved_to(&mut self, revision: i64, epoch: u64) {
        self.resume_from = Some((revision, epoch));
        self.position.send_replace(Position::At(revision));
    }
}
