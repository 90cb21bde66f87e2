//! The real process against a real Postgres: health, reflection, identity, restart.

use callboard_local::Unit;
use callboard_proto::lighthouse_audit::v1::{
    GetStatusRequest, GetStatusResponse, lighthouse_audit_service_client::LighthouseAuditServiceClient,
};
use callboard_unit_process::UnitProcess;
use tonic::Code;

async fn start() -> UnitProcess {
    UnitProcess::start(Unit::LighthouseAudit, &[]).await
}

#[tokio::test]
async fn health_and_reflection_are_open_to_everybody() {
    let process = start().await;
    process
        .assert_open_to_everybody("callboard.lighthouse_audit.v1.LighthouseAuditService")
        .await;
    process.stop().await;
}

#[tokio::test]
async fn only_calls_that_the_gateway_signed_for_this_unit_are_answered() {
    let process = start().await;
    let mut client = LighthouseAuditServiceClient::new(process.channel().await);
    let message = GetStatusRequest::default();
    for request in process.strangers(&message) {
        let status = client.get_status(request).await.unwrap_err();
        assert_eq!(status.code(), Code::Unauthenticated);
    }
    let status = client.get_status(process.signed(message)).await.unwrap().into_inner();
    assert_eq!(status, GetStatusResponse::default());
    process.stop().await;
}

#[tokio::test]
async fn it_finds_its_database_again_after_a_crash() {
    let mut process = start().await;
    process.crash_and_restart().await;
    let mut client = LighthouseAuditServiceClient::new(process.channel().await);
    let request = process.signed(GetStatusRequest::default());
    client.get_status(request).await.unwrap();
    // With a connection open: draining closes it instead of waiting for the client.
    process.stop().await;
}
