//! The services' gRPC APIs at the gateway.

use base64::{Engine, engine::general_purpose::STANDARD};
use callboard_proto::{
    catalog::v1::{
        GetEntityByNameRequest, GetEntityByNameResponse, GetStatusRequest, WatchEntitiesRequest,
        catalog_service_client::CatalogServiceClient,
    },
    lighthouse_audit::v1::{
        GetStatusRequest as GetAuditStatusRequest, lighthouse_audit_service_client::LighthouseAuditServiceClient,
    },
};
use callboard_service_kit::identity::Principal;
use http::Method;
use prost::Message;
use sqlx::PgPool;
use tonic::{
    Code, Request, Status,
    service::{Interceptor, interceptor::InterceptedService},
    transport::Channel,
};
use tonic_reflection::pb::v1::{
    ServerReflectionRequest, server_reflection_client::ServerReflectionClient,
    server_reflection_request::MessageRequest, server_reflection_response::MessageResponse,
};

use crate::support::{
    app::{STATIC_TOKEN, TestApp},
    fake_catalog::entity,
};

const BY_NAME: &str = "/callboard.catalog.v1.CatalogService/GetEntityByName";

#[derive(Clone)]
struct Bearer(String);

impl Interceptor for Bearer {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        let value = format!("Bearer {}", self.0).parse().expect("a header value");
        request.metadata_mut().insert("authorization", value);
        Ok(request)
    }
}

async fn connect(app: &TestApp) -> Channel {
    Channel::from_shared(app.url())
        .expect("a URL")
        .connect()
        .await
        .expect("a connection")
}

async fn catalog(app: &TestApp, token: &str) -> CatalogServiceClient<InterceptedService<Channel, Bearer>> {
    CatalogServiceClient::with_interceptor(connect(app).await, Bearer(token.to_owned()))
}

fn by_name(name: &str) -> GetEntityByNameRequest {
    GetEntityByNameRequest {
        kind: "component".to_owned(),
        namespace: "default".to_owned(),
        name: name.to_owned(),
        ..GetEntityByNameRequest::default()
    }
}

#[sqlx::test(migrations = "./migrations")]
async fn calls_need_the_same_tokens(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let document = entity("Component", "a");
    app.catalog.put(&document);

    let mut stranger = CatalogServiceClient::new(connect(&app).await);
    let status = stranger.get_entity_by_name(by_name("a")).await.expect_err("is refused");
    assert_eq!(
        (status.code(), status.message()),
        (Code::Unauthenticated, "Missing credentials")
    );
    let mut restricted = catalog(&app, "token-for-the-proxy").await;
    let status = restricted
        .get_entity_by_name(by_name("a"))
        .await
        .expect_err("is refused");
    assert_eq!(status.code(), Code::PermissionDenied);

    let mut program = catalog(&app, STATIC_TOKEN).await;
    let found = program
        .get_entity_by_name(by_name("a"))
        .await
        .expect("is there")
        .into_inner();
    assert_eq!(found.entity.expect("an entity").document, document.to_string());
    let (caller, _) = app.catalog.last("get_entity_by_name");
    assert_eq!(
        caller.principal,
        Principal::Service {
            subject: "ci".to_owned()
        }
    );
    // What the service says of an error reaches the client whole.
    let status = program.get_entity_by_name(by_name("b")).await.expect_err("is missing");
    assert_eq!((status.code(), status.message()), (Code::NotFound, "no entity"));
    assert!(!status.details().is_empty());

    let mut guest = catalog(&app, &app.guest_token().await).await;
    let mut feed = guest
        .watch_entities(WatchEntitiesRequest::default())
        .await
        .expect("a feed")
        .into_inner();
    assert!(feed.message().await.expect("a message").is_some());
}

