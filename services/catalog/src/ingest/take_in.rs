//! Taking candidates of one source in: what is known already costs a comparison, the rest is processed and written.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use futures::{StreamExt, stream};
use uuid::Uuid;

use super::{Ingest, IngestError, candidate::Candidate, retry_on_conflict};
use crate::store::{
    self, Channel,
    emission::{self, Emission, Outcome},
    entity_state::{self, KnownEntity},
    reference::{self, Source},
    source_file::{self, SourceFile},
    stitch,
};

/// How many entities one transaction writes.
const CHUNK: usize = 500;

/// What is left to do when all candidates of a source are in.
#[derive(Debug)]
pub enum Finish {
    /// The candidates are all the file holds: what else it emitted is let go, and the file is recorded.
    File(SourceFile),
    /// As above, but some documents could not be read: what else the file emitted stays.
    BrokenFile(SourceFile),
    /// Nothing: the candidates are an addition.
    Nothing,
}

impl Ingest {
    /// Splits candidates into those whose row says the same already and those to process, and processes the latter.
    pub async fn prepare(self: &Arc<Self>, candidates: Vec<Candidate>) -> Result<Vec<Emission>, IngestError> {
        let refs: Vec<String> = candidates
            .iter()
            .map(|candidate| candidate.entity_ref.clone())
            .collect();
        let known: HashMap<String, KnownEntity> = {
            let mut connection = self.pool.acquire().await?;
            let rows = entity_state::get_known(&mut connection, &refs).await?;
            rows.into_iter().map(|row| (row.entity_ref.clone(), row)).collect()
        };
        let this = Arc::clone(self);
        // Processing is computation but for placeholders; in a task of its own it runs beside the next file's reading.
        let emissions = tokio::spawn(async move {
            stream::iter(candidates)
                .map(|candidate| {
                    let same = known
                        .get(&candidate.entity_ref)
                        .is_some_and(|row| is_same(row, &candidate));
                    let this = Arc::clone(&this);
                    async move {
                        if same {
                            unchanged(candidate)
                        } else {
                            this.process_candidate(candidate).await
                        }
                    }
                })
                .buffered(8)
                .collect()
                .await
        });
        Ok(emissions.await?)
    }

    /// Writes emissions of a source, in chunks, and finishes the source with the last one. Returns whether some of what was found
    /// unchanged has changed meanwhile, so that the source has to be looked at again; a Location is scheduled for that.
    pub async fn take_in(&self, source: &Source, emissions: &[Emission], finish: Finish) -> Result<bool, IngestError> {
        let busy = self.workload.busy();
        let held = {
            let mut connection = self.pool.acquire().await?;
            reference::list_targets(&mut connection, source).await?
        };
        let mut accepted = HashSet::new();
        let mut conflicts = Vec::new();
        let mut overtaken = false;
        for chunk in emissions.chunks(CHUNK) {
            let taken = retry_on_conflict(|| async {
                let mut transaction = self.pool.begin().await?;
                let taken = emission::take_in(&mut transaction, source, chunk, &held, Uuid::now_v7).await?;
                transaction.commit().await?;
                Ok(taken)
            })
            .await?;
            count(chunk);
            busy.wrote(changed(chunk));
            accepted.extend(taken.accepted);
            conflicts.extend(taken.conflicts);
            overtaken |= taken.overtaken;
        }
        for entity_ref in &conflicts {
            tracing::warn!(entity_ref, ?source, "the entity is defined by another location already");
        }
        let dropped: Vec<String> = held.into_iter().filter(|target| !accepted.contains(target)).collect();
        self.finish_source(source, finish, &dropped, &conflicts, overtaken)
            .await?;
        Ok(overtaken)
    }

    async fn finish_source(
        &self,
        source: &Source,
        finish: Finish,
        dropped: &[String],
        conflicts: &[String],
        overtaken: bool,
    ) -> Result<(), IngestError> {
        let (file, dropped) = match &finish {
            Finish::File(file) => (file, dropped),
            Finish::BrokenFile(file) => (file, &[][..]),
            Finish::Nothing => return Ok(()),
        };
        retry_on_conflict(|| async {
            let mut transaction = self.pool.begin().await?;
            let orphans = reference::abandon(&mut transaction, source, dropped).await?;
            if let Source::Location {
                entity_ref,
                file: location,
            } = source
            {
                source_file::put(&mut transaction, entity_ref, file).await?;
                store::conflict::settle(&mut transaction, entity_ref, location, conflicts).await?;
                if overtaken {
                    entity_state::schedule_now(&mut transaction, std::slice::from_ref(entity_ref)).await?;
                }
            }
            if !orphans.is_empty() {
                store::notify(&mut transaction, Channel::Process).await?;
                stitch::request(&mut transaction, orphans).await?;
            }
            transaction.commit().await?;
            Ok(())
        })
        .await
    }
}

/// Counts what became of emissions.
pub(super) fn count(emissions: &[Emission]) {
    for emission in emissions {
        let result = match emission.outcome {
            Outcome::Unchanged => "unchanged",
            Outcome::Processed { .. } => "changed",
            Outcome::Failed { .. } => "errors",
        };
        metrics::counter!("catalog_processed_entities_count", "result" => result).increment(1);
    }
}

fn changed(emissions: &[Emission]) -> usize {
    let is_changed = |emission: &&Emission| !matches!(emission.outcome, Outcome::Unchanged);
    emissions.iter().filter(is_changed).count()
}

/// Whether taking the candidate in would change nothing but, perhaps, its parent.
fn is_same(row: &KnownEntity, candidate: &Candidate) -> bool {
    row.settled && !row.orphaned && row.unprocessed_hash == candidate.hash && row.location_key == candidate.location_key
}

fn unchanged(candidate: Candidate) -> Emission {
    Emission {
        entity_ref: candidate.entity_ref,
        unprocessed_hash: candidate.hash,
        location_key: candidate.location_key,
        outcome: Outcome::Unchanged,
        process_after: None,
    }
}
