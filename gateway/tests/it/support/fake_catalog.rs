//! A catalog that holds what a test puts into it.

use std::{pin::Pin, sync::Arc};

use bytes::Bytes;
use callboard_proto::catalog::v1::{
    self as proto,
    catalog_service_server::{CatalogService, CatalogServiceServer},
};
use callboard_service_kit::{
    error::{ErrorCode, ServiceError},
    identity::{Caller, CallerTokens},
};
use futures::{Stream, StreamExt, stream};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::watch};
use tokio_stream::wrappers::{TcpListenerStream, WatchStream};
use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status};

type Parts<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

/// What it holds, and what it was asked.
#[derive(Default)]
pub(crate) struct Holding {
    pub(crate) entities: Vec<proto::Entity>,
    pub(crate) locations: Vec<proto::Location>,
    /// Answers every call with this.
    pub(crate) failure: Option<Status>,
    /// Keeps every call waiting.
    pub(crate) hangs: bool,
    /// Every read so far: the RPC, the caller, the message.
    pub(crate) calls: Vec<(String, Caller, String)>,
    pub(crate) min_revision: i64,
}

/// The catalog; clones are the same one.
#[derive(Clone)]
pub(crate) struct FakeCatalog {
    pub(crate) holding: Arc<Mutex<Holding>>,
    revision: watch::Sender<i64>,
    tokens: CallerTokens,
    stop: CancellationToken,
}

pub(crate) fn entity(kind: &str, name: &str) -> Value {
    json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": kind,
        "metadata": {"name": name, "namespace": "default", "uid": format!("uid-{}", name.to_lowercase())},
        "relations": [],
    })
}

impl FakeCatalog {
    /// A catalog that goes away when `stop` is cancelled.
    pub(crate) fn new(tokens: CallerTokens, stop: CancellationToken) -> Self {
        Self {
            holding: Arc::default(),
            revision: watch::Sender::new(1),
            tokens,
            stop,
        }
    }

    pub(crate) fn serve(&self, listener: TcpListener) {
        let server = tonic::transport::Server::builder().add_service(CatalogServiceServer::new(self.clone()));
        tokio::spawn(
            server.serve_with_incoming_shutdown(TcpListenerStream::new(listener), self.stop.clone().cancelled_owned()),
        );
    }

