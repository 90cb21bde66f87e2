//! Several replicas on one database, with all their loops running.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use callboard_catalog::{
    feed::{self, Replica, SharedReplica},
    ingest::{Ingest, stitcher, wake::Wake, worker},
    settings::Settings,
    store::{
        entity_state,
        feed::{FinalEntity, latest_revision},
    },
};
use callboard_service_kit::config::Config;
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::support::{component, location};

/// What a process of the catalog runs.
struct Process {
    pool: PgPool,
    replica: SharedReplica,
    tasks: Vec<tokio::task::JoinHandle<()>>,
}

impl Process {
    async fn start(pool: &PgPool, config: &str) -> Self {
        let pool = pool
            .options()
            .clone()
            .max_connections(5)
            .connect_with(pool.connect_options().as_ref().clone())
            .await
            .unwrap();
        let config = Config::from_yaml(config).unwrap();
        let ingest = Ingest::new(pool.clone(), Settings::from_config(&config).unwrap()).unwrap();
        let replica: SharedReplica = Arc::new(Replica::default());
        feed::load(&pool, &replica).await.unwrap();
        let (wake, token) = (Wake::default(), CancellationToken::new());
        let tasks = vec![
            tokio::spawn(wake.clone().run(pool.clone(), token.clone())),
            tokio::spawn(feed::follow(
                pool.clone(),
                Arc::clone(&replica),
                wake.clone(),
                token.clone(),
            )),
            tokio::spawn(worker::run(Arc::clone(&ingest), wake.clone(), token.clone())),
            tokio::spawn(stitcher::run(Arc::clone(&ingest), wake, token)),
        ];
        ingest.apply_configured().await.unwrap();
        Self { pool, replica, tasks }
    }

    /// Ends it where it is, as a kill does.
    fn kill(self) {
        for task in self.tasks {
            task.abort();
        }
    }

    fn components(&self) -> BTreeSet<String> {
        let list = self
            .replica
            .index
            .list(&callboard_catalog_index::ListQuery::default())
            .unwrap();
        let refs = list.items.iter().map(|view| view.entity_ref().to_owned());
        refs.filter(|entity_ref| entity_ref.starts_with("component:")).collect()
    }
}

async fn until(what: &str, mut done: impl FnMut() -> bool) {
    let patience = tokio::time::timeout(Duration::from_mins(1), async {
        while !done() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    assert!(patience.await.is_ok(), "{what}");
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn replicas_share_the_work_and_take_over_from_those_that_die(pool: PgPool) {
    const FILES: usize = 40;
    let folder = tempfile::tempdir().unwrap();
    let mut expected = BTreeSet::new();
    let mut roots = Vec::new();
    for file in 0..FILES {
        let mut text = String::new();
        for number in 0..10 {
            let name = format!("c{file}-{number}");
            text += &component(&name, "x");
            expected.insert(format!("component:default/{name}"));
        }
        std::fs::write(folder.path().join(format!("{file}.yaml")), text).unwrap();
        std::fs::write(
            folder.path().join(format!("root-{file}.yaml")),
            location(&format!("l{file}"), &[&format!("./{file}.yaml")]),
        )
        .unwrap();
        let root = folder.path().join(format!("root-{file}.yaml")).display().to_string();
        roots.push(format!("    - {{ type: file, target: '{root}' }}"));
    }
    let roots = roots.join("\n");
    let config = format!("catalog:\n  processingInterval: {{ hours: 1 }}\n  locations:\n{roots}");

    let doomed = Process::start(&pool, &config).await;
    // Beside it one that died right after it had claimed what was due, whose leases nobody renews.
    entity_state::claim_due(&pool, 5, Duration::from_secs(1)).await.unwrap();
    let survivors = [
        Process::start(&pool, &config).await,
        Process::start(&pool, &config).await,
    ];
    doomed.kill();
    for survivor in &survivors {
        until("every entity is on every replica", || survivor.components() == expected).await;
    }
    let waiting: i64 = sqlx::query_scalar("SELECT count(*) FROM entity_state WHERE processed IS NULL")
        .fetch_one(&survivors[0].pool)
        .await
        .unwrap();
    assert_eq!(waiting, 0);
    let twice: i64 = sqlx::query_scalar("SELECT count(*) - count(DISTINCT target_entity_ref) FROM entity_reference")
        .fetch_one(&survivors[0].pool)
        .await
        .unwrap();
    assert_eq!(twice, 0, "each has one parent");
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn no_replica_misses_a_change_of_eight_writers(pool: PgPool) {
    const WRITERS: usize = 8;
    const CHANGES: usize = 50;
    let replicas = [
        Process::start(&pool, "catalog: {}").await,
        Process::start(&pool, "catalog: {}").await,
        Process::start(&pool, "catalog: {}").await,
    ];
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let pool = replicas[writer % 3].pool.clone();
            tokio::spawn(async move {
                for change in 0..CHANGES {
                    let name = format!("c{writer}-{change}");
                    let entity = FinalEntity {
                        entity_ref: format!("component:default/{name}"),
                        entity_id: Uuid::new_v4(),
                        document: format!("{{\"kind\":\"Component\",\"metadata\":{{\"name\":\"{name}\"}}}}"),
                        hash: name,
                        parents: Vec::new(),
                        change: None,
                    };
                    let mut transaction = pool.begin().await.unwrap();
                    callboard_catalog::store::feed::put(&mut transaction, [entity].iter())
                        .await
                        .unwrap();
                    tokio::task::yield_now().await;
                    transaction.commit().await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let latest = latest_revision(&pool).await.unwrap();
    for replica in &replicas {
        until("the replica is current", || replica.replica.revision() >= latest).await;
        assert_eq!(replica.components().len(), WRITERS * CHANGES);
        // Watchers are told of each change once.
        let told = replica.replica.log.after(0, WRITERS * CHANGES * 2).unwrap();
        assert_eq!(told.len(), WRITERS * CHANGES);
    }
}
