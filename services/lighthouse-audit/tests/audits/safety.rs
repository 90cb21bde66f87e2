//! What may not be reached, with the real browser where it is the one that would.

use callboard_proto::lighthouse_audit::v1::{AuditStatus, FailureKind};
use tonic::Code;

use crate::support::{FastRunner, Service, Site};

#[tokio::test]
async fn this_machine_is_not_audited_unless_allowed() {
    let site = Site::start().await;
    let runner = FastRunner::new();
    let mut service = Service::start(&runner.directory(), "targets: {allowPrivate: []}").await;
    for url in [
        site.url("/"),
        format!("http://localhost:{}/", site.port()),
        format!("http://2130706433:{}/", site.port()),
        format!("http://[::ffff:127.0.0.1]:{}/", site.port()),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://10.0.0.1/".to_owned(),
    ] {
        let status = service.create(&url).await.unwrap_err();
        assert_eq!(status.code(), Code::PermissionDenied, "{url}: {status}");
    }
    for url in ["file:///etc/passwd", "chrome://version", "", "www.example.com"] {
        let status = service.create(url).await.unwrap_err();
        assert_eq!(status.code(), Code::InvalidArgument, "{url}: {status}");
    }
    assert!(site.requests().is_empty() && runner.jobs().is_empty());
    service.process.stop().await;
}

#[tokio::test]
async fn a_redirect_to_what_may_not_be_reached_ends_the_audit_before_there_is_a_browser() {
    let site = Site::start().await;
    let runner = FastRunner::new();
    let allowed = format!("targets: {{allowPrivate: ['127.0.0.1:{}']}}", site.port());
    let mut service = Service::start(&runner.directory(), &allowed).await;
    for target in [
        "http://169.254.169.254/latest/",
        "http://127.0.0.2:1/",
        "http://localhost:1/",
    ] {
        let audit = service.audit(&site.url(&format!("/to/{target}"))).await;
        assert_eq!(audit.status(), AuditStatus::Failed);
        let failure = audit.failure.unwrap();
        assert_eq!(failure.kind(), FailureKind::AddressRefused, "{failure:?}");
    }
    assert!(runner.jobs().is_empty());
    service.process.stop().await;
}

#[tokio::test]
async fn a_page_cannot_take_the_browser_where_it_may_not_go() {
    let site = Site::start().await;
    let forbidden = Site::start().await;
    let allowed = format!("targets: {{allowPrivate: ['127.0.0.1:{}']}}", site.port());
    let mut service = Service::real(&allowed).await;
    let audit = service
        .audit(&site.url(&format!("/leads/{}", forbidden.url("/inside"))))
        .await;
    assert_eq!(audit.status(), AuditStatus::Failed, "{audit:?}");
    assert_eq!(audit.failure.unwrap().kind(), FailureKind::AddressRefused);
    assert!(forbidden.requests().is_empty(), "{:?}", forbidden.requests());
    service.process.stop().await;
}
