//! Postgres stops and comes back: reads go on, writes are refused clearly, and everything recovers by itself.

use anyhow::{Result, ensure};
use callboard_end_to_end::{
    file_server::{FileServer, Page},
    portal::Setup,
    wait::until,
};
use callboard_local::Unit;
use http::StatusCode;
use serde_json::json;

use crate::descriptors::{component, component_of_type, component_ref};

#[tokio::test]
async fn reads_go_on_and_writes_are_refused_until_it_is_back() -> Result<()> {
    let server = FileServer::start([("/late.yaml", Page::Text(component("late")))]).await?;
    let mut portal = Setup::new()?
        .private_database()
        .location("catalog-info.yaml", &(component("shop") + &component("cart")))?
        .start()
        .await?;
    let shop = portal.entity(&component_ref("shop")).await?;
    portal.entity(&component_ref("cart")).await?;
    let total = portal.api.total().await?;

    portal.stack.stop_database().await;
    for _ in 0..20 {
        ensure!(
            portal.api.entity(&component_ref("shop")).await?.as_ref() == Some(&shop),
            "by ref"
        );
        ensure!(portal.api.total().await? == total, "count");
        let page = portal
            .api
            .get("/entities/by-query?filter=kind=component&orderField=metadata.name,asc&limit=1")
            .await?;
        ensure!(
            page["items"][0]["metadata"]["name"] == "cart" && page["totalItems"] == 2,
            "{page}"
        );
        let facets = portal.api.get("/entity-facets?facet=kind").await?;
        ensure!(
            facets["facets"]["kind"]
                .as_array()
                .is_some_and(|values| !values.is_empty()),
            "{facets}"
        );
        portal
            .api
            .get("/entities/by-name/component/default/shop/ancestry")
            .await?;
    }

    let location = json!({ "type": "url", "target": server.url("/late.yaml") });
    let uid = shop["metadata"]["uid"].as_str().unwrap_or_default();
    let answers = [
        portal.api.post("/locations", &location).await?,
        portal.api.delete(&format!("/entities/by-uid/{uid}")).await?,
        portal
            .api
            .post("/refresh", &json!({ "entityRef": component_ref("shop") }))
            .await?,
    ];
    for answer in answers {
        ensure!(answer.status == StatusCode::SERVICE_UNAVAILABLE, "{answer:?}");
        let (name, message) = answer.error();
        ensure!(name == "ServiceUnavailableError" && !message.is_empty(), "{answer:?}");
        ensure!(
            !answer.body.to_string().contains("sqlx") && !answer.body.to_string().contains("postgres://"),
            "{answer:?}"
        );
    }
    ensure!(
        portal.stack.pid(Unit::Catalog).is_some(),
        "the catalog has lived through it"
    );

    portal.stack.start_database().await?;
    until("writes again", async || {
        Ok(portal.api.post("/locations", &location).await?.status == StatusCode::CREATED)
    })
    .await?;
    portal.entity(&component_ref("late")).await?;
    portal.write("catalog-info.yaml", &component_of_type("shop", "website"))?;
    portal
        .entity_when("a website", &component_ref("shop"), |entity| {
            entity["spec"]["type"] == "website"
        })
        .await?;
    portal.gone(&component_ref("cart")).await?;
    portal.stop().await;
    Ok(())
}
