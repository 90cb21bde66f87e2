//! The real process against a real Postgres: health, reflection, identity, restart.

#![expect(clippy::unwrap_used, reason = "in a test a failure is a panic")]

use callboard_local::{Stack, StackOptions, Unit};
use callboard_proto::proxy::v1::{
    CreateEndpointRequest, GetStatusRequest, GetStatusResponse, proxy_service_client::ProxyServiceClient,
};
use callboard_service_kit::{
    config::Config,
    error::{ErrorCode, ServiceError},
    identity::{Caller, CallerTokens},
};
use tokio_stream::StreamExt;
use tonic::{Code, Request, transport::Channel};
use tonic_health::pb::{HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient};
use tonic_reflection::pb::v1::{
    ServerReflectionRequest, server_reflection_client::ServerReflectionClient,
    server_reflection_request::MessageRequest, server_reflection_response::MessageResponse,
};

const UNIT: &str = "proxy";
const SERVICE: &str = "callboard.proxy.v1.ProxyService";

async fn start() -> Stack {
    let mut options = StackOptions::for_tests().unwrap();
    options.units = vec![Unit::Proxy];
    options.overlays.push(
        "proxy:\n  endpoints:\n    /one: http://one.invalid\n    /two: { target: http://two.invalid }\n".to_owned(),
    );
    Stack::start(options).await.unwrap()
}

async fn connect(stack: &Stack) -> Channel {
    let address = stack.listen_address(Unit::Proxy).unwrap();
    Channel::from_shared(format!("http://{address}"))
        .unwrap()
        .connect()
        .await
        .unwrap()
}

/// A request that says, signed with a secret, that the gateway calls for a guest.
fn signed<T>(message: T, secret: &str, audience: &str) -> Request<T> {
    let config = Config::from_yaml(&format!("backend: {{ auth: {{ keys: [{{ secret: {secret} }}] }} }}")).unwrap();
    let caller = Caller::user("user:default/guest", vec!["user:default/guest".to_owned()]);
    let token = CallerTokens::from_config(&config, "gateway")
        .unwrap()
        .sign(&caller, audience)
        .unwrap();
    let mut request = Request::new(message);
    request
        .metadata_mut()
        .insert("authorization", format!("Bearer {token}").parse().unwrap());
    request
}

#[tokio::test]
async fn health_and_reflection_are_open_to_everybody() {
    let stack = start().await;
    let channel = connect(&stack).await;

    let request = HealthCheckRequest {
        service: SERVICE.to_owned(),
    };
    let health = HealthClient::new(channel.clone())
        .check(request)
        .await
        .unwrap()
        .into_inner();
    assert_eq!(health.status(), ServingStatus::Serving);

    let request = ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let mut answers = ServerReflectionClient::new(channel)
        .server_reflection_info(tokio_stream::once(request))
        .await
        .unwrap()
        .into_inner();
    let answer = answers.next().await.unwrap().unwrap().message_response.unwrap();
    let MessageResponse::ListServicesResponse(list) = answer else {
        panic!("not a list of services: {answer:?}");
    };
    assert!(list.service.iter().any(|service| service.name == SERVICE), "{list:?}");
    stack.stop().await;
}

#[tokio::test]
async fn only_calls_that_the_gateway_signed_for_this_unit_are_answered() {
    let stack = start().await;
    let mut client = ProxyServiceClient::new(connect(&stack).await);
    let secret = stack.service_secret().to_owned();
    let request = GetStatusRequest::default;

    let code = |result: Result<_, tonic::Status>| {
        result
            .map(|_: tonic::Response<GetStatusResponse>| ())
            .unwrap_err()
            .code()
    };
    assert_eq!(code(client.get_status(request()).await), Code::Unauthenticated);
    let foreign_secret = "bm90IHRoZSBzZWNyZXQgb2YgdGhpcyBzdGFjaw==";
    assert_eq!(
        code(client.get_status(signed(request(), foreign_secret, UNIT)).await),
        Code::Unauthenticated
    );
    assert_eq!(
        code(client.get_status(signed(request(), &secret, "another-unit")).await),
        Code::Unauthenticated
    );

    let status = client
        .get_status(signed(request(), &secret, UNIT))
        .await
        .unwrap()
        .into_inner();
    assert_eq!(
        status,
        GetStatusResponse {
            configured_endpoints: 2,
            ..GetStatusResponse::default()
        }
    );
    stack.stop().await;
}

#[tokio::test]
async fn what_is_not_in_this_release_says_so() {
    let stack = start().await;
    let mut client = ProxyServiceClient::new(connect(&stack).await);
    let request = signed(CreateEndpointRequest::default(), stack.service_secret(), UNIT);

    let status = client.create_endpoint(request).await.unwrap_err();
    assert_eq!(status.code(), Code::Unimplemented);
    let error = ServiceError::from_status(&status);
    assert_eq!(error.code, ErrorCode::NotImplementedError);
    assert_eq!(error.message, "CreateEndpoint is not part of this release");
    stack.stop().await;
}

#[tokio::test]
async fn it_stops_when_asked_and_finds_its_database_again_after_a_crash() {
    let mut stack = start().await;
    let channel = connect(&stack).await;
    let mut client = ProxyServiceClient::new(channel);
    let secret = stack.service_secret().to_owned();
    client
        .get_status(signed(GetStatusRequest::default(), &secret, UNIT))
        .await
        .unwrap();

    stack.kill(Unit::Proxy).await.unwrap();
    stack.restart(Unit::Proxy).await.unwrap();
    let mut client = ProxyServiceClient::new(connect(&stack).await);
    client
        .get_status(signed(GetStatusRequest::default(), &secret, UNIT))
        .await
        .unwrap();

    // With a connection open: draining closes it instead of waiting for the client.
    assert!(stack.stop_unit(Unit::Proxy).await, "it had to be killed");
    stack.stop().await;
}
