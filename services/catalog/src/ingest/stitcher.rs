//! The stitcher: composes final documents, in batches, and writes those that changed.

use std::{collections::HashMap, sync::Arc, time::Duration};

use callboard_catalog_model::{
    EntityError,
    change::Version,
    stitch::{Final, compose as compose_final},
};
use sqlx::PgPool;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{Ingest, IngestError, busy::PAUSE, wake::Wake};
use crate::store::{
    self, Channel,
    feed::{self, FinalEntity, Served},
    relation,
    stitch::{StitchInput, Ticket},
};

/// How many entities one batch stitches.
const BATCH: i64 = 1000;
/// After how long an unsettled request is taken up again.
const LEASE: Duration = Duration::from_secs(20);
/// How often the queue is looked at without being woken.
const POLL: Duration = Duration::from_secs(1);
/// How often an entity is stitched out of turn before that is left to the stitcher.
const ATTEMPTS_NOW: usize = 3;
/// How long a wake-up waits for company: a hub that many entities name at once is composed once.
const COALESCE: Duration = Duration::from_millis(10);
/// The same while files are being taken in, which is where more company comes from: so long for each entity written so far. It is
/// about what an entity costs, so a request waits for three quarters of what an ingestion has taken so far: what is composed again is
/// then a small part of it, however large it is, and yet more and more can be seen while it goes on. A few changes wait for nothing,
/// however long their files take.
const COALESCE_PER_ENTITY: Duration = Duration::from_micros(250);
/// The longest wait then, however much was written.
const COALESCE_LONGEST: Duration = Duration::from_mins(2);
/// The longest time between two looks at the queue then.
const POLL_BUSY: Duration = Duration::from_millis(250);
/// How many work at once: one composes while another one's documents are being written.
pub(super) const STITCHERS: usize = 2;

/// Runs until cancelled.
pub async fn run(ingest: Arc<Ingest>, wake: Wake, cancelled: CancellationToken) {
    let mut signal = wake.listen(Channel::Stitch);
    while !cancelled.is_cancelled() {
        let age = ingest.workload.written().map(|entities| {
            let entities = u32::try_from(entities).unwrap_or(u32::MAX);
            COALESCE_PER_ENTITY.saturating_mul(entities).min(COALESCE_LONGEST)
        });
        let stitched = stitch_batch(&ingest.pool, age.unwrap_or_default())
            .await
            .unwrap_or_else(|error| {
                tracing::warn!(%error, "stitching broke off");
                0
            });
        if stitched == 0 {
            // The end of the work is not signalled; the pause after it tells. While it goes on nothing is urgent.
            let (company, poll) = age.map_or((COALESCE, POLL), |age| {
                let company = (age / 6).clamp(PAUSE + COALESCE, POLL_BUSY);
                (company, company)
            });
            tokio::select! {
                () = signal.woken() => tokio::time::sleep(company).await,
                () = tokio::time::sleep(poll) => {}
                () = cancelled.cancelled() => {}
            }
        }
    }
}

/// Stitches one batch of requests at least as old as `age`. Returns how many it took.
pub async fn stitch_batch(pool: &PgPool, age: Duration) -> Result<usize, IngestError> {
    let tickets = store::stitch::claim(pool, BATCH, age, LEASE).await?;
    stitch(pool, &tickets).await?;
    Ok(tickets.len())
}

/// Stitches some entities out of turn. When others keep asking for the same the last of them has to wait for the stitcher.
pub async fn stitch_now(pool: &PgPool, refs: &[String]) -> Result<(), IngestError> {
    for _ in 0..ATTEMPTS_NOW {
        let tickets = store::stitch::claim_refs(pool, refs, LEASE).await?;
        if tickets.is_empty() {
            break;
        }
        stitch(pool, &tickets).await?;
    }
    Ok(())
}

async fn stitch(pool: &PgPool, tickets: &[Ticket]) -> Result<(), IngestError> {
    if tickets.is_empty() {
        return Ok(());
    }
    let started = Instant::now();
    let refs: Vec<String> = tickets.iter().map(|ticket| ticket.entity_ref.clone()).collect();
    let (inputs, relations) = {
        let mut connection = pool.acquire().await?;
        (
            store::stitch::list_inputs(&mut connection, &refs).await?,
            relation::list_shown(&mut connection, &refs).await?,
        )
    };
    let mut composed = tokio::task::spawn_blocking(move || compose(inputs, relations)).await??;
    if !composed.is_empty() {
        // Asked for only now: most documents come out as they were, and those are not needed.
        let refs: Vec<String> = composed.iter().map(|entity| entity.entity_ref.clone()).collect();
        let served = feed::list_served(pool, &refs).await?;
        composed = tokio::task::spawn_blocking(move || compare(composed, served)).await??;
    }
    super::retry_on_conflict(|| write(pool, tickets, &composed)).await?;
    metrics::counter!("catalog_stitched_entities_count").increment(tickets.len() as u64);
    metrics::histogram!("catalog_stitching_duration_seconds").record(started.elapsed());
    Ok(())
}

/// Composes the documents; those that are served already as they are, are left out.
fn compose(inputs: Vec<StitchInput>, relations: Vec<relation::ShownRelation>) -> Result<Vec<FinalEntity>, IngestError> {
    let mut shown: HashMap<String, Vec<(String, String)>> = HashMap::new();
    for relation in relations {
        shown
            .entry(relation.source)
            .or_default()
            .push((relation.relation_type, relation.target));
    }
    let mut composed = Vec::new();
    for input in inputs {
        let errors: Vec<EntityError> = match &input.errors {
            Some(text) => serde_json::from_str(text)?,
            None => Vec::new(),
        };
        let relations = shown.remove(&input.entity_ref).unwrap_or_default();
        let document = serde_json::from_str(&input.processed)?;
        let uid = input.entity_id.to_string();
        let Final { json, hash, .. } = compose_final(document, &uid, relations, input.orphaned, &errors);
        let same = input.final_hash.as_ref() == Some(&hash)
            && input.final_id == Some(input.entity_id)
            && input.final_parents.as_ref() == Some(&input.parents);
        if !same {
            composed.push(FinalEntity {
                entity_ref: input.entity_ref,
                entity_id: input.entity_id,
                document: String::from_utf8(json)?,
                hash,
                parents: input.parents,
                change: None,
            });
        }
    }
    Ok(composed)
}

/// Notes how documents differ from those that they replace.
fn compare(mut composed: Vec<FinalEntity>, served: Vec<Served>) -> Result<Vec<FinalEntity>, IngestError> {
    let served: HashMap<String, String> = served
        .into_iter()
        .map(|served| (served.entity_ref, served.document))
        .collect();
    for entity in &mut composed {
        if let Some(before) = served.get(&entity.entity_ref) {
            let before: Version = serde_json::from_str(before)?;
            entity.change = before.change_to(&serde_json::from_str(&entity.document)?);
        }
    }
    Ok(composed)
}

async fn write(pool: &PgPool, tickets: &[Ticket], composed: &[FinalEntity]) -> Result<(), IngestError> {
    let mut transaction = pool.begin().await?;
    let current = store::stitch::lock_current(&mut transaction, tickets).await?;
    let written = composed
        .iter()
        .filter(|entity| current.binary_search(&entity.entity_ref).is_ok());
    store::stitch::settle(&mut transaction, &current).await?;
    feed::put(&mut transaction, written).await?;
    transaction.commit().await?;
    Ok(())
}
