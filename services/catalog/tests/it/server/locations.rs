//! Registered locations, over the gRPC handlers.

use callboard_proto::catalog::v1::{self as proto, catalog_service_server::CatalogService};
use sqlx::PgPool;
use tonic::{Code, Request};

use crate::support::TestCatalog;

fn create(target: &str) -> Request<proto::CreateLocationRequest> {
    Request::new(proto::CreateLocationRequest {
        r#type: "url".to_owned(),
        target: target.to_owned(),
        ..proto::CreateLocationRequest::default()
    })
}

async fn register(catalog: &TestCatalog, target: &str) -> proto::Location {
    let created = catalog.server.create_location(create(target)).await.unwrap();
    created.into_inner().location.unwrap()
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_location_that_cannot_be_read_is_visible_with_its_error(pool: PgPool) {
    let catalog = TestCatalog::new(pool, &[], &[]).await;
    let location = register(&catalog, "https://example.com/a.yaml").await;
    callboard_catalog::feed::catch_up(&catalog.pool, &catalog.replica)
        .await
        .unwrap();
    catalog.entity(&location.entity_ref);

    catalog.settle().await;
    let status = catalog.status(&location.entity_ref);
    assert_eq!(status.len(), 1);
    assert!(
        status[0].starts_with("Error: Unable to read url, Reading from 'https://example.com/a.yaml' is not allowed."),
        "{status:?}"
    );
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn registering_twice_is_a_conflict_unless_a_refresh_is_asked_for(pool: PgPool) {
    let catalog = TestCatalog::new(pool, &[], &[]).await;
    let first = register(&catalog, "https://example.com/a.yaml").await;
    let error = catalog
        .server
        .create_location(create("https://example.com/a.yaml"))
        .await
        .unwrap_err();
    assert_eq!(error.code(), Code::AlreadyExists);
    assert_eq!(
        error.message(),
        "Location url:https://example.com/a.yaml already exists"
    );
    let mut again = create("https://example.com/a.yaml");
    again.get_mut().on_conflict = proto::LocationConflict::Refresh.into();
    let second = catalog.server.create_location(again).await.unwrap().into_inner();
    assert_eq!(Some(first), second.location);
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn files_cannot_be_registered(pool: PgPool) {
    let catalog = TestCatalog::new(pool, &[], &[]).await;
    let mut request = create("/etc/passwd");
    "file".clone_into(&mut request.get_mut().r#type);
    let error = catalog.server.create_location(request).await.unwrap_err();
    assert_eq!(error.code(), Code::InvalidArgument);
    assert_eq!(
        error.message(),
        "Registered locations must be of an allowed type [\"url\"]"
    );
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_deleted_location_takes_its_entity_along_at_once(pool: PgPool) {
    let catalog = TestCatalog::new(pool, &[], &[]).await;
    let location = register(&catalog, "https://example.com/a.yaml").await;
    catalog.settle().await;
    catalog.entity(&location.entity_ref);
    let request = Request::new(proto::DeleteLocationRequest {
        id: location.id.clone(),
    });
    let deleted = catalog.server.delete_location(request).await.unwrap().into_inner();
    callboard_catalog::feed::catch_up(&catalog.pool, &catalog.replica)
        .await
        .unwrap();
    assert!(catalog.replica.revision() >= deleted.revision && deleted.revision > 0);
    assert!(catalog.get(&location.entity_ref).is_none());
    let again = catalog
        .server
        .delete_location(Request::new(proto::DeleteLocationRequest { id: location.id }))
        .await;
    assert_eq!(again.unwrap_err().code(), Code::NotFound);
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_location_pointed_elsewhere_keeps_its_entity_s_name(pool: PgPool) {
    let catalog = TestCatalog::new(pool, &[], &[]).await;
    let point = async |id: &str, target: &str| {
        let request = proto::UpdateLocationRequest {
            id: id.to_owned(),
            r#type: "url".to_owned(),
            target: target.to_owned(),
        };
        catalog.server.update_location(Request::new(request)).await
    };
    let moved = register(&catalog, "https://example.com/a.yaml").await;
    let other = register(&catalog, "https://example.com/b.yaml").await;

    let taken = point(&moved.id, &other.target).await.unwrap_err();
    assert_eq!(taken.code(), Code::AlreadyExists);

    for _ in 0..2 {
        let updated = point(&moved.id, "https://example.com/c.yaml").await.unwrap();
        let updated = updated.into_inner().location.unwrap();
        assert_eq!(updated.entity_ref, moved.entity_ref);
        catalog.settle().await;
        let entity = catalog.entity(&moved.entity_ref);
        assert_eq!(entity["spec"]["target"], "https://example.com/c.yaml");
    }

    // The first target again gets a name that is taken; neither a start nor anything else stumbles over that.
    register(&catalog, "https://example.com/a.yaml").await;
    catalog.ingest.apply_configured().await.unwrap();
    catalog.settle().await;
    catalog.entity(&other.entity_ref);
}
