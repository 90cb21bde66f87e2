//! Its gRPC surface: simple, but true to the contract where the gateway depends on it.

use std::pin::Pin;

use bytes::Bytes;
use callboard_proto::catalog::v1::{self as proto, catalog_service_server::CatalogService};
use callboard_service_kit::error::ServiceError;
use futures::{Stream, StreamExt, stream};
use serde_json::Value;
use tokio_stream::wrappers::WatchStream;
use tonic::{Request, Response, Status};

use super::{
    FakeCatalog,
    changes::recorded_changes,
    entity,
    facets::all_components,
    input, missing, refused,
    visibility::{is_visible, meets},
};

type Parts<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

#[tonic::async_trait]
impl CatalogService for FakeCatalog {
    type ListEntitiesStream = Parts<proto::ListEntitiesResponse>;
    type WatchEntitiesStream = Parts<proto::WatchEntitiesResponse>;

    async fn query_entities(
        &self,
        request: Request<proto::QueryEntitiesRequest>,
    ) -> Result<Response<proto::QueryEntitiesResponse>, Status> {
        let message = self.called("query_entities", request).await?;
        let all = self.visible(message.read.as_ref());
        self.read(message.read);
        if message.cursor == "bad" {
            return Err(input("Malformed cursor: bad"));
        }
        let limit = message.limit.map_or(200, |limit| limit as usize);
        let next_cursor = (limit > 0 && all.len() > limit).then(|| "next".to_owned());
        Ok(Response::new(proto::QueryEntitiesResponse {
            total_items: if message.exclude_total { 0 } else { all.len() as u64 },
            items: all.into_iter().take(limit).collect(),
            next_cursor,
            prev_cursor: None,
            revision: self.revision(),
        }))
    }

    async fn list_entities(
        &self,
        request: Request<proto::ListEntitiesRequest>,
    ) -> Result<Response<Self::ListEntitiesStream>, Status> {
        let message = self.called("list_entities", request).await?;
        let all = self.visible(message.read.as_ref());
        self.read(message.read);
        let offset = message.offset.unwrap_or(0) as usize;
        let limit = message.limit.map_or(usize::MAX, |limit| limit as usize);
        let has_more = offset.saturating_add(limit) < all.len();
        let selected: Vec<_> = all.into_iter().skip(offset).take(limit).collect();
        let revision = self.revision();
        let part = |items: &[proto::Entity]| proto::ListEntitiesResponse {
            items: items.to_vec(),
            revision,
            has_more,
        };
        let mut parts: Vec<_> = selected.chunks(2).map(part).map(Ok).collect();
        if parts.is_empty() {
            parts.push(Ok(part(&[])));
        }
        Ok(Response::new(stream::iter(parts).boxed()))
    }

    async fn get_entities_by_refs(
        &self,
        request: Request<proto::GetEntitiesByRefsRequest>,
    ) -> Result<Response<proto::GetEntitiesByRefsResponse>, Status> {
        let message = self.called("get_entities_by_refs", request).await?;
        let items = message.entity_refs.iter().map(|entity_ref| proto::MaybeEntity {
            entity: self
                .by_ref(entity_ref)
                .filter(|entity| is_visible(message.read.as_ref(), entity)),
        });
        let items = items.collect();
        self.read(message.read);
        Ok(Response::new(proto::GetEntitiesByRefsResponse {
            items,
            revision: self.revision(),
        }))
    }

    async fn get_entity_by_name(
        &self,
        request: Request<proto::GetEntityByNameRequest>,
    ) -> Result<Response<proto::GetEntityByNameResponse>, Status> {
        let message = self.called("get_entity_by_name", request).await?;
        let entity_ref = format!("{}:{}/{}", message.kind, message.namespace, message.name).to_lowercase();
        let entity = self
            .by_ref(&entity_ref)
            .filter(|entity| is_visible(message.read.as_ref(), entity));
        self.read(message.read);
        let entity = Some(entity.ok_or_else(|| missing("no entity"))?);
        Ok(Response::new(proto::GetEntityByNameResponse {
            entity,
            revision: self.revision(),
        }))
    }

    async fn get_entity_by_uid(
        &self,
        request: Request<proto::GetEntityByUidRequest>,
    ) -> Result<Response<proto::GetEntityByUidResponse>, Status> {
        let message = self.called("get_entity_by_uid", request).await?;
        self.read(message.read);
        let entity = self
            .holding
            .lock()
            .entities
            .iter()
            .find(|entity| entity.uid == message.uid)
            .cloned();
        let entity = Some(entity.ok_or_else(|| missing("no entity"))?);
        Ok(Response::new(proto::GetEntityByUidResponse {
            entity,
            revision: self.revision(),
        }))
    }

