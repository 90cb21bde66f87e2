//! `AnalyzeLocation`: what a location holds already, or what could be written for it.

use callboard_catalog_model::{LocationRef, integration::Provider};
use callboard_proto::catalog::v1 as proto;
use serde_json::{Value, json};
use tonic::Status;
use url::Url;

use crate::{
    reader::ReadError,
    server::{CatalogServer, errors},
    store::location,
};

pub(in crate::server) async fn analyze_location(
    server: &CatalogServer,
    request: proto::AnalyzeLocationRequest,
) -> Result<proto::AnalyzeLocationResponse, Status> {
    let target = LocationRef::new(&request.r#type, &request.target).map_err(|error| errors::entity(&error))?;
    let is_descriptor = [".yaml", ".yml", ".json"]
        .iter()
        .any(|ending| target.target.ends_with(ending));
    let files = if is_descriptor {
        vec![target.clone()]
    } else {
        search(server, &target, &request.catalog_filename).await?
    };
    if !files.is_empty() {
        let mut existing = Vec::new();
        for file in &files {
            existing.extend(existing_entities(server, file).await?);
        }
        return Ok(proto::AnalyzeLocationResponse {
            existing_entity_files: existing,
            generate_entities: Vec::new(),
        });
    }
    let suggestion =
        suggest(server, &target.target).ok_or_else(|| errors::invalid("The given location.target is not a URL"))?;
    Ok(proto::AnalyzeLocationResponse {
        existing_entity_files: Vec::new(),
        generate_entities: vec![suggestion.to_string().into()],
    })
}

/// What a file holds.
async fn existing_entities(
    server: &CatalogServer,
    file: &LocationRef,
) -> Result<Vec<proto::ExistingEntityFile>, Status> {
    let entities = server
        .ingest
        .dry_run(file)
        .await
        .map_err(|error| errors::entity(&error))?;
    let is_registered = location::find(&server.pool, &file.kind, &file.target)
        .await
        .map_err(errors::database)?
        .is_some();
    // The first is the Location that would stand for the file itself.
    let held = entities.into_iter().skip(1);
    Ok(held
        .map(|entity| proto::ExistingEntityFile {
            r#type: file.kind.clone(),
            target: file.target.clone(),
            is_registered,
            entity: entity.to_string().into(),
        })
        .collect())
}

/// The files of a repository on GitHub that describe what is in it. None where it cannot be searched: GitHub's search takes
/// credentials.
async fn search(server: &CatalogServer, target: &LocationRef, file_name: &str) -> Result<Vec<LocationRef>, Status> {
    let Ok(url) = Url::parse(&target.target) else {
        return Ok(Vec::new());
    };
    let host = url[url::Position::BeforeHost..url::Position::AfterPort].to_owned();
    let segments: Vec<&str> = url
        .path_segments()
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    let (Some(api), [owner, name]) = (server.ingest.readers.github(&host), segments.as_slice()) else {
        return Ok(Vec::new());
    };
    let name = name.strip_suffix(".git").unwrap_or(name);
    let file_name = if file_name.is_empty() {
        "catalog-info.yaml"
    } else {
        file_name
    };
    let failed = |error: ReadError| errors::unavailable(format!("{} could not be searched: {error}", target.target));
    if !api.has_credentials(owner).await.map_err(failed)? {
        return Ok(Vec::new());
    }
    let (paths, branch) = api.search_files(owner, name, file_name).await.map_err(failed)?;
    let root = target.target.trim_end_matches('/').trim_end_matches(".git");
    let found = paths
        .iter()
        .map(|path| LocationRef::new("url", &format!("{root}/blob/{branch}/{path}")));
    found.collect::<Result<_, _>>().map_err(|error| errors::entity(&error))
}

/// A Component named after the repository that a URL points into; `None` when it points into none.
fn suggest(server: &CatalogServer, target: &str) -> Option<Value> {
    let url = Url::parse(target).ok()?;
    let segments: Vec<&str> = url.path_segments()?.filter(|segment| !segment.is_empty()).collect();
    let provider = server.ingest.integrations.provider(target);
    let (project, annotation) = match (provider, segments.as_slice()) {
        // Groups nest; what is behind the dash is inside of the repository.
        (Some(Provider::GitLab), all) => {
            let end = all.iter().position(|segment| *segment == "-").unwrap_or(all.len());
            (all[..end].to_vec(), Some("gitlab.com/project-slug"))
        }
        (Some(Provider::Azure), [_, project, "_git", name, ..]) => {
            (vec![*project, *name], Some("dev.azure.com/project-slug"))
        }
        (Some(Provider::GitHub), [owner, name, ..]) => (vec![*owner, *name], Some("github.com/project-slug")),
        (_, [owner, name, ..]) => (vec![*owner, *name], None),
        _ => return None,
    };
    let (name, owner) = project.split_last().filter(|(_, owner)| !owner.is_empty())?;
    Some(component(&owner.join("/"), name, annotation))
}

fn component(owner: &str, name: &str, annotation: Option<&str>) -> Value {
    let name = name.strip_suffix(".git").unwrap_or(name);
    let mut metadata = json!({ "name": name });
    if let Some(annotation) = annotation {
        metadata["annotations"] = json!({ (annotation): format!("{owner}/{name}") });
    }
    json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Component",
        "metadata": metadata,
        "spec": { "type": "other", "lifecycle": "unknown" },
    })
}
