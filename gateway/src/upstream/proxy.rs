//! The proxy service.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Instant,
};

use callboard_proto::proxy::v1::{
    self as proto, ForwardRequest, ForwardResponse, proxy_service_client::ProxyServiceClient,
};
use callboard_service_kit::grpc::channel::BalancedChannel;
use futures::Stream;
use tonic::Streaming;

use super::{
    CallContext,
    unary::{on_behalf_of, read, unary, write},
};
use crate::error::ApiError;

type Client = ProxyServiceClient<BalancedChannel>;

/// Calls the proxy service over several connections in turn: one HTTP/2 connection has one task at each end, and bodies of
/// gigabytes pass through it.
#[derive(Debug)]
pub(crate) struct ProxyService {
    clients: Vec<Client>,
    next: AtomicUsize,
}

impl ProxyService {
    pub(crate) fn new(connections: Vec<BalancedChannel>) -> Self {
        Self {
            clients: connections.into_iter().map(ProxyServiceClient::new).collect(),
            next: AtomicUsize::new(0),
        }
    }

    /// Passes a request on. There is no deadline: the endpoint has its own time-outs, and when the client goes away the call is
    /// cancelled.
    pub(crate) async fn forward(
        &self,
        context: &CallContext,
        messages: impl Stream<Item = ForwardRequest> + Send + 'static,
    ) -> Result<Streaming<ForwardResponse>, ApiError> {
        let started = Instant::now();
        let request = on_behalf_of(context, messages);
        let result = self.client().forward(request).await;
        context.exchange.add_upstream(started.elapsed());
        Ok(result?.into_inner())
    }

    unary! {
        /// All endpoints.
        read list_endpoints(ListEndpointsRequest) -> ListEndpointsResponse;
        /// One endpoint.
        read get_endpoint(GetEndpointRequest) -> GetEndpointResponse;
        /// Adds an endpoint.
        write create_endpoint(CreateEndpointRequest) -> CreateEndpointResponse;
        /// Replaces an endpoint.
        write update_endpoint(UpdateEndpointRequest) -> UpdateEndpointResponse;
        /// Deletes an endpoint.
        write delete_endpoint(DeleteEndpointRequest) -> DeleteEndpointResponse;
        /// Tries settings.
        write test_endpoint(TestEndpointRequest) -> TestEndpointResponse;
        /// Forgets cached answers.
        write purge_endpoint_cache(PurgeEndpointCacheRequest) -> PurgeEndpointCacheResponse;
        /// What went through.
        read get_usage(GetUsageRequest) -> GetUsageResponse;
    }

    /// The client whose turn it is.
    fn client(&self) -> Client {
        let turn = self.next.fetch_add(1, Ordering::Relaxed);
        self.clients[turn % self.clients.len()].clone()
    }
}
