use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::UNIX_EPOCH,
};

use callboard_service_kit::{cache::Cache, config::Config};
use http::{HeaderName, HeaderValue, StatusCode};

use super::*;
use crate::endpoint::{settings::EndpointOptions, tests::endpoint};

/// One byte more than an entry may have.
const LARGE: &str =
    "01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890";

struct Fixture {
    cache: ResponseCache,
    seconds: Arc<AtomicU64>,
    endpoint: Endpoint,
}

impl Fixture {
    fn new(scope: CacheScope) -> Self {
        let seconds = Arc::new(AtomicU64::new(1_700_000_000));
        let clock = {
            let seconds = seconds.clone();
            move || UNIX_EPOCH + Duration::from_secs(seconds.load(Ordering::Relaxed))
        };
        let store = Cache::from_config(&Config::from_yaml("a: 1").unwrap(), "proxy").unwrap();
        let options = EndpointOptions {
            cache: scope,
            ..EndpointOptions::default()
        };
        Self {
            cache: ResponseCache::new(store.namespace("responses"), Arc::new(clock), 100),
            seconds,
            endpoint: endpoint("/r", "http://h", options),
        }
    }

    fn wait(&self, seconds: u64) {
        self.seconds.fetch_add(seconds, Ordering::Relaxed);
    }

    fn ask(&self, user: &str, sent: &[(&'static str, &'static str)]) -> Question {
        let url = Uri::from_static("http://h/a?b");
        self.cache
            .question(&self.endpoint, user, &Method::GET, &url, &headers(sent))
            .unwrap()
    }

    async fn store(&self, question: &Question, received: &[(&'static str, &'static str)], body: &'static str) -> bool {
        let Some(mut recording) = self.cache.record(question, StatusCode::OK, &headers(received)) else {
            return false;
        };
        recording.push(&Bytes::from_static(body.as_bytes()));
        recording.finish().await;
        true
    }

    async fn find(&self, question: &Question) -> &'static str {
        match self.cache.find(question).await {
            Found::Nothing => "nothing",
            Found::Fresh(_) => "fresh",
            Found::StaleWhileRevalidate(_) => "stale",
            Found::MustRevalidate(..) => "revalidate",
        }
    }
}

fn headers(list: &[(&'static str, &'static str)]) -> HeaderMap {
    list.iter()
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
        .collect()
}

#[tokio::test]
async fn an_answer_is_fresh_for_as_long_as_it_says() {
    let fixture = Fixture::new(CacheScope::Shared);
    let question = fixture.ask("jane", &[]);
    assert_eq!(fixture.find(&question).await, "nothing");
    assert!(
        fixture
            .store(&question, &[("cache-control", "max-age=60"), ("x-raw", "kept")], "body")
            .await
    );
    fixture.wait(20);
    let Found::Fresh(stored) = fixture.cache.find(&fixture.ask("joe", &[])).await else {
        panic!("it is shared and fresh");
    };
    assert_eq!(
        (stored.headers["age"].to_str().unwrap(), stored.body()),
        ("20", Bytes::from("body"))
    );
    fixture.wait(41);
    assert_ne!(fixture.find(&question).await, "fresh");
}

#[tokio::test]
async fn users_and_variants_are_kept_apart() {
    let fixture = Fixture::new(CacheScope::PerUser);
    let question = fixture.ask("jane", &[("accept-language", "de")]);
    let received = [("cache-control", "private, max-age=60"), ("vary", "accept-language")];
    assert!(fixture.store(&question, &received, "body").await);
    assert_eq!(fixture.find(&question).await, "fresh");
    assert_eq!(
        fixture.find(&fixture.ask("joe", &[("accept-language", "de")])).await,
        "nothing"
    );
    assert_eq!(
        fixture.find(&fixture.ask("jane", &[("accept-language", "en")])).await,
        "nothing"
    );
}

