//! The real process against a real Postgres: health, reflection, identity, restart.

use callboard_local::Unit;
use callboard_proto::proxy::v1::{
    CreateEndpointRequest, GetStatusRequest, GetStatusResponse, proxy_service_client::ProxyServiceClient,
};
use callboard_service_kit::error::{ErrorCode, ServiceError};
use callboard_unit_process::UnitProcess;
use tonic::Code;

const TWO_ENDPOINTS: &str =
    "proxy: { endpoints: { /one: 'http://one.invalid', /two: { target: 'http://two.invalid' } } }";

async fn start() -> UnitProcess {
    UnitProcess::start(Unit::Proxy, &[TWO_ENDPOINTS]).await
}

#[tokio::test]
async fn health_and_reflection_are_open_to_everybody() {
    let process = start().await;
    process
        .assert_open_to_everybody("callboard.proxy.v1.ProxyService")
        .await;
    process.stop().await;
}

#[tokio::test]
async fn only_calls_that_the_gateway_signed_for_this_unit_are_answered() {
    let process = start().await;
    let mut client = ProxyServiceClient::new(process.channel().await);
    let message = GetStatusRequest::default();
    for request in process.strangers(&message) {
        let status = client.get_status(request).await.unwrap_err();
        assert_eq!(status.code(), Code::Unauthenticated);
    }
    let status = client.get_status(process.signed(message)).await.unwrap().into_inner();
    let expected = GetStatusResponse {
        configured_endpoints: 2,
        ..GetStatusResponse::default()
    };
    assert_eq!(status, expected);
    process.stop().await;
}

#[tokio::test]
async fn nobody_looks_after_endpoints_unless_the_configuration_names_them() {
    let process = start().await;
    let mut client = ProxyServiceClient::new(process.channel().await);
    let request = process.signed(CreateEndpointRequest::default());
    let status = client.create_endpoint(request).await.unwrap_err();
    assert_eq!(status.code(), Code::PermissionDenied);
    let error = ServiceError::from_status(&status);
    assert_eq!(error.code, ErrorCode::NotAllowedError);
    assert!(error.message.contains("proxy.administrators"), "{error}");
    process.stop().await;
}

#[tokio::test]
async fn it_finds_its_database_again_after_a_crash() {
    let mut process = start().await;
    process.crash_and_restart().await;
    let mut client = ProxyServiceClient::new(process.channel().await);
    let request = process.signed(GetStatusRequest::default());
    client.get_status(request).await.unwrap();
    // With a connection open: draining closes it instead of waiting for the client.
    process.stop().await;
}
