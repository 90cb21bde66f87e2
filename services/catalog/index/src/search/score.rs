//! Finding what has some words, and how well it fits.
//!
//! A query of the text index asks each part of a question in turn for each document. What takes time are frequent words, and for
//! them it is quicker to go through each list of documents once, from one end to the other, into scores and bits as long as the
//! segment. The scores are those that the query would give: for a field with a word that starts with the wanted one its weight, and
//! for the whole word its weight times BM25.

use std::io;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::postings::TermInfo;
use tantivy::query::Bm25Weight;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, Searcher, Term};

use crate::search::collect::{Found, InSlots};
use crate::search::words::{Weight, Words, is_start};
use crate::sets::Bits;

/// A wanted word in one field.
struct Part {
    field: Field,
    term: Term,
    /// What a word counts that starts with it; none if it is too short to be a start.
    start: Option<Score>,
    /// What the word itself counts.
    whole: Bm25Weight,
}

/// What has all of the words and is in one of the slots.
pub(crate) fn find(
    searcher: &Searcher,
    fields: &Words,
    words: &[String],
    slots: &InSlots,
) -> tantivy::Result<Vec<Found>> {
    let parts = |word: &String| -> tantivy::Result<Vec<Part>> {
        let part = |(field, weight)| Part::new(searcher, field, &weight, word);
        fields.weights().into_iter().map(part).collect()
    };
    let words = words.iter().map(parts).collect::<tantivy::Result<Vec<_>>>()?;
    let mut found = Vec::new();
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let mut collector = slots.for_segment(ordinal, segment)?;
        collect(segment, &words, |document, score| collector.collect(document, score))?;
        found.extend(collector.harvest());
    }
    Ok(found)
}

/// Hands out the documents of a segment that have all of the words.
fn collect(segment: &SegmentReader, words: &[Vec<Part>], mut hand: impl FnMut(DocId, Score)) -> tantivy::Result<()> {
    let length = segment.max_doc() as usize;
    let mut scores = vec![0.0; length];
    let mut all: Option<Bits> = None;
    for word in words {
        let mut any = Bits::none(length);
        for part in word {
            part.add(segment, &mut scores, &mut any)?;
        }
        if let Some(all) = &all {
            any.intersect(all);
        }
        all = Some(any);
    }
    let alive = segment.alive_bitset();
    all.unwrap_or_else(|| Bits::none(0)).for_each(|document| {
        if alive.is_none_or(|alive| alive.is_alive(document)) {
            hand(document, scores[document as usize]);
        }
    });
    Ok(())
}

impl Part {
    fn new(searcher: &Searcher, field: Field, weight: &Weight, word: &str) -> tantivy::Result<Self> {
        let term = Term::from_field_text(field, word);
        let whole = Bm25Weight::for_terms(searcher, std::slice::from_ref(&term))?.boost_by(weight.whole);
        Ok(Self {
            field,
            term,
            start: is_start(word).then_some(weight.start),
            whole,
        })
    }

    fn add(&self, segment: &SegmentReader, scores: &mut [Score], any: &mut Bits) -> tantivy::Result<()> {
        let terms = segment.inverted_index(self.field)?;
        if let Some(start) = self.start {
            let mut starting = Bits::none(scores.len());
            let word = self.term.serialized_value_bytes();
            let mut stream = terms.terms().range().ge(word).into_stream()?;
            while stream.advance() && stream.key().starts_with(word) {
                for_each_block(&terms, stream.value(), IndexRecordOption::Basic, |documents, _| {
                    for document in documents {
                        starting.set(*document as usize);
                    }
                })?;
            }
            starting.for_each(|document| scores[document as usize] += start);
            any.unite(&starting);
        }
        if let Some(term) = terms.get_term_info(&self.term)? {
            let lengths = segment.get_fieldnorms_reader(self.field)?;
            for_each_block(&terms, &term, IndexRecordOption::WithFreqs, |documents, frequencies| {
                for (document, frequency) in documents.iter().zip(frequencies) {
                    scores[*document as usize] += self.whole.score(lengths.fieldnorm_id(*document), *frequency);
                    any.set(*document as usize);
                }
            })?;
        }
        Ok(())
    }
}

