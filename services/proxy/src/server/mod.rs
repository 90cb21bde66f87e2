//! The gRPC surface. One RPC is one file, named after it; this is the table of contents.

mod get_status;

use std::pin::Pin;

use callboard_proto::proxy::v1::{self as proto, proxy_service_server::ProxyService};
use callboard_service_kit::{
    cache::CacheNamespace,
    error::{ErrorCode, ServiceError},
};
use futures::Stream;
use sqlx::PgPool;
use tonic::{Request, Response, Status, Streaming};

/// What the handlers share.
#[derive(Debug, Clone)]
pub struct ProxyServer {
    pub(crate) pool: PgPool,
    /// Answers of `GetStatus`, for a moment.
    pub(crate) status_cache: CacheNamespace,
    /// How many endpoints `proxy.endpoints` names.
    pub(crate) configured_endpoints: u32,
}

impl ProxyServer {
    /// Serves from a database that is up to date, and as many endpoints as the configuration names.
    pub fn new(pool: PgPool, status_cache: CacheNamespace, configured_endpoints: u32) -> Self {
        Self {
            pool,
            status_cache,
            configured_endpoints,
        }
    }
}

type ResponseStream<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

/// The answer of an RPC that the contract has and this release does not.
fn not_in_this_release(rpc: &'static str) -> Status {
    ServiceError::new(
        ErrorCode::NotImplementedError,
        format!("{rpc} is not part of this release"),
    )
    .with("rpc", rpc)
    .into()
}

#[tonic::async_trait]
impl ProxyService for ProxyServer {
    type ForwardStream = ResponseStream<proto::ForwardResponse>;

    async fn forward(
        &self,
        _: Request<Streaming<proto::ForwardRequest>>,
    ) -> Result<Response<Self::ForwardStream>, Status> {
        Err(not_in_this_release("Forward"))
    }

    async fn list_endpoints(
        &self,
        _: Request<proto::ListEndpointsRequest>,
    ) -> Result<Response<proto::ListEndpointsResponse>, Status> {
        Err(not_in_this_release("ListEndpoints"))
    }

    async fn get_endpoint(
        &self,
        _: Request<proto::GetEndpointRequest>,
    ) -> Result<Response<proto::GetEndpointResponse>, Status> {
        Err(not_in_this_release("GetEndpoint"))
    }

    async fn create_endpoint(
        &self,
        _: Request<proto::CreateEndpointRequest>,
    ) -> Result<Response<proto::CreateEndpointResponse>, Status> {
        Err(not_in_this_release("CreateEndpoint"))
    }

    async fn update_endpoint(
        &self,
        _: Request<proto::UpdateEndpointRequest>,
    ) -> Result<Response<proto::UpdateEndpointResponse>, Status> {
        Err(not_in_this_release("UpdateEndpoint"))
    }

    async fn delete_endpoint(
        &self,
        _: Request<proto::DeleteEndpointRequest>,
    ) -> Result<Response<proto::DeleteEndpointResponse>, Status> {
        Err(not_in_this_release("DeleteEndpoint"))
    }

    async fn test_endpoint(
        &self,
        _: Request<proto::TestEndpointRequest>,
    ) -> Result<Response<proto::TestEndpointResponse>, Status> {
        Err(not_in_this_release("TestEndpoint"))
    }

    async fn purge_endpoint_cache(
        &self,
        _: Request<proto::PurgeEndpointCacheRequest>,
    ) -> Result<Response<proto::PurgeEndpointCacheResponse>, Status> {
        Err(not_in_this_release("PurgeEndpointCache"))
    }

    async fn get_usage(&self, _: Request<proto::GetUsageRequest>) -> Result<Response<proto::GetUsageResponse>, Status> {
        Err(not_in_this_release("GetUsage"))
    }

    async fn get_status(
        &self,
        _: Request<proto::GetStatusRequest>,
    ) -> Result<Response<proto::GetStatusResponse>, Status> {
        get_status::get_status(self).await.map(Response::new)
    }
}