    /// Puts a document in, in place of the one of its name.
    pub(crate) fn put(&self, document: &Value) {
        let text = |path: &str| {
            document
                .pointer(path)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let (kind, namespace, name) = (text("/kind"), text("/metadata/namespace"), text("/metadata/name"));
        let entity_ref = format!("{kind}:{namespace}/{name}").to_lowercase();
        let revision = self.advance();
        let mut holding = self.holding.lock();
        holding.entities.retain(|entity| entity.r#ref != entity_ref);
        holding.entities.push(proto::Entity {
            r#ref: entity_ref,
            uid: text("/metadata/uid"),
            kind,
            namespace,
            name,
            revision,
            document: Bytes::from(document.to_string()),
            ..proto::Entity::default()
        });
    }

    pub(crate) fn revision(&self) -> i64 {
        *self.revision.borrow()
    }

    /// Forgets whom it was called by, and for what.
    pub(crate) fn forget_calls(&self) {
        self.holding.lock().calls.clear();
    }

    /// How often an RPC was called.
    pub(crate) fn count(&self, rpc: &str) -> usize {
        self.holding
            .lock()
            .calls
            .iter()
            .filter(|(name, ..)| name == rpc)
            .count()
    }

    /// The last call of an RPC.
    pub(crate) fn last(&self, rpc: &str) -> (Caller, String) {
        let holding = self.holding.lock();
        let call = holding.calls.iter().rfind(|(name, ..)| name == rpc);
        let (_, caller, message) = call.unwrap_or_else(|| panic!("{rpc} was not called"));
        (caller.clone(), message.clone())
    }

    fn advance(&self) -> i64 {
        let mut revision = 0;
        self.revision.send_modify(|current| {
            *current += 1;
            revision = *current;
        });
        revision
    }

    async fn called<T: std::fmt::Debug>(&self, rpc: &str, request: Request<T>) -> Result<T, Status> {
        let token = request
            .metadata()
            .get("authorization")
            .and_then(|value| value.to_str().ok());
        let token = token
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or_else(|| Status::unauthenticated("none"))?;
        let caller = self
            .tokens
            .verify(token)
            .map_err(|error| Status::unauthenticated(error.to_string()))?;
        let message = request.into_inner();
        let hangs = {
            let mut holding = self.holding.lock();
            holding.calls.push((rpc.to_owned(), caller, format!("{message:?}")));
            if let Some(failure) = &holding.failure {
                return Err(failure.clone());
            }
            holding.hangs
        };
        if hangs {
            std::future::pending::<()>().await;
        }
        Ok(message)
    }

    fn read(&self, options: Option<proto::ReadOptions>) {
        self.holding.lock().min_revision = options.unwrap_or_default().min_revision;
    }

    fn by_ref(&self, entity_ref: &str) -> Option<proto::Entity> {
        self.holding
            .lock()
            .entities
            .iter()
            .find(|entity| entity.r#ref == entity_ref)
            .cloned()
    }

    fn location(&self, id: &str) -> Result<proto::Location, Status> {
        let holding = self.holding.lock();
        holding
            .locations
            .iter()
            .find(|location| location.id == id)
            .cloned()
            .ok_or_else(|| missing("no location"))
    }
}

fn missing(message: &str) -> Status {
    ServiceError::not_found(message).into()
}

fn input(message: &str) -> Status {
    ServiceError::input(message).into()
}

#[tonic::async_trait]
impl CatalogService for FakeCatalog {
    type ListEntitiesStream = Parts<proto::ListEntitiesResponse>;
    type WatchEntitiesStream = Parts<proto::WatchEntitiesResponse>;

    async fn query_entities(
        &self,
        request: Request<proto::QueryEntitiesRequest>,
    ) -> Result<Response<proto::QueryEntitiesResponse>, Status> {
        let message = self.called("query_entities", request).await?;
        self.read(message.read);
        if message.cursor == "bad" {
            return Err(input("Malformed cursor: bad"));
        }
        let all = self.holding.lock().entities.clone();
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
        self.read(message.read);
        let all = self.holding.lock().entities.clone();
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
        self.read(message.read);
        let items = message.entity_refs.iter().map(|entity_ref| proto::MaybeEntity {
            entity: self.by_ref(entity_ref),
        });
        let items = items.collect();
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
        self.read(message.read);
        let entity_ref = format!("{}:{}/{}", message.kind, message.namespace, message.name).to_lowercase();
        let entity = Some(self.by_ref(&entity_ref).ok_or_else(|| missing("no entity"))?);
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
        let entity = self.by_ref(&message.entity_ref).ok_or_else(|| missing("no entity"))?;
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

    async fn get_entity_facets(
        &self,
        request: Request<proto::GetEntityFacetsRequest>,
    ) -> Result<Response<proto::GetEntityFacetsResponse>, Status> {
        let message = self.called("get_entity_facets", request).await?;
        self.read(message.read);
        let count = self.holding.lock().entities.len() as u64;
        let facet = |name: String| proto::Facet {
            name,
            values: vec![proto::FacetValue {
                value: "Component".to_owned(),
                count,
            }],
        };
        let facets = message.facets.into_iter().map(facet).collect();
        Ok(Response::new(proto::GetEntityFacetsResponse {
            facets,
            revision: self.revision(),
        }))
    }

    async fn delete_entity_by_uid(
        &self,
        request: Request<proto::DeleteEntityByUidRequest>,
    ) -> Result<Response<proto::DeleteEntityByUidResponse>, Status> {
        let message = self.called("delete_entity_by_uid", request).await?;
        let mut holding = self.holding.lock();
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
        if self.by_ref(&message.entity_ref).is_none() {
            return Err(missing(&format!("Entity {} not found", message.entity_ref)));
        }
        Ok(Response::new(proto::RefreshEntityResponse {}))
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
        }];
        Ok(Response::new(proto::ListUnprocessedEntitiesResponse { items }))
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
            ..proto::GetStatusResponse::default()
        }))
    }
}

/// A failure whose text nobody outside may read.
pub(crate) fn secret_failure() -> Status {
    Status::internal("connection to 10.0.0.1 refused for user admin")
}

/// A failure of a service that answers, but cannot do without something that is away.
pub(crate) fn unavailable() -> Status {
    ServiceError::new(
        ErrorCode::ServiceUnavailableError,
        "The database is not available at the moment",
    )
    .into()
}