    async fn get_entity_ancestry(
        &self,
        request: Request<proto::GetEntityAncestryRequest>,
    ) -> Result<Response<proto::GetEntityAncestryResponse>, Status> {
        let message = self.called("get_entity_ancestry", request).await?;
        let entity = self
            .by_ref(&message.entity_ref)
            .filter(|entity| is_visible(message.read.as_ref(), entity))
            .ok_or_else(|| missing("no entity"))?;
        let items = vec![proto::AncestryItem {
            entity: Some(entity),
            parent_entity_refs: vec!["location:default/a".to_owned(), "location:default/b".to_owned()],
        }];
        let root_entity_ref = message.entity_ref;
        Ok(Response::new(proto::GetEntityAncestryResponse {
            root_entity_ref,
            items,
            revision: self.revision(),
        }))
    }

    async fn list_entity_changes(
        &self,
        request: Request<proto::ListEntityChangesRequest>,
    ) -> Result<Response<proto::ListEntityChangesResponse>, Status> {
        let message = self.called("list_entity_changes", request).await?;
        let entity = self
            .by_ref(&message.entity_ref)
            .filter(|entity| is_visible(message.read.as_ref(), entity))
            .ok_or_else(|| missing("no entity"))?;
        Ok(Response::new(proto::ListEntityChangesResponse {
            items: recorded_changes(entity.revision),
            next_cursor: message.cursor.is_empty().then(|| "next".to_owned()),
            revision: self.revision(),
        }))
    }

    async fn get_entity_facets(
        &self,
        request: Request<proto::GetEntityFacetsRequest>,
    ) -> Result<Response<proto::GetEntityFacetsResponse>, Status> {
        let message = self.called("get_entity_facets", request).await?;
        let count = self.visible(message.read.as_ref()).len();
        self.read(message.read);
        Ok(Response::new(proto::GetEntityFacetsResponse {
            facets: all_components(message.facets, count),
            revision: self.revision(),
        }))
    }

    async fn delete_entity_by_uid(
        &self,
        request: Request<proto::DeleteEntityByUidRequest>,
    ) -> Result<Response<proto::DeleteEntityByUidResponse>, Status> {
        let message = self.called("delete_entity_by_uid", request).await?;
        let mut holding = self.holding.lock();
        if let Some(condition) = &message.condition {
            let mut entities = holding.entities.iter();
            if !entities.any(|entity| entity.uid == message.uid && meets(condition, entity)) {
                return Err(refused());
            }
        }
        let before = holding.entities.len();
        holding.entities.retain(|entity| entity.uid != message.uid);
        let is_deleted = holding.entities.len() < before;
        drop(holding);
        let revision = if is_deleted { self.advance() } else { 0 };
        Ok(Response::new(proto::DeleteEntityByUidResponse { revision }))
    }

    async fn refresh_entity(
        &self,
        request: Request<proto::RefreshEntityRequest>,
    ) -> Result<Response<proto::RefreshEntityResponse>, Status> {
        let message = self.called("refresh_entity", request).await?;
        let entity = self.by_ref(&message.entity_ref);
        if let Some(condition) = &message.condition
            && !entity.as_ref().is_some_and(|entity| meets(condition, entity))
        {
            return Err(refused());
        }
        if entity.is_none() {
            return Err(missing(&format!("Entity {} not found", message.entity_ref)));
        }
        Ok(Response::new(proto::RefreshEntityResponse {}))
    }

    async fn search_entities(
        &self,
        request: Request<proto::SearchEntitiesRequest>,
    ) -> Result<Response<proto::SearchEntitiesResponse>, Status> {
        let message = self.called("search_entities", request).await?;
        self.read(message.read);
        let (all, behind) = {
            let holding = self.holding.lock();
            (holding.entities.clone(), holding.counts_behind)
        };
        let behind = if message.limit == Some(0) { behind } else { 0 };
        let results = all.iter().zip(1..).map(|(entity, rank)| proto::SearchResult {
            entity: Some(entity.clone()),
            rank,
            score: 1.0,
            highlights: Vec::new(),
        });
        Ok(Response::new(proto::SearchEntitiesResponse {
            results: results.collect(),
            total_results: all.len() as u64,
            facets: all_components(message.facets, all.len()),
            revision: self.revision() - behind,
            ..proto::SearchEntitiesResponse::default()
        }))
    }

