//! The gRPC surface. An RPC is a file named after it (those that share a lookup share a file), in the folder of what it is
//! about; this is the table of contents.
//!
//! Reads of entities are answered from the index and wait for the revision they ask for; reads of locations, and all writes, go to
//! the database. Errors become statuses in `errors` and nowhere else.

mod condition;
mod convert;
mod entities;
mod errors;
mod locations;
mod processing;

use std::{pin::Pin, sync::Arc, time::Duration};

use callboard_catalog_index::Predicate;
use callboard_proto::catalog::v1::{self as proto, catalog_service_server::CatalogService};
use futures::Stream;
use sqlx::PgPool;
use tonic::{Request, Response, Status};

use self::{
    entities::{
        delete_entity_by_uid, get_entities_by_refs, get_entity, get_entity_ancestry, get_entity_facets, list_entities,
        list_entity_changes, query_entities, search_entities, watch_entities,
    },
    locations::{analyze_location, create_location, delete_location, get_location, query_locations, update_location},
    processing::{
        get_status, list_providers, list_unprocessed_entities, refresh_entity, refresh_locations, run_provider,
        validate_entity,
    },
};
use crate::{feed::SharedReplica, ingest::Ingest};

/// How long a read waits for a revision when the caller set no deadline.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the handlers share.
#[derive(Debug, Clone)]
pub struct CatalogServer {
    pub(crate) pool: PgPool,
    pub(crate) ingest: Arc<Ingest>,
    pub(crate) replica: SharedReplica,
}

impl CatalogServer {
    /// Serves from `replica` and writes through `ingest`.
    pub fn new(pool: PgPool, ingest: Arc<Ingest>, replica: SharedReplica) -> Self {
        Self { pool, ingest, replica }
    }

    /// Waits for the revision a read asks for. Returns what the caller may see.
    async fn admit(&self, read: Option<proto::ReadOptions>) -> Result<Option<Predicate>, Status> {
        let read = read.unwrap_or_default();
        let restriction = condition::restriction(read.condition)?;
        self.replica
            .reach(read.min_revision, PATIENCE)
            .await
            .map_err(errors::behind)?;
        Ok(restriction)
    }

    /// Waits until changes up to a revision can be found by their words.
    async fn words_at_least(&self, wanted: i64) -> Result<(), Status> {
        self.replica.words.reach(wanted, PATIENCE).await.map_err(errors::behind)
    }
}

type ResponseStream<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

#[tonic::async_trait]
impl CatalogService for CatalogServer {
    type ListEntitiesStream = ResponseStream<proto::ListEntitiesResponse>;
    type WatchEntitiesStream = ResponseStream<proto::WatchEntitiesResponse>;

