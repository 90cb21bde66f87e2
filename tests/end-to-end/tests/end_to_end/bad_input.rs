//! What bad input gets: a clear error that says where, while everything else is ingested.

use anyhow::{Result, ensure};
use callboard_end_to_end::{
    api::status_messages,
    file_server::{FileServer, Page},
    portal::{Portal, Setup},
};
use callboard_load::http_client::Call;
use callboard_local::Unit;
use serde_json::{Value, json};

use crate::descriptors::{component, component_ref, location};

const ALL: &str = "location:default/all";

/// A Callboard that reads `bad.yaml` and `good.yaml` by one Location; the component in `good.yaml` is there.
async fn portal_with(bad: &str) -> Result<Portal> {
    let portal = Setup::new()?
        .file("bad.yaml", bad)?
        .file("good.yaml", &component("good"))?
        .location("all.yaml", &location("all", &["./bad.yaml", "./good.yaml"]))?
        .start()
        .await?;
    portal.entity(&component_ref("good")).await?;
    Ok(portal)
}

/// Waits for a status item on an entity that holds all the texts, and asks for the same in the catalog's log.
async fn told(portal: &Portal, entity_ref: &str, texts: &[&str]) -> Result<Value> {
    let holds = |message: &str| texts.iter().all(|text| message.contains(text));
    let entity = portal
        .entity_when(&format!("a status with {texts:?}"), entity_ref, |entity| {
            status_messages(entity).into_iter().any(holds)
        })
        .await?;
    let item = entity["status"]["items"]
        .as_array()
        .and_then(|items| items.iter().find(|item| item["message"].as_str().is_some_and(holds)))
        .cloned()
        .unwrap_or_default();
    ensure!(
        item["type"] == "backstage.io/catalog-processing" && item["level"] == "error",
        "{item}"
    );
    ensure!(
        item["error"]["name"].is_string() && item["error"]["message"].is_string(),
        "{item}"
    );
    let log = portal.log(Unit::Catalog)?;
    ensure!(
        texts.iter().all(|text| log.contains(text)),
        "the log does not tell {texts:?}"
    );
    Ok(entity)
}

