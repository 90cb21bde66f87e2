//! The change feed loses nothing.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use callboard_catalog::store::{
    feed::{self, FinalEntity},
    removal,
};
use futures::TryStreamExt;
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{TestCatalog, component};

const WRITERS: usize = 8;
const ROUNDS: usize = 60;

fn version(writer: usize, round: usize) -> FinalEntity {
    FinalEntity {
        // Writers share half of their entities, so they also wait for each other's rows.
        entity_ref: format!(
            "component:default/c{}-{}",
            if round.is_multiple_of(2) { 0 } else { writer },
            round % 7
        ),
        entity_id: Uuid::new_v4(),
        document: format!("{{\"writer\":{writer},\"round\":{round}}}"),
        hash: format!("{writer}-{round}"),
        parents: Vec::new(),
        change: None,
    }
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_reader_that_follows_eight_writers_ends_with_what_is_stored(pool: PgPool) {
    let done = Arc::new(AtomicBool::new(false));
    let reader = tokio::spawn(follow(pool.clone(), Arc::clone(&done)));
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let pool = pool.clone();
            tokio::spawn(async move {
                for round in 0..ROUNDS {
                    let mut transaction = pool.begin().await.unwrap();
                    feed::put(&mut transaction, [version(writer, round)].iter())
                        .await
                        .unwrap();
                    if round % 5 == 0 {
                        let buried = [format!("component:default/c{writer}-{}", (round + 1) % 7)];
                        feed::bury(&mut transaction, &buried).await.unwrap();
                    }
                    // Commits out of step with the numbers is what a feed that reads too far would stumble over.
                    tokio::task::yield_now().await;
                    transaction.commit().await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    done.store(true, Ordering::SeqCst);
    let seen = reader.await.unwrap();

    let mut stored = HashMap::new();
    let mut batches = feed::read_all(&pool);
    while let Some(batch) = batches.try_next().await.unwrap() {
        stored.extend(batch.into_iter().map(|row| (row.entity_ref, row.document.unwrap())));
    }
    assert_eq!(seen, stored);
}

/// Applies the feed as it comes, checking that revisions only ever rise.
async fn follow(pool: PgPool, done: Arc<AtomicBool>) -> HashMap<String, String> {
    let mut documents = HashMap::new();
    let mut position = 0;
    loop {
        let finished = done.load(Ordering::SeqCst);
        let entries = feed::read_after(&pool, position, 3).await.unwrap().unwrap();
        if entries.is_empty() && finished {
            return documents;
        }
        for entry in entries {
            assert!(entry.revision > position);
            position = entry.revision;
            match entry.document {
                Some(document) => documents.insert(entry.entity_ref, document),
                None => documents.remove(&entry.entity_ref),
            };
        }
    }
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_replica_cut_off_for_too_long_starts_anew(pool: PgPool) {
    let text = component("kept", "a") + &component("gone", "a");
    let catalog = TestCatalog::new(pool, &[("all.yaml", &text)], &["all.yaml"]).await;
    // What happens while it is away: an entity goes, and so does its tombstone.
    let mut transaction = catalog.pool.begin().await.unwrap();
    removal::remove_trees(&mut transaction, &["component:default/gone".to_owned()])
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    sqlx::query("UPDATE final_entity SET changed_at = now() - interval '8 days' WHERE document IS NULL")
        .execute(&catalog.pool)
        .await
        .unwrap();
    let behind = catalog.replica.revision();
    assert_eq!(feed::forget_old_tombstones(&catalog.pool).await.unwrap(), 1);
    assert!(feed::read_after(&catalog.pool, behind, 10).await.unwrap().is_none());

    callboard_catalog::feed::catch_up(&catalog.pool, &catalog.replica)
        .await
        .unwrap();
    assert!(catalog.get("component:default/gone").is_none());
    catalog.entity("component:default/kept");
    assert!(catalog.replica.revision() > behind);
    // Once is enough.
    let reached = catalog.replica.revision();
    assert!(feed::read_after(&catalog.pool, reached, 10).await.unwrap().is_some());
}
