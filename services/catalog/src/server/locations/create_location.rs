//! `CreateLocation`: registers a location, or shows what registering it would add.

use std::time::Duration;

use callboard_catalog_model::{EntityRef, LocationRef};
use callboard_proto::catalog::v1 as proto;
use tonic::Status;
use uuid::Uuid;

use crate::{
    ingest::{IngestError, stitcher},
    reader,
    server::{CatalogServer, convert, errors},
    settings::LocationConflictStrategy,
    store::{
        self, Channel, entity_state, feed,
        location::{self, Location},
        source_file,
    },
};

/// How long an answer is held back for the index to have the new entity.
const VISIBLE_WITHIN: Duration = Duration::from_millis(500);

pub(in crate::server) async fn create_location(
    server: &CatalogServer,
    request: proto::CreateLocationRequest,
) -> Result<proto::CreateLocationResponse, Status> {
    let target = check_type(&request.r#type, &request.target)?;
    let entity_ref = EntityRef::new("location", "default", &target.generated_name()).to_string();
    let present = location::find(&server.pool, &target.kind, &target.target)
        .await
        .map_err(errors::database)?;
    if request.dry_run {
        return dry_run(server, &target, entity_ref, present.is_some()).await;
    }
    refuse_readonly(server)?;
    let conflict = match request.on_conflict() {
        proto::LocationConflict::Reject => LocationConflictStrategy::Reject,
        proto::LocationConflict::Refresh => LocationConflictStrategy::Refresh,
        proto::LocationConflict::Unspecified => server.ingest.settings.location_conflict_strategy,
    };
    let row = if let Some(row) = present {
        row
    } else {
        let row = Location {
            id: Uuid::new_v4(),
            location_type: target.kind.clone(),
            target: target.target.clone(),
            entity_ref,
        };
        if server.ingest.register(&row).await.map_err(errors::ingest)? {
            let revision = make_visible(server, &row).await;
            return Ok(answer(row, revision));
        }
        // Somebody else was quicker by a moment.
        location::find(&server.pool, &target.kind, &target.target)
            .await
            .map_err(errors::database)?
            .ok_or_else(|| already_exists(&target))?
    };
    match conflict {
        LocationConflictStrategy::Reject => Err(already_exists(&target)),
        LocationConflictStrategy::Refresh => {
            refresh(server, &row).await?;
            let revision = make_visible(server, &row).await;
            Ok(answer(row, revision))
        }
    }
}

/// Only URLs may be registered: what files there are is for the configuration to say.
pub(super) fn check_type(location_type: &str, target: &str) -> Result<LocationRef, Status> {
    if location_type != "url" {
        return Err(errors::invalid(
            "Registered locations must be of an allowed type [\"url\"]",
        ));
    }
    let location = LocationRef::new(location_type, target.trim()).map_err(|error| errors::entity(&error))?;
    reader::check_length(&location).map_err(|error| errors::entity(&error.into()))?;
    Ok(location)
}

pub(super) fn refuse_readonly(server: &CatalogServer) -> Result<(), Status> {
    if server.ingest.settings.readonly {
        return Err(errors::not_allowed("Service is running in readonly mode"));
    }
    Ok(())
}

pub(super) fn already_exists(location: &LocationRef) -> Status {
    errors::conflict(format!("Location {location} already exists"))
}

/// Lets the next read see the location's entity, which otherwise takes the stitcher's next turn. Returns the revision at which it
/// can be seen; done in vain it comes with the stitcher's turn, and the revision is 0.
pub(super) async fn make_visible(server: &CatalogServer, row: &Location) -> i64 {
    let stitched = async {
        stitcher::stitch_now(&server.pool, std::slice::from_ref(&row.entity_ref)).await?;
        Ok::<_, IngestError>(feed::latest_revision(&server.pool).await?)
    };
    match stitched.await {
        Ok(revision) => {
            let _in_time = server.replica.reach(revision, VISIBLE_WITHIN).await;
            revision
        }
        Err(error) => {
            tracing::warn!(%error, entity_ref = row.entity_ref, "a new location could not be stitched out of turn");
            0
        }
    }
}

async fn refresh(server: &CatalogServer, row: &Location) -> Result<(), Status> {
    server.ingest.emit_registered(row).await.map_err(errors::ingest)?;
    let mut transaction = server.pool.begin().await.map_err(errors::database)?;
    let refs = [row.entity_ref.clone()];
    source_file::forget_content(&mut transaction, &refs)
        .await
        .map_err(errors::database)?;
    entity_state::schedule_now(&mut transaction, &refs)
        .await
        .map_err(errors::database)?;
    store::notify(&mut transaction, Channel::Process)
        .await
        .map_err(errors::database)?;
    transaction.commit().await.map_err(errors::database)
}

async fn dry_run(
    server: &CatalogServer,
    target: &LocationRef,
    entity_ref: String,
    exists: bool,
) -> Result<proto::CreateLocationResponse, Status> {
    let entities = server
        .ingest
        .dry_run(target)
        .await
        .map_err(|error| errors::entity(&error))?;
    Ok(proto::CreateLocationResponse {
        location: Some(proto::Location {
            id: target.to_string(),
            r#type: target.kind.clone(),
            target: target.target.clone(),
            entity_ref,
        }),
        entities: entities.into_iter().map(|entity| entity.to_string().into()).collect(),
        exists,
        revision: 0,
    })
}

fn answer(row: Location, revision: i64) -> proto::CreateLocationResponse {
    proto::CreateLocationResponse {
        location: Some(convert::location(row)),
        entities: Vec::new(),
        exists: false,
        revision,
    }
}
