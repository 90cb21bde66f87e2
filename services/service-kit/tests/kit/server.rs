use std::time::{Duration, Instant};

use callboard_service_kit::{
    error::{ErrorCode, ServiceError},
    grpc::RequestExt,
    identity::Caller,
};
use tonic::{Code, Request, transport::Endpoint};
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};
use tonic_reflection::pb::v1::{
    ServerReflectionRequest, server_reflection_client::ServerReflectionClient,
    server_reflection_request::MessageRequest, server_reflection_response::MessageResponse,
};

use crate::support::{TestServer, call, stream};

#[tokio::test]
async fn calls_carry_the_caller_and_need_a_token() {
    let server = TestServer::start("127.0.0.1:0").await;
    let jane = Caller::user("user:default/jane", vec![]);
    let request = || Request::new("caller".to_owned());
    assert_eq!(call(server.channel(), request()).await.unwrap(), "anonymous");
    assert_eq!(
        call(server.channel(), request().on_behalf_of(jane)).await.unwrap(),
        "user:default/jane"
    );
    let channel = server.channel().acting_as(Caller::service("plugin:proxy"));
    assert_eq!(call(channel, request()).await.unwrap(), "service:plugin:proxy");

    let naked = Endpoint::from_shared(format!("http://{}", server.address))
        .unwrap()
        .connect()
        .await
        .unwrap();
    let status = call(naked.clone(), request()).await.unwrap_err();
    assert_eq!(ServiceError::from_status(&status).code, ErrorCode::AuthenticationError);
    let mut forged = request();
    forged
        .metadata_mut()
        .insert("authorization", "Bearer a.b.c".parse().unwrap());
    assert_eq!(call(naked, forged).await.unwrap_err().code(), Code::Unauthenticated);
    server.stop().await;
}

#[tokio::test]
async fn health_and_reflection_need_no_token() {
    let server = TestServer::start("127.0.0.1:0").await;
    let naked = Endpoint::from_shared(format!("http://{}", server.address))
        .unwrap()
        .connect()
        .await
        .unwrap();
    let mut health = HealthClient::new(naked.clone());
    for service in ["", "test.Echo"] {
        let request = HealthCheckRequest {
            service: service.to_owned(),
        };
        assert_eq!(health.check(request).await.unwrap().into_inner().status, 1, "{service}");
    }
    for _ in 0..3 {
        server.lifecycle.readiness().record("database", true);
    }
    for _ in 0..3 {
        server.lifecycle.readiness().record("database", false);
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    let request = HealthCheckRequest {
        service: "test.Echo".to_owned(),
    };
    assert_eq!(health.check(request).await.unwrap().into_inner().status, 2);

    let request = ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::FileContainingSymbol(
            "callboard.catalog.v1.CatalogService".to_owned(),
        )),
    };
    let mut answers = ServerReflectionClient::new(naked)
        .server_reflection_info(tokio_stream::once(request))
        .await
        .unwrap()
        .into_inner();
    let answer = answers.message().await.unwrap().unwrap().message_response.unwrap();
    assert!(
        matches!(answer, MessageResponse::FileDescriptorResponse(_)),
        "{answer:?}"
    );
    server.stop().await;
}

#[tokio::test]
async fn deadlines_end_calls_and_streams() {
    let server = TestServer::start("127.0.0.1:0").await;
    let request = |text: &str| Request::new(text.to_owned());
    let begin = Instant::now();
    let status = call(
        server.channel(),
        request("sleep 5000").within(Duration::from_millis(100)),
    )
    .await
    .unwrap_err();
    assert_eq!(status.code(), Code::DeadlineExceeded);
    assert!(begin.elapsed() < Duration::from_secs(1));

    let remaining = call(server.channel(), request("remaining").within(Duration::from_secs(2)))
        .await
        .unwrap();
    let remaining: u64 = remaining.parse().unwrap();
    assert!((1000..=2000).contains(&remaining), "{remaining}");

    // The channel passes on what is left of the call being served.
    let scope = callboard_service_kit::grpc::Deadline::after(Duration::from_millis(700));
    let remaining = scope
        .scope(call(
            server.channel(),
            request("remaining").within(Duration::from_mins(1)),
        ))
        .await;
    assert!(remaining.unwrap().parse::<u64>().unwrap() <= 700);

    // The channel's own timer ends with the head of the answer: this is the server's.
    let mut ticks = stream(server.channel(), request("").within(Duration::from_millis(150))).await;
    let mut count = 0;
    let status = loop {
        match ticks.message().await {
            Ok(Some(_)) => count += 1,
            Ok(None) => panic!("the stream ended well"),
            Err(status) => break status,
        }
    };
    assert_eq!(status.code(), Code::DeadlineExceeded);
    assert!(count > 2, "{count}");
    server.stop().await;
}

#[tokio::test]
async fn a_panic_is_an_internal_error_and_no_more() {
    let server = TestServer::start("127.0.0.1:0").await;
    let status = call(server.channel(), Request::new("panic".to_owned()))
        .await
        .unwrap_err();
    let error = ServiceError::from_status(&status);
    assert_eq!(error.code, ErrorCode::InternalError);
    assert!(
        !error.message.contains("told to") && error.metadata.contains_key("errorId"),
        "{error:?}"
    );

    let mut ticks = stream(server.channel(), Request::new("panic".to_owned())).await;
    assert!(ticks.message().await.is_ok());
    assert!(ticks.message().await.is_ok());
    assert_eq!(ticks.message().await.unwrap_err().code(), Code::Internal);

    assert_eq!(
        call(server.channel(), Request::new("still here".to_owned()))
            .await
            .unwrap(),
        "still here"
    );
    server.stop().await;
}

#[tokio::test]
async fn a_stopping_server_finishes_calls_and_ends_streams() {
    let server = TestServer::start("127.0.0.1:0").await;
    let channel = server.channel();
    let slow = tokio::spawn(call(channel.clone(), Request::new("sleep 500".to_owned())));
    let mut ticks = stream(channel, Request::new(String::new())).await;
    ticks.message().await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let begin = Instant::now();
    let stopping = tokio::spawn(server.stop());
    assert_eq!(slow.await.unwrap().unwrap(), "slept");
    let status = loop {
        if let Err(status) = ticks.message().await {
            break status;
        }
    };
    assert_eq!(status.code(), Code::Unavailable);
    stopping.await.unwrap();
    assert!(begin.elapsed() < Duration::from_secs(7));
}
