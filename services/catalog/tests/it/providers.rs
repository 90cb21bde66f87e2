//! Providers: what they hold, when they run, and what becomes of what they held.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use callboard_catalog::{
    feed::Replica,
    ingest::{
        Ingest,
        candidate::Candidate,
        location_events::{Change, LocationEvent, News},
        provider::{Holdings, Provider, ProviderError, Schedule, Timing},
    },
    server::CatalogServer,
    settings::Settings,
};
use callboard_proto::catalog::v1::{self as proto, catalog_service_server::CatalogService};
use callboard_service_kit::config::Config;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use sqlx::PgPool;
use tonic::{Code, Request};

const TIMING: Timing = Timing {
    frequency: Duration::from_hours(1),
    timeout: Duration::from_secs(5),
    initial_delay: Duration::ZERO,
};

/// Holds a group for each of its runs, one more every time; the third run fails.
#[derive(Debug, Default)]
struct Teams {
    runs: AtomicUsize,
}

impl Provider for Teams {
    fn name(&self) -> &'static str {
        "teams"
    }

    fn schedule(&self) -> Schedule {
        Schedule::Every(TIMING)
    }

    fn run<'run>(&'run self, holdings: &'run mut Holdings) -> BoxFuture<'run, Result<(), ProviderError>> {
        Box::pin(async move {
            if self.runs.fetch_add(1, Ordering::SeqCst) == 2 {
                holdings.set_cursor(json!("lost"));
                return Err(ProviderError::Source("the directory is away".to_owned()));
            }
            let known = holdings.cursor().and_then(Value::as_u64).unwrap_or(0);
            holdings
                .change(vec![team(&format!("team-{known}"), "teams")], &[])
                .await?;
            holdings.set_cursor(json!(known + 1));
            Ok(())
        })
    }

    fn follow<'run>(
        &'run self,
        holdings: &'run mut Holdings,
        news: &'run News,
    ) -> BoxFuture<'run, Result<(), ProviderError>> {
        Box::pin(async move {
            for event in &news.locations {
                let name = event.url.rsplit('/').next().unwrap_or_default();
                holdings.change(vec![team(name, "teams")], &[]).await?;
            }
            Ok(())
        })
    }
}

fn team(name: &str, location_key: &str) -> Candidate {
    let document = json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Group",
        "metadata": {"name": name, "annotations": {
            "backstage.io/managed-by-location": "url:https://example.com/teams",
            "backstage.io/managed-by-origin-location": "url:https://example.com/teams",
        }},
        "spec": {"type": "team", "children": []},
    });
    Candidate::of_provider(document, Some(location_key.to_owned())).unwrap()
}

fn ingest(pool: &PgPool, providers: Vec<Arc<dyn Provider>>) -> Arc<Ingest> {
    let config = Config::from_yaml("catalog: {}").unwrap();
    Ingest::with_providers(pool.clone(), Settings::from_config(&config).unwrap(), providers).unwrap()
}

async fn held(pool: &PgPool) -> Vec<String> {
    sqlx::query_scalar("SELECT target_entity_ref FROM entity_reference WHERE source_key = 'teams' ORDER BY 1")
        .fetch_all(pool)
        .await
        .unwrap()
}

