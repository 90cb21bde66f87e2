//! The whole way with the real Lighthouse.

use callboard_local::Unit;
use reqwest::{Method, StatusCode, header};
use serde_json::json;

use crate::support::Lighthouse;

#[tokio::test]
async fn a_report_is_json_for_programs_and_a_page_in_a_sandbox_for_people() {
    let lighthouse = Lighthouse::start(true, json!({}), &[Unit::LighthouseAudit, Unit::Gateway]).await;
    let audit = lighthouse.audited(&lighthouse.page("/")).await;
    assert_eq!(audit["status"], "COMPLETED", "{}", audit["failure"]);
    assert!(audit["report"]["categories"]["performance"]["score"].is_number());
    assert_eq!(audit["report"]["configSettings"]["formFactor"], "mobile");

    let path = format!("/v1/audits/{}", audit["id"].as_str().unwrap());
    let response = lighthouse.send(Method::GET, &path, "text/html,*/*;q=0.8", None).await;
    assert_eq!(response.status(), StatusCode::OK);
    let headers = response.headers().clone();
    assert_eq!(headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(
        policy.starts_with("sandbox allow-scripts") && policy.contains("default-src 'none'"),
        "{policy}"
    );
    let page = response.text().await.unwrap();
    assert!(page.starts_with("<!doctype html>") && page.contains("__LIGHTHOUSE_JSON__"));

    let v2 = format!("/v2/audits/{}", audit["id"].as_str().unwrap());
    let (status, report) = lighthouse
        .call(Method::GET, &format!("{v2}/report?format=json"), None)
        .await;
    assert_eq!((status, &report), (StatusCode::OK, &audit["report"]));
    lighthouse.portal.stop().await;
}
