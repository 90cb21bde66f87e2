//! Search, and news of files, against real processes.

use anyhow::{Context, Result, ensure};
use callboard_end_to_end::{
    file_server::{FileServer, Page},
    portal::{Portal, Setup},
    wait::until,
};
use callboard_proto::catalog::v1::{
    LocationEvent, RefreshLocationsRequest, SearchEntitiesRequest, location_event::Kind,
};
use serde_json::json;

use crate::descriptors::component;

/// The names of what a search finds, best first.
async fn found(portal: &Portal, query: &str) -> Result<Vec<String>> {
    let request = SearchEntitiesRequest {
        query: query.to_owned(),
        kinds: vec!["Component".to_owned()],
        ..SearchEntitiesRequest::default()
    };
    let response = portal.catalog().await?.search_entities(request).await?.into_inner();
    let names = response.results.into_iter().filter_map(|result| result.entity);
    Ok(names.map(|entity| entity.name).collect())
}

#[tokio::test]
async fn what_is_registered_is_found_and_news_of_its_file_are_followed_at_once() -> Result<()> {
    let server = FileServer::start([("/catalog-info.yaml", Page::Text(component("warehouse")))]).await?;
    // Nothing is read again by itself while the test lasts.
    let portal = Setup::new()?
        .config(json!({ "catalog": { "processingInterval": { "hours": 1 } } }))
        .start()
        .await?;
    let url = server.url("/catalog-info.yaml");
    portal.api.register(&url).await?;
    portal.entity("component:default/warehouse").await?;
    until("the search finds it", async || {
        Ok(found(&portal, "wareh").await? == ["warehouse"])
    })
    .await?;

    let before = server.requests("/catalog-info.yaml");
    let renamed = component("warehouse") + &component("stockroom");
    server.put("/catalog-info.yaml", Page::Text(renamed));
    let news = |kind: Kind| RefreshLocationsRequest {
        events: vec![LocationEvent {
            kind: kind.into(),
            url: url.clone(),
            ..LocationEvent::default()
        }],
        ..RefreshLocationsRequest::default()
    };
    let answer = portal.catalog().await?.refresh_locations(news(Kind::Updated)).await?;
    ensure!(answer.into_inner().refreshed == 1);
    portal.entity("component:default/stockroom").await?;
    ensure!(server.requests("/catalog-info.yaml") == before + 1, "it was read once");
    until("the search finds it", async || {
        Ok(found(&portal, "stockroom").await? == ["stockroom"])
    })
    .await?;

    let answer = portal.catalog().await?.refresh_locations(news(Kind::Deleted)).await?;
    ensure!(answer.into_inner().unregistered == 1);
    portal.gone("component:default/warehouse").await?;
    ensure!(
        found(&portal, "warehouse")
            .await
            .context("a search afterwards")?
            .is_empty()
    );
    portal.stop().await;
    Ok(())
}
