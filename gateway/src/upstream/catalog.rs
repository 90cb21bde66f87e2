//! The catalog service.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use callboard_proto::catalog::v1::{self as proto, catalog_service_client::CatalogServiceClient};
use callboard_service_kit::{
    grpc::{RequestExt, channel::BalancedChannel},
    identity::Caller,
};
use tonic::{Request, Streaming};

use super::{
    CallContext,
    unary::{on_behalf_of, read, unary, write},
};
use crate::error::ApiError;

/// The gateway asks for this in the background; a catalog that takes longer is as good as away.
const STATUS_TIMEOUT: Duration = Duration::from_secs(5);

type Client = CatalogServiceClient<BalancedChannel>;

/// Calls the catalog over several connections in turn: one HTTP/2 connection has one task at each end, which is the
/// bottleneck when requests are small and many.
#[derive(Debug)]
pub(crate) struct CatalogService {
    clients: Vec<Client>,
    next: AtomicUsize,
}

/// A request of the gateway itself.
fn own<T>(message: T) -> Request<T> {
    Request::new(message).on_behalf_of(Caller::service("plugin:gateway"))
}

impl CatalogService {
    pub(crate) fn new(connections: Vec<BalancedChannel>, largest_message: usize) -> Self {
        let client = |connection| CatalogServiceClient::new(connection).max_decoding_message_size(largest_message);
        Self {
            clients: connections.into_iter().map(client).collect(),
            next: AtomicUsize::new(0),
        }
    }

    unary! {
        /// A page of entities.
        read query_entities(QueryEntitiesRequest) -> QueryEntitiesResponse;
        /// Entities by ref.
        read get_entities_by_refs(GetEntitiesByRefsRequest) -> GetEntitiesByRefsResponse;
        /// One entity by name.
        read get_entity_by_name(GetEntityByNameRequest) -> GetEntityByNameResponse;
        /// One entity by uid.
        read get_entity_by_uid(GetEntityByUidRequest) -> GetEntityByUidResponse;
        /// An entity and its ancestors.
        read get_entity_ancestry(GetEntityAncestryRequest) -> GetEntityAncestryResponse;
        /// What changed in an entity.
        read list_entity_changes(ListEntityChangesRequest) -> ListEntityChangesResponse;
        /// Counts by value.
        read get_entity_facets(GetEntityFacetsRequest) -> GetEntityFacetsResponse;
        /// Ranked full-text search.
        read search_entities(SearchEntitiesRequest) -> SearchEntitiesResponse;
        /// Deletes an entity.
        write delete_entity_by_uid(DeleteEntityByUidRequest) -> DeleteEntityByUidResponse;
        /// Has an entity read anew. Who asks twice asks for the same, so it is repeated like a read.
        read refresh_entity(RefreshEntityRequest) -> RefreshEntityResponse;
        /// Tells the catalog what happened to files and repositories.
        write refresh_locations(RefreshLocationsRequest) -> RefreshLocationsResponse;
        /// All locations.
        read list_locations(ListLocationsRequest) -> ListLocationsResponse;
        /// A page of locations.
        read query_locations(QueryLocationsRequest) -> QueryLocationsResponse;
        /// One location.
        read get_location(GetLocationRequest) -> GetLocationResponse;
        /// The location of an entity.
        read get_location_by_entity(GetLocationByEntityRequest) -> GetLocationByEntityResponse;
        /// Registers a location.
        write create_location(CreateLocationRequest) -> CreateLocationResponse;
        /// Changes a location.
        write update_location(UpdateLocationRequest) -> UpdateLocationResponse;
        /// Unregisters a location.
        write delete_location(DeleteLocationRequest) -> DeleteLocationResponse;
        /// Looks at a location.
        read analyze_location(AnalyzeLocationRequest) -> AnalyzeLocationResponse;
        /// Checks an entity.
        read validate_entity(ValidateEntityRequest) -> ValidateEntityResponse;
        /// What waits and what failed.
        read list_unprocessed_entities(ListUnprocessedEntitiesRequest) -> ListUnprocessedEntitiesResponse;
        /// Where root entities come from.
        read list_providers(ListProvidersRequest) -> ListProvidersResponse;
    }

    /// All entities that match, in parts. There is no deadline: a slow client may take long over a large catalog, and when
    /// it goes away the call is cancelled.
    pub(crate) async fn list_entities(
        &self,
        context: &CallContext,
        message: proto::ListEntitiesRequest,
    ) -> Result<Streaming<proto::ListEntitiesResponse>, ApiError> {
        let started = Instant::now();
        let result = self.client().list_entities(on_behalf_of(context, message)).await;
        context.exchange.add_upstream(started.elapsed());
        Ok(result?.into_inner())
    }

    /// How far the catalog is; asked for by the gateway itself.
    pub(crate) async fn get_status(&self) -> Result<proto::GetStatusResponse, ApiError> {
        let request = own(proto::GetStatusRequest {}).within(STATUS_TIMEOUT);
        Ok(self.client().get_status(request).await?.into_inner())
    }

    /// The change feed; followed by the gateway itself, without an end.
    pub(crate) async fn watch_entities(
        &self,
        message: proto::WatchEntitiesRequest,
    ) -> Result<Streaming<proto::WatchEntitiesResponse>, ApiError> {
        Ok(self.client().watch_entities(own(message)).await?.into_inner())
    }

    /// The client whose turn it is.
    fn client(&self) -> Client {
        let turn = self.next.fetch_add(1, Ordering::Relaxed);
        self.clients[turn % self.clients.len()].clone()
    }
}
