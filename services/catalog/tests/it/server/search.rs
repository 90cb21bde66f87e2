//! Full-text search over the gRPC handler.

use callboard_proto::catalog::v1::{self as proto, catalog_service_server::CatalogService};
use sqlx::PgPool;
use tonic::{Code, Request};

use crate::support::TestCatalog;

/// A component with a title, a description and a tag.
fn described(name: &str, title: &str, description: &str, tag: &str) -> String {
    format!(
        "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\n  title: {title}\n  description: {description}\n  tags: [{tag}]\nspec:\n  type: service\n  lifecycle: production\n  owner: shop-team\n"
    )
}

async fn catalog(pool: PgPool) -> TestCatalog {
    let text = described("payments", "Payments", "Takes money from customers.", "java")
        + &described("ledger", "General ledger", "Books what payments bring in.", "rust")
        + &described("paymentGateway", "Crédit gate", "Talks to banks.", "payments-core")
        + &described("search", "Search", "Finds things.", "rust");
    TestCatalog::new(pool, &[("all.yaml", &text)], &["all.yaml"]).await
}

fn query(text: &str) -> proto::SearchEntitiesRequest {
    proto::SearchEntitiesRequest {
        query: text.to_owned(),
        kinds: vec!["component".to_owned()],
        ..proto::SearchEntitiesRequest::default()
    }
}

async fn search(catalog: &TestCatalog, request: proto::SearchEntitiesRequest) -> proto::SearchEntitiesResponse {
    let response = catalog.server.search_entities(Request::new(request)).await;
    response.unwrap().into_inner()
}

fn names(response: &proto::SearchEntitiesResponse) -> Vec<&str> {
    let entities = response.results.iter().map(|result| result.entity.as_ref().unwrap());
    entities.map(|entity| entity.name.as_str()).collect()
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn names_come_before_tags_before_descriptions(pool: PgPool) {
    let catalog = catalog(pool).await;
    assert_eq!(
        names(&search(&catalog, query("payments")).await),
        ["payments", "paymentGateway", "ledger"]
    );
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn words_are_found_by_their_beginnings_without_accents_and_inside_of_names(pool: PgPool) {
    let catalog = catalog(pool).await;
    for (text, expected) in [
        ("gatew", "paymentGateway"),
        ("CREDIT", "paymentGateway"),
        ("general books", "ledger"),
        ("rust led", "ledger"),
        ("serach", "search"),
    ] {
        assert_eq!(names(&search(&catalog, query(text)).await), [expected], "{text}");
    }
    assert!(names(&search(&catalog, query("nonsense")).await).is_empty());
    assert_eq!(
        search(&catalog, query("  ")).await.total_results,
        4,
        "no words find everything"
    );
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn what_was_found_is_marked_and_counted(pool: PgPool) {
    let catalog = catalog(pool).await;
    let response = search(
        &catalog,
        proto::SearchEntitiesRequest {
            pre_tag: "<b>".to_owned(),
            post_tag: "</b>".to_owned(),
            facets: vec!["metadata.tags".to_owned()],
            fields: vec!["metadata.name".to_owned()],
            ..query("led")
        },
    )
    .await;
    let result = &response.results[0];
    assert_eq!(result.rank, 1);
    let marked: Vec<_> = result
        .highlights
        .iter()
        .map(|highlight| (highlight.field.as_str(), highlight.text.as_str()))
        .collect();
    assert_eq!(marked, [("title", "General <b>ledger</b>"), ("name", "<b>ledger</b>")]);
    assert_eq!(
        result.entity.as_ref().unwrap().document,
        r#"{"metadata":{"name":"ledger"}}"#
    );
    let values: Vec<_> = response.facets[0]
        .values
        .iter()
        .map(|value| (value.value.as_str(), value.count))
        .collect();
    assert_eq!(values, [("rust", 1)]);
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn pages_follow_each_other_both_ways(pool: PgPool) {
    let catalog = catalog(pool).await;
    let page = async |cursor: Option<String>| {
        let request = proto::SearchEntitiesRequest {
            limit: Some(2),
            cursor: cursor.unwrap_or_default(),
            ..query("payments")
        };
        search(&catalog, request).await
    };
    let first = page(None).await;
    assert_eq!(
        (names(&first), first.total_results),
        (vec!["payments", "paymentGateway"], 3)
    );
    assert!(first.prev_cursor.is_none());
    let second = page(first.next_cursor.clone()).await;
    assert_eq!(names(&second), ["ledger"]);
    assert_eq!(second.results[0].rank, 3);
    assert!(second.next_cursor.is_none());
    let back = page(second.prev_cursor.clone()).await;
    assert_eq!(names(&back), names(&first));

    for bad in [
        proto::SearchEntitiesRequest {
            cursor: "x".to_owned(),
            ..query("a")
        },
        proto::SearchEntitiesRequest {
            limit: Some(101),
            ..query("a")
        },
        query(&"a".repeat(2000)),
    ] {
        let refused = catalog.server.search_entities(Request::new(bad)).await.unwrap_err();
        assert_eq!(refused.code(), Code::InvalidArgument);
    }
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn changes_and_removals_are_found_once_their_words_are_in(pool: PgPool) {
    let catalog = catalog(pool).await;
    catalog.write(
        "all.yaml",
        &(described("payments", "Till", "Takes cash.", "java") + &described("ledger", "Ledger", "Books.", "rust")),
    );
    catalog.poll().await;
    assert!(names(&search(&catalog, query("money")).await).is_empty());
    assert_eq!(names(&search(&catalog, query("till")).await), ["payments"]);
    // Orphans stay for a moment; removed for good they are not found any more.
    let uid = catalog.entity("component:default/ledger")["metadata"]["uid"].clone();
    let request = proto::DeleteEntityByUidRequest {
        uid: uid.as_str().unwrap().to_owned(),
        condition: None,
    };
    catalog
        .server
        .delete_entity_by_uid(Request::new(request))
        .await
        .unwrap();
    callboard_catalog::feed::catch_up(&catalog.pool, &catalog.replica)
        .await
        .unwrap();
    // Before its words are taken out, too.
    assert!(names(&search(&catalog, query("ledger")).await).is_empty());
    catalog.replica.index_words();
    assert!(names(&search(&catalog, query("ledger")).await).is_empty());
}
