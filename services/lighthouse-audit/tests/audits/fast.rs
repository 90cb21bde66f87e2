//! What happens to audits, with a runner that answers at once.

use callboard_proto::lighthouse_audit::v1::{
    AuditOptions, AuditStage, AuditStatus, CancelAuditRequest, CompareReportsRequest, CreateAuditRequest,
    DeleteAuditRequest, FailureKind, GetWebsiteTrendRequest, ReportFormat, WatchAuditRequest,
};
use tonic::Code;

use crate::support::{FastRunner, Service, Site, processes};

#[tokio::test]
async fn an_audit_is_watched_to_its_end_and_compared_with_the_next() {
    let (site, runner) = (Site::start().await, FastRunner::new());
    let mut service = Service::start(&runner.directory(), "").await;
    let url = site.url("/?wait=600&score=0.5");
    let first = service.create(&url).await.unwrap();
    assert_eq!(first.status(), AuditStatus::Running);
    let request = service.signed(WatchAuditRequest { id: first.id.clone() });
    let mut steps = service.client.watch_audit(request).await.unwrap().into_inner();
    let mut stages = Vec::new();
    let mut percent = 0;
    while let Some(step) = steps.message().await.unwrap() {
        let audit = step.audit.unwrap();
        assert!(step.percent >= percent, "{} after {percent}", step.percent);
        percent = step.percent;
        stages.push(audit.stage());
    }
    assert_eq!(percent, 100);
    assert!(stages.contains(&AuditStage::Gathering), "{stages:?}");

    let request = CreateAuditRequest {
        url: site.url("/?score=0.9"),
        await_completed: true,
        ..CreateAuditRequest::default()
    };
    let second = service.create_with(request).await.unwrap();
    assert_eq!(second.status(), AuditStatus::Completed);
    assert_eq!(second.categories[0].score, Some(0.9));
    assert_eq!(second.categories[1].score, None);
    let request = service.signed(CompareReportsRequest {
        base_audit_id: first.id.clone(),
        other_audit_id: second.id.clone(),
    });
    let comparison = service.client.compare_reports(request).await.unwrap().into_inner();
    assert_eq!(comparison.checks.len(), 1);
    assert_eq!(comparison.checks[0].base_score, Some(0.5));
    assert_eq!(comparison.checks[0].other_value, Some(90.0));

    let request = service.signed(GetWebsiteTrendRequest {
        url: url.clone(),
        ..GetWebsiteTrendRequest::default()
    });
    let trend = service.client.get_website_trend(request).await.unwrap().into_inner();
    assert_eq!(trend.points.len(), 1);
    assert_eq!(trend.points[0].metrics.unwrap().first_contentful_paint_ms, Some(50.0));
    service.process.stop().await;
}

#[tokio::test]
async fn a_failed_audit_says_why_as_text_and_as_a_page() {
    let (site, runner) = (Site::start().await, FastRunner::new());
    let mut service = Service::start(&runner.directory(), "maxAttempts: 2, upTimeout: 1s").await;
    let nobody = service.audit("http://127.0.0.1:1/").await;
    let message = nobody.failure.unwrap().message;
    assert!(
        message.contains("no connection to 127.0.0.1:1") && message.contains("refused"),
        "{message}"
    );
    for (path, kind, part, attempts) in [
        ("/down", FailureKind::WebsiteUnreachable, "it answered 500", 1),
        ("/crash", FailureKind::Browser, "signal: 9", 2),
        ("/loud", FailureKind::Browser, "what went wrong", 2),
        ("/noise", FailureKind::Lighthouse, "makes no sense", 1),
    ] {
        let audit = service.audit(&site.url(path)).await;
        assert_eq!(
            (audit.status(), audit.attempts),
            (AuditStatus::Failed, attempts),
            "{path}: {audit:?}"
        );
        let failure = audit.failure.unwrap();
        assert_eq!(failure.kind(), kind, "{path}");
        assert!(failure.message.contains(part), "{path}: {failure:?}");
        let page = String::from_utf8(service.report(&audit.id, ReportFormat::Html).await.unwrap()).unwrap();
        assert!(
            page.contains("The audit failed") && page.contains(part),
            "{path}: {page}"
        );
        let status = service.report(&audit.id, ReportFormat::Json).await.unwrap_err();
        assert_eq!(status.code(), Code::FailedPrecondition);
    }
    service.process.stop().await;
}

#[tokio::test]
async fn a_time_limit_a_cancellation_and_a_deletion_end_every_process_of_an_audit() {
    let (site, runner) = (Site::start().await, FastRunner::new());
    let mut service = Service::start(&runner.directory(), "auditTimeout: 2s").await;
    let hang = site.url("/hang");
    let gathering = |audit: &callboard_proto::lighthouse_audit::v1::Audit| audit.stage() == AuditStage::Gathering;
    // The runner leads the group of all that it starts.
    let leader = |runner: &FastRunner| runner.leader().unwrap();

    let audit = service.audit(&hang).await;
    assert_eq!(audit.failure.unwrap().kind(), FailureKind::TimeLimit);
    processes::group_ended(leader(&runner)).await;

    let id = service.create(&hang).await.unwrap().id;
    service.until(&id, gathering).await;
    let request = service.signed(CancelAuditRequest { id: id.clone() });
    let cancelled = service
        .client
        .cancel_audit(request)
        .await
        .unwrap()
        .into_inner()
        .audit
        .unwrap();
    let failure = cancelled.failure.clone().unwrap();
    assert_eq!(failure.kind(), FailureKind::Cancelled);
    assert_eq!(failure.message, "Cancelled by user:default/guest");
    processes::group_ended(leader(&runner)).await;
    assert_eq!(service.get(&id).await.unwrap(), cancelled, "it stays cancelled");
    let request = service.signed(CancelAuditRequest { id });
    assert_eq!(
        service.client.cancel_audit(request).await.unwrap_err().code(),
        Code::FailedPrecondition
    );

    let id = service.create(&hang).await.unwrap().id;
    service.until(&id, gathering).await;
    let request = service.signed(DeleteAuditRequest { id: id.clone() });
    service.client.delete_audit(request).await.unwrap();
    processes::group_ended(leader(&runner)).await;
    assert_eq!(service.get(&id).await.unwrap_err().code(), Code::NotFound);
    service.process.stop().await;
}

#[tokio::test]
async fn nonsense_is_refused_with_a_reason() {
    let runner = FastRunner::new();
    let mut service = Service::start(&runner.directory(), "maxConcurrency: 0, queueLimit: 1").await;
    for id in ["", "nonsense", "00000000-0000-0000-0000-000000000000"] {
        let status = service.get(id).await.unwrap_err();
        assert_eq!(status.code(), Code::NotFound);
        assert_eq!(status.message(), format!("audit not found for id \"{id}\""));
    }
    let options = AuditOptions {
        lighthouse_config: br#"{"audits": ["evil"]}"#[..].into(),
        ..AuditOptions::default()
    };
    let request = CreateAuditRequest {
        url: "http://127.0.0.1/".to_owned(),
        options: Some(options),
        ..CreateAuditRequest::default()
    };
    let status = service.create_with(request).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument, "{status}");
    assert!(status.message().contains("lighthouseConfig.audits"), "{status}");
    service.create("http://127.0.0.1/").await.unwrap();
    let status = service.create("http://127.0.0.1/").await.unwrap_err();
    assert_eq!(status.code(), Code::ResourceExhausted, "{status}");
    service.process.stop().await;
}
