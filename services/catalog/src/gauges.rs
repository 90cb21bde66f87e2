//! Figures that are looked up now and then, for `/metrics`. What is counted where it happens is in [`crate::ingest`].

use std::{collections::HashSet, time::Duration};

use metrics::gauge;
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;

use crate::{feed::SharedReplica, store::entity_state};

/// How often they are looked up.
const INTERVAL: Duration = Duration::from_secs(15);

/// Runs until cancelled.
pub async fn run(pool: PgPool, replica: SharedReplica, cancelled: CancellationToken) {
    let mut kinds = HashSet::new();
    loop {
        count_entities(&replica, &mut kinds);
        match entity_state::count_backlog(&pool).await {
            Ok(backlog) => show_backlog(&backlog),
            Err(error) => tracing::debug!(%error, "the queues could not be counted"),
        }
        tokio::select! {
            () = tokio::time::sleep(INTERVAL) => {}
            () = cancelled.cancelled() => return,
        }
    }
}

/// Entities by kind, as this replica serves them. `kinds` are those shown so far: one without entities any more is shown as zero.
fn count_entities(replica: &SharedReplica, kinds: &mut HashSet<String>) {
    let counted = replica.index.facets(&["kind".to_owned()], None, None);
    let mut gone = kinds.clone();
    for kind in counted.facets.into_iter().flat_map(|facet| facet.values) {
        gauge!("catalog_entities_count", "kind" => kind.value.clone()).set(as_float(kind.count));
        gone.remove(&kind.value);
        kinds.insert(kind.value);
    }
    for kind in gone {
        gauge!("catalog_entities_count", "kind" => kind).set(0.0);
    }
    gauge!("catalog_index_revision").set(as_float(replica.revision().unsigned_abs()));
}

fn show_backlog(backlog: &entity_state::Backlog) {
    gauge!("catalog_processing_queue_length").set(as_float(backlog.processing.unsigned_abs()));
    gauge!("catalog_stitching_queue_length").set(as_float(backlog.stitching.unsigned_abs()));
    gauge!("catalog_failed_entities_count").set(as_float(backlog.failed.unsigned_abs()));
    gauge!("catalog_registered_locations_count").set(as_float(backlog.locations.unsigned_abs()));
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn as_float(count: u64) -> f64 {
    count as f64
}
