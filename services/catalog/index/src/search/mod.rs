//! Ranked full-text search.
//!
//! The words of the entities are in a tantivy index, in memory, that knows nothing but slots: what an entity is, whether it
//! matches other conditions and whether the caller may see it, the catalog's state says. The words lag behind the state: taking
//! changes in is the hot path of a large ingestion, so they are written down there by reference alone, and put into the text index
//! later and many at once, see [`SearchIndex::put_in_pending`]. A result is looked up in the state as it is, so what is found is
//! never out of date, and neither is what may be seen; only the words it was found by may be.

mod collect;
mod highlight;
mod page;
mod score;
mod text;
mod words;

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use parking_lot::Mutex;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

use crate::entity::Record;
use crate::index::CatalogIndex;
use crate::search::text::Texts;
use crate::search::words::{Words, register};

pub(crate) use page::search;
pub use page::{Highlight, Highlighting, SearchFailure, SearchHit, SearchPage, SearchQuery};

/// The memory that words take while they are put in; it is given back at the end. The least that tantivy works with.
const WRITER_BYTES: usize = 15_000_000;

/// Deleted entities are cleared out of parts of the index that have more than this share of them.
const TOLERATED_DELETED: f32 = 0.2;

/// The text index failed: a defect, since all of it is memory.
#[derive(Debug, thiserror::Error)]
#[error("the text index failed: {0}")]
pub struct SearchError(#[from] tantivy::TantivyError);

/// The words of all entities.
pub(crate) struct SearchIndex {
    words: Words,
    index: Index,
    reader: IndexReader,
    /// References become numbers by it.
    hasher: RandomState,
    pending: Mutex<Pending>,
    /// Held while entities are put in.
    writing: Mutex<()>,
    /// All changes up to it are in; [`NEVER`] until all entities have been put in once.
    revision: AtomicI64,
}

impl std::fmt::Debug for SearchIndex {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SearchIndex")
            .field("revision", &self.revision)
            .finish_non_exhaustive()
    }
}

/// As many entities are looked up at a time: readers never wait for it, and one that changes something not long.
const ENTITIES_PER_LOCK: usize = 1024;

/// No revision is lower.
const NEVER: i64 = i64::MIN;

/// What is to be put in.
#[derive(Debug)]
enum Pending {
    /// Everything: the catalog was replaced.
    All,
    /// The entities with these references, or what was put in of them before.
    Some(HashSet<Box<str>>),
}

/// An entity to be put in, or to be taken out when it is not there any more.
struct Entry {
    key: u64,
    present: Option<(u32, Arc<Record>)>,
}

impl Default for SearchIndex {
    fn default() -> Self {
        let words = Words::new();
        let index = Index::create_in_ram(words.schema.clone());
        register(&index);
        // A new index in memory has nothing that could fail to be opened; should it, searches say so.
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(0)
            .try_into()
            .expect("an empty index in memory can be read");
        Self {
            words,
            index,
            reader,
            hasher: RandomState::new(),
            pending: Mutex::new(Pending::Some(HashSet::new())),
            writing: Mutex::default(),
            revision: AtomicI64::new(NEVER),
        }
    }
}

impl SearchIndex {
    /// Changes up to this revision can be found; none before all entities were put in once.
    pub(crate) fn revision(&self) -> Option<i64> {
        Some(self.revision.load(Ordering::Acquire)).filter(|revision| *revision != NEVER)
    }

    /// How many entities wait to be put in; none if all do.
    pub(crate) fn waiting(&self) -> Option<usize> {
        match &*self.pending.lock() {
            Pending::All => None,
            Pending::Some(references) => Some(references.len()),
        }
    }

    /// Notes what changed. Called before anybody can see the revision of the change.
    pub(crate) fn note<'text>(&self, references: impl Iterator<Item = &'text str>) {
        if let Pending::Some(pending) = &mut *self.pending.lock() {
            pending.extend(references.map(Box::from));
        }
    }

    /// Notes that everything did.
    pub(crate) fn note_all(&self) {
        *self.pending.lock() = Pending::All;
    }

    /// The number that stands for a reference.
    pub(crate) fn key(&self, reference: &str) -> u64 {
        self.hasher.hash_one(reference)
    }

    /// Puts in what is pending. Returns how many entities there were.
    pub(crate) fn put_in_pending(&self, catalog: &CatalogIndex) -> Result<usize, SearchError> {
        let _writing = self.writing.lock();
        // Before what is pending is taken: every change up to it has been noted by then.
        let revision = catalog.revision();
        let pending = std::mem::replace(&mut *self.pending.lock(), Pending::Some(HashSet::new()));
        let put = match pending {
            Pending::All => {
                let slots: Vec<u32> = catalog.read(|state, _| state.live().iter().collect());
                let parts = slots.chunks(ENTITIES_PER_LOCK);
                self.put_in(true, parts.map(|slots| self.of_slots(catalog, slots)))
            }
            Pending::Some(references) if references.is_empty() => Ok(0),
            Pending::Some(references) => {
                let references: Vec<Box<str>> = references.into_iter().collect();
                let parts = references.chunks(ENTITIES_PER_LOCK);
                self.put_in(false, parts.map(|references| self.of_references(catalog, references)))
            }
        };
        if put.is_err() {
            // Nobody knows how much of it is in.
            self.note_all();
        } else {
            self.revision.store(revision, Ordering::Release);
        }
        put
    }

    /// What is in some slots now. One that is empty by now is pending again.
    fn of_slots(&self, catalog: &CatalogIndex, slots: &[u32]) -> Vec<Entry> {
        catalog.read(|state, _| {
            let entry = |slot: &u32| {
                let record = state.record(*slot)?;
                Some(Entry {
                    key: self.key(record.entity_ref()),
                    present: Some((*slot, Arc::clone(record))),
                })
            };
            slots.iter().filter_map(entry).collect()
        })
    }

    fn of_references(&self, catalog: &CatalogIndex, references: &[Box<str>]) -> Vec<Entry> {
        catalog.read(|state, _| {
            let entry = |reference: &str| Entry {
                key: self.key(reference),
                present: state
                    .slot_of_reference(reference)
                    .and_then(|slot| Some((slot, Arc::clone(state.record(slot)?)))),
            };
            references.iter().map(|reference| entry(reference)).collect()
        })
    }

    /// Puts entities in, in place of what was in of them, or `instead` of everything.
    fn put_in(&self, instead: bool, parts: impl Iterator<Item = Vec<Entry>>) -> Result<usize, SearchError> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(WRITER_BYTES)
            .build();
        let mut writer: IndexWriter<TantivyDocument> = self.index.writer_with_options(options)?;
        let mut merging = LogMergePolicy::default();
        merging.set_del_docs_ratio_before_merge(TOLERATED_DELETED);
        writer.set_merge_policy(Box::new(merging));
        if instead {
            writer.delete_all_documents()?;
        }
        let mut count = 0;
        for part in parts {
            count += part.len();
            for entry in part {
                if !instead {
                    writer.delete_term(Term::from_field_u64(self.words.key, entry.key));
                }
                if let Some((slot, record)) = entry.present {
                    let texts = Texts::parse(&record.document.bytes(), record.entity_ref());
                    writer.add_document(self.words.document(slot, entry.key, &texts))?;
                }
            }
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        self.reader.reload()?;
        Ok(count)
    }
}
