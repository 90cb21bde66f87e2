//! The same ref from two places.

use callboard_catalog::store::unprocessed::Reason;
use sqlx::PgPool;

use crate::support::{TestCatalog, component};

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn the_first_location_keeps_the_entity_and_the_second_takes_over_when_it_lets_go(pool: PgPool) {
    let files = [
        ("a.yaml", component("shop", "from-a")),
        ("b.yaml", component("other", "x")),
    ];
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let catalog = TestCatalog::new(pool, &files, &["a.yaml", "b.yaml"]).await;
    catalog.write("b.yaml", &(component("other", "x") + &component("shop", "from-b")));
    catalog.poll().await;
    assert_eq!(catalog.entity("component:default/shop")["spec"]["owner"], "from-a");
    let uid = catalog.entity("component:default/shop")["metadata"]["uid"].clone();
    let conflicts = catalog.unprocessed(Some(Reason::Conflict)).await;
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].entity_ref, "component:default/shop");
    assert_eq!(
        conflicts[0].location,
        format!("file:{}", catalog.path("b.yaml").display())
    );

    catalog.write("a.yaml", &component("something-else", "x"));
    catalog.poll().await;
    let moved = catalog.entity("component:default/shop");
    assert_eq!(moved["spec"]["owner"], "from-b");
    assert_eq!(moved["metadata"]["uid"], uid, "a move keeps the uid");
    assert!(moved["metadata"]["annotations"].get("backstage.io/orphan").is_none());
    assert!(catalog.unprocessed(None).await.is_empty());
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn of_two_documents_in_one_file_the_last_counts(pool: PgPool) {
    let text = component("shop", "first") + &component("Shop", "last");
    let catalog = TestCatalog::new(pool, &[("all.yaml", &text)], &["all.yaml"]).await;
    assert_eq!(catalog.entity("component:default/shop")["spec"]["owner"], "last");
}
