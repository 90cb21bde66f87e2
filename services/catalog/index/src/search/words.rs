//! The fields of the text index, how texts become words, and how words of a query are looked for.

use tantivy::query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{self, Field, IndexRecordOption, NumericOptions, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{AsciiFoldingFilter, LowerCaser, RemoveLongFilter, SimpleTokenizer, TextAnalyzer};
use tantivy::{Index, TantivyDocument, Term};

use crate::search::text::Texts;

/// Under this name the index knows how to split texts.
const ANALYZER: &str = "words";
/// Longer words are not put in.
const LONGEST_WORD: usize = 100;
/// Shorter words are not taken for the start of one: half of all words would fit.
const SHORTEST_START: usize = 2;
/// Shorter words have too many neighbours to be a letter off.
const SHORTEST_MISTAKEN: usize = 4;
/// More words of a query than these are not looked for.
const MOST_WORDS: usize = 16;

/// What a word counts in a field when it is there, and when one starts with it.
pub(crate) struct Weight {
    pub(crate) whole: f32,
    pub(crate) start: f32,
}

/// The fields.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) schema: schema::Schema,
    /// The number of the reference: by it an entity is taken out.
    pub(crate) key: Field,
    /// The slot in the catalog's state.
    slot: Field,
    /// Name and title.
    name: Field,
    /// Tags, kind, type, owner and the like.
    about: Field,
    /// Description and profile.
    text: Field,
}

/// The name of the slot's column.
pub(crate) const SLOT: &str = "slot";
/// The name of the key's column.
pub(crate) const KEY: &str = "key";

impl Words {
    pub(crate) fn new() -> Self {
        let words = || {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(ANALYZER)
                .set_index_option(IndexRecordOption::WithFreqs);
            TextOptions::default().set_indexing_options(indexing)
        };
        let mut builder = schema::Schema::builder();
        let key = builder.add_u64_field(KEY, NumericOptions::default().set_indexed().set_fast());
        let slot = builder.add_u64_field(SLOT, NumericOptions::default().set_fast());
        let name = builder.add_text_field("name", words());
        let about = builder.add_text_field("about", words());
        let text = builder.add_text_field("text", words());
        Self {
            schema: builder.build(),
            key,
            slot,
            name,
            about,
            text,
        }
    }

    pub(crate) fn document(&self, slot: u32, key: u64, texts: &Texts) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_u64(self.key, key);
        document.add_u64(self.slot, slot.into());
        for (field, text) in [
            (self.name, texts.names()),
            (self.about, texts.about()),
            (self.text, texts.text.clone()),
        ] {
            if !text.is_empty() {
                document.add_text(field, text);
            }
        }
        document
    }

    /// What words count in each field.
    pub(crate) fn weights(&self) -> [(Field, Weight); 3] {
        [
            (self.name, Weight { whole: 4.0, start: 4.0 }),
            (self.about, Weight { whole: 1.5, start: 1.0 }),
            (self.text, Weight { whole: 1.0, start: 0.5 }),
        ]
    }

    /// All of the words, each in any field, where long ones may be a letter off.
    pub(crate) fn mistaken(&self, words: &[String]) -> Box<dyn Query> {
        let each = words.iter().map(|word| (Occur::Must, self.mistaken_word(word)));
        Box::new(BooleanQuery::new(each.collect()))
    }

    fn mistaken_word(&self, word: &str) -> Box<dyn Query> {
        let length = word.chars().count();
        let mut ways: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let mut way = |query: Box<dyn Query>, boost| {
            ways.push((Occur::Should, Box::new(BoostQuery::new(query, boost))));
        };
        for (field, weight) in self.weights() {
            let term = Term::from_field_text(field, word);
            if length >= SHORTEST_MISTAKEN {
                way(Box::new(FuzzyTermQuery::new_prefix(term, 1, true)), weight.start);
                continue;
            }
            if is_start(word) {
                let start = FuzzyTermQuery::new_prefix(term.clone(), 0, false);
                way(Box::new(start), weight.start);
            }
            let whole = TermQuery::new(term, IndexRecordOption::WithFreqs);
            way(Box::new(whole), weight.whole);
        }
        Box::new(BooleanQuery::new(ways))
    }
}

/// Whether words are looked for that start with this one.
pub(crate) fn is_start(word: &str) -> bool {
    word.chars().count() >= SHORTEST_START
}

fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build()
}

/// Tells an index how to split texts.
pub(crate) fn register(index: &Index) {
    index.tokenizers().register(ANALYZER, analyzer());
}

/// A word of a text, as it is compared, and where it stands.
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// The words of a text, in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut analyzer = analyzer();
    let mut stream = analyzer.token_stream(text);
    let mut words = Vec::new();
    while stream.advance() {
        let token = stream.token();
        words.push(Word {
            text: token.text.clone(),
            from: token.offset_from,
            to: token.offset_to,
        });
    }
    words
}

/// The words of a query, each once.
pub(crate) fn words_of_query(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in words(text) {
        if !found.contains(&word.text) && found.len() < MOST_WORDS {
            found.push(word.text);
        }
    }
    found
}
