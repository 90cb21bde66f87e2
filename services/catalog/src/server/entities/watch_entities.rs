//! `WatchEntities`: the change feed, resumable, in revision order.

use std::time::Duration;

use callboard_catalog_index::{Change, EntityView, ListQuery, Predicate, StoredEntity};
use callboard_proto::catalog::v1::{self as proto, entity_change::Kind};
use futures::{Stream, stream};
use tonic::Status;

use super::audience::{Audience, Hearing};
use crate::{
    feed::SharedReplica,
    server::{CatalogServer, ResponseStream, condition, convert, errors},
    store,
};

/// Changes a message.
const BATCH: u16 = 500;
/// How often a stream without changes says how far it is.
const HEARTBEAT: Duration = Duration::from_secs(5);

/// Where a stream is.
struct Watch {
    server: CatalogServer,
    /// What is asked for, as far as it may be seen.
    filter: Option<Predicate>,
    /// Whether there is anything that may not be seen.
    is_restricted: bool,
    /// Of a watcher with a filter.
    audience: Option<Audience>,
    refs_only: bool,
    /// Everything up to here has been sent.
    sent: i64,
    /// What is left of a start from nothing.
    snapshot: Option<std::vec::IntoIter<EntityView>>,
    /// Said first of a start from nothing.
    reset: bool,
    revision: tokio::sync::watch::Receiver<i64>,
}

pub(in crate::server) fn watch_entities(
    server: &CatalogServer,
    request: proto::WatchEntitiesRequest,
) -> Result<ResponseStream<proto::WatchEntitiesResponse>, Status> {
    let predicate = convert::predicate(request.predicate)?;
    let restriction = condition::restriction(request.condition)?;
    let mut watch = Watch {
        is_restricted: restriction.is_some(),
        filter: match (predicate, restriction) {
            (Some(predicate), Some(restriction)) => Some(Predicate::All(vec![restriction, predicate])),
            (predicate, restriction) => predicate.or(restriction),
        },
        audience: None,
        refs_only: request.refs_only,
        sent: request.from_revision,
        snapshot: None,
        reset: false,
        revision: server.replica.subscribe(),
        server: server.clone(),
    };
    if request.from_revision == 0 {
        watch.start_anew()?;
    } else {
        watch.meet_audience()?;
    }
    Ok(Box::pin(watch.into_stream()))
}

impl Watch {
    fn replica(&self) -> &SharedReplica {
        &self.server.replica
    }

    /// Begins with all entities there are.
    fn start_anew(&mut self) -> Result<(), Status> {
        self.meet_audience()?;
        let all = ListQuery {
            filter: self.filter.clone(),
            ..ListQuery::default()
        };
        let mut list = self.replica().index.list(&all).map_err(errors::query)?;
        list.items.sort_unstable_by_key(EntityView::revision);
        self.sent = list.revision;
        self.snapshot = Some(list.items.into_iter());
        Ok(())
    }

    fn meet_audience(&mut self) -> Result<(), Status> {
        let filter = self.filter.clone();
        let audience = filter.map(|filter| Audience::new(&self.replica().index, filter));
        self.audience = audience.transpose().map_err(errors::query)?;
        Ok(())
    }

    fn into_stream(self) -> impl Stream<Item = Result<proto::WatchEntitiesResponse, Status>> {
        stream::try_unfold(self, |mut watch| async move {
            let message = watch.next().await?;
            Ok(Some((message, watch)))
        })
    }

    async fn next(&mut self) -> Result<proto::WatchEntitiesResponse, Status> {
        loop {
            if let Some(message) = self.next_of_snapshot()? {
                return Ok(message);
            }
            self.revision.borrow_and_update();
            match self.changes_after_sent().await? {
                None => self.start_anew_by_reset()?,
                Some(changes) if changes.is_empty() => {
                    match tokio::time::timeout(HEARTBEAT, self.revision.changed()).await {
                        Ok(Ok(())) => {}
                        Ok(Err(_)) => return Err(Status::unavailable("the catalog is shutting down")),
                        Err(_) => {
                            return Ok(proto::WatchEntitiesResponse {
                                changes: Vec::new(),
                                revision: self.sent,
                                reset: false,
                            });
                        }
                    }
                }
                Some(changes) => {
                    self.sent = changes.last().map_or(self.sent, Change::revision);
                    let Some(changes) = self.events(changes)? else {
                        self.start_anew_by_reset()?;
                        continue;
                    };
                    return Ok(proto::WatchEntitiesResponse {
                        changes,
                        revision: self.sent,
                        reset: false,
                    });
                }
            }
        }
    }

