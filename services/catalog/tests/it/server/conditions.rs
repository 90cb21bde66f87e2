//! What a caller may not see does not exist for it, in no answer and no number.

use callboard_proto::catalog::v1::{
    self as proto, PermissionCondition, catalog_service_server::CatalogService, permission_condition::Condition,
};
use sqlx::PgPool;
use tonic::{Code, Request};

use crate::support::{TestCatalog, component, group};

async fn catalog(pool: PgPool) -> TestCatalog {
    let text = component("mine", "team-a") + &component("theirs", "team-b") + &group("team-a") + &group("team-b");
    TestCatalog::new(pool, &[("all.yaml", &text)], &["all.yaml"]).await
}

fn condition(condition: Condition) -> PermissionCondition {
    PermissionCondition {
        condition: Some(condition),
    }
}

fn owned_by(claim: &str) -> PermissionCondition {
    condition(Condition::IsEntityOwner(proto::IsEntityOwner {
        claims: vec![claim.to_owned()],
    }))
}

fn read(condition: PermissionCondition) -> proto::ReadOptions {
    proto::ReadOptions {
        min_revision: 0,
        condition: Some(condition),
    }
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn every_read_shows_what_the_condition_leaves(pool: PgPool) {
    let catalog = catalog(pool).await;
    let server = &catalog.server;
    let mine = || Some(read(owned_by("group:default/team-a")));

    let page = server
        .query_entities(Request::new(proto::QueryEntitiesRequest {
            read: mine(),
            ..proto::QueryEntitiesRequest::default()
        }))
        .await
        .unwrap()
        .into_inner();
    let refs: Vec<_> = page.items.iter().map(|entity| entity.r#ref.as_str()).collect();
    assert_eq!(refs, ["component:default/mine"]);
    assert_eq!(page.total_items, 1);

    let by_name = |name: &str| {
        server.get_entity_by_name(Request::new(proto::GetEntityByNameRequest {
            read: mine(),
            kind: "component".to_owned(),
            namespace: "default".to_owned(),
            name: name.to_owned(),
        }))
    };
    assert!(by_name("mine").await.is_ok());
    assert_eq!(by_name("theirs").await.unwrap_err().code(), Code::NotFound);

    let changes = |name: &str| {
        server.list_entity_changes(Request::new(proto::ListEntityChangesRequest {
            read: mine(),
            entity_ref: format!("component:default/{name}"),
            ..proto::ListEntityChangesRequest::default()
        }))
    };
    assert!(changes("mine").await.is_ok());
    assert_eq!(changes("theirs").await.unwrap_err().code(), Code::NotFound);

    let by_refs = server
        .get_entities_by_refs(Request::new(proto::GetEntitiesByRefsRequest {
            read: mine(),
            entity_refs: vec![
                "component:default/theirs".to_owned(),
                "component:default/mine".to_owned(),
            ],
            ..proto::GetEntitiesByRefsRequest::default()
        }))
        .await
        .unwrap()
        .into_inner();
    let there: Vec<bool> = by_refs.items.iter().map(|item| item.entity.is_some()).collect();
    assert_eq!(there, [false, true]);

    let facets = server
        .get_entity_facets(Request::new(proto::GetEntityFacetsRequest {
            read: mine(),
            facets: vec!["kind".to_owned()],
            predicate: None,
        }))
        .await
        .unwrap()
        .into_inner();
    let counts: Vec<_> = facets.facets[0]
        .values
        .iter()
        .map(|value| (value.value.as_str(), value.count))
        .collect();
    assert_eq!(counts, [("Component", 1)]);

    let found = server
        .search_entities(Request::new(proto::SearchEntitiesRequest {
            read: mine(),
            query: "team".to_owned(),
            ..proto::SearchEntitiesRequest::default()
        }))
        .await
        .unwrap()
        .into_inner();
    assert_eq!(
        found.total_results, 1,
        "groups and the other component have the word too"
    );

    let ancestry = server
        .get_entity_ancestry(Request::new(proto::GetEntityAncestryRequest {
            read: mine(),
            entity_ref: "component:default/mine".to_owned(),
        }))
        .await
        .unwrap()
        .into_inner();
    assert_eq!(ancestry.items.len(), 1, "its Location is nobody's");
    assert!(ancestry.items[0].parent_entity_refs.is_empty());
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_change_of_owner_changes_who_sees_it(pool: PgPool) {
    let catalog = catalog(pool).await;
    let count = async |claim: &str| {
        let request = proto::QueryEntitiesRequest {
            read: Some(read(owned_by(claim))),
            limit: Some(0),
            ..proto::QueryEntitiesRequest::default()
        };
        let page = catalog.server.query_entities(Request::new(request)).await.unwrap();
        page.into_inner().total_items
    };
    assert_eq!(
        (count("group:default/team-a").await, count("group:default/team-b").await),
        (1, 1)
    );
    let text = component("mine", "team-b") + &component("theirs", "team-b") + &group("team-a") + &group("team-b");
    catalog.write("all.yaml", &text);
    catalog.poll().await;
    assert_eq!(
        (count("group:default/team-a").await, count("group:default/team-b").await),
        (0, 2)
    );
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn actions_are_for_entities_that_the_condition_holds_for(pool: PgPool) {
    let catalog = catalog(pool).await;
    let uid = |name: &str| {
        let entity = catalog.entity(&format!("component:default/{name}"));
        entity["metadata"]["uid"].as_str().unwrap().to_owned()
    };
    let delete = async |uid: String| {
        let request = proto::DeleteEntityByUidRequest {
            uid,
            condition: Some(owned_by("group:default/team-a")),
        };
        catalog.server.delete_entity_by_uid(Request::new(request)).await
    };
    let refused = delete(uid("theirs")).await.unwrap_err();
    assert_eq!(refused.code(), Code::PermissionDenied);
    let unknown = delete("00000000-0000-0000-0000-000000000000".to_owned()).await;
    assert_eq!(
        unknown.unwrap_err().code(),
        Code::PermissionDenied,
        "what is there is not told"
    );
    assert!(delete(uid("mine")).await.is_ok());

    let refresh = async |name: &str| {
        let request = proto::RefreshEntityRequest {
            entity_ref: format!("component:default/{name}"),
            condition: Some(owned_by("group:default/team-b")),
        };
        catalog.server.refresh_entity(Request::new(request)).await
    };
    assert!(refresh("theirs").await.is_ok());
    assert_eq!(refresh("mine").await.unwrap_err().code(), Code::PermissionDenied);
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_condition_that_is_not_understood_shows_nothing(pool: PgPool) {
    let catalog = catalog(pool).await;
    let request = proto::QueryEntitiesRequest {
        read: Some(read(PermissionCondition { condition: None })),
        ..proto::QueryEntitiesRequest::default()
    };
    let refused = catalog.server.query_entities(Request::new(request)).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);
}