fn for_each_block(
    terms: &InvertedIndexReader,
    term: &TermInfo,
    option: IndexRecordOption,
    mut visit: impl FnMut(&[DocId], &[u32]),
) -> io::Result<()> {
    let mut block = terms.read_block_postings_from_terminfo(term, option)?;
    while !block.docs().is_empty() {
        let frequencies = if option.has_freq() { block.freqs() } else { &[] };
        visit(block.docs(), frequencies);
        block.advance();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use roaring::RoaringBitmap;
    use serde_json::json;
    use tantivy::query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery};
    use tantivy::{Index, IndexWriter, TantivyDocument};

    use super::*;
    use crate::search::text::Texts;
    use crate::search::words::register;

    const NAMES: [&str; 7] = ["pay", "payment", "payments", "shop", "shopping cart", "a", "p"];

    /// Two segments with documents in slots from 0 on; each third is deleted.
    fn index(fields: &Words) -> Index {
        let index = Index::create_in_ram(fields.schema.clone());
        register(&index);
        let mut writer: IndexWriter<TantivyDocument> = index.writer_with_num_threads(1, 15_000_000).unwrap();
        for slot in 0..600_u32 {
            let name = |step: u32| NAMES[(slot / step) as usize % NAMES.len()];
            let texts = Texts::of(&json!({
                "kind": "Component",
                "metadata": {"name": name(1), "description": format!("{} {} {}", name(3), name(5), name(1)), "tags": [name(11)]},
            }));
            let document = fields.document(slot, u64::from(slot) * 7, &texts);
            writer.add_document(document).unwrap();
            if slot == 400 {
                writer.commit().unwrap();
            }
        }
        for slot in (0..600).step_by(3) {
            writer.delete_term(Term::from_field_u64(fields.key, slot * 7));
        }
        writer.commit().unwrap();
        index
    }

    /// The same question as a query of the text index.
    fn query(fields: &Words, words: &[String]) -> BooleanQuery {
        let all = words.iter().map(|word| {
            let mut ways: Vec<(Occur, Box<dyn Query>)> = Vec::new();
            for (field, weight) in fields.weights() {
                let term = Term::from_field_text(field, word);
                let mut way = |query: Box<dyn Query>, boost| {
                    ways.push((Occur::Should, Box::new(BoostQuery::new(query, boost))));
                };
                if is_start(word) {
                    way(
                        Box::new(FuzzyTermQuery::new_prefix(term.clone(), 0, false)),
                        weight.start,
                    );
                }
                let whole = TermQuery::new(term, IndexRecordOption::WithFreqs);
                way(Box::new(whole), weight.whole);
            }
            (Occur::Must, Box::new(BooleanQuery::new(ways)) as Box<dyn Query>)
        });
        BooleanQuery::new(all.collect())
    }

    fn by_slot(found: Vec<Found>) -> BTreeMap<u32, (u64, Score)> {
        let each = found.into_iter().map(|found| (found.slot, (found.key, found.score)));
        each.collect()
    }

    #[test]
    fn what_is_found_and_its_scores_are_those_of_a_query() {
        let fields = Words::new();
        let searcher = index(&fields).reader().unwrap().searcher();
        assert!(searcher.segment_readers().len() > 1);
        let slots: RoaringBitmap = (50..550).collect();
        let slots = InSlots(Arc::new(Bits::new(&slots)));
        for words in [
            &["pay"][..],
            &["pa", "shop"],
            &["payment", "a", "p"],
            &["cart", "component"],
            &["nothing"],
            &["pay", "nothing"],
        ] {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            let found = by_slot(find(&searcher, &fields, &words, &slots).unwrap());
            let expected = searcher.search(&query(&fields, &words), &slots).unwrap();
            let expected = by_slot(expected);
            assert!(found.keys().eq(expected.keys()), "{words:?}");
            for (slot, (key, score)) in found {
                let (expected_key, expected_score) = expected[&slot];
                assert_eq!(key, expected_key);
                assert!(
                    (score - expected_score).abs() < 1e-4,
                    "{words:?}: {score}, not {expected_score}"
                );
            }
        }
    }
}
