//! What the index costs: time of load, pages, facets, searches and changes, and memory, on synthetic catalogs.
//!
//! `cargo bench -p callboard-catalog-index [-- <entities>...]`; without sizes 10,000 and 100,000 entities. One thread asks,
//! so the figures are latencies of one request at a time.

mod synthetic;
mod words;

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use callboard_catalog_index::{
    CatalogIndex, Change, Direction, ListQuery, Loader, Order, Predicate, Query, StoredEntity, TextFilter,
};
use synthetic::{Random, Sizes, entity};

/// How often each question is asked.
const REPEATS: usize = 300;

/// Why a question is not refused.
const VALID: &str = "a valid question";

/// How many batches of changes are applied in each way.
const BATCHES: usize = 50;

fn main() {
    let mut sizes: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|argument| argument.parse().ok())
        .collect();
    if sizes.is_empty() {
        sizes = vec![10_000, 100_000];
    }
    for entities in sizes {
        run(entities);
    }
}

fn run(entities: usize) {
    println!("\n# {entities} entities");
    let sizes = Sizes::of(entities);
    let mut random = Random(7);
    let index = CatalogIndex::new();
    let before = resident_bytes();
    let (bytes, elapsed, processor) = load(&index, entities, &sizes, &mut random);
    println!(
        "load            {:>9.0} ms, {:.0} ms of processor time; documents of {} bytes on average",
        millis(elapsed),
        millis(processor),
        bytes / entities
    );
    let used = resident_bytes().saturating_sub(before);
    println!("memory          {:>9} bytes an entity", used / entities);
    pages(&index, entities);
    texts(&index);
    facets(&index);
    words::restricted(&index);
    words::search(&index, entities);
    lookups(&index, entities, &sizes);
    changes(&index, entities, &sizes, &mut random);
    read_while_changing(&index, entities, &sizes, &mut random);
    let used = resident_bytes().saturating_sub(before);
    println!("memory after    {:>9} bytes an entity", used / entities);
}

/// Loads in batches, as from a cursor of the database, in the order of the references; only the loading is timed.
fn load(index: &CatalogIndex, entities: usize, sizes: &Sizes, random: &mut Random) -> (usize, Duration, Duration) {
    let mut numbers: Vec<(String, usize)> = (0..entities)
        .map(|number| (entity(number, sizes, &mut Random(1), 1).entity_ref, number))
        .collect();
    numbers.sort_unstable();
    let mut loader = Loader::new();
    let (mut bytes, mut elapsed, mut processor) = (0, Duration::ZERO, Duration::ZERO);
    let mut timed = |work: &mut dyn FnMut()| {
        let (start, processor_start) = (Instant::now(), processor_time());
        work();
        elapsed += start.elapsed();
        processor += processor_time().saturating_sub(processor_start);
    };
    for batch in numbers.chunks(5000) {
        let batch: Vec<StoredEntity> = batch
            .iter()
            .map(|(_, number)| entity(*number, sizes, random, 1))
            .collect();
        bytes += batch.iter().map(|entity| entity.document.len()).sum::<usize>();
        timed(&mut || loader.add(&batch));
    }
    let mut loader = Some(loader);
    timed(&mut || {
        if let Some(loader) = loader.take() {
            index.finish(loader, 1);
        }
    });
    (bytes, elapsed, processor)
}

