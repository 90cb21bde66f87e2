//! Files that change, and locations that go.

use anyhow::{Result, ensure};
use callboard_end_to_end::{
    api::{annotation, status_messages},
    file_server::{FileServer, Page},
    portal::Setup,
    wait::until,
};
use http::StatusCode;

use crate::descriptors::{component, component_of_type, component_ref, group, location};

#[tokio::test]
async fn a_changed_file_is_picked_up() -> Result<()> {
    let portal = Setup::new()?
        .location("catalog-info.yaml", &component("shop"))?
        .start()
        .await?;
    let before = portal.entity(&component_ref("shop")).await?;
    portal.write("catalog-info.yaml", &component_of_type("shop", "website"))?;
    let after = portal
        .entity_when("a website", &component_ref("shop"), |entity| {
            entity["spec"]["type"] == "website"
        })
        .await?;
    ensure!(
        before["metadata"]["uid"] == after["metadata"]["uid"],
        "it is still the same entity"
    );
    ensure!(
        before["metadata"]["etag"] != after["metadata"]["etag"],
        "its etag has changed"
    );

    portal.write("catalog-info.yaml", &component("shop"))?;
    let again = portal
        .entity_when("a service again", &component_ref("shop"), |entity| {
            entity["spec"]["type"] == "service"
        })
        .await?;
    ensure!(before == again, "the same content is the same document, etag included");

    let history = portal
        .api
        .get("/entities/by-name/component/default/shop/changes")
        .await?;
    let told = |index: usize| history["items"][index]["fields"].clone();
    let change =
        |before: &str, after: &str| serde_json::json!([{"path": ["spec", "type"], "before": before, "after": after}]);
    ensure!(told(0) == change("website", "service"), "{history}");
    ensure!(told(1) == change("service", "website"), "{history}");
    ensure!(history["items"].as_array().map(Vec::len) == Some(2), "{history}");
    ensure!(
        history["items"][0]["location"].as_str() == annotation(&again, "managed-by-location"),
        "{history}"
    );
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_refresh_reads_at_once() -> Result<()> {
    let portal = Setup::new()?
        .config(serde_json::json!({ "catalog": { "processingInterval": { "hours": 1 } } }))
        .location("catalog-info.yaml", &component("shop"))?
        .start()
        .await?;
    portal.entity(&component_ref("shop")).await?;
    portal.write("catalog-info.yaml", &component_of_type("shop", "website"))?;
    portal.api.refresh(&component_ref("shop")).await?;
    portal
        .entity_when("a website", &component_ref("shop"), |entity| {
            entity["spec"]["type"] == "website"
        })
        .await?;
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_document_that_is_taken_out_goes_and_its_relations_stay_dangling() -> Result<()> {
    let file = |documents: &[String]| documents.concat();
    let portal = Setup::new()?
        .location("catalog-info.yaml", &file(&[component("shop"), group("team")]))?
        .start()
        .await?;
    portal
        .entity_when("owns the shop", "group:default/team", |entity| {
            entity["relations"].to_string().contains("component:default/shop")
        })
        .await?;
    portal.write("catalog-info.yaml", &component("shop"))?;
    portal.gone("group:default/team").await?;
    let shop = portal.entity(&component_ref("shop")).await?;
    ensure!(shop["relations"].to_string().contains("group:default/team"), "{shop}");

    portal.write("catalog-info.yaml", &group("team"))?;
    portal.gone(&component_ref("shop")).await?;
    portal
        .entity_when("owns nothing", "group:default/team", |entity| {
            entity["relations"].as_array().is_some_and(Vec::is_empty)
        })
        .await?;
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_broken_spec_keeps_the_last_good_one_with_a_status() -> Result<()> {
    let portal = Setup::new()?
        .location("catalog-info.yaml", &component("shop"))?
        .start()
        .await?;
    let good = portal.entity(&component_ref("shop")).await?;
    portal.write(
        "catalog-info.yaml",
        &component("shop").replace("  lifecycle: production\n", ""),
    )?;
    let kept = portal
        .entity_when("a status", &component_ref("shop"), |entity| {
            status_messages(entity)
                .iter()
                .any(|message| message.contains("must have required property 'lifecycle'"))
        })
        .await?;
    ensure!(kept["spec"] == good["spec"], "{kept}");
    portal.write("catalog-info.yaml", &component("shop"))?;
    let fixed = portal
        .entity_when("no status", &component_ref("shop"), |entity| {
            entity.get("status").is_none()
        })
        .await?;
    ensure!(fixed == good, "the old etag is back with the old content");
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_broken_document_keeps_the_last_good_version_while_its_siblings_change() -> Result<()> {
    let portal = Setup::new()?
        .location("catalog-info.yaml", &(component("first") + &component("second")))?
        .start()
        .await?;
    portal.entity(&component_ref("first")).await?;
    portal.entity(&component_ref("second")).await?;
    portal.write(
        "catalog-info.yaml",
        &(component("first") + "  broken: [\n" + &component_of_type("second", "library")),
    )?;
    portal
        .entity_when("a library", &component_ref("second"), |entity| {
            entity["spec"]["type"] == "library"
        })
        .await?;
    ensure!(
        portal.api.entity(&component_ref("first")).await?.is_some(),
        "the broken one is still there as it was"
    );
    portal.write(
        "catalog-info.yaml",
        &(component_of_type("first", "library") + &component("second")),
    )?;
    portal
        .entity_when("a library", &component_ref("first"), |entity| {
            entity["spec"]["type"] == "library"
        })
        .await?;
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_removed_location_takes_its_tree_along_and_nothing_else() -> Result<()> {
    let server = FileServer::start([
        (
            "/all.yaml",
            Page::Text(location("tree", &["./branch.yaml", "./leaf.yaml"])),
        ),
        ("/branch.yaml", Page::Text(location("branch", &["./twig.yaml"]))),
        ("/twig.yaml", Page::Text(component("twig"))),
        ("/leaf.yaml", Page::Text(component("leaf"))),
    ])
    .await?;
    let portal = Setup::new()?
        .location("catalog-info.yaml", &component("other"))?
        .start()
        .await?;
    let (id, root) = portal.api.register(&server.url("/all.yaml")).await?;
    for name in ["twig", "leaf", "other"] {
        portal.entity(&component_ref(name)).await?;
    }
    let twig = portal.entity(&component_ref("twig")).await?;
    let origin = format!("url:{}", server.url("/all.yaml"));
    ensure!(
        annotation(&twig, "managed-by-origin-location") == Some(&*origin),
        "{twig}"
    );
    // A parent that was not stitched yet is passed over, so the way up is complete a moment later.
    until("four steps to the root", async || {
        let ancestry = portal
            .api
            .get("/entities/by-name/component/default/twig/ancestry")
            .await?;
        Ok(ancestry["items"].as_array().map(Vec::len) == Some(4))
    })
    .await?;

    let answer = portal.api.delete(&format!("/locations/{id}")).await?;
    ensure!(answer.status == StatusCode::NO_CONTENT, "{answer:?}");
    for entity_ref in [
        &component_ref("twig"),
        &component_ref("leaf"),
        "location:default/tree",
        "location:default/branch",
        &root,
    ] {
        portal.gone(entity_ref).await?;
    }
    ensure!(
        portal.api.entity(&component_ref("other")).await?.is_some(),
        "what came from elsewhere stays"
    );
    ensure!(
        portal.api.delete(&format!("/locations/{id}")).await?.status == StatusCode::NOT_FOUND,
        "it is gone"
    );
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn of_two_files_with_one_entity_the_other_takes_over_when_the_first_lets_go() -> Result<()> {
    let portal = Setup::new()?
        .location("a.yaml", &component_of_type("shop", "service"))?
        .start()
        .await?;
    portal.entity(&component_ref("shop")).await?;
    let server = FileServer::start([("/b.yaml", Page::Text(component_of_type("shop", "website")))]).await?;
    let (_, second) = portal.api.register(&server.url("/b.yaml")).await?;
    portal.entity(&second).await?;
    let shop = portal.entity(&component_ref("shop")).await?;
    ensure!(shop["spec"]["type"] == "service", "who comes first wins: {shop}");
    portal.write("a.yaml", &component("another"))?;
    portal
        .entity_when("the second one's", &component_ref("shop"), |entity| {
            entity["spec"]["type"] == "website"
        })
        .await?;
    portal.stop().await;
    Ok(())
}