    async fn refresh_locations(
        &self,
        request: Request<proto::RefreshLocationsRequest>,
    ) -> Result<Response<proto::RefreshLocationsResponse>, Status> {
        let message = self.called("refresh_locations", request).await?;
        Ok(Response::new(proto::RefreshLocationsResponse {
            refreshed: message.events.len() as u64,
            ..proto::RefreshLocationsResponse::default()
        }))
    }

    async fn list_locations(
        &self,
        request: Request<proto::ListLocationsRequest>,
    ) -> Result<Response<proto::ListLocationsResponse>, Status> {
        self.called("list_locations", request).await?;
        let locations = self.holding.lock().locations.clone();
        Ok(Response::new(proto::ListLocationsResponse { locations }))
    }

    async fn query_locations(
        &self,
        request: Request<proto::QueryLocationsRequest>,
    ) -> Result<Response<proto::QueryLocationsResponse>, Status> {
        self.called("query_locations", request).await?;
        let items = self.holding.lock().locations.clone();
        let total_items = items.len() as u64;
        Ok(Response::new(proto::QueryLocationsResponse {
            items,
            total_items,
            next_cursor: Some("next".to_owned()),
        }))
    }

    async fn get_location(
        &self,
        request: Request<proto::GetLocationRequest>,
    ) -> Result<Response<proto::GetLocationResponse>, Status> {
        let message = self.called("get_location", request).await?;
        Ok(Response::new(proto::GetLocationResponse {
            location: Some(self.location(&message.id)?),
        }))
    }

    async fn get_location_by_entity(
        &self,
        request: Request<proto::GetLocationByEntityRequest>,
    ) -> Result<Response<proto::GetLocationByEntityResponse>, Status> {
        let message = self.called("get_location_by_entity", request).await?;
        let location = self
            .holding
            .lock()
            .locations
            .iter()
            .find(|each| each.entity_ref == message.entity_ref)
            .cloned();
        let location = location.ok_or_else(|| missing(&format!("found no entity for ref {}", message.entity_ref)))?;
        Ok(Response::new(proto::GetLocationByEntityResponse {
            location: Some(location),
        }))
    }