fn pages(index: &CatalogIndex, entities: usize) {
    let equals = |key: &str, value: &str| Predicate::equals(key, value);
    let refs = |count: usize| -> Vec<String> {
        (0..count)
            .map(|number| format!("component-payment-{}", number * 46 % entities))
            .collect()
    };
    let sets = |count: usize| {
        let set = |name: String| Predicate::All(vec![equals("kind", "component"), equals("metadata.name", &name)]);
        Predicate::Any(refs(count).into_iter().map(set).collect())
    };
    let filters: Vec<(&str, Option<Predicate>)> = vec![
        ("everything", None),
        ("1 of 2", Some(equals("kind", "component"))),
        ("users, 1 of 10", Some(equals("kind", "user"))),
        ("domains, 1 of 500", Some(equals("kind", "domain"))),
        (
            "one group's",
            Some(equals("relations.ownedBy", "group:default/group-payment-0")),
        ),
        (
            "type and tag",
            Some(Predicate::All(vec![
                equals("spec.type", "library"),
                equals("metadata.tags.java", "true"),
            ])),
        ),
        ("no user", Some(Predicate::Not(Box::new(equals("kind", "user"))))),
        (
            "prefix",
            Some(Predicate::HasPrefix {
                key: "metadata.name".into(),
                prefix: "component-p".into(),
            }),
        ),
        ("2,000 filter sets", Some(sets(2000))),
        (
            "2,000 refs",
            Some(Predicate::In {
                key: "metadata.name".into(),
                values: refs(2000),
            }),
        ),
    ];
    let orders = [
        None,
        Some("metadata.name"),
        Some("metadata.title"),
        Some("spec.type"),
        Some("metadata.tags"),
        Some("metadata.uid"),
        Some("spec.owner"),
    ];
    for (label, filter) in &filters {
        for field in orders {
            for direction in [Direction::Ascending, Direction::Descending] {
                let order = field.map(|field| Order {
                    field: field.into(),
                    direction,
                });
                let mut query = Query {
                    filter: filter.clone(),
                    order: order.into_iter().collect(),
                    limit: Some(20),
                    ..Query::default()
                };
                let first = index.query(&query).expect(VALID);
                let total = first.total_items;
                let mut cursor = first.next_cursor;
                let name = format!("page: {label}, by {} {direction:?}", field.unwrap_or("ref"));
                // Each page is the one behind the last: a cursor, not the same question again.
                measure(&name, || {
                    query.cursor = cursor.take();
                    let page = index.query(&query).expect(VALID);
                    cursor = page.next_cursor;
                    page.items.len()
                });
                if field.is_none() {
                    println!("    {total} match");
                    break;
                }
            }
        }
    }
    for orders in [vec![], vec!["metadata.name"], vec!["spec.type", "metadata.name"]] {
        let order = orders.iter().map(|field| Order {
            field: (*field).into(),
            direction: Direction::Ascending,
        });
        let query = ListQuery {
            order: order.collect(),
            limit: Some(20),
            offset: Some(entities / 2),
            ..ListQuery::default()
        };
        measure(&format!("list: 20 from the middle, by {orders:?}"), || {
            index.list(&query).expect(VALID).items.len()
        });
    }
    measure("list: everything", || {
        index.list(&ListQuery::default()).expect(VALID).items.len()
    });
}

fn texts(index: &CatalogIndex) {
    for term in ["payment", "ment-77", "nowhere", "e"] {
        let text = TextFilter {
            term: term.into(),
            fields: vec!["metadata.name".into(), "metadata.title".into()],
        };
        let order = vec![Order {
            field: "metadata.name".into(),
            direction: Direction::Ascending,
        }];
        let query = Query {
            text: Some(text),
            order,
            limit: Some(20),
            ..Query::default()
        };
        measure(&format!("text: {term:?} in name and title"), || {
            index.query(&query).expect(VALID).items.len()
        });
    }
}

fn facets(index: &CatalogIndex) {
    let names = [
        "kind",
        "spec.type",
        "spec.lifecycle",
        "metadata.tags",
        "metadata.namespace",
        "relations.ownedBy",
        "spec.system",
        "metadata.name",
    ];
    let filters = [
        None,
        Some(Predicate::equals("kind", "component")),
        Some(Predicate::equals("spec.type", "topic")),
    ];
    for name in names {
        for filter in &filters {
            let label = format!(
                "facet: {name}{}",
                match filter {
                    None => String::new(),
                    Some(filter) => format!(" of {filter:?}"),
                }
            );
            measure(&label, || {
                index.facets(&[name.to_owned()], filter.as_ref(), None).facets[0]
                    .values
                    .len()
            });
        }
    }
}

fn lookups(index: &CatalogIndex, entities: usize, sizes: &Sizes) {
    let mut random = Random(3);
    let known: Vec<StoredEntity> = (0..1000)
        .map(|_| entity(random.below(entities), sizes, &mut Random(1), 1))
        .collect();
    let mut next = known.iter().cycle();
    let mut each = || next.next().expect("a cycle has no end");
    measure("get by ref", || index.get_by_ref(&each().entity_ref).map_or(0, |_| 1));
    measure("get by uid", || index.get_by_uid(&each().uid).map_or(0, |_| 1));
    measure("unpack a document", || {
        index
            .get_by_ref(&each().entity_ref)
            .map_or(0, |view| view.document().len())
    });
    let refs: Vec<String> = known.iter().map(|entity| entity.entity_ref.clone()).collect();
    let filter = Predicate::equals("kind", "component");
    measure("1,000 by refs, filtered", || {
        index.get_by_refs(&refs, Some(&filter), None).len()
    });
}

