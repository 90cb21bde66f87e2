//! What `WatchEntities` tells, and whom.

use callboard_proto::catalog::v1::{
    self as proto, catalog_service_server::CatalogService, entity_change::Kind, permission_condition::Condition,
};
use futures::StreamExt;
use sqlx::PgPool;
use tonic::Request;

use crate::support::{TestCatalog, component, group};

/// Asks for changes after a revision.
fn after(from_revision: i64) -> proto::WatchEntitiesRequest {
    proto::WatchEntitiesRequest {
        from_revision,
        ..proto::WatchEntitiesRequest::default()
    }
}

/// The same for somebody who may see what team-a owns, and nothing else.
fn restricted(request: proto::WatchEntitiesRequest) -> proto::WatchEntitiesRequest {
    let owner = Condition::IsEntityOwner(proto::IsEntityOwner {
        claims: vec!["group:default/team-a".to_owned()],
    });
    proto::WatchEntitiesRequest {
        condition: Some(proto::PermissionCondition { condition: Some(owner) }),
        ..request
    }
}

async fn watch(
    catalog: &TestCatalog,
    request: proto::WatchEntitiesRequest,
) -> impl StreamExt<Item = proto::WatchEntitiesResponse> + Unpin {
    let stream = catalog.server.watch_entities(Request::new(request)).await.unwrap();
    stream.into_inner().map(|message| message.unwrap())
}

/// What is told until the stream is as far as the catalog: whether it began anew, and each change.
async fn told(
    catalog: &TestCatalog,
    stream: &mut (impl StreamExt<Item = proto::WatchEntitiesResponse> + Unpin),
) -> (bool, Vec<(Kind, String)>) {
    let (mut reset, mut told) = (false, Vec::new());
    loop {
        let message = stream.next().await.unwrap();
        reset |= message.reset;
        told.extend(
            message
                .changes
                .iter()
                .map(|change| (change.kind(), change.entity.clone().unwrap().r#ref)),
        );
        if message.revision >= catalog.replica.revision() {
            return (reset, told);
        }
    }
}

fn text(mine: &str, theirs: &str) -> String {
    component("mine", mine) + &component("theirs", theirs) + &group("team-a") + &group("team-b")
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_start_from_nothing_is_in_revision_order(pool: PgPool) {
    let catalog = TestCatalog::new(pool, &[("all.yaml", &text("team-a", "team-b"))], &["all.yaml"]).await;
    // Now what was first in the list is the last that changed.
    catalog.write("all.yaml", &text("team-b", "team-b"));
    catalog.poll().await;
    let message = watch(&catalog, after(0)).await.next().await.unwrap();
    let revisions: Vec<i64> = message
        .changes
        .iter()
        .map(|change| change.entity.as_ref().unwrap().revision)
        .collect();
    assert_eq!(revisions.len(), 5);
    assert!(revisions.is_sorted(), "{revisions:?}");
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn who_may_not_see_an_entity_does_not_hear_of_it(pool: PgPool) {
    let catalog = TestCatalog::new(pool, &[("all.yaml", &text("team-a", "team-b"))], &["all.yaml"]).await;
    let mine = || "component:default/mine".to_owned();
    let mut stream = watch(&catalog, restricted(after(0))).await;
    assert_eq!(told(&catalog, &mut stream).await, (false, vec![(Kind::Upsert, mine())]));

    // The other one changes and goes away: not a word of it.
    catalog.write("all.yaml", &text("team-a", "team-b-and-friends"));
    catalog.poll().await;
    let before = catalog.replica.revision();
    catalog.write("all.yaml", &(component("mine", "team-a") + &group("team-a")));
    catalog.poll().await;
    let theirs = catalog.entity("component:default/theirs");
    let uid = theirs["metadata"]["uid"].as_str().unwrap().to_owned();
    let delete = proto::DeleteEntityByUidRequest { uid, condition: None };
    catalog.server.delete_entity_by_uid(Request::new(delete)).await.unwrap();
    catalog.settle().await;
    assert!(catalog.get("component:default/theirs").is_none());
    let (_, heard) = told(&catalog, &mut stream).await;
    assert!(heard.iter().all(|(_, entity_ref)| *entity_ref == mine()), "{heard:?}");

    // What it saw and may not see any more is gone.
    catalog.write("all.yaml", &(component("mine", "team-b") + &group("team-a")));
    catalog.poll().await;
    assert_eq!(told(&catalog, &mut stream).await.1, [(Kind::Delete, mine())]);

    // Who comes back later can't be told what went away in between, and begins anew.
    let mut late = watch(&catalog, restricted(after(before))).await;
    assert_eq!(told(&catalog, &mut late).await, (true, Vec::new()));
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn who_asks_for_some_hears_of_those_alone(pool: PgPool) {
    let catalog = TestCatalog::new(pool, &[("all.yaml", &text("team-a", "team-b"))], &["all.yaml"]).await;
    let groups = proto::Predicate {
        condition: Some(proto::predicate::Condition::In(proto::FieldIn {
            key: "kind".to_owned(),
            values: vec!["Group".to_owned()],
        })),
    };
    let mut stream = watch(
        &catalog,
        proto::WatchEntitiesRequest {
            predicate: Some(groups),
            ..after(0)
        },
    )
    .await;
    let group_ref = |name: &str| format!("group:default/{name}");
    let both = [(Kind::Upsert, group_ref("team-a")), (Kind::Upsert, group_ref("team-b"))];
    let (_, mut heard) = told(&catalog, &mut stream).await;
    heard.sort_by(|left, right| left.1.cmp(&right.1));
    assert_eq!(heard, both);

    catalog.write("all.yaml", &text("team-a", "team-a"));
    catalog.poll().await;
    let (_, heard) = told(&catalog, &mut stream).await;
    assert!(!heard.is_empty(), "both own something else now");
    assert!(heard.iter().all(|change| both.contains(change)), "{heard:?}");
}
