//! What changed in an entity can be asked for, and costs nothing while nothing changes.

use callboard_proto::catalog::v1::{self as proto, catalog_service_server::CatalogService};
use sqlx::PgPool;
use tonic::{Code, Request, Status};

use crate::support::{TestCatalog, component, group};

const SHOP: &str = "component:default/shop";

async fn list(
    catalog: &TestCatalog,
    request: proto::ListEntityChangesRequest,
) -> Result<proto::ListEntityChangesResponse, Status> {
    let response = catalog.server.list_entity_changes(Request::new(request)).await?;
    Ok(response.into_inner())
}

fn of(entity_ref: &str) -> proto::ListEntityChangesRequest {
    proto::ListEntityChangesRequest {
        entity_ref: entity_ref.to_owned(),
        limit: Some(50),
        ..proto::ListEntityChangesRequest::default()
    }
}

/// `path: before -> after` of each field of a change.
fn told(change: &proto::RecordedChange) -> Vec<String> {
    let text = |value: &Option<bytes::Bytes>| match value {
        Some(json) => String::from_utf8(json.to_vec()).unwrap(),
        None => "nothing".to_owned(),
    };
    change
        .fields
        .iter()
        .map(|field| {
            let path = field.path.join(".");
            format!("{path}: {} -> {}", text(&field.before), text(&field.after))
        })
        .collect()
}

