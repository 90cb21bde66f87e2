//! The change feed over gRPC: whoever follows it holds the same catalog as the one that is served.

use std::{collections::BTreeMap, time::Duration};

use anyhow::{Context, Result, bail, ensure};
use callboard_end_to_end::{
    api::ref_of,
    portal::{Portal, Setup},
};
use callboard_proto::catalog::v1::{WatchEntitiesRequest, WatchEntitiesResponse, entity_change::Kind};
use tokio::time::{Instant, timeout};
use tonic::Streaming;

use crate::descriptors::{component_of_type, component_ref};

const COMPONENTS: usize = 40;

fn file(component_type: &str, members: std::ops::Range<usize>) -> String {
    members
        .map(|index| component_of_type(&format!("service-{index}"), component_type))
        .collect()
}

/// What a follower holds: etag and revision of each entity.
#[derive(Debug, Default)]
struct Follower {
    entities: BTreeMap<String, (String, i64)>,
    revision: i64,
    changes: usize,
}

impl Follower {
    /// Takes in a batch, in which revisions must rise.
    fn apply(&mut self, batch: &WatchEntitiesResponse) -> Result<()> {
        if batch.reset {
            self.entities.clear();
        }
        for change in &batch.changes {
            let entity = change.entity.as_ref().context("a change without an entity")?;
            self.changes += 1;
            match change.kind() {
                Kind::Upsert => {
                    let document: serde_json::Value = serde_json::from_slice(&entity.document)?;
                    ensure!(
                        ref_of(&document) == entity.r#ref,
                        "{} carries {}",
                        entity.r#ref,
                        ref_of(&document)
                    );
                    ensure!(
                        document["metadata"]["etag"] == entity.etag,
                        "{}: another etag",
                        entity.r#ref
                    );
                    self.entities
                        .insert(entity.r#ref.clone(), (entity.etag.clone(), entity.revision));
                }
                Kind::Delete => {
                    self.entities.remove(&entity.r#ref);
                }
                Kind::Unspecified => bail!("a change of no kind"),
            }
        }
        ensure!(
            batch.revision >= self.revision,
            "revision {} after {}",
            batch.revision,
            self.revision
        );
        let revisions: Vec<_> = batch
            .changes
            .iter()
            .filter_map(|change| Some(change.entity.as_ref()?.revision))
            .collect();
        ensure!(
            revisions.is_sorted() && revisions.last().is_none_or(|last| *last <= batch.revision),
            "{revisions:?}"
        );
        self.revision = batch.revision;
        Ok(())
    }

    /// Follows the stream until it holds what is served.
    async fn follow_until(
        &mut self,
        stream: &mut Streaming<WatchEntitiesResponse>,
        portal: &Portal,
        test: impl Fn(&Self) -> bool,
    ) -> Result<()> {
        let deadline = Instant::now() + Duration::from_mins(1);
        while Instant::now() < deadline {
            match timeout(Duration::from_millis(300), stream.message()).await {
                Ok(message) => self.apply(&message?.context("the stream ended")?)?,
                // Nothing new for a while: it is time to compare.
                Err(_) if test(self) => return self.compare(portal).await,
                Err(_) => {}
            }
        }
        bail!(
            "the follower never got there: revision {}, {} entities",
            self.revision,
            self.entities.len()
        )
    }

    async fn compare(&self, portal: &Portal) -> Result<()> {
        let served: BTreeMap<_, _> = portal
            .api
            .entities()
            .await?
            .iter()
            .map(|entity| {
                (
                    ref_of(entity),
                    entity["metadata"]["etag"].as_str().unwrap_or_default().to_owned(),
                )
            })
            .collect();
        let held: BTreeMap<_, _> = self
            .entities
            .iter()
            .map(|(entity_ref, (etag, _))| (entity_ref.clone(), etag.clone()))
            .collect();
        ensure!(held == served, "held {held:?}, served {served:?}");
        Ok(())
    }
}

#[tokio::test]
async fn a_follower_sees_every_change_in_order() -> Result<()> {
    let portal = Setup::new()?
        .location("catalog-info.yaml", &file("service", 0..COMPONENTS))?
        .start()
        .await?;
    let mut catalog = portal.catalog().await?;
    let mut stream = catalog
        .watch_entities(WatchEntitiesRequest::default())
        .await?
        .into_inner();
    let mut follower = Follower::default();
    let last = component_ref(&format!("service-{}", COMPONENTS - 1));
    follower
        .follow_until(&mut stream, &portal, |follower| follower.entities.contains_key(&last))
        .await?;

    portal.write("catalog-info.yaml", &file("website", 0..COMPONENTS))?;
    let before = follower.revision;
    let changes = follower.changes;
    follower
        .follow_until(&mut stream, &portal, |follower| {
            follower.changes >= changes + COMPONENTS
        })
        .await?;

    portal.write("catalog-info.yaml", &file("website", 0..COMPONENTS / 2))?;
    follower
        .follow_until(&mut stream, &portal, |follower| !follower.entities.contains_key(&last))
        .await?;

    // Who comes back with a revision gets what it has missed, and nothing it has seen.
    let mut resumed = portal
        .catalog()
        .await?
        .watch_entities(WatchEntitiesRequest {
            from_revision: before,
            ..WatchEntitiesRequest::default()
        })
        .await?
        .into_inner();
    let mut late = Follower {
        revision: before,
        ..Follower::default()
    };
    while late.revision < follower.revision {
        let batch = timeout(Duration::from_secs(30), resumed.message())
            .await??
            .context("the stream ended")?;
        ensure!(!batch.reset, "the feed reaches back that far");
        let oldest = batch
            .changes
            .iter()
            .filter_map(|change| Some(change.entity.as_ref()?.revision))
            .min();
        ensure!(
            oldest.is_none_or(|oldest| oldest > before),
            "{oldest:?} was seen already"
        );
        late.apply(&batch)?;
    }
    for (entity_ref, (etag, _)) in &late.entities {
        ensure!(
            follower.entities.get(entity_ref).is_some_and(|(held, _)| held == etag),
            "{entity_ref} differs"
        );
    }
    ensure!(!late.entities.is_empty(), "it has missed something");
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_call_without_a_caller_is_refused() -> Result<()> {
    let portal = Setup::new()?.start().await?;
    let mut stranger = portal.catalog_as_stranger().await?;
    let refused = stranger.watch_entities(WatchEntitiesRequest::default()).await;
    let Err(status) = refused else { bail!("it was let in") };
    ensure!(status.code() == tonic::Code::Unauthenticated, "{status}");
    portal.stop().await;
    Ok(())
}
