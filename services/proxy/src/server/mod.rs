//! The gRPC surface. One RPC is one file, named after it; this is the table of contents.

mod administrator;
mod change;
mod conflict;
mod convert;
mod create_endpoint;
mod delete_endpoint;
mod forward;
mod get_endpoint;
mod get_status;
mod get_usage;
mod list_endpoints;
mod purge_endpoint_cache;
mod test_endpoint;
mod update_endpoint;

use std::{pin::Pin, sync::Arc};

use callboard_proto::proxy::v1::{self as proto, proxy_service_server::ProxyService};
use callboard_service_kit::{administrators::Administrators, cache::CacheNamespace};
use futures::Stream;
use tonic::{Request, Response, Status, Streaming};

use crate::{forward::Forwarder, registry::Registry, usage::Usage};

/// What the handlers share.
#[derive(Clone)]
pub struct ProxyServer {
    /// Passes requests on.
    pub forwarder: Forwarder,
    /// The endpoints and where they are stored.
    pub registry: Arc<Registry>,
    /// What goes through them.
    pub usage: Usage,
    /// Who may look after them.
    pub administrators: Administrators,
    /// Answers of `GetStatus`, for a moment.
    pub status_cache: CacheNamespace,
}

type ResponseStream<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

/// One line an RPC.
macro_rules! unary {
    ($($name:ident($request:ident) -> $response:ident;)*) => {
        #[tonic::async_trait]
        impl ProxyService for ProxyServer {
            type ForwardStream = ResponseStream<proto::ForwardResponse>;

            async fn forward(
                &self,
                request: Request<Streaming<proto::ForwardRequest>>,
            ) -> Result<Response<Self::ForwardStream>, Status> {
                let answer = forward::forward(self, request).await?;
                Ok(Response::new(Box::pin(answer)))
            }

            $(
                async fn $name(&self, request: Request<proto::$request>) -> Result<Response<proto::$response>, Status> {
                    $name::$name(self, request).await.map(Response::new)
                }
            )*
        }
    };
}

unary! {
    list_endpoints(ListEndpointsRequest) -> ListEndpointsResponse;
    get_endpoint(GetEndpointRequest) -> GetEndpointResponse;
    create_endpoint(CreateEndpointRequest) -> CreateEndpointResponse;
    update_endpoint(UpdateEndpointRequest) -> UpdateEndpointResponse;
    delete_endpoint(DeleteEndpointRequest) -> DeleteEndpointResponse;
    test_endpoint(TestEndpointRequest) -> TestEndpointResponse;
    purge_endpoint_cache(PurgeEndpointCacheRequest) -> PurgeEndpointCacheResponse;
    get_usage(GetUsageRequest) -> GetUsageResponse;
    get_status(GetStatusRequest) -> GetStatusResponse;
}
