//! The real Lighthouse on a real Chromium. Each audit takes its time, so each says as much as it can.

use callboard_local::Unit;
use callboard_proto::lighthouse_audit::v1::{
    AuditOptions, AuditStage, AuditStatus, CreateAuditRequest, FormFactor, ReportFormat, Throttling,
};

use crate::support::{Service, Site, processes};

#[tokio::test]
async fn a_page_with_odd_texts_and_a_password_is_audited() {
    let (site, mut service) = (Site::start().await, Service::real("maxConcurrency: 2").await);
    let odd = service.create(&site.url("/odd")).await.unwrap();
    let with_password = site.url("/secret").replace("http://", "http://user:hunter2@");
    let options = AuditOptions {
        form_factor: FormFactor::Desktop.into(),
        throttling: Throttling::None.into(),
        categories: vec!["seo".to_owned()],
        lighthouse_config: br#"{"settings": {"extraHeaders": {"x-token": "t0psecret"}}}"#[..].into(),
        ..AuditOptions::default()
    };
    let secret = service
        .create_with(CreateAuditRequest {
            url: with_password,
            options: Some(options),
            ..CreateAuditRequest::default()
        })
        .await
        .unwrap();
    assert_eq!(secret.url, site.url("/secret"));

    let odd = service.ended(&odd.id).await;
    assert_eq!(odd.status(), AuditStatus::Completed, "{:?}", odd.failure);
    let ids: Vec<&str> = odd.categories.iter().map(|category| category.id.as_str()).collect();
    assert_eq!(ids, ["performance", "accessibility", "best-practices", "seo"]);
    assert!(
        odd.categories.iter().all(|category| category.score.is_some()),
        "{odd:?}"
    );
    let metrics = odd.metrics.unwrap();
    assert!(
        metrics.first_contentful_paint_ms.is_some() && metrics.total_bytes.is_some(),
        "{metrics:?}"
    );
    assert!(odd.lighthouse_version.starts_with("12.") || odd.lighthouse_version.starts_with("13."));
    let report = service.report(&odd.id, ReportFormat::Json).await.unwrap();
    let text = String::from_utf8(report).unwrap();
    assert!(
        text.contains("\\ud800") && text.contains("\\u0000"),
        "the page's own texts are in the report"
    );
    let page = String::from_utf8(service.report(&odd.id, ReportFormat::Html).await.unwrap()).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.contains("__LIGHTHOUSE_JSON__"));

    let secret = service.ended(&secret.id).await;
    assert_eq!(secret.status(), AuditStatus::Completed, "{:?}", secret.failure);
    assert_eq!(secret.form_factor(), FormFactor::Desktop);
    assert_eq!(secret.categories.len(), 1);
    // The poll before and the browser itself.
    assert!(
        site.requests().iter().filter(|path| *path == "/secret").count() >= 2,
        "{:?}",
        site.requests()
    );
    let report = String::from_utf8(service.report(&secret.id, ReportFormat::Json).await.unwrap()).unwrap();
    assert!(
        !report.contains("hunter2") && !report.contains("t0psecret"),
        "secrets are nobody's business"
    );
    assert!(report.contains(r#""formFactor":"desktop""#) && report.contains(r#""throttlingMethod":"provided""#));

    // A service that is killed takes runner and browser along.
    let id = service.create(&site.url("/")).await.unwrap().id;
    service.until(&id, |audit| audit.stage() == AuditStage::Gathering).await;
    let stack = service.process.stack();
    let runner = processes::child_of(stack.pid(Unit::LighthouseAudit).unwrap()).unwrap();
    assert!(processes::group_size(runner) > 2, "node and several of Chromium");
    stack.kill(Unit::LighthouseAudit).await.unwrap();
    processes::group_ended(runner).await;
    stack.restart(Unit::LighthouseAudit).await.unwrap();
    service.process.stop().await;
}
