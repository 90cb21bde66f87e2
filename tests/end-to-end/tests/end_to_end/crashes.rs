//! Kill -9 in the middle of an ingestion: after a new start the catalog is the same as if nothing had happened.

use std::{collections::BTreeMap, time::Duration};

use anyhow::{Context, Result, ensure};
use callboard_end_to_end::{
    api::ref_of,
    portal::{Portal, Setup},
    wait::until,
};
use callboard_load::generate::{self, Layout, ROOT_FILE};
use callboard_local::Unit;
use serde_json::Value;

const ENTITIES: usize = 3000;

/// A Callboard that begins to ingest a synthetic catalog, and how many entities it will hold.
async fn portal() -> Result<(Portal, u64)> {
    let setup = Setup::new()?;
    let written = generate::write(
        ENTITIES,
        setup.folder(),
        Layout {
            per_file: 100,
            ..Layout::default()
        },
    )?;
    let root = setup.folder().join(ROOT_FILE);
    // On top: the Location that lists the files, and the one that stands for its registration.
    Ok((setup.location_at(&root).start().await?, written as u64 + 2))
}

/// Every entity by its ref, without what differs from one database to the next.
async fn content(portal: &Portal, folder: &str) -> Result<BTreeMap<String, Value>> {
    let entities = portal.api.entities().await?;
    let count = entities.len();
    let by_ref: BTreeMap<_, _> = entities
        .into_iter()
        .filter(|entity| !ref_of(entity).starts_with("location:default/generated-"))
        .map(|mut entity| {
            if let Some(metadata) = entity["metadata"].as_object_mut() {
                metadata.remove("uid");
                metadata.remove("etag");
            }
            let text = entity.to_string().replace(folder, "");
            Ok((ref_of(&entity), serde_json::from_str(&text)?))
        })
        .collect::<Result<_>>()?;
    ensure!(
        by_ref.len() + 1 == count,
        "{count} entities, {} refs: something is there twice",
        by_ref.len()
    );
    Ok(by_ref)
}

/// Waits until all entities are there and nothing changes any more.
async fn settled(portal: &Portal, expected: u64) -> Result<BTreeMap<String, Value>> {
    portal.total(expected).await?;
    let folder = portal.path("").display().to_string();
    let mut last = BTreeMap::new();
    until("an end of changes", async || {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let now = content(portal, &folder).await?;
        let same = now == last;
        last = now;
        Ok(same)
    })
    .await?;
    Ok(last)
}

#[tokio::test]
async fn an_ingestion_that_is_killed_again_and_again_comes_to_the_same_end() -> Result<()> {
    let (undisturbed, expected) = portal().await?;
    let reference = settled(&undisturbed, expected).await?;
    undisturbed.stop().await;

    let (mut killed, expected) = portal().await?;
    let mut seen = Vec::new();
    for pause_ms in [50, 150, 300, 450] {
        tokio::time::sleep(Duration::from_millis(pause_ms)).await;
        seen.push(killed.api.total().await.unwrap_or_default());
        killed.stack.kill(Unit::Catalog).await?;
        killed
            .stack
            .restart(Unit::Catalog)
            .await
            .context("the start after a crash")?;
    }
    let result = settled(&killed, expected).await?;
    ensure!(
        seen.iter().any(|total| *total < expected),
        "it was killed too late to disturb anything: {seen:?}"
    );
    for (entity_ref, entity) in &reference {
        ensure!(
            result.get(entity_ref) == Some(entity),
            "{entity_ref} differs: {entity} and {:?}",
            result.get(entity_ref)
        );
    }
    ensure!(
        result.len() == reference.len(),
        "{} entities, {} without crashes",
        result.len(),
        reference.len()
    );
    killed.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_gateway_that_is_killed_serves_again_after_its_start() -> Result<()> {
    let mut portal = Setup::new()?
        .location("catalog-info.yaml", &crate::descriptors::component("shop"))?
        .start()
        .await?;
    let before = portal.entity("component:default/shop").await?;
    portal.stack.kill(Unit::Gateway).await?;
    ensure!(
        portal.api.entity("component:default/shop").await.is_err(),
        "nobody answers"
    );
    portal.stack.restart(Unit::Gateway).await?;
    ensure!(
        portal.entity("component:default/shop").await? == before,
        "the same entity"
    );
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn without_the_catalog_the_gateway_says_so_and_recovers() -> Result<()> {
    let mut portal = Setup::new()?
        .location("catalog-info.yaml", &crate::descriptors::component("shop"))?
        .start()
        .await?;
    portal.entity("component:default/shop").await?;
    portal.stack.kill(Unit::Catalog).await?;
    let answer = portal
        .api
        .send(&callboard_load::http_client::Call::get("/api/catalog/entities?limit=3"))
        .await?;
    ensure!(answer.status == http::StatusCode::SERVICE_UNAVAILABLE, "{answer:?}");
    ensure!(answer.error().0 == "ServiceUnavailableError", "{answer:?}");
    portal.stack.restart(Unit::Catalog).await?;
    portal.entity("component:default/shop").await?;
    portal.stop().await;
    Ok(())
}
