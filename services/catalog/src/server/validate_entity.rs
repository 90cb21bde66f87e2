//! `ValidateEntity`: everything processing would check, without storing.

use callboard_catalog_model::{
    EntityError, LocationRef,
    emit::{self, Origin},
    envelope,
};
use callboard_proto::catalog::v1 as proto;
use serde_json::Value;
use tonic::Status;

use super::{CatalogServer, convert, errors};
use crate::ingest::{candidate, expand::LocationSpec};

pub(super) async fn validate_entity(
    server: &CatalogServer,
    request: proto::ValidateEntityRequest,
) -> Result<proto::ValidateEntityResponse, Status> {
    let document: Value = serde_json::from_slice(&request.entity)
        .map_err(|error| errors::invalid(format!("the entity is not JSON: {error}")))?;
    let errors = match validate(server, document, &request.location).await {
        Ok(errors) => errors,
        Err(error) => vec![error],
    };
    Ok(proto::ValidateEntityResponse {
        errors: errors.into_iter().map(convert::entity_error).collect(),
    })
}

async fn validate(
    server: &CatalogServer,
    mut document: Value,
    location: &str,
) -> Result<Vec<EntityError>, EntityError> {
    let location = LocationRef::parse(location)?;
    if location.kind != "url" {
        return Err(EntityError::type_error(format!(
            "Invalid location ref {location}, only 'url:<target>' is supported, e.g. url:https://host/path"
        )));
    }
    envelope::check_envelope(&document)?;
    if candidate::origin_of(&document).is_err() {
        emit::mark_origin(&mut document, &Origin::root(location));
    }
    let completed = server.ingest.complete(document).await?;
    if !candidate::is_location(&completed.document) {
        return Ok(Vec::new());
    }
    let (spec, mut errors) = LocationSpec::of(&completed.document, &server.ingest)?;
    for target in &spec.targets {
        if let Err(error) = server.ingest.probe(target, spec.optional).await {
            errors.push(error.into());
        }
    }
    Ok(errors)
}