#[tokio::test]
async fn a_broken_document_leaves_its_siblings_alone() -> Result<()> {
    let broken = format!(
        "{}---\nkind: [Component\nmetadata: {{}}\n{}",
        component("before"),
        component("after")
    );
    let portal = portal_with(&broken).await?;
    portal.entity(&component_ref("before")).await?;
    portal.entity(&component_ref("after")).await?;
    told(&portal, ALL, &["bad.yaml", "YAML"]).await?;
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_document_without_a_name_is_told_by_file_and_number() -> Result<()> {
    let nameless = "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {}\nspec: {}\n";
    let portal = portal_with(&format!("{}{nameless}", component("before"))).await?;
    portal.entity(&component_ref("before")).await?;
    told(
        &portal,
        ALL,
        &["bad.yaml", "document 2", "must have required property 'name'"],
    )
    .await?;
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn an_unknown_kind_is_refused_by_the_rules() -> Result<()> {
    let gadget = component("gadget").replace("kind: Component", "kind: Gadget");
    let portal = portal_with(&format!("{gadget}{}", component("sibling"))).await?;
    portal.entity(&component_ref("sibling")).await?;
    told(
        &portal,
        ALL,
        &[
            "bad.yaml",
            "gadget:default/gadget",
            "is not of an allowed kind for that location",
        ],
    )
    .await?;
    ensure!(
        portal.api.entity("gadget:default/gadget").await?.is_none(),
        "the gadget is there"
    );
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_large_file_is_refused_by_its_size() -> Result<()> {
    const FIFTY_MEGABYTES: usize = 50 * 1024 * 1024;
    let mut large = component("large");
    large.push_str("  filler: ");
    large.push_str(&"x".repeat(FIFTY_MEGABYTES));
    let portal = portal_with(&large).await?;
    told(&portal, ALL, &["bad.yaml", "is larger than"]).await?;
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn an_alias_bomb_is_refused_quickly() -> Result<()> {
    let mut bomb = component("bomb");
    bomb.push_str("  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb += &[
            "  a",
            &level.to_string(),
            ": &a",
            &level.to_string(),
            " [",
            &aliases,
            "]\n",
        ]
        .concat();
    }
    let portal = portal_with(&bomb).await?;
    told(&portal, ALL, &["bad.yaml", "alias"]).await?;
    ensure!(
        portal.api.entity(&component_ref("bomb")).await?.is_none(),
        "the bomb is there"
    );
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn deep_nesting_is_refused_and_nothing_crashes() -> Result<()> {
    let deep = format!(
        "{}  deep: {}{}\n",
        component("deep"),
        "[".repeat(20_000),
        "]".repeat(20_000)
    );
    let portal = portal_with(&deep).await?;
    told(&portal, ALL, &["bad.yaml"]).await?;
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_file_outside_the_allowed_folders_is_not_read() -> Result<()> {
    let elsewhere = tempfile::tempdir()?;
    let outside = elsewhere.path().join("outside.yaml");
    std::fs::write(&outside, component("outside"))?;
    let outside = outside.to_string_lossy().into_owned();
    let portal = Setup::new()?
        .location("all.yaml", &location("all", &[&outside, "./good.yaml"]))?
        .file("good.yaml", &component("good"))?
        .start()
        .await?;
    portal.entity(&component_ref("good")).await?;
    told(&portal, ALL, &[&outside, "outside the folders"]).await?;
    ensure!(
        portal.api.entity(&component_ref("outside")).await?.is_none(),
        "it was read"
    );
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_missing_file_is_told_and_the_others_are_read() -> Result<()> {
    let portal = Setup::new()?
        .location("all.yaml", &location("all", &["./missing.yaml", "./good.yaml"]))?
        .file("good.yaml", &component("good"))?
        .start()
        .await?;
    portal.entity(&component_ref("good")).await?;
    told(&portal, ALL, &["missing.yaml does not exist"]).await?;
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn urls_that_fail_are_told_one_by_one_and_the_good_one_is_read() -> Result<()> {
    let server = FileServer::start([
        ("/good.yaml", Page::Text(component("good"))),
        ("/silent.yaml", Page::Silence),
        ("/error.yaml", Page::Status(500)),
        ("/loop.yaml", Page::Redirect("/loop.yaml".to_owned())),
        (
            "/away.yaml",
            Page::Redirect("http://169.254.169.254/latest/meta-data".to_owned()),
        ),
    ])
    .await?;
    let forbidden = "http://forbidden.example.com/catalog-info.yaml";
    let portal = Setup::new()?.start().await?;

    let mut refs = Vec::new();
    for target in [
        "/silent.yaml",
        "/missing.yaml",
        "/error.yaml",
        "/loop.yaml",
        "/away.yaml",
        "/good.yaml",
    ] {
        let (_, entity_ref) = portal.api.register(&server.url(target)).await?;
        refs.push(entity_ref);
    }
    let (_, forbidden_ref) = portal.api.register(forbidden).await?;

    portal.entity(&component_ref("good")).await?;
    let expected = [
        (0, server.url("/silent.yaml"), "did not answer within"),
        (1, server.url("/missing.yaml"), "no matching files found"),
        (2, server.url("/error.yaml"), "500"),
        (3, server.url("/loop.yaml"), "redirects more than"),
        (
            4,
            "http://169.254.169.254/latest/meta-data".to_owned(),
            "is not allowed",
        ),
    ];
    for (index, target, reason) in expected {
        told(&portal, &refs[index], &[&target, reason]).await?;
    }
    told(&portal, &forbidden_ref, &[forbidden, "'backend.reading.allow'"]).await?;
    let good = portal.entity(&refs[5]).await?;
    ensure!(status_messages(&good).is_empty(), "{good}");
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_failed_location_recovers_by_itself() -> Result<()> {
    let server = FileServer::start([("/late.yaml", Page::Status(503))]).await?;
    let portal = Setup::new()?.start().await?;
    let (_, entity_ref) = portal.api.register(&server.url("/late.yaml")).await?;
    told(&portal, &entity_ref, &["503"]).await?;
    server.put("/late.yaml", Page::Text(component("late")));
    portal.entity(&component_ref("late")).await?;
    portal
        .entity_when("no status", &entity_ref, |entity| status_messages(entity).is_empty())
        .await?;
    let read = server.requests("/late.yaml");
    callboard_end_to_end::wait::until("another look", async || Ok(server.requests("/late.yaml") > read)).await?;
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn long_refs_and_nul_are_the_callers_mistake() -> Result<()> {
    let portal = Setup::new()?.start().await?;
    // The error repeats it, and errors travel in headers, which have a limit.
    let long = "a".repeat(20_000);
    let by_uid = portal
        .api
        .send(&Call::get(format!("/api/catalog/entities/by-uid/{long}")))
        .await?;
    ensure!(by_uid.error().0 == "NotFoundError", "{by_uid:?}");
    let location = json!({ "type": "url", "target": "https://example.com/\u{0}" });
    let registered = portal.api.post("/locations", &location).await?;
    ensure!(registered.error().0 == "InputError", "{registered:?}");
    let refreshed = portal
        .api
        .post("/refresh", &json!({ "entityRef": "component:default/a\u{0}" }))
        .await?;
    ensure!(refreshed.status.is_client_error(), "{refreshed:?}");
    portal.stop().await;
    Ok(())
}
