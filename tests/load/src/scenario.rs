//! What is asked, and what an answer has to look like.

use std::borrow::Cow;

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use http::StatusCode;
use serde::Deserialize;
use serde_json::{json, value::RawValue};
use url::form_urlencoded::byte_serialize;

use crate::{
    corpus::{Corpus, EntityName},
    http_client::{Answer, Call},
    random::Random,
};

/// Different requests of a scenario; more than any cache of whole answers should be given credit for.
const VARIETY: usize = 4096;
const PAGE: usize = 20;

/// A kind of request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Scenario {
    /// A page of 20 components, filtered and ordered by name.
    Page,
    /// The same somewhere in the middle of the list.
    DeepPage,
    /// How many entities match a filter.
    Count,
    /// The numbers beside the pickers.
    Facets,
    /// One entity.
    ByName,
    /// Twenty entities by ref.
    ByRefs,
    /// A page of what holds a text in name or title.
    Text,
    /// The first results of the search page, by rank.
    Search,
}

/// A request with what is known of its answer.
#[derive(Debug, Clone)]
pub struct Planned {
    /// What is sent.
    pub call: Call,
    expected: Expected,
}

#[derive(Debug, Clone)]
enum Expected {
    /// A page with at most so many items, and at least so many.
    Page {
        at_least: usize,
        at_most: usize,
    },
    Facets,
    Entity {
        name: String,
    },
    Items {
        count: usize,
    },
    Bytes {
        at_least: usize,
    },
    Results {
        at_least: usize,
    },
}

impl Planned {
    /// A request whose answer is JSON of at least so many bytes, whatever it says.
    pub fn bytes(call: Call, at_least: usize) -> Self {
        Self {
            call,
            expected: Expected::Bytes { at_least },
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageAnswer<'a> {
    #[serde(borrow)]
    items: Vec<&'a RawValue>,
    total_items: usize,
}

#[derive(Deserialize)]
struct ItemsAnswer<'a> {
    #[serde(borrow)]
    items: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct ResultsAnswer<'a> {
    #[serde(borrow)]
    results: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct EntityAnswer<'a> {
    #[serde(borrow)]
    metadata: NameAnswer<'a>,
}

#[derive(Deserialize)]
struct NameAnswer<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
}

#[derive(Deserialize)]
struct FacetsAnswer<'a> {
    #[serde(borrow)]
    facets: std::collections::HashMap<Cow<'a, str>, Vec<&'a RawValue>>,
}

impl Scenario {
    /// As on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::DeepPage => "deep-page",
            Self::Count => "count",
            Self::Facets => "facets",
            Self::ByName => "by-name",
            Self::ByRefs => "by-refs",
            Self::Text => "text",
            Self::Search => "search",
        }
    }

    /// Whether the catalog alone answers it, and so a reference that is nothing else can be asked the same.
    pub fn is_of_catalog(self) -> bool {
        self != Self::Search
    }

    /// The requests, in random order; a single one when `fixed`.
    pub fn plan(self, corpus: &Corpus, fixed: bool) -> Vec<Planned> {
        let mut random = Random::new(42);
        if fixed {
            return vec![self.fixed(corpus)];
        }
        (0..VARIETY).map(|_| self.varied(corpus, &mut random)).collect()
    }

    fn fixed(self, corpus: &Corpus) -> Planned {
        match self {
            Self::Page => Planned {
                call: Call::get(
                    "/api/catalog/entities/by-query?filter=kind=component,spec.type=service&limit=20&orderField=metadata.name,asc",
                ),
                expected: Expected::Page {
                    at_least: 0,
                    at_most: PAGE,
                },
            },
            _ => self.varied(corpus, &mut Random::new(42)),
        }
    }

    fn varied(self, corpus: &Corpus, random: &mut Random) -> Planned {
        match self {
            Self::Page => page(&component_filter(corpus, random), direction(random), 0),
            Self::DeepPage => page(
                "",
                direction(random),
                random.below(corpus.entities.len().saturating_sub(PAGE)).max(1),
            ),
            Self::Count => Planned {
                call: Call::get(format!(
                    "/api/catalog/entities/by-query?limit=0&filter={}",
                    encode(&component_filter(corpus, random))
                )),
                expected: Expected::Page {
                    at_least: 0,
                    at_most: 0,
                },
            },
            Self::Facets => Planned {
                call: Call::get(format!(
                    "/api/catalog/entity-facets?facet={}&facet={}&filter={}",
                    random.word(&["spec.type", "spec.lifecycle"]),
                    random.word(&["metadata.tags", "relations.ownedBy", "metadata.namespace"]),
                    encode(&component_filter(corpus, random))
                )),
                expected: Expected::Facets,
            },
            Self::ByName => by_name(random.pick(&corpus.entities)),
            Self::ByRefs => by_refs(&random.sample(&corpus.entities, PAGE)),
            Self::Search => {
                let (one, two) = (word(corpus, random), word(corpus, random));
                let (term, at_least) = match random.below(2) {
                    0 => (one.to_owned(), 1),
                    // That some entity has both is not certain.
                    _ => (format!("{one} {two}"), 0),
                };
                Planned {
                    call: Call::get(format!("/api/search/query?term={}", encode(&term))),
                    expected: Expected::Results { at_least },
                }
            }
            Self::Text => {
                let term = word(corpus, random);
                Planned {
                    call: Call::get(format!(
                        "/api/catalog/entities/by-query?limit={PAGE}&orderField=metadata.name,asc&fullTextFilterTerm={}\
                         &fullTextFilterFields=metadata.name,metadata.title",
                        encode(term)
                    )),
                    expected: Expected::Page {
                        at_least: 1,
                        at_most: PAGE,
                    },
                }
            }
        }
    }
}