async fn rows(pool: &PgPool) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM entity_change")
        .fetch_one(pool)
        .await
        .unwrap()
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn what_an_author_changes_is_recorded_with_its_place_and_revision(pool: PgPool) {
    let catalog = TestCatalog::new(pool, &[("all.yaml", &component("shop", "team-a"))], &["all.yaml"]).await;
    assert!(list(&catalog, of(SHOP)).await.unwrap().items.is_empty());
    let changed = component("shop", "team-b").replace("production", "deprecated");
    catalog.write(
        "all.yaml",
        &changed.replace("  name: shop", "  name: shop\n  tags: [java]"),
    );
    catalog.poll().await;
    let answer = list(&catalog, of(SHOP)).await.unwrap();
    let [change] = &answer.items[..] else {
        panic!("{answer:?}")
    };
    assert_eq!(
        told(change),
        [
            r#"metadata.tags: nothing -> ["java"]"#,
            r#"spec.lifecycle: "production" -> "deprecated""#,
            r#"spec.owner: "team-a" -> "team-b""#,
        ]
    );
    assert_eq!(change.location, format!("file:{}", catalog.path("all.yaml").display()));
    assert_eq!(
        change.revision,
        catalog.replica.index.get_by_ref(SHOP).unwrap().revision()
    );
    assert!(change.time.is_some() && answer.next_cursor.is_none());

    catalog.poll().await;
    assert_eq!(rows(&catalog.pool).await, 1, "nothing changed");
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn what_others_declare_and_what_fails_is_no_change(pool: PgPool) {
    let files = [
        ("group.yaml", group("team-a")),
        ("shop.yaml", component("shop", "team-a")),
    ];
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let catalog = TestCatalog::new(pool, &files, &["group.yaml", "shop.yaml"]).await;
    let before = catalog.entity("group:default/team-a");
    catalog.write(
        "shop.yaml",
        &(component("shop", "team-a") + &component("second", "team-a")),
    );
    catalog.write("group.yaml", "kind: [unclosed");
    catalog.poll().await;
    let after = catalog.entity("group:default/team-a");
    assert_ne!(before["relations"], after["relations"]);
    assert_eq!(catalog.status(&catalog.root_ref("group.yaml")).len(), 1);
    assert_eq!(rows(&catalog.pool).await, 0);
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn the_newest_fifty_are_kept_and_come_in_pages(pool: PgPool) {
    let catalog = TestCatalog::new(pool, &[("all.yaml", &component("shop", "team-0"))], &["all.yaml"]).await;
    for round in 1..=52 {
        catalog.write("all.yaml", &component("shop", &format!("team-{round}")));
        catalog.poll().await;
    }
    let mut owners = Vec::new();
    let mut request = proto::ListEntityChangesRequest {
        limit: Some(20),
        ..of(SHOP)
    };
    loop {
        let page = list(&catalog, request.clone()).await.unwrap();
        owners.extend(page.items.iter().flat_map(told));
        match page.next_cursor {
            Some(next) => request.cursor = next,
            None => break,
        }
    }
    let expected: Vec<_> = (3..=52)
        .rev()
        .map(|round| format!("spec.owner: \"team-{}\" -> \"team-{round}\"", round - 1))
        .collect();
    assert_eq!(owners, expected);

    let refused = async |request| list(&catalog, request).await.unwrap_err().code();
    let cursor = "bm90IG9uZQ==".to_owned();
    assert_eq!(
        refused(proto::ListEntityChangesRequest { cursor, ..of(SHOP) }).await,
        Code::InvalidArgument
    );
    for limit in [0, 51] {
        let limit = Some(limit);
        assert_eq!(
            refused(proto::ListEntityChangesRequest { limit, ..of(SHOP) }).await,
            Code::InvalidArgument
        );
    }
}

async fn delete_shop(catalog: &TestCatalog) {
    let uid = catalog.entity(SHOP)["metadata"]["uid"].as_str().unwrap().to_owned();
    let delete = proto::DeleteEntityByUidRequest { uid, condition: None };
    catalog.server.delete_entity_by_uid(Request::new(delete)).await.unwrap();
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn history_goes_with_its_entity(pool: PgPool) {
    let text = component("shop", "team-a");
    let catalog = TestCatalog::new(pool, &[("all.yaml", &text)], &["all.yaml"]).await;
    catalog.write("all.yaml", &component("shop", "team-b"));
    catalog.poll().await;
    assert_eq!(rows(&catalog.pool).await, 1);
    delete_shop(&catalog).await;
    assert_eq!(rows(&catalog.pool).await, 0);
    catalog.settle().await;
    assert!(
        list(&catalog, of(SHOP)).await.unwrap().items.is_empty(),
        "it came back anew"
    );

    let unknown = list(&catalog, of("component:default/unknown")).await.unwrap_err();
    assert_eq!(unknown.code(), Code::NotFound);
    assert_eq!(unknown.message(), "No such entity component:default/unknown");
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn what_a_former_entity_of_the_name_left_behind_is_not_told(pool: PgPool) {
    let catalog = TestCatalog::new(pool, &[("all.yaml", &component("shop", "team-a"))], &["all.yaml"]).await;
    catalog.write("all.yaml", &component("shop", "team-b"));
    catalog.poll().await;
    let execute = async |statement: &'static str| sqlx::query(statement).execute(&catalog.pool).await.unwrap();
    // As a release that does not know of the table removes an entity.
    execute("CREATE TABLE kept AS TABLE entity_change").await;
    delete_shop(&catalog).await;
    execute("INSERT INTO entity_change TABLE kept").await;
    catalog.settle().await;
    assert_eq!(rows(&catalog.pool).await, 1);
    assert!(list(&catalog, of(SHOP)).await.unwrap().items.is_empty());
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn nothing_is_told_that_is_newer_than_what_is_served(pool: PgPool) {
    let catalog = TestCatalog::new(pool, &[("all.yaml", &component("shop", "team-a"))], &["all.yaml"]).await;
    catalog.write("all.yaml", &component("shop", "team-b"));
    catalog.schedule_all().await;
    catalog.work().await;
    assert_eq!(rows(&catalog.pool).await, 1);
    assert!(list(&catalog, of(SHOP)).await.unwrap().items.is_empty());
    catalog.settle().await;
    assert_eq!(list(&catalog, of(SHOP)).await.unwrap().items.len(), 1);
}