#[tokio::test]
async fn what_must_not_be_stored_is_not() {
    let fixture = Fixture::new(CacheScope::Shared);
    let question = fixture.ask("jane", &[]);
    for received in [
        &[("cache-control", "no-store")][..],
        &[("cache-control", "private, max-age=60")],
        &[("cache-control", "max-age=60"), ("set-cookie", "a=b")],
        &[("cache-control", "max-age=60"), ("content-length", "101")],
        &[],
    ] {
        assert!(!fixture.store(&question, received, "body").await, "{received:?}");
    }
    let authorized = fixture.ask("jane", &[("authorization", "Bearer x")]);
    assert!(
        !fixture
            .store(&authorized, &[("cache-control", "max-age=60")], "body")
            .await
    );
    fixture
        .store(&question, &[("cache-control", "max-age=60")], LARGE)
        .await;
    assert_eq!(fixture.find(&question).await, "nothing", "it grew too large on the way");
    let absurd = [("cache-control", "max-age=60"), ("age", "18446744073709551615")];
    assert!(fixture.store(&question, &absurd, "body").await);
    assert_eq!(fixture.find(&question).await, "fresh");
}

#[tokio::test]
async fn stale_answers_are_revalidated_or_stand_in() {
    let fixture = Fixture::new(CacheScope::Shared);
    let question = fixture.ask("jane", &[]);
    let received = [
        (
            "cache-control",
            "max-age=10, stale-while-revalidate=10, stale-if-error=60",
        ),
        ("etag", "\"1\""),
    ];
    fixture.store(&question, &received, "body").await;
    fixture.wait(15);
    assert_eq!(fixture.find(&question).await, "stale");
    assert_eq!(
        fixture
            .find(&fixture.ask("jane", &[("cache-control", "no-cache")]))
            .await,
        "revalidate"
    );
    fixture.wait(10);
    let Found::MustRevalidate(stored, conditional) = fixture.cache.find(&question).await else {
        panic!("it is too stale");
    };
    assert_eq!(conditional["if-none-match"], "\"1\"");
    assert!(fixture.cache.may_stand_in(&question, &stored));

    let not_modified = headers(&[("etag", "\"1\""), ("cache-control", "max-age=100")]);
    let outcome = fixture
        .cache
        .revalidated(&question, &stored, StatusCode::NOT_MODIFIED, &not_modified)
        .await;
    assert!(matches!(outcome, Revalidated::Holds(stored) if stored.body() == "body"));
    fixture.wait(99);
    assert_eq!(fixture.find(&question).await, "fresh");
    let changed = fixture
        .cache
        .revalidated(&question, &stored, StatusCode::OK, &headers(&[("etag", "\"2\"")]))
        .await;
    assert!(matches!(changed, Revalidated::Changed));
}

#[tokio::test]
async fn a_purge_and_a_change_forget() {
    let fixture = Fixture::new(CacheScope::Shared);
    let question = fixture.ask("jane", &[]);
    fixture
        .store(&question, &[("cache-control", "max-age=60")], "body")
        .await;
    fixture.cache.set_generations(HashMap::from([("/r".to_owned(), 1)]));
    assert_eq!(fixture.find(&fixture.ask("jane", &[])).await, "nothing");
    assert_eq!(
        fixture.find(&question).await,
        "fresh",
        "the old question still has the old key"
    );
    fixture.cache.forget(&question).await;
    assert_eq!(fixture.find(&question).await, "nothing");
}

#[tokio::test]
async fn one_revalidation_at_a_time() {
    let fixture = Fixture::new(CacheScope::Shared);
    let question = fixture.ask("jane", &[]);
    let first = fixture.cache.begin_revalidation(&question);
    assert!(first.is_some() && fixture.cache.begin_revalidation(&question).is_none());
    drop(first);
    assert!(fixture.cache.begin_revalidation(&question).is_some());
}

#[test]
fn a_client_that_holds_the_answer_is_told_so() {
    let stored = headers(&[("etag", "W/\"1\"")]);
    assert!(client_holds(&headers(&[("if-none-match", "\"0\", \"1\"")]), &stored));
    assert!(client_holds(&headers(&[("if-none-match", "*")]), &stored));
    assert!(!client_holds(&headers(&[("if-none-match", "\"2\"")]), &stored));
    assert!(!client_holds(&headers(&[]), &stored));
}
