//! From files to entities.

use sqlx::PgPool;

use crate::support::{TestCatalog, component, group, location, relations};

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn entities_of_a_file_appear_with_relations_from_both_ends(pool: PgPool) {
    let text = component("shop", "team-a") + &group("team-a");
    let catalog = TestCatalog::new(pool, &[("all.yaml", &text)], &["all.yaml"]).await;
    assert_eq!(
        relations(&catalog.entity("component:default/shop")),
        ["ownedBy group:default/team-a"]
    );
    assert_eq!(
        relations(&catalog.entity("group:default/team-a")),
        ["ownerOf component:default/shop"]
    );
    let root = catalog.root_ref("all.yaml");
    let ancestry = catalog.replica.index.ancestry("component:default/shop", None).unwrap();
    let refs: Vec<_> = ancestry
        .iter()
        .map(|ancestor| ancestor.entity.entity_ref().to_owned())
        .collect();
    assert_eq!(refs, ["component:default/shop".to_owned(), root.clone()]);
    assert_eq!(catalog.status(&root), [""; 0]);
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_location_leads_to_its_targets_relative_to_itself(pool: PgPool) {
    let files = [
        ("root.yaml", location("root", &["./one.yaml", "./t*.yaml"])),
        ("one.yaml", component("one", "a")),
        ("two.yaml", component("two", "a")),
        ("three.yaml", component("three", "a")),
    ];
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let catalog = TestCatalog::new(pool, &files, &["root.yaml"]).await;
    for name in ["one", "two", "three"] {
        let entity = catalog.entity(&format!("component:default/{name}"));
        let annotations = &entity["metadata"]["annotations"];
        let file = format!("file:{}", catalog.path(&format!("{name}.yaml")).display());
        assert_eq!(annotations["backstage.io/managed-by-location"], file);
        let origin = format!("file:{}", catalog.path("root.yaml").display());
        assert_eq!(annotations["backstage.io/managed-by-origin-location"], origin);
    }
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_broken_document_keeps_its_siblings_and_says_where_it_is(pool: PgPool) {
    let text =
        component("good", "a") + "---\nkind: [unclosed\n" + &component("also-good", "a") + "---\nkind: Component\n";
    let catalog = TestCatalog::new(pool, &[("all.yaml", &text)], &["all.yaml"]).await;
    catalog.entity("component:default/good");
    catalog.entity("component:default/also-good");
    let status = catalog.status(&catalog.root_ref("all.yaml"));
    assert_eq!(status.len(), 2, "{status:?}");
    let file = catalog.path("all.yaml").display().to_string();
    assert!(status.iter().all(|message| message.contains(&file)), "{status:?}");
    assert!(status[1].contains("document 4"), "{status:?}");
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_location_speaks_for_the_entities_that_were_never_valid(pool: PgPool) {
    let invalid = component("invalid", "a").replace("  lifecycle: production\n", "");
    let catalog = TestCatalog::new(
        pool,
        &[("all.yaml", &(component("good", "a") + &invalid))],
        &["all.yaml"],
    )
    .await;
    catalog.entity("component:default/good");
    assert!(catalog.get("component:default/invalid").is_none());
    let status = catalog.status(&catalog.root_ref("all.yaml"));
    assert_eq!(status.len(), 1, "{status:?}");
    let place = format!(
        "component:default/invalid of file:{}",
        catalog.path("all.yaml").display()
    );
    assert!(
        status[0].contains("'lifecycle'") && status[0].contains(&place),
        "{status:?}"
    );

    catalog.write("all.yaml", &(component("good", "a") + &component("invalid", "a")));
    catalog.poll().await;
    catalog.entity("component:default/invalid");
    assert!(catalog.status(&catalog.root_ref("all.yaml")).is_empty());
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_document_that_breaks_keeps_its_last_good_version(pool: PgPool) {
    let catalog = TestCatalog::new(pool, &[("all.yaml", &component("shop", "a"))], &["all.yaml"]).await;
    let good = catalog.entity("component:default/shop");

    catalog.write(
        "all.yaml",
        &component("shop", "a").replace("  lifecycle: production\n", ""),
    );
    catalog.poll().await;
    let broken = catalog.entity("component:default/shop");
    assert_eq!(broken["spec"], good["spec"]);
    let status = catalog.status("component:default/shop");
    assert!(
        status[0].contains("must have required property 'lifecycle'"),
        "{status:?}"
    );

    catalog.write("all.yaml", &component("shop", "a"));
    catalog.poll().await;
    let fixed = catalog.entity("component:default/shop");
    assert_eq!(
        fixed["metadata"]["etag"], good["metadata"]["etag"],
        "the same content has the same etag"
    );
    assert_eq!(fixed["metadata"]["uid"], good["metadata"]["uid"]);
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_missing_target_is_an_error_of_the_location_alone(pool: PgPool) {
    let files = [
        ("root.yaml", location("root", &["./gone.yaml", "./one.yaml"])),
        ("one.yaml", component("one", "a")),
    ];
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let catalog = TestCatalog::new(pool, &files, &["root.yaml"]).await;
    catalog.entity("component:default/one");
    let status = catalog.status("location:default/root");
    assert_eq!(
        status,
        [format!(
            "NotFoundError: file {} does not exist",
            catalog.path("gone.yaml").display()
        )]
    );

    catalog.write("gone.yaml", &component("late", "a"));
    catalog.poll().await;
    catalog.entity("component:default/late");
    assert!(catalog.status("location:default/root").is_empty());
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn an_unchanged_file_writes_nothing(pool: PgPool) {
    let text = component("shop", "team-a") + &group("team-a");
    let catalog = TestCatalog::new(pool, &[("all.yaml", &text)], &["all.yaml"]).await;
    let before = catalog.replica.revision();
    catalog.poll().await;
    assert_eq!(catalog.replica.revision(), before);
    catalog.write("all.yaml", &(text + "# a comment changes no entity\n"));
    catalog.poll().await;
    assert_eq!(catalog.replica.revision(), before);
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_removed_document_becomes_an_orphan_and_is_swept(pool: PgPool) {
    let both = component("stays", "a") + &component("goes", "team-a") + &group("team-a");
    let catalog = TestCatalog::new(pool, &[("all.yaml", &both)], &["all.yaml"]).await;
    catalog.write("all.yaml", &(component("stays", "a") + &group("team-a")));
    catalog.poll().await;
    let orphan = catalog.entity("component:default/goes");
    assert_eq!(orphan["metadata"]["annotations"]["backstage.io/orphan"], "true");

    let swept = callboard_catalog::store::removal::sweep_orphans(&catalog.pool, std::time::Duration::ZERO)
        .await
        .unwrap();
    assert_eq!(swept, 1);
    catalog.settle().await;
    assert!(catalog.get("component:default/goes").is_none());
    catalog.entity("component:default/stays");
    assert!(
        relations(&catalog.entity("group:default/team-a")).is_empty(),
        "its relations went with it"
    );
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_deleted_entity_that_is_still_declared_comes_back_with_a_new_uid(pool: PgPool) {
    let catalog = TestCatalog::new(pool, &[("all.yaml", &component("shop", "a"))], &["all.yaml"]).await;
    let uid = catalog.entity("component:default/shop")["metadata"]["uid"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut transaction = catalog.pool.begin().await.unwrap();
    let revision = callboard_catalog::store::removal::remove_by_id(&mut transaction, uid.parse().unwrap())
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    callboard_catalog::feed::catch_up(&catalog.pool, &catalog.replica)
        .await
        .unwrap();
    assert_eq!(catalog.replica.revision(), revision);
    assert!(catalog.get("component:default/shop").is_none());
    catalog.settle().await;
    assert_ne!(
        catalog.entity("component:default/shop")["metadata"]["uid"],
        uid.as_str()
    );
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_hub_is_written_once_for_all_that_name_it_at_once(pool: PgPool) {
    let members: String = (0..1500).map(|n| component(&format!("c{n}"), "hub")).collect();
    let catalog = TestCatalog::new(pool, &[("all.yaml", &(group("hub") + &members))], &["all.yaml"]).await;
    assert_eq!(relations(&catalog.entity("group:default/hub")).len(), 1500);
    // 1502 entities and the Location; a hub stitched once a member would need thousands of revisions.
    assert!(catalog.replica.revision() < 1510, "{}", catalog.replica.revision());
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn a_location_configured_twice_counts_once(pool: PgPool) {
    let text = component("shop", "a");
    let catalog = TestCatalog::new(pool, &[("all.yaml", &text)], &["all.yaml", "all.yaml"]).await;
    catalog.entity("component:default/shop");
}

/// Text that no compression makes short.
fn incompressible(length: usize) -> String {
    let mut state: u64 = 7;
    (0..length)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            char::from(b'a' + u8::try_from((state >> 33) % 26).unwrap())
        })
        .collect()
}

#[sqlx::test(migrator = "callboard_catalog::store::MIGRATOR")]
async fn refs_and_targets_too_long_to_be_kept_harm_nobody_else(pool: PgPool) {
    let text = component("bad", &incompressible(8000)) + &component("good", "a");
    let long_target = format!("https://example.com/{}", incompressible(8000));
    let files = [
        ("all.yaml", text),
        ("root.yaml", location("root", &[&incompressible(8000), "./one.yaml"])),
        (
            "urls.yaml",
            location("urls", &[&long_target]).replace("spec:\n", "spec:\n  type: url\n"),
        ),
        ("one.yaml", component("one", "a")),
    ];
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let catalog = TestCatalog::new(pool, &files, &["all.yaml", "root.yaml", "urls.yaml"]).await;
    catalog.entity("component:default/good");
    catalog.entity("component:default/one");
    assert!(catalog.get("component:default/bad").is_none());
    let status = catalog.status("location:default/urls");
    assert!(status[0].contains("longer than"), "{status:?}");
}
