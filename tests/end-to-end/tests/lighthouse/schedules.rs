//! Audits that are asked for again and again.

use callboard_end_to_end::wait::until;
use callboard_local::Unit;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::Lighthouse;

#[tokio::test]
async fn a_persons_schedule_is_made_changed_and_deleted() {
    let settings =
        json!({"maxConcurrency": 0, "schedules": [{"url": "http://127.0.0.1/configured", "cron": "0 5 * * *"}]});
    let lighthouse = Lighthouse::fast(settings).await;
    let body = json!({"url": "http://127.0.0.1/", "cron": "30 2 * * 1-5", "timeZone": "Europe/Berlin", "jitter": "600s",
                      "options": {"formFactor": "DESKTOP"}});
    let (status, created) = lighthouse.call(Method::POST, "/v2/schedules", Some(&body)).await;
    assert_eq!(status, StatusCode::CREATED, "{created}");
    assert_eq!(
        (&created["enabled"], &created["origin"], &created["jitter"]),
        (&json!(true), &json!("API"), &json!("600s"))
    );
    assert!(created["nextRun"].is_string());
    let path = format!("/v2/schedules/{}", created["id"].as_str().unwrap());
    assert_eq!(lighthouse.get(&path).await, created);

    // As it was told, with one change.
    let mut changed = created.clone();
    changed["enabled"] = json!(false);
    let (status, updated) = lighthouse.call(Method::PUT, &path, Some(&changed)).await;
    assert_eq!((status, updated.get("nextRun")), (StatusCode::OK, None), "{updated}");

    let all = lighthouse.get("/v2/schedules").await;
    let configured = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|schedule| schedule["origin"] == "CONFIGURATION");
    let configured = format!("/v2/schedules/{}", configured.unwrap()["id"].as_str().unwrap());
    let (status, error) = lighthouse.call(Method::DELETE, &configured, None).await;
    assert_eq!(status, StatusCode::CONFLICT, "{error}");

    assert_eq!(
        lighthouse.call(Method::DELETE, &path, None).await,
        (StatusCode::NO_CONTENT, Value::Null)
    );
    assert_eq!(
        lighthouse.call(Method::DELETE, &path, None).await.0,
        StatusCode::NOT_FOUND
    );
    lighthouse.portal.stop().await;
}

#[tokio::test]
async fn the_website_of_an_entity_is_audited_as_long_as_the_entity_names_it() {
    let units = [Unit::Catalog, Unit::LighthouseAudit, Unit::Gateway];
    let settings = json!({"catalog": {"initialDelay": "0s"}});
    let lighthouse = Lighthouse::start(false, settings, &units).await;
    let url = lighthouse.page("/");
    let entity = |annotations: &str| {
        format!(
            "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: shop\n  annotations: {annotations}\n\
             spec: {{type: website, lifecycle: production, owner: team}}\n"
        )
    };
    let portal = &lighthouse.portal;
    portal
        .write(
            "shop.yaml",
            &entity(&format!("{{lighthouse.com/website-url: '{url}'}}")),
        )
        .unwrap();

    until("the website was audited", async || {
        let websites = lighthouse.get("/v2/websites").await;
        let website = &websites["items"][0];
        Ok(website["url"] == url.as_str()
            && website["entityRefs"] == json!(["component:default/shop"])
            && website["lastAudit"]["status"] == "COMPLETED")
    })
    .await
    .unwrap();
    let schedules = lighthouse.get("/v2/schedules").await;
    assert_eq!(schedules["items"][0]["entityRef"], "component:default/shop");

    portal.write("shop.yaml", &entity("{}")).unwrap();
    until("the schedule is gone", async || {
        Ok(lighthouse.get("/v2/schedules").await["items"] == json!([]))
    })
    .await
    .unwrap();
    // What was measured stays.
    assert_eq!(lighthouse.get("/v2/websites").await["total"], 1);
    lighthouse.portal.stop().await;
}