    async fn query_entities(
        &self,
        request: Request<proto::QueryEntitiesRequest>,
    ) -> Result<Response<proto::QueryEntitiesResponse>, Status> {
        query_entities::query_entities(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn list_entities(
        &self,
        request: Request<proto::ListEntitiesRequest>,
    ) -> Result<Response<Self::ListEntitiesStream>, Status> {
        list_entities::list_entities(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn get_entities_by_refs(
        &self,
        request: Request<proto::GetEntitiesByRefsRequest>,
    ) -> Result<Response<proto::GetEntitiesByRefsResponse>, Status> {
        get_entities_by_refs::get_entities_by_refs(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn get_entity_by_name(
        &self,
        request: Request<proto::GetEntityByNameRequest>,
    ) -> Result<Response<proto::GetEntityByNameResponse>, Status> {
        get_entity::get_entity_by_name(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn get_entity_by_uid(
        &self,
        request: Request<proto::GetEntityByUidRequest>,
    ) -> Result<Response<proto::GetEntityByUidResponse>, Status> {
        get_entity::get_entity_by_uid(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn get_entity_ancestry(
        &self,
        request: Request<proto::GetEntityAncestryRequest>,
    ) -> Result<Response<proto::GetEntityAncestryResponse>, Status> {
        get_entity_ancestry::get_entity_ancestry(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn list_entity_changes(
        &self,
        request: Request<proto::ListEntityChangesRequest>,
    ) -> Result<Response<proto::ListEntityChangesResponse>, Status> {
        list_entity_changes::list_entity_changes(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn get_entity_facets(
        &self,
        request: Request<proto::GetEntityFacetsRequest>,
    ) -> Result<Response<proto::GetEntityFacetsResponse>, Status> {
        get_entity_facets::get_entity_facets(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn search_entities(
        &self,
        request: Request<proto::SearchEntitiesRequest>,
    ) -> Result<Response<proto::SearchEntitiesResponse>, Status> {
        search_entities::search_entities(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn delete_entity_by_uid(
        &self,
        request: Request<proto::DeleteEntityByUidRequest>,
    ) -> Result<Response<proto::DeleteEntityByUidResponse>, Status> {
        delete_entity_by_uid::delete_entity_by_uid(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn refresh_entity(
        &self,
        request: Request<proto::RefreshEntityRequest>,
    ) -> Result<Response<proto::RefreshEntityResponse>, Status> {
        refresh_entity::refresh_entity(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn refresh_locations(
        &self,
        request: Request<proto::RefreshLocationsRequest>,
    ) -> Result<Response<proto::RefreshLocationsResponse>, Status> {
        refresh_locations::refresh_locations(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn list_locations(
        &self,
        _request: Request<proto::ListLocationsRequest>,
    ) -> Result<Response<proto::ListLocationsResponse>, Status> {
        query_locations::list_locations(self).await.map(Response::new)
    }

    async fn query_locations(
        &self,
        request: Request<proto::QueryLocationsRequest>,
    ) -> Result<Response<proto::QueryLocationsResponse>, Status> {
        query_locations::query_locations(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn get_location(
        &self,
        request: Request<proto::GetLocationRequest>,
    ) -> Result<Response<proto::GetLocationResponse>, Status> {
        get_location::get_location(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn get_location_by_entity(
        &self,
        request: Request<proto::GetLocationByEntityRequest>,
    ) -> Result<Response<proto::GetLocationByEntityResponse>, Status> {
        get_location::get_location_by_entity(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn create_location(
        &self,
        request: Request<proto::CreateLocationRequest>,
    ) -> Result<Response<proto::CreateLocationResponse>, Status> {
        create_location::create_location(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn update_location(
        &self,
        request: Request<proto::UpdateLocationRequest>,
    ) -> Result<Response<proto::UpdateLocationResponse>, Status> {
        update_location::update_location(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn delete_location(
        &self,
        request: Request<proto::DeleteLocationRequest>,
    ) -> Result<Response<proto::DeleteLocationResponse>, Status> {
        delete_location::delete_location(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn analyze_location(
        &self,
        request: Request<proto::AnalyzeLocationRequest>,
    ) -> Result<Response<proto::AnalyzeLocationResponse>, Status> {
        analyze_location::analyze_location(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn validate_entity(
        &self,
        request: Request<proto::ValidateEntityRequest>,
    ) -> Result<Response<proto::ValidateEntityResponse>, Status> {
        validate_entity::validate_entity(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn list_unprocessed_entities(
        &self,
        request: Request<proto::ListUnprocessedEntitiesRequest>,
    ) -> Result<Response<proto::ListUnprocessedEntitiesResponse>, Status> {
        list_unprocessed_entities::list_unprocessed_entities(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn list_providers(
        &self,
        _request: Request<proto::ListProvidersRequest>,
    ) -> Result<Response<proto::ListProvidersResponse>, Status> {
        list_providers::list_providers(self).await.map(Response::new)
    }

    async fn run_provider(
        &self,
        request: Request<proto::RunProviderRequest>,
    ) -> Result<Response<proto::RunProviderResponse>, Status> {
        run_provider::run_provider(self, request.into_inner())
            .await
            .map(Response::new)
    }

    async fn watch_entities(
        &self,
        request: Request<proto::WatchEntitiesRequest>,
    ) -> Result<Response<Self::WatchEntitiesStream>, Status> {
        watch_entities::watch_entities(self, request.into_inner()).map(Response::new)
    }

    async fn get_status(
        &self,
        _request: Request<proto::GetStatusRequest>,
    ) -> Result<Response<proto::GetStatusResponse>, Status> {
        get_status::get_status(self).await.map(Response::new)
    }
}
