//! News of files and repositories: what depends on them is due at once, and nothing else.

use callboard_catalog::ingest::candidate::Candidate;
use callboard_catalog_model::LocationRef;
use callboard_proto::catalog::v1::{
    self as proto, LocationEvent, catalog_service_server::CatalogService, location_event::Kind,
};
use sqlx::PgPool;
use tonic::{Code, Request};

use crate::support::TestCatalog;

const SHOP: &str = "https://github.com/acme/shop/blob/main/catalog-info.yaml";
const DESK: &str = "https://github.com/acme/desk/blob/main/catalog-info.yaml";

/// A catalog with two registered locations, both expanded (in vain: their host may not be read) and due in some minutes.
async fn catalog(pool: PgPool) -> (TestCatalog, proto::Location, proto::Location) {
    let catalog = TestCatalog::new(pool, &[], &[]).await;
    let register = async |target: &str| {
        let request = proto::CreateLocationRequest {
            r#type: "url".to_owned(),
            target: target.to_owned(),
            ..proto::CreateLocationRequest::default()
        };
        let created = catalog
            .server
            .create_location(Request::new(request))
            .await
            .unwrap()
            .into_inner();
        assert!(created.revision > 0);
        created.location.unwrap()
    };
    let (shop, desk) = (register(SHOP).await, register(DESK).await);
    catalog.settle().await;
    (catalog, shop, desk)
}

async fn due(catalog: &TestCatalog) -> Vec<String> {
    sqlx::query_scalar("SELECT entity_ref FROM entity_state WHERE next_process_at <= now() ORDER BY entity_ref")
        .fetch_all(&catalog.pool)
        .await
        .unwrap()
}

async fn tell(catalog: &TestCatalog, event: LocationEvent) -> proto::RefreshLocationsResponse {
    let request = proto::RefreshLocationsRequest {
        events: vec![event],
        refresh_keys: Vec::new(),
        ..proto::RefreshLocationsRequest::default()
    };
    let response = catalog.server.refresh_locations(Request::new(request)).await;
    response.unwrap().into_inner()
}

