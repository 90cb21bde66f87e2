//! What waits, fails or conflicts, page by page.

use callboard_proto::catalog::v1::{self as proto, UnprocessedReason, catalog_service_server::CatalogService};
use sqlx::PgPool;
use tonic::{Code, Request};

use crate::support::{TestCatalog, component};

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn each_is_listed_once_with_reason_location_and_time(pool: PgPool) {
    let broken = |name: &str| component(name, "x").replace("  owner: x\n", "");
    let a = component("shop", "a") + &broken("c1") + &broken("c2");
    let b = component("shop", "b") + &broken("c3");
    let catalog = TestCatalog::new(pool, &[("a.yaml", &a), ("b.yaml", &b)], &["a.yaml", "b.yaml"]).await;
    let page = async |limit: u32, cursor: String, reason: UnprocessedReason| {
        let request = proto::ListUnprocessedEntitiesRequest {
            reason: reason.into(),
            limit: Some(limit),
            cursor,
        };
        catalog.server.list_unprocessed_entities(Request::new(request)).await
    };
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let part = page(1, cursor, UnprocessedReason::Unspecified)
            .await
            .unwrap()
            .into_inner();
        // The two Locations speak for their children, and fail as well.
        assert_eq!(part.total_items, 6);
        seen.extend(part.items);
        match part.next_cursor {
            Some(next) => cursor = next,
            None => break,
        }
    }
    assert_eq!(seen.len(), 6);
    let c3 = seen
        .iter()
        .find(|item| item.entity_ref == "component:default/c3")
        .unwrap();
    assert_eq!(c3.reason(), UnprocessedReason::Failed);
    assert_eq!(c3.location, format!("file:{}", catalog.path("b.yaml").display()));
    assert_eq!(c3.emitted_by, catalog.root_ref("b.yaml"));
    assert!(c3.since.is_some() && !c3.uid.is_empty());
    assert!(c3.errors[0].cause.is_some() || c3.errors[0].message.contains("owner"));

    let conflicts = page(10, String::new(), UnprocessedReason::Conflict)
        .await
        .unwrap()
        .into_inner();
    assert_eq!(conflicts.total_items, 1);
    assert_eq!(conflicts.items[0].entity_ref, "component:default/shop");
    assert!(conflicts.items[0].errors[0].message.contains("and now also"));

    for (limit, cursor) in [(0, ""), (1001, ""), (1, "x"), (1, "bnVsbA==")] {
        let refused = page(limit, cursor.to_owned(), UnprocessedReason::Failed)
            .await
            .unwrap_err();
        assert_eq!(refused.code(), Code::InvalidArgument);
    }
}