#[sqlx::test(migrations = "./migrations")]
async fn calls_end_in_time_and_only_reach_what_there_is(pool: PgPool) {
    let settings = "auth: {providers: {guest: {}}}\ngateway: {requestTimeout: 500ms}\n";
    let app = TestApp::with_settings(pool, settings).await;
    let mut program = catalog(&app, STATIC_TOKEN).await;
    app.catalog.holding.lock().hangs = true;
    let status = program
        .get_status(GetStatusRequest {})
        .await
        .expect_err("takes too long");
    assert_eq!(status.code(), Code::DeadlineExceeded);

    let mut away = LighthouseAuditServiceClient::with_interceptor(connect(&app).await, Bearer(STATIC_TOKEN.to_owned()));
    let status = away.get_status(GetAuditStatusRequest {}).await.expect_err("is away");
    assert_eq!(status.code(), Code::Unavailable);

    let unknown = app
        .call(Method::POST, "/callboard.catalog.v1.CatalogService/DropEverything")
        .bearer(STATIC_TOKEN)
        .header("content-type", "application/grpc-web+proto")
        .send()
        .await;
    let code = i32::from(Code::Unimplemented).to_string();
    assert!(
        unknown.header("grpc-status") == Some(&code) || unknown.text().contains(&format!("grpc-status:{code}")),
        "{unknown:?}"
    );
}

#[sqlx::test(migrations = "./migrations")]
async fn browsers_speak_grpc_web(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let document = entity("Component", "a");
    app.catalog.put(&document);
    let message = by_name("a").encode_to_vec();
    let mut frame = vec![0];
    frame.extend(u32::try_from(message.len()).expect("is small").to_be_bytes());
    frame.extend(message);
    for is_text in [false, true] {
        let (content_type, body) = if is_text {
            ("application/grpc-web-text", STANDARD.encode(&frame).into_bytes())
        } else {
            ("application/grpc-web+proto", frame.clone())
        };
        let mut call = app
            .call(Method::POST, BY_NAME)
            .bearer(STATIC_TOKEN)
            .header("content-type", content_type)
            .header("accept", content_type);
        call.body = body.into();
        let answer = call.send().await;
        assert_eq!(answer.status, 200);
        let bytes = if is_text {
            decoded(&answer.text())
        } else {
            answer.body.to_vec()
        };
        let length = u32::from_be_bytes(bytes[1..5].try_into().expect("four bytes")) as usize;
        let found = GetEntityByNameResponse::decode(&bytes[5..5 + length]).expect("a message");
        assert_eq!(found.entity.expect("an entity").document, document.to_string());
        let trailers = String::from_utf8_lossy(&bytes[5 + length..]).into_owned();
        assert!(trailers.contains("grpc-status:0"), "{trailers}");
    }
    let refused = app
        .call(Method::POST, BY_NAME)
        .header("content-type", "application/grpc-web+proto")
        .send()
        .await;
    assert_eq!(refused.header("grpc-status"), Some("16"));
}

/// Base64 in pieces, each padded for itself.
fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for piece in text.as_bytes().chunks(4) {
        bytes.extend(STANDARD.decode(piece).expect("base64"));
    }
    bytes
}

#[sqlx::test(migrations = "./migrations")]
async fn reflection_tells_of_every_service(pool: PgPool) {
    let app = TestApp::start(pool).await;
    let mut reflection = ServerReflectionClient::new(connect(&app).await);
    let ask = ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let mut answers = reflection
        .server_reflection_info(tokio_stream::iter([ask]))
        .await
        .expect("answers")
        .into_inner();
    let answer = answers.message().await.expect("an answer").expect("an answer");
    let Some(MessageResponse::ListServicesResponse(list)) = answer.message_response else {
        panic!("{answer:?}");
    };
    let names: Vec<_> = list.service.iter().map(|service| service.name.as_str()).collect();
    for service in [
        "callboard.catalog.v1.CatalogService",
        "callboard.lighthouse_audit.v1.LighthouseAuditService",
        "callboard.proxy.v1.ProxyService",
        "grpc.health.v1.Health",
    ] {
        assert!(names.contains(&service), "{names:?}");
    }
}
