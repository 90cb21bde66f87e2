//! Starting and stopping.

use std::time::Duration;

use anyhow::{Result, bail, ensure};
use callboard_end_to_end::portal::Setup;
use callboard_load::http_client::Call;
use callboard_local::{LaunchError, Unit};
use http::StatusCode;
use serde_json::json;

use crate::descriptors::{component, component_ref};

#[tokio::test]
async fn every_unit_starts_is_ready_and_stops_when_asked() -> Result<()> {
    let mut portal = Setup::new()?.all_units().start().await?;
    for unit in Unit::ALL {
        ensure!(portal.stack.is_ready(unit).await, "{unit} is not ready");
    }
    for unit in Unit::ALL.into_iter().rev() {
        ensure!(portal.stack.stop_unit(unit).await, "{unit} had to be killed");
    }
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn what_was_ingested_is_served_at_once_after_a_restart() -> Result<()> {
    let mut portal = Setup::new()?
        .location("catalog-info.yaml", &component("shop"))?
        .start()
        .await?;
    let shop = portal.entity(&component_ref("shop")).await?;
    // A catalog that had to read the file first would not have it.
    std::fs::remove_file(portal.path("catalog-info.yaml"))?;
    portal.stack.restart(Unit::Catalog).await?;
    let after = portal.api.entity(&component_ref("shop")).await?;
    ensure!(after.as_ref() == Some(&shop), "{after:?}");
    portal.stop().await;
    Ok(())
}

/// While a catalog loads, it does not answer; it never answers with a part.
#[tokio::test]
async fn a_catalog_that_starts_answers_with_all_or_not_at_all() -> Result<()> {
    const ENTITIES: u64 = 3000;
    let text: String = (0..ENTITIES).map(|number| component(&format!("c{number}"))).collect();
    let mut portal = Setup::new()?.location("catalog-info.yaml", &text)?.start().await?;
    // The Location that stands for the file is one more.
    portal.total(ENTITIES + 1).await?;
    let (api, stack) = (&portal.api, &mut portal.stack);
    let mut answers = Vec::new();
    let ask = async {
        for attempt in 0.. {
            // Each question differs, so that no cache answers it.
            let path = format!("/entities/by-query?limit=0&offset={attempt}");
            if let Ok(answer) = api.get(&path).await {
                answers.push(answer["totalItems"].clone());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::select! {
        restarted = stack.restart(Unit::Catalog) => restarted?,
        () = ask => {}
    }
    ensure!(
        answers.iter().all(|total| *total == ENTITIES + 1),
        "it answered with a part: {answers:?}"
    );
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_wrong_configuration_is_told_by_its_key() -> Result<()> {
    let started = Setup::new()?
        .config(json!({ "catalog": { "orphanStrategy": "adopt" } }))
        .start()
        .await;
    let Err(error) = started else { bail!("it started") };
    let Some(LaunchError::EndedEarly { tail, .. }) = error.downcast_ref() else {
        bail!("{error:#}")
    };
    let tail = format!("{tail:?}");
    ensure!(
        tail.contains("catalog.orphanStrategy") && tail.contains("adopt"),
        "{tail}"
    );
    Ok(())
}

#[tokio::test]
async fn the_gateway_tells_how_it_is() -> Result<()> {
    let portal = Setup::new()?.start().await?;
    for path in ["/.backstage/health/v1/readiness", "/.backstage/health/v1/liveness"] {
        let answer = portal.api.send(&Call::get(path)).await?;
        ensure!(
            answer.status == StatusCode::OK && answer.body["status"] == "ok",
            "{path}: {answer:?}"
        );
    }
    portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_removed_configured_location_takes_its_entities_along_at_the_next_start() -> Result<()> {
    let mut portal = Setup::new()?
        .location("shop.yaml", &component("shop"))?
        .location("cart.yaml", &component("cart"))?
        .start()
        .await?;
    portal.entity(&component_ref("shop")).await?;
    portal.entity(&component_ref("cart")).await?;
    let fewer = json!({ "catalog": { "locations": [{ "type": "file", "target": portal.path("cart.yaml") }] } });
    let overlay = portal.stack.config_files().last().cloned();
    std::fs::write(overlay.unwrap_or_default(), fewer.to_string())?;
    portal.stack.restart(Unit::Catalog).await?;
    portal.gone(&component_ref("shop")).await?;
    portal.entity(&component_ref("cart")).await?;
    portal.stop().await;
    Ok(())
}