fn event(kind: Kind, url: &str) -> LocationEvent {
    LocationEvent {
        kind: kind.into(),
        url: url.to_owned(),
        ..LocationEvent::default()
    }
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_changed_file_makes_its_location_due_and_no_other(pool: PgPool) {
    let (catalog, shop, _) = catalog(pool).await;
    assert!(due(&catalog).await.is_empty());
    for spelling in [
        SHOP.to_owned(),
        SHOP.replace("/blob/", "/tree/"),
        SHOP.replace("acme", "ACME"),
    ] {
        let answer = tell(&catalog, event(Kind::Updated, &spelling)).await;
        assert_eq!(answer.refreshed, 1, "{spelling}");
        assert_eq!(due(&catalog).await, [shop.entity_ref.as_str()]);
        catalog.settle().await;
    }
    let request = proto::CreateLocationRequest {
        r#type: "url".to_owned(),
        target: "https://github.com/acme/many/blob/main/*/catalog-info.yaml".to_owned(),
        ..proto::CreateLocationRequest::default()
    };
    catalog.server.create_location(Request::new(request)).await.unwrap();
    catalog.settle().await;
    let new = "https://github.com/acme/many/blob/main/new/catalog-info.yaml";
    assert_eq!(
        tell(&catalog, event(Kind::Created, new)).await.refreshed,
        1,
        "a glob may match it"
    );
    catalog.settle().await;
    let elsewhere = tell(&catalog, event(Kind::Updated, &SHOP.replace("main", "other"))).await;
    assert_eq!(elsewhere.refreshed, 0);
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_new_file_may_belong_to_a_glob_whoever_holds_that(pool: PgPool) {
    let (catalog, ..) = catalog(pool).await;
    let glob = LocationRef::new("url", "https://github.com/Acme/found/blob/main/**/catalog-info.yaml").unwrap();
    let candidate = Candidate::of_location(&glob, Some("optional"), Some("finder".to_owned())).unwrap();
    let entity_ref = candidate.entity_ref.clone();
    catalog
        .ingest
        .apply_delta("finder", vec![candidate], &[])
        .await
        .unwrap();
    catalog.settle().await;
    for (url, refreshed) in [
        ("https://github.com/acme/found/blob/main/a/catalog-info.yaml", 1),
        ("https://github.com/acme/found/blob/other/catalog-info.yaml", 0),
        ("https://github.com/acme/foundling/blob/main/catalog-info.yaml", 0),
    ] {
        assert_eq!(
            tell(&catalog, event(Kind::Created, url)).await.refreshed,
            refreshed,
            "{url}"
        );
        if refreshed == 1 {
            assert_eq!(due(&catalog).await, [entity_ref.as_str()]);
        }
        catalog.settle().await;
    }
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_repository_stands_for_its_files(pool: PgPool) {
    let (catalog, shop, desk) = catalog(pool).await;
    let repository = |kind, url: &str| LocationEvent {
        is_repository: true,
        ..event(kind, url)
    };
    tell(&catalog, repository(Kind::Updated, "https://github.com/acme/shop")).await;
    assert_eq!(due(&catalog).await, [shop.entity_ref.as_str()], "archived, say");
    catalog.settle().await;

    let moved = LocationEvent {
        to_url: "https://github.com/acme/store".to_owned(),
        ..repository(Kind::Moved, "https://github.com/acme/shop")
    };
    let answer = tell(&catalog, moved).await;
    assert_eq!((answer.moved, answer.unregistered), (1, 0));
    catalog.settle().await;
    assert_eq!(
        catalog.entity(&shop.entity_ref)["spec"]["target"],
        "https://github.com/acme/store/blob/main/catalog-info.yaml"
    );
    assert!(catalog.replica.revision() >= answer.revision && answer.revision > 0);

    let answer = tell(&catalog, repository(Kind::Deleted, "https://github.com/acme/desk")).await;
    assert_eq!(answer.unregistered, 1);
    catalog.settle().await;
    assert!(catalog.get(&desk.entity_ref).is_none());
    catalog.entity(&shop.entity_ref);
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_registered_file_is_followed_and_unregistered_once(pool: PgPool) {
    let (catalog, shop, desk) = catalog(pool).await;
    let to_url = SHOP.replace("catalog-info", "moved");
    let moved = LocationEvent {
        to_url: to_url.clone(),
        ..event(Kind::Moved, SHOP)
    };
    assert_eq!(tell(&catalog, moved.clone()).await.moved, 1);
    catalog.settle().await;
    assert_eq!(catalog.entity(&shop.entity_ref)["spec"]["target"], to_url.as_str());
    assert_eq!(tell(&catalog, moved).await.moved, 0, "it is not there any more");

    // Onto one that is registered already: one of the two stays.
    let onto = LocationEvent {
        to_url: DESK.to_owned(),
        ..event(Kind::Moved, &to_url)
    };
    let answer = tell(&catalog, onto).await;
    assert_eq!((answer.moved, answer.unregistered), (0, 1));
    catalog.settle().await;
    assert!(catalog.get(&shop.entity_ref).is_none());

    assert_eq!(tell(&catalog, event(Kind::Deleted, DESK)).await.unregistered, 1);
    assert_eq!(tell(&catalog, event(Kind::Deleted, DESK)).await.unregistered, 0);
    catalog.settle().await;
    assert!(catalog.get(&desk.entity_ref).is_none());
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn whatever_was_read_from_a_file_is_due_when_that_changes(pool: PgPool) {
    let (catalog, shop, _) = catalog(pool).await;
    // As a placeholder would have left it.
    sqlx::query("INSERT INTO refresh_key (entity_ref, key) VALUES ($1, 'url:https://example.com/API.json')")
        .bind(&shop.entity_ref)
        .execute(&catalog.pool)
        .await
        .unwrap();
    let answer = tell(&catalog, event(Kind::Updated, "https://example.com/API.json")).await;
    assert_eq!(answer.refreshed, 1);
    catalog.settle().await;
    // As a target of the Location that was read would have.
    sqlx::query(
        "INSERT INTO source_file (source_entity_ref, location) VALUES ($1, 'url:https://example.com/nested.yaml')",
    )
    .bind(&shop.entity_ref)
    .execute(&catalog.pool)
    .await
    .unwrap();
    let answer = tell(&catalog, event(Kind::Updated, "https://example.com/nested.yaml")).await;
    assert_eq!(answer.refreshed, 1);
    let request = proto::RefreshLocationsRequest {
        events: Vec::new(),
        refresh_keys: vec!["url:https://example.com/API.json".to_owned()],
        ..proto::RefreshLocationsRequest::default()
    };
    let answer = catalog.server.refresh_locations(Request::new(request)).await.unwrap();
    assert_eq!(answer.into_inner().refreshed, 1);
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn nonsense_is_refused_before_anything_happens(pool: PgPool) {
    let (catalog, ..) = catalog(pool).await;
    for bad in [
        event(Kind::Unspecified, SHOP),
        event(Kind::Updated, "file:///etc/passwd"),
        event(Kind::Updated, "https://github.com/acme/shop#readme"),
        event(Kind::Moved, SHOP),
    ] {
        let request = proto::RefreshLocationsRequest {
            events: vec![event(Kind::Deleted, DESK), bad],
            refresh_keys: Vec::new(),
            ..proto::RefreshLocationsRequest::default()
        };
        let refused = catalog
            .server
            .refresh_locations(Request::new(request))
            .await
            .unwrap_err();
        assert_eq!(refused.code(), Code::InvalidArgument);
    }
    let too_many = proto::RefreshLocationsRequest {
        events: vec![event(Kind::Updated, SHOP); 2001],
        refresh_keys: Vec::new(),
        ..proto::RefreshLocationsRequest::default()
    };
    assert!(catalog.server.refresh_locations(Request::new(too_many)).await.is_err());
    assert!(due(&catalog).await.is_empty());
}
