//! Live changes at the gateway's stream of events.

use anyhow::{Context, Result, ensure};
use callboard_end_to_end::{
    event_stream::{EventStream, refs},
    portal::Setup,
};
use callboard_local::Unit;

use crate::descriptors::{component, component_of_type, component_ref};

#[tokio::test]
async fn changes_are_told_as_they_happen_and_missed_ones_later() -> Result<()> {
    let mut portal = Setup::new()?
        .location("catalog-info.yaml", &component("shop"))?
        .start()
        .await?;
    portal.entity(&component_ref("shop")).await?;
    let url = format!("{}/api/events/stream", portal.stack.gateway_url());
    let mut all = EventStream::open(&url, None).await?;
    let mut one = EventStream::open(&format!("{url}?entityRef=component:default/till"), None).await?;
    let mut websites = EventStream::open(&format!("{url}?filter=kind=component,spec.type=website"), None).await?;
    for stream in [&mut all, &mut one, &mut websites] {
        ensure!(
            stream.next().await?.context("it ended")?.name == "ready",
            "it says that it is open"
        );
    }
    let before = all.last_event_id.clone().context("an id")?;

    // The stream about the till hears of nothing else.
    portal.write("catalog-info.yaml", &component_of_type("shop", "website"))?;
    all.until("the shop is told of", |event| {
        refs(event).contains(&component_ref("shop"))
    })
    .await?;
    websites
        .until("the shop is a website now", |event| {
            refs(event).contains(&component_ref("shop"))
        })
        .await?;
    portal.write("catalog-info.yaml", &(component("shop") + &component("till")))?;
    let told = one.next().await?.context("it ended")?;
    ensure!(refs(&told) == [component_ref("till")], "{told:?}");
    websites
        .until("the shop is no website any more", |event| {
            refs(event).contains(&format!("-{}", component_ref("shop")))
        })
        .await?;

    // Who comes back gets what was missed, and then what happens.
    let mut resumed = EventStream::open(&url, Some(&before)).await?;
    resumed
        .until("what was missed", |event| refs(event).contains(&component_ref("till")))
        .await?;

    // A catalog that crashes breaks no stream, and no change is lost.
    portal.stack.kill(Unit::Catalog).await?;
    portal.write("catalog-info.yaml", &component("shop"))?;
    portal.stack.restart(Unit::Catalog).await?;
    let gone = format!("-{}", component_ref("till"));
    for stream in [&mut all, &mut one, &mut resumed] {
        stream
            .until("the till is gone", |event| refs(event).contains(&gone))
            .await?;
    }

    // An id that is none of ours is answered by the advice to read anew.
    let mut foreign = EventStream::open(&url, Some("nonsense")).await?;
    foreign.until("a reset", |event| event.name == "reset").await?;

    // A gateway that stops ends its streams at once, and does not wait for them.
    ensure!(portal.stack.stop_unit(Unit::Gateway).await, "it stopped by itself");
    while all.next().await.unwrap_or_default().is_some() {}
    portal.stop().await;
    Ok(())
}