fn changes(index: &CatalogIndex, entities: usize, sizes: &Sizes, random: &mut Random) {
    let mut batches: Vec<Vec<StoredEntity>> = (0..2 * BATCHES)
        .map(|_| {
            (0..100)
                .map(|_| entity(random.below(entities), sizes, random, 2))
                .collect()
        })
        .collect();
    let mut measure_batches = |label: &str, apply: &dyn Fn(Vec<StoredEntity>)| {
        let times = batches.drain(..BATCHES).map(|batch| {
            let start = Instant::now();
            apply(batch);
            start.elapsed()
        });
        print(label, times.collect(), 100);
    };
    measure_batches("apply: 100 changed", &|batch| {
        index.apply(batch.into_iter().map(Change::Upsert).collect(), 2);
    });
    measure_batches("apply: 100 deleted and added again", &|batch| {
        let delete = |entity: &StoredEntity| Change::Delete {
            entity_ref: entity.entity_ref.clone(),
            revision: 2,
        };
        index.apply(batch.iter().map(delete).collect(), 2);
        index.apply(batch.into_iter().map(Change::Upsert).collect(), 2);
    });
}

/// How long a reader waits for a writer that never rests.
fn read_while_changing(index: &CatalogIndex, entities: usize, sizes: &Sizes, random: &mut Random) {
    let batches: Vec<Vec<Change>> = (0..50)
        .map(|batch| {
            (0..100)
                .map(|_| Change::Upsert(entity(random.below(entities), sizes, random, 10_000 + batch)))
                .collect()
        })
        .collect();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for (revision, batch) in (10_000..).zip(batches) {
                index.apply(batch, revision);
            }
            done.store(true, Ordering::Relaxed);
        });
        let query = Query {
            filter: Some(Predicate::equals("kind", "component")),
            order: vec![Order {
                field: "metadata.name".into(),
                direction: Direction::Ascending,
            }],
            limit: Some(20),
            ..Query::default()
        };
        let mut times = Vec::new();
        while !done.load(Ordering::Relaxed) {
            let start = Instant::now();
            std::hint::black_box(index.query(&query).expect(VALID));
            times.push(start.elapsed());
        }
        print("page beside a writer", times, 20);
    });
}

/// Runs a question often and prints how long it took; what it returns is printed too, so that it is not left out.
fn measure(label: &str, mut ask: impl FnMut() -> usize) {
    let mut result = 0;
    let start = Instant::now();
    let mut times: Vec<Duration> = Vec::with_capacity(REPEATS);
    while times.len() < REPEATS && start.elapsed() < Duration::from_secs(2) {
        let start = Instant::now();
        result = ask();
        times.push(start.elapsed());
    }
    print(label, times, result);
}

fn print(label: &str, mut times: Vec<Duration>, result: usize) {
    let first = times[0];
    times.sort_unstable();
    let at = |percent: usize| micros(times[(times.len() * percent / 100).min(times.len() - 1)]);
    println!(
        "{label:<75} {:>9.1} µs p50 {:>9.1} µs p99 {:>9.1} µs first   ({result})",
        at(50),
        at(99),
        micros(first)
    );
}

fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// How long this process has run on any processor; 0 where the system does not say. Unlike the time on the clock it
/// hardly depends on what else the machine does.
fn processor_time() -> Duration {
    let status = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = status
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .skip(11)
        .take(2);
    let ticks: u64 = fields.filter_map(|field| field.parse::<u64>().ok()).sum();
    // Linux counts hundredths of a second here, on every architecture.
    Duration::from_millis(ticks * 10)
}

/// The memory of this process that is in use; 0 where the system does not say.
fn resident_bytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line
        .and_then(|line| line.split_whitespace().next())
        .and_then(|number| number.parse::<usize>().ok());
    kilobytes.unwrap_or(0) * 1024
}