    fn start_anew_by_reset(&mut self) -> Result<(), Status> {
        self.start_anew()?;
        self.reset = true;
        Ok(())
    }

    fn next_of_snapshot(&mut self) -> Result<Option<proto::WatchEntitiesResponse>, Status> {
        let Some(mut views) = self.snapshot.take() else {
            return Ok(None);
        };
        let changes: Vec<_> = views
            .by_ref()
            .take(BATCH.into())
            .map(|view| {
                if let Some(audience) = &mut self.audience {
                    audience.meet(view.entity_ref());
                }
                convert::whole_entity(&view).map(|entity| self.upsert(entity))
            })
            .collect::<Result<_, _>>()?;
        let done = views.len() == 0;
        if !done {
            self.snapshot = Some(views);
        }
        Ok(Some(proto::WatchEntitiesResponse {
            changes,
            // Only the whole of it may be resumed from.
            revision: if done { self.sent } else { 0 },
            reset: std::mem::take(&mut self.reset),
        }))
    }

    /// `None`: the feed does not reach back that far.
    async fn changes_after_sent(&self) -> Result<Option<Vec<Change>>, Status> {
        if let Some(changes) = self.replica().log.after(self.sent, BATCH.into()) {
            return Ok(Some(changes));
        }
        let rows = store::feed::read_after(&self.server.pool, self.sent, BATCH.into())
            .await
            .map_err(errors::database)?;
        Ok(rows.map(|rows| rows.into_iter().map(crate::feed::change).collect()))
    }

    /// The changes as this watcher may hear of them. `None`: it can't be told what it may hear, and has to start anew.
    fn events(&mut self, changes: Vec<Change>) -> Result<Option<Vec<proto::EntityChange>>, Status> {
        let mut events = Vec::with_capacity(changes.len());
        for change in changes {
            let hearing = match &mut self.audience {
                None => Hearing::Visible,
                Some(audience) => {
                    let exists = matches!(change, Change::Upsert(_));
                    audience.hear(
                        &self.server.replica.index,
                        change.entity_ref(),
                        change.revision(),
                        exists,
                    )
                }
            };
            match hearing {
                Hearing::Visible => events.push(self.event(change)?),
                // It may have been told of it before.
                Hearing::Unknown if self.is_restricted => return Ok(None),
                Hearing::Lost | Hearing::Unknown => events.push(gone(change)),
                Hearing::Never => {}
            }
        }
        Ok(Some(events))
    }

    fn event(&self, change: Change) -> Result<proto::EntityChange, Status> {
        match change {
            Change::Upsert(entity) => Ok(self.upsert(stored_entity(entity)?)),
            deletion @ Change::Delete { .. } => Ok(gone(deletion)),
        }
    }

    fn upsert(&self, mut entity: proto::Entity) -> proto::EntityChange {
        if self.refs_only {
            entity.document.clear();
        }
        proto::EntityChange {
            kind: Kind::Upsert.into(),
            entity: Some(entity),
        }
    }
}

/// What is told of an entity that this watcher does not see any more.
fn gone(change: Change) -> proto::EntityChange {
    let (entity_ref, uid, revision) = match change {
        Change::Delete { entity_ref, revision } => (entity_ref, String::new(), revision),
        Change::Upsert(entity) => (entity.entity_ref, entity.uid, entity.revision),
    };
    proto::EntityChange {
        kind: Kind::Delete.into(),
        entity: Some(proto::Entity {
            r#ref: entity_ref,
            uid,
            revision,
            ..proto::Entity::default()
        }),
    }
}

/// A change as an entity, the same as the index would give it out.
fn stored_entity(stored: StoredEntity) -> Result<proto::Entity, Status> {
    let document: serde_json::Value =
        serde_json::from_slice(&stored.document).map_err(|error| errors::ingest(error.into()))?;
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let metadata = &document["metadata"];
    Ok(proto::Entity {
        r#ref: stored.entity_ref,
        uid: stored.uid,
        etag: text(&metadata["etag"]),
        kind: text(&document["kind"]),
        namespace: text(&metadata["namespace"]),
        name: text(&metadata["name"]),
        revision: stored.revision,
        document: stored.document,
    })
}