async fn uid(pool: &PgPool, entity_ref: &str) -> uuid::Uuid {
    sqlx::query_scalar("SELECT entity_id FROM entity_state WHERE entity_ref = $1")
        .bind(entity_ref)
        .fetch_one(pool)
        .await
        .unwrap()
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_scheduled_provider_runs_once_for_all_replicas_and_goes_on_from_its_cursor(pool: PgPool) {
    let teams = Arc::new(Teams::default());
    let provider: Arc<dyn Provider> = Arc::clone(&teams) as _;
    let replicas = [
        ingest(&pool, vec![Arc::clone(&provider)]),
        ingest(&pool, vec![Arc::clone(&provider)]),
    ];
    let run_all = async || {
        let (first, second) = tokio::join!(
            replicas[0].run_if_due(&*provider, TIMING),
            replicas[1].run_if_due(&*provider, TIMING)
        );
        usize::from(first.unwrap()) + usize::from(second.unwrap())
    };
    let hurry = async || {
        sqlx::query("UPDATE provider_run SET next_run_at = now()")
            .execute(&pool)
            .await
            .unwrap();
    };
    assert_eq!(run_all().await, 0, "it has not been enrolled");
    callboard_catalog::store::provider::enrol(&pool, "teams", Duration::ZERO, TIMING.frequency)
        .await
        .unwrap();
    assert_eq!(run_all().await, 1);
    assert_eq!(run_all().await, 0, "it is not due");
    hurry().await;
    assert_eq!(run_all().await, 1);
    assert_eq!(held(&pool).await, ["group:default/team-0", "group:default/team-1"]);

    // The third run fails: what it noted is forgotten, its error is kept, and the fourth goes on from the second.
    hurry().await;
    assert_eq!(run_all().await, 1);
    let error: Option<String> = sqlx::query_scalar("SELECT error FROM provider_run")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(error.as_deref(), Some("the directory is away"));
    hurry().await;
    assert_eq!(run_all().await, 1);
    assert_eq!(held(&pool).await.len(), 3);
    assert_eq!(teams.runs.load(Ordering::SeqCst), 4);
}

fn when(moment: Option<prost_types::Timestamp>) -> (i64, i32) {
    moment.map(|moment| (moment.seconds, moment.nanos)).unwrap()
}

/// What the API tells about the provider `teams`.
async fn told(server: &CatalogServer) -> Option<proto::Provider> {
    let list = server
        .list_providers(Request::new(proto::ListProvidersRequest {}))
        .await;
    let providers = list.unwrap().into_inner().providers;
    providers.into_iter().find(|provider| provider.name == "teams")
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn the_runs_of_a_provider_can_be_seen_and_asked_for(pool: PgPool) {
    let provider: Arc<dyn Provider> = Arc::new(Teams::default());
    let ingest = ingest(&pool, vec![Arc::clone(&provider)]);
    let server = CatalogServer::new(pool.clone(), Arc::clone(&ingest), Arc::new(Replica::default()));
    let hurry = async |name: &str| {
        let name = name.to_owned();
        server
            .run_provider(Request::new(proto::RunProviderRequest { name }))
            .await
    };
    let new = told(&server).await.unwrap();
    assert!(new.configured && new.last_started.is_none() && new.next_run.is_none() && !new.running);
    assert_eq!(new.schedule.unwrap().frequency.unwrap().seconds, 3600);
    assert_eq!(
        hurry("teams").await.unwrap_err().code(),
        Code::NotFound,
        "it is not enrolled yet"
    );

    let day = Duration::from_hours(24);
    callboard_catalog::store::provider::enrol(&pool, "teams", day, TIMING.frequency)
        .await
        .unwrap();
    assert!(!ingest.run_if_due(&*provider, TIMING).await.unwrap());
    hurry("teams").await.unwrap();
    assert_eq!(hurry("nobody").await.unwrap_err().code(), Code::NotFound);
    assert!(ingest.run_if_due(&*provider, TIMING).await.unwrap());
    let ran = told(&server).await.unwrap();
    assert!(
        ran.last_started.is_some()
            && ran.last_succeeded == ran.last_finished
            && when(ran.next_run) > when(ran.last_finished)
    );
    assert_eq!(
        (ran.entities, ran.last_error.as_str(), ran.failing_since),
        (1, "", None)
    );

    for _ in 0..2 {
        hurry("teams").await.unwrap();
        assert!(ingest.run_if_due(&*provider, TIMING).await.unwrap());
    }
    let failed = told(&server).await.unwrap();
    assert_eq!(
        (failed.entities, failed.last_error.as_str()),
        (2, "the directory is away")
    );
    assert!(failed.failing_since.is_some() && when(failed.last_succeeded) < when(failed.last_finished));

    // Without it the configuration still shows what it left, and with the next start nothing is left.
    let other = self::ingest(&pool, Vec::new());
    let without = CatalogServer::new(pool.clone(), Arc::clone(&other), Arc::new(Replica::default()));
    assert!(!told(&without).await.unwrap().configured);
    other.apply_configured().await.unwrap();
    assert!(told(&without).await.is_none());
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_provider_of_the_configuration_tells_its_runs_too(pool: PgPool) {
    let config = Config::from_yaml("catalog: {}").unwrap();
    let ingest = Ingest::new(pool.clone(), Settings::from_config(&config).unwrap()).unwrap();
    ingest.apply_configured().await.unwrap();
    let server = CatalogServer::new(pool.clone(), Arc::clone(&ingest), Arc::new(Replica::default()));
    let list = server
        .list_providers(Request::new(proto::ListProvidersRequest {}))
        .await;
    let providers = list.unwrap().into_inner().providers;
    let names: Vec<_> = providers.iter().map(|provider| provider.name.as_str()).collect();
    assert_eq!(names, ["ConfigLocationProvider", "DefaultLocationStore"]);
    for provider in &providers {
        assert!(provider.configured && provider.schedule.is_none() && provider.next_run.is_none());
        assert!(provider.last_succeeded.is_some() && when(provider.last_started) <= when(provider.last_finished));
    }
    let name = "ConfigLocationProvider".to_owned();
    let refused = server
        .run_provider(Request::new(proto::RunProviderRequest { name }))
        .await;
    assert_eq!(refused.unwrap_err().code(), Code::NotFound, "it has no schedule");
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_provider_whose_replica_died_is_run_by_another_when_its_lease_is_over(pool: PgPool) {
    let provider: Arc<dyn Provider> = Arc::new(Teams::default());
    let ingest = ingest(&pool, vec![Arc::clone(&provider)]);
    callboard_catalog::store::provider::enrol(&pool, "teams", Duration::ZERO, TIMING.frequency)
        .await
        .unwrap();
    let lease = Duration::from_millis(200);
    callboard_catalog::store::provider::claim(&pool, "teams", lease)
        .await
        .unwrap()
        .unwrap();
    assert!(!ingest.run_if_due(&*provider, TIMING).await.unwrap());
    tokio::time::sleep(lease).await;
    assert!(ingest.run_if_due(&*provider, TIMING).await.unwrap());
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn mutations_are_backstage_s(pool: PgPool) {
    let ingest = ingest(&pool, Vec::new());
    let team = |name: &str| team(name, "teams");
    ingest.apply_full("teams", vec![team("a"), team("b")]).await.unwrap();
    let before = (uid(&pool, "group:default/a").await, uid(&pool, "group:default/b").await);

    // Full: what is not named goes, what is named stays who it is.
    ingest.apply_full("teams", vec![team("b"), team("c")]).await.unwrap();
    assert_eq!(held(&pool).await, ["group:default/b", "group:default/c"]);
    assert_eq!(uid(&pool, "group:default/b").await, before.1);

    // Delta: only what is named, and only what is the provider's own.
    let gone = ["group:default/c".to_owned(), "group:default/nobody".to_owned()];
    ingest.apply_delta("teams", vec![team("a")], &gone).await.unwrap();
    assert_eq!(held(&pool).await, ["group:default/a", "group:default/b"]);
    assert_ne!(uid(&pool, "group:default/a").await, before.0, "it had been deleted");
    ingest
        .apply_delta("others", Vec::new(), &["group:default/b".to_owned()])
        .await
        .unwrap();
    assert_eq!(held(&pool).await.len(), 2);

    // Under another location key it is another entity.
    ingest
        .apply_delta("teams", vec![self::team("b", "moved")], &[])
        .await
        .unwrap();
    assert_ne!(uid(&pool, "group:default/b").await, before.1);

    // Somebody else's entity is not taken away.
    ingest
        .apply_delta("others", vec![self::team("b", "others")], &[])
        .await
        .unwrap();
    assert_eq!(held(&pool).await, ["group:default/a", "group:default/b"]);
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn news_reach_providers_and_a_provider_that_is_gone_leaves_nothing(pool: PgPool) {
    let with = ingest(&pool, vec![Arc::new(Teams::default())]);
    let event = LocationEvent {
        change: Change::Created,
        url: "https://example.com/new-team".to_owned(),
        is_repository: true,
    };
    let news = News {
        locations: vec![event],
        organizations: Vec::new(),
    };
    with.follow_news(news, &[]).await.unwrap();
    assert_eq!(held(&pool).await, ["group:default/new-team"]);
    with.apply_configured().await.unwrap();
    assert_eq!(
        held(&pool).await.len(),
        1,
        "it is still there, though it does not run at the start"
    );

    ingest(&pool, Vec::new()).apply_configured().await.unwrap();
    assert!(held(&pool).await.is_empty());
}

#[test]
fn an_entity_without_an_envelope_is_refused_as_a_whole() {
    let refused = Candidate::of_provider(json!({"kind": "Group", "metadata": {}}), None).unwrap_err();
    assert_eq!(refused.name, "TypeError");
    assert!(
        refused.message.starts_with("Malformed entity envelope, "),
        "{}",
        refused.message
    );
}
