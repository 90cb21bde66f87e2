//! One client's stream.

use std::{collections::HashSet, pin::Pin, sync::Arc, time::Duration};

use bytes::Bytes;
use callboard_proto::catalog::v1::WatchEntitiesResponse;
use futures::{
    StreamExt,
    stream::{BoxStream, SelectAll},
};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, Sleep, sleep},
};
use tokio_util::sync::WaitForCancellationFutureOwned;
use tonic::Streaming;

use super::{
    catalog_feed::{Batch, CatalogFeed},
    frame,
};
use crate::{error::ApiError, gateway::Gateway};

/// How often a stream that has nothing to tell shows that it is there.
const PING: Duration = Duration::from_secs(15);
/// A stream is not for ever: a client that comes back shows its credentials again, and what it may see is found out anew.
const LIFETIME: Duration = Duration::from_mins(10);

/// Revisions that a client may know which this replica does not know yet.
const LITTLE_AHEAD: i64 = 1000;

/// What a stream tells of the catalog.
pub(super) struct CatalogPart {
    feed: Arc<CatalogFeed>,
    batches: Receiver<Arc<Batch>>,
    /// Only these entities; absent, all of the feed's.
    entity_refs: Option<HashSet<String>>,
    /// What happened while the client was away.
    missed: Option<Streaming<WatchEntitiesResponse>>,
    /// Until what is missed is told up to here.
    caught_up_at: i64,
    /// Everything up to here has been told.
    told: i64,
    /// Whether the client's last event id says nothing any more.
    is_reset: bool,
}

impl CatalogPart {
    /// From now on, or from where the client left.
    pub(super) async fn open(
        gateway: &Gateway,
        feed: Arc<CatalogFeed>,
        entity_refs: Option<HashSet<String>>,
        last_event_id: Option<LastEventId>,
    ) -> Result<Self, ApiError> {
        let (batches, current) = feed.subscribe().await?;
        let mut part = Self {
            feed,
            batches,
            entity_refs,
            missed: None,
            caught_up_at: current,
            told: current,
            is_reset: false,
        };
        match last_event_id {
            Some(LastEventId::Revision(revision)) if revision < current => {
                part.missed = Some(part.feed.catch_up(gateway, revision).await?);
                part.told = revision;
            }
            // Another replica may have been a little ahead of this one.
            Some(LastEventId::Revision(revision)) if revision <= current.saturating_add(LITTLE_AHEAD) => {
                part.told = revision;
            }
            // From the future, or not one of ours: nobody knows what this client has seen.
            Some(_) => part.is_reset = true,
            None => {}
        }
        Ok(part)
    }

    /// The next event.
    async fn next(&mut self) -> Result<Bytes, ApiError> {
        if std::mem::take(&mut self.is_reset) {
            return Ok(frame::reset(self.told));
        }
        while let Some(missed) = &mut self.missed {
            let response = missed.message().await?;
            let Some(response) = response else {
                return Err(ApiError::unavailable("the catalog's change feed ended"));
            };
            // The catalog does not reach back that far.
            if response.reset {
                self.missed = None;
                self.told = self.caught_up_at;
                return Ok(frame::reset(self.told));
            }
            if response.revision >= self.caught_up_at {
                self.missed = None;
            }
            self.told = self.told.max(response.revision);
            if let Some(frame) = Batch::of(&response).and_then(|batch| self.frame(&batch)) {
                return Ok(frame);
            }
        }
        loop {
            match self.batches.recv().await {
                Ok(batch) => {
                    // A reset may lead back: the catalog counts anew.
                    if batch.revision <= self.told && batch.changes.is_some() {
                        continue;
                    }
                    self.told = batch.revision;
                    if let Some(frame) = self.frame(&batch) {
                        return Ok(frame);
                    }
                }
                Err(RecvError::Lagged(_)) => {
                    let (batches, current) = self.feed.subscribe().await?;
                    self.batches = batches;
                    self.told = current;
                    return Ok(frame::reset(current));
                }
                Err(RecvError::Closed) => return Err(ApiError::internal("a feed ended before its streams")),
            }
        }
    }

    /// A batch as this client wants it; `None` when nothing in it concerns them.
    fn frame(&self, batch: &Batch) -> Option<Bytes> {
        let (Some(wanted), Some(changes)) = (&self.entity_refs, &batch.changes) else {
            return Some(batch.frame.clone());
        };
        let mut changes = changes
            .iter()
            .filter(|change| wanted.contains(&change.entity_ref))
            .peekable();
        changes.peek()?;
        Some(frame::changes(batch.revision, changes))
    }
}

/// Where a client says it left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LastEventId {
    /// It has seen everything up to here.
    Revision(i64),
    /// It is not one of our ids.
    Foreign,
}

impl LastEventId {
    pub(super) fn parse(text: &str) -> Self {
        match text.trim().parse() {
            Ok(revision) if revision > 0 => Self::Revision(revision),
            _ => Self::Foreign,
        }
    }
}

/// A stream of events to one client.
pub(super) struct EventStream {
    catalog: Option<CatalogPart>,
    audits: SelectAll<BoxStream<'static, Bytes>>,
    is_open: bool,
    ping: Pin<Box<Sleep>>,
    end: Pin<Box<Sleep>>,
    stop: Pin<Box<WaitForCancellationFutureOwned>>,
}

enum Next {
    Frame(Bytes),
    Ping,
    End,
}

impl EventStream {
    /// A stream that ends with the caller's credentials, if not before.
    pub(super) fn new(
        gateway: &Gateway,
        allowed: Option<Duration>,
        catalog: Option<CatalogPart>,
        audits: Vec<BoxStream<'static, Bytes>>,
    ) -> Self {
        // Not all at once: those that came together after a restart would come back together for ever.
        let lifetime = LIFETIME.mul_f64(rand::random_range(0.8..1.2));
        let lifetime = allowed.map_or(lifetime, |allowed| allowed.min(lifetime));
        Self {
            catalog,
            audits: audits.into_iter().collect(),
            is_open: false,
            ping: Box::pin(sleep(PING)),
            end: Box::pin(sleep(lifetime)),
            stop: Box::pin(gateway.streams_end().clone().cancelled_owned()),
        }
    }

    /// The next bytes to send; `None` at the end.
    pub(super) async fn next(&mut self) -> Option<Bytes> {
        if !self.is_open {
            self.is_open = true;
            return Some(frame::ready(self.told()));
        }
        let next = {
            let catalog = async {
                match &mut self.catalog {
                    Some(part) => part.next().await,
                    None => std::future::pending().await,
                }
            };
            let audits = async {
                match self.audits.next().await {
                    Some(frame) => frame,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = &mut self.stop => Next::End,
                () = &mut self.end => Next::End,
                frame = catalog => match frame {
                    Ok(frame) => Next::Frame(frame),
                    // The client comes back, with the id of the last event it got.
                    Err(error) => {
                        tracing::debug!(error = error.message(), "a stream of events breaks off");
                        Next::End
                    }
                },
                frame = audits => Next::Frame(frame),
                () = &mut self.ping => Next::Ping,
            }
        };
        self.ping.as_mut().reset(Instant::now() + PING);
        match next {
            Next::Frame(frame) => Some(frame),
            Next::Ping => Some(frame::ping(self.told())),
            Next::End => None,
        }
    }

    fn told(&self) -> Option<i64> {
        self.catalog.as_ref().map(|part| part.told)
    }
}