    async fn create_location(
        &self,
        request: Request<proto::CreateLocationRequest>,
    ) -> Result<Response<proto::CreateLocationResponse>, Status> {
        let message = self.called("create_location", request).await?;
        if message.r#type != "url" {
            return Err(input("Registered locations must be of an allowed type [\"url\"]"));
        }
        let exists = self
            .holding
            .lock()
            .locations
            .iter()
            .any(|location| location.target == message.target);
        if exists && !message.dry_run && message.on_conflict() != proto::LocationConflict::Refresh {
            let text = format!("Location url:{} already exists", message.target);
            return Err(ServiceError::conflict(text).into());
        }
        let location = proto::Location {
            id: "location-1".to_owned(),
            r#type: message.r#type,
            target: message.target,
            entity_ref: "location:default/generated-1".to_owned(),
        };
        let mut entities = Vec::new();
        if message.dry_run {
            entities.push(Bytes::from(entity("Component", "new").to_string()));
        } else if !exists {
            self.holding.lock().locations.push(location.clone());
        }
        Ok(Response::new(proto::CreateLocationResponse {
            location: Some(location),
            entities,
            exists,
            revision: if message.dry_run { 0 } else { self.advance() },
        }))
    }

    async fn update_location(
        &self,
        request: Request<proto::UpdateLocationRequest>,
    ) -> Result<Response<proto::UpdateLocationResponse>, Status> {
        let message = self.called("update_location", request).await?;
        let mut location = self.location(&message.id)?;
        location.target = message.target;
        Ok(Response::new(proto::UpdateLocationResponse {
            location: Some(location),
            revision: self.advance(),
        }))
    }

    async fn delete_location(
        &self,
        request: Request<proto::DeleteLocationRequest>,
    ) -> Result<Response<proto::DeleteLocationResponse>, Status> {
        let message = self.called("delete_location", request).await?;
        self.location(&message.id)?;
        self.holding
            .lock()
            .locations
            .retain(|location| location.id != message.id);
        Ok(Response::new(proto::DeleteLocationResponse {
            revision: self.advance(),
        }))
    }

    async fn analyze_location(
        &self,
        request: Request<proto::AnalyzeLocationRequest>,
    ) -> Result<Response<proto::AnalyzeLocationResponse>, Status> {
        self.called("analyze_location", request).await?;
        let generate_entities = vec![Bytes::from(entity("Component", "suggested").to_string())];
        Ok(Response::new(proto::AnalyzeLocationResponse {
            existing_entity_files: vec![],
            generate_entities,
        }))
    }

    async fn validate_entity(
        &self,
        request: Request<proto::ValidateEntityRequest>,
    ) -> Result<Response<proto::ValidateEntityResponse>, Status> {
        let message = self.called("validate_entity", request).await?;
        let document: Value = serde_json::from_slice(&message.entity).map_err(|error| input(&error.to_string()))?;
        let error = |name: &str, message: &str, cause| proto::EntityError {
            name: name.to_owned(),
            message: message.to_owned(),
            cause,
        };
        let errors = match document.get("kind") {
            Some(_) => vec![],
            None => vec![error(
                "TypeError",
                "no kind",
                Some(Box::new(error("Error", "because", None))),
            )],
        };
        Ok(Response::new(proto::ValidateEntityResponse { errors }))
    }

    async fn list_unprocessed_entities(
        &self,
        request: Request<proto::ListUnprocessedEntitiesRequest>,
    ) -> Result<Response<proto::ListUnprocessedEntitiesResponse>, Status> {
        let message = self.called("list_unprocessed_entities", request).await?;
        let items = vec![proto::UnprocessedEntity {
            entity_ref: "component:default/broken".to_owned(),
            reason: message.reason,
            errors: vec![proto::EntityError {
                name: "InputError".to_owned(),
                message: "bad".to_owned(),
                cause: None,
            }],
            location: "url:http://x/y".to_owned(),
            since: Some(prost_types::Timestamp { seconds: 0, nanos: 0 }),
            unprocessed_entity: Bytes::from_static(b"{\"kind\":\"Component\"}"),
            ..proto::UnprocessedEntity::default()
        }];
        Ok(Response::new(proto::ListUnprocessedEntitiesResponse {
            total_items: 2,
            // A page of one, and another one behind it.
            next_cursor: (message.limit == Some(1) && message.cursor.is_empty()).then(|| "next".to_owned()),
            items,
        }))
    }

    async fn list_providers(
        &self,
        request: Request<proto::ListProvidersRequest>,
    ) -> Result<Response<proto::ListProvidersResponse>, Status> {
        self.called("list_providers", request).await?;
        let providers = vec![proto::Provider {
            name: "github-provider:default".to_owned(),
            schedule: Some(proto::ProviderSchedule {
                frequency: Some(prost_types::Duration {
                    seconds: 1800,
                    nanos: 0,
                }),
                timeout: Some(prost_types::Duration { seconds: 180, nanos: 0 }),
            }),
            last_error: "the organisation is away".to_owned(),
            failing_since: Some(prost_types::Timestamp { seconds: 0, nanos: 0 }),
            entities: 12,
            configured: true,
            ..proto::Provider::default()
        }];
        Ok(Response::new(proto::ListProvidersResponse { providers }))
    }

    async fn run_provider(
        &self,
        request: Request<proto::RunProviderRequest>,
    ) -> Result<Response<proto::RunProviderResponse>, Status> {
        self.called("run_provider", request).await?;
        Ok(Response::new(proto::RunProviderResponse {}))
    }

    async fn watch_entities(
        &self,
        request: Request<proto::WatchEntitiesRequest>,
    ) -> Result<Response<Self::WatchEntitiesStream>, Status> {
        self.called("watch_entities", request).await?;
        let revisions = WatchStream::new(self.revision.subscribe());
        let batch = |revision| {
            Ok(proto::WatchEntitiesResponse {
                changes: vec![],
                revision,
                reset: false,
            })
        };
        Ok(Response::new(
            revisions
                .map(batch)
                .take_until(self.stop.clone().cancelled_owned())
                .take_until(self.feeds.lock().clone().cancelled_owned())
                .boxed(),
        ))
    }

    async fn get_status(
        &self,
        request: Request<proto::GetStatusRequest>,
    ) -> Result<Response<proto::GetStatusResponse>, Status> {
        self.called("get_status", request).await?;
        Ok(Response::new(proto::GetStatusResponse {
            revision: self.revision(),
            epoch: self.holding.lock().epoch.clone(),
            ..proto::GetStatusResponse::default()
        }))
    }
}
