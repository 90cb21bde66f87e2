//! The services' gRPC APIs at the gateway's port.
//!
//! A call brings the same token as a REST request and needs the same permissions. Its messages are passed through as bytes; the
//! gateway only adds to a request, where a policy says what the caller may see, the condition under which the service answers
//! ([`condition`]). Browsers speak gRPC-Web to the same addresses. Reflection tells what there is.
//!
//! To open a method of a service: a line in [`methods`]. Without one it is closed, and a test fails.

mod condition;
mod forward_call;
mod frames;
mod health;
mod methods;
mod refusal;

use axum::Router;
use callboard_proto::FILE_DESCRIPTOR_SET;
use tonic::body::Body;
use tonic_health::{pb::health_server::HealthServer, server::HealthService};
use tower::{Layer, ServiceExt, service_fn};

pub use self::health::report_grpc_health;
pub(crate) use self::{
    methods::plugin_of,
    refusal::{is_grpc, refuse},
};
use crate::gateway::Gateway;

/// Routes of all services, reflection and health.
pub(crate) fn routes(gateway: &Gateway) -> Router<Gateway> {
    let calls = {
        let gateway = gateway.clone();
        service_fn(move |request: http::Request<Body>| {
            let gateway = gateway.clone();
            async move { Ok::<_, std::convert::Infallible>(forward_call::forward_call(gateway, request).await) }
        })
    };
    let calls = tonic_web::GrpcWebLayer::new().layer(calls);
    let calls = calls.map_request(|request: axum::extract::Request| request.map(Body::new));
    let mut router = Router::new();
    for service in methods::services() {
        router = router.route_service(&format!("/{service}/{{method}}"), calls.clone());
    }
    let reflection = || {
        tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
    };
    // The descriptors are compiled in; were they broken, the services would not start either.
    if let (Ok(v1), Ok(v1alpha)) = (reflection().build_v1(), reflection().build_v1alpha()) {
        router = router
            .route_service("/grpc.reflection.v1.ServerReflection/{method}", v1)
            .route_service("/grpc.reflection.v1alpha.ServerReflection/{method}", v1alpha);
    }
    let health = HealthServer::new(HealthService::from_health_reporter(gateway.grpc_health().clone()));
    router.route_service("/grpc.health.v1.Health/{method}", health)
}
