//! What happens between reading and writing, forced into a certain order.

use std::{collections::HashSet, time::Duration};

use callboard_catalog::store::{
    emission::{self, Emission, Outcome},
    entity_state,
    reference::{self, Source},
    removal, stitch,
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::{TestCatalog, component};

const SHOP: &str = "component:default/shop";

fn location(name: &str) -> Source {
    Source::Location {
        entity_ref: format!("location:default/{name}"),
        file: "file:/shop.yaml".to_owned(),
    }
}

fn shop(outcome: Outcome) -> Emission {
    Emission {
        entity_ref: SHOP.to_owned(),
        unprocessed_hash: "hash".to_owned(),
        location_key: Some("file:/shop.yaml".to_owned()),
        outcome,
        process_after: None,
    }
}

fn processed() -> Outcome {
    Outcome::Processed {
        unprocessed: None,
        processed: "{}".to_owned(),
        relations: Vec::new(),
        refresh_keys: Vec::new(),
    }
}

async fn take_in(pool: &PgPool, source: &Source, outcome: Outcome) -> emission::Taken {
    let mut transaction = pool.begin().await.unwrap();
    let taken = emission::take_in(
        &mut transaction,
        source,
        &[shop(outcome)],
        &HashSet::new(),
        Uuid::new_v4,
    )
    .await
    .unwrap();
    transaction.commit().await.unwrap();
    taken
}

async fn is_orphan(pool: &PgPool) -> bool {
    sqlx::query_scalar("SELECT orphaned_at IS NOT NULL FROM entity_state WHERE entity_ref = $1")
        .bind(SHOP)
        .fetch_one(pool)
        .await
        .unwrap()
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_stitch_under_way_does_not_bring_a_removed_entity_back(pool: PgPool) {
    let catalog = TestCatalog::new(pool, &[("all.yaml", &component("shop", "a"))], &["all.yaml"]).await;
    let mut connection = catalog.pool.acquire().await.unwrap();
    stitch::request(&mut connection, vec![SHOP.to_owned()]).await.unwrap();
    let tickets = stitch::claim(&catalog.pool, 10, Duration::ZERO, Duration::from_mins(1))
        .await
        .unwrap();
    assert_eq!(tickets.len(), 1);

    let mut transaction = catalog.pool.begin().await.unwrap();
    removal::remove_trees(&mut transaction, &[SHOP.to_owned()])
        .await
        .unwrap();
    transaction.commit().await.unwrap();

    let current = stitch::lock_current(&mut connection, &tickets).await.unwrap();
    assert_eq!(current, [""; 0], "what was composed before the removal is out of date");
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn what_was_found_unchanged_is_not_adopted_once_it_is_an_orphan(pool: PgPool) {
    take_in(&pool, &location("first"), processed()).await;
    let mut transaction = pool.begin().await.unwrap();
    reference::abandon(&mut transaction, &location("first"), &[SHOP.to_owned()])
        .await
        .unwrap();
    transaction.commit().await.unwrap();

    let taken = take_in(&pool, &location("second"), Outcome::Unchanged).await;
    assert!(taken.overtaken);
    assert!(taken.accepted.is_empty());

    let taken = take_in(&pool, &location("second"), processed()).await;
    assert!(!taken.overtaken);
    assert!(!is_orphan(&pool).await);
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn an_entity_adopted_while_it_is_let_go_is_no_orphan(pool: PgPool) {
    take_in(&pool, &location("first"), processed()).await;

    let mut adopting = pool.begin().await.unwrap();
    emission::take_in(
        &mut adopting,
        &location("second"),
        &[shop(processed())],
        &HashSet::new(),
        Uuid::new_v4,
    )
    .await
    .unwrap();
    let letting_go = tokio::spawn({
        let pool = pool.clone();
        async move {
            let mut transaction = pool.begin().await.unwrap();
            let orphans = reference::abandon(&mut transaction, &location("first"), &[SHOP.to_owned()])
                .await
                .unwrap();
            transaction.commit().await.unwrap();
            orphans
        }
    });
    // Long enough for it to wait for the row.
    tokio::time::sleep(Duration::from_millis(200)).await;
    adopting.commit().await.unwrap();
    assert_eq!(letting_go.await.unwrap(), [""; 0]);
    assert!(!is_orphan(&pool).await);
}

/// A shop that a worker has claimed for processing it again.
async fn claimed(catalog: &TestCatalog) -> entity_state::DueEntity {
    let mut connection = catalog.pool.acquire().await.unwrap();
    entity_state::schedule_now(&mut connection, &[SHOP.to_owned()])
        .await
        .unwrap();
    let due = entity_state::claim_due(&catalog.pool, 10, Duration::from_mins(1))
        .await
        .unwrap();
    due.into_iter().find(|due| due.entity_ref == SHOP).unwrap()
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn processing_again_does_not_undo_what_was_read_meanwhile(pool: PgPool) {
    let catalog = TestCatalog::new(pool, &[("all.yaml", &component("shop", "a"))], &["all.yaml"]).await;
    let due = claimed(&catalog).await;
    catalog.write("all.yaml", &component("shop", "b"));
    catalog.poll().await;
    catalog.ingest.process_due(&due).await.unwrap();
    catalog.settle().await;
    assert_eq!(catalog.entity(SHOP)["spec"]["owner"], "b");
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn processing_again_brings_no_removed_entity_back(pool: PgPool) {
    let catalog = TestCatalog::new(pool, &[("all.yaml", &component("shop", "a"))], &["all.yaml"]).await;
    let due = claimed(&catalog).await;
    let mut transaction = catalog.pool.begin().await.unwrap();
    removal::remove_trees(&mut transaction, &[SHOP.to_owned()])
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    catalog.ingest.process_due(&due).await.unwrap();
    catalog.settle().await;
    assert!(catalog.get(SHOP).is_none());
}