/// A word of some entity's name.
fn word<'corpus>(corpus: &'corpus Corpus, random: &mut Random) -> &'corpus str {
    let name = &random.pick(&corpus.entities).name;
    let words: Vec<_> = name.split('-').filter(|word| word.len() > 2).collect();
    words.get(random.below(words.len())).copied().unwrap_or(name)
}

fn direction(random: &mut Random) -> &'static str {
    random.word(&["asc", "desc"])
}

/// `kind=component` and one or two more conditions.
fn component_filter(corpus: &Corpus, random: &mut Random) -> String {
    let types = format!("kind=component,spec.type={}", random.name(&corpus.types));
    match random.below(4) {
        0 => types,
        1 => format!("{types},spec.lifecycle={}", random.name(&corpus.lifecycles)),
        2 => format!("{types},metadata.tags={}", random.name(&corpus.tags)),
        _ => format!("{types},relations.ownedBy={}", random.name(&corpus.owners)),
    }
}

fn page(filter: &str, direction: &str, offset: usize) -> Planned {
    let mut parameters = vec![format!("limit={PAGE}"), format!("orderField=metadata.name,{direction}")];
    if !filter.is_empty() {
        parameters.push(format!("filter={}", encode(filter)));
    }
    if offset > 0 {
        parameters.push(format!("offset={offset}"));
    }
    Planned {
        call: Call::get(format!("/api/catalog/entities/by-query?{}", parameters.join("&"))),
        expected: Expected::Page {
            at_least: 0,
            at_most: PAGE,
        },
    }
}

fn by_name(entity: &EntityName) -> Planned {
    let EntityName { kind, namespace, name } = entity;
    Planned {
        call: Call::get(format!(
            "/api/catalog/entities/by-name/{}/{}/{}",
            encode(&kind.to_lowercase()),
            encode(namespace),
            encode(name)
        )),
        expected: Expected::Entity { name: name.clone() },
    }
}

fn by_refs(entities: &[&EntityName]) -> Planned {
    let refs: Vec<_> = entities
        .iter()
        .map(|entity| format!("{}:{}/{}", entity.kind, entity.namespace, entity.name).to_lowercase())
        .collect();
    Planned {
        call: Call::post("/api/catalog/entities/by-refs", &json!({ "entityRefs": refs })),
        expected: Expected::Items { count: refs.len() },
    }
}

fn encode(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

impl Planned {
    /// Whether an answer is right at first sight: its status, and that it begins as it should.
    pub fn check_cheaply(&self, answer: &Answer) -> Result<()> {
        ensure!(
            answer.status == StatusCode::OK,
            "{} answered {}: {}",
            self.call.path(),
            answer.status,
            String::from_utf8_lossy(&answer.body[..answer.body.len().min(300)])
        );
        ensure!(
            answer.body.first() == Some(&b'{') && answer.body.last() == Some(&b'}'),
            "{}: no JSON",
            self.call.path()
        );
        Ok(())
    }

    /// Whether an answer is what was asked for.
    pub fn check_fully(&self, answer: &Answer) -> Result<()> {
        self.check_cheaply(answer)?;
        let body = &answer.body[..];
        match &self.expected {
            Expected::Page { at_least, at_most } => {
                let page: PageAnswer<'_> = serde_json::from_slice(body).with_context(|| self.call.path().to_owned())?;
                let items = page.items.len();
                ensure!(
                    (*at_least..=*at_most).contains(&items) && page.total_items >= items,
                    "{}: {items} items of {}",
                    self.call.path(),
                    page.total_items
                );
            }
            Expected::Results { at_least } => {
                let answer: ResultsAnswer<'_> =
                    serde_json::from_slice(body).with_context(|| self.call.path().to_owned())?;
                let results = answer.results.len();
                ensure!(results >= *at_least, "{}: {results} results", self.call.path());
            }
            Expected::Bytes { at_least } => {
                let length = body.len();
                ensure!(length >= *at_least, "{}: {length} bytes", self.call.path());
            }
            Expected::Facets => {
                let answer: FacetsAnswer<'_> =
                    serde_json::from_slice(body).with_context(|| self.call.path().to_owned())?;
                ensure!(!answer.facets.is_empty(), "{}: no facets", self.call.path());
            }
            Expected::Entity { name } => {
                let entity: EntityAnswer<'_> =
                    serde_json::from_slice(body).with_context(|| self.call.path().to_owned())?;
                ensure!(
                    entity.metadata.name == *name,
                    "{}: got {}",
                    self.call.path(),
                    entity.metadata.name
                );
            }
            Expected::Items { count } => {
                let answer: ItemsAnswer<'_> =
                    serde_json::from_slice(body).with_context(|| self.call.path().to_owned())?;
                let holes = answer.items.iter().filter(|item| item.get() == "null").count();
                ensure!(
                    answer.items.len() == *count && holes == 0,
                    "{}: {holes} holes",
                    self.call.path()
                );
            }
        }
        Ok(())
    }
}
