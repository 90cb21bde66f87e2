//! Expanding a Location entity: its targets are listed, read and taken in, file by file.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::Arc,
};

use callboard_catalog_model::{EntityError, LocationRef, canonical, emit::Origin};
use futures::{StreamExt, stream};
use serde_json::Value;

use super::{
    Ingest, IngestError,
    candidate::{self, Parsed},
    process::errors_json,
    retry_on_conflict,
    take_in::Finish,
};
use crate::{
    reader::{Read, ReadError},
    store::{
        emission::Emission,
        entity_state::{self, DueEntity},
        reference::{self, Source},
        source_file::{self, SourceFile},
        stitch,
    },
};

/// How many children without a valid version a Location speaks for.
const MAX_STILLBORN: i64 = 100;
/// How many files of one Location are read and processed ahead of the one being written.
const READ_AHEAD: usize = 4;

/// What a Location entity says.
#[derive(Debug)]
pub struct LocationSpec {
    /// Targets, resolved, in order.
    pub targets: Vec<LocationRef>,
    /// A missing target is fine.
    pub optional: bool,
    /// Where the chain of Locations started.
    pub root: LocationRef,
}

impl LocationSpec {
    /// Reads it from a processed Location; targets that make no sense are errors of their own.
    pub fn of(document: &Value, ingest: &Ingest) -> Result<(Self, Vec<EntityError>), EntityError> {
        let Origin {
            location: own,
            origin: root,
        } = candidate::origin_of(document)?;
        let spec = document.get("spec");
        let text = |key: &str| spec.and_then(|spec| spec.get(key)).and_then(Value::as_str);
        let kind = text("type").unwrap_or(&own.kind);
        if kind != own.kind && kind != "url" {
            return Err(EntityError::input(
                "Registered locations must be of an allowed type [\"url\"]",
            ));
        }
        let listed = spec.and_then(|spec| spec.get("targets")).and_then(Value::as_array);
        let raw = text("target")
            .into_iter()
            .chain(listed.into_iter().flatten().filter_map(Value::as_str));
        let (mut targets, mut errors) = (Vec::new(), Vec::new());
        let mut seen = HashSet::new();
        for target in raw {
            match resolve_target(kind, target, &own, ingest) {
                Ok(resolved) if seen.insert(resolved.to_string()) => targets.push(resolved),
                Ok(_) => {}
                Err(error) => errors.push(error),
            }
        }
        let optional = text("presence") == Some("optional");
        Ok((
            Self {
                targets,
                optional,
                root,
            },
            errors,
        ))
    }
}

/// Targets are relative to the file they stand in when both are of one type.
fn resolve_target(kind: &str, target: &str, own: &LocationRef, ingest: &Ingest) -> Result<LocationRef, EntityError> {
    if kind != own.kind {
        return LocationRef::new(kind, target);
    }
    match kind {
        "file" if target.starts_with('.') => {
            let folder = Path::new(&own.target).parent().unwrap_or(Path::new("/"));
            LocationRef::new(kind, &folder.join(target).to_string_lossy())
        }
        // What cannot be resolved is for the reader to refuse.
        "url" => {
            let resolved = ingest.integrations.resolve_url(&own.target, target);
            LocationRef::new(kind, resolved.as_deref().unwrap_or(target))
        }
        _ => LocationRef::new(kind, target),
    }
}

/// Stands between the hash of the settings and that of the content.
const HASH_SEPARATOR: char = ':';

/// The validator to ask with whether a file has changed; `None` when it has to be applied even if it has not, because it never was
/// or because the settings were others.
fn validator<'file>(known: &'file SourceFile, settings: &str) -> Option<&'file str> {
    let (applied_with, _) = known.content_hash.as_deref()?.split_once(HASH_SEPARATOR)?;
    known.etag.as_deref().filter(|_| applied_with == settings)
}

/// A file, read and processed, or left as it is.
enum Prepared {
    Kept(SourceFile),
    Fresh {
        file: SourceFile,
        broken: bool,
        emissions: Vec<Emission>,
    },
}

impl Ingest {
    /// Expands a claimed Location. Its errors are kept with it; what fails is only what nothing can be recorded about.
    pub async fn expand(self: &Arc<Self>, due: &DueEntity, document: &Value) -> Result<(), IngestError> {
        let (spec, mut errors) = match LocationSpec::of(document, self) {
            Ok(spec) => spec,
            Err(error) => return self.finish_expansion(due, &[error], None).await,
        };
        let known: HashMap<String, SourceFile> = source_file::list(&self.pool, &due.entity_ref)
            .await?
            .into_iter()
            .map(|file| (file.location.clone(), file))
            .collect();
        let mut complete = errors.is_empty();
        let mut files: Vec<LocationRef> = Vec::new();
        let mut locations: HashSet<String> = HashSet::new();
        for target in &spec.targets {
            match self.readers.list(target).await {
                Ok(listed) => {
                    for file in listed {
                        if locations.insert(file.to_string()) {
                            files.push(file);
                        }
                    }
                }
                Err(ReadError::NotFound(_)) if spec.optional => {}
                Err(error) => {
                    tracing::warn!(entity_ref = due.entity_ref, location = %target, %error, "a location could not be listed");
                    complete = false;
                    errors.push(error.into());
                }
            }
        }

        let locations: Vec<String> = locations.into_iter().collect();
        let spec = Arc::new(spec);
        let known = Arc::new(known);
        let mut prepared = stream::iter(files)
            .map(|file| {
                let (this, spec, known) = (Arc::clone(self), Arc::clone(&spec), Arc::clone(&known));
                let parent = due.entity_ref.clone();
                let task = tokio::spawn(async move {
                    let known = known.get(&file.to_string()).cloned().unwrap_or_default();
                    this.prepare_file(&parent, file, &spec, known).await
                });
                async move { task.await? }
            })
            .buffered(READ_AHEAD);
        while let Some(file) = prepared.next().await {
            let file = match file? {
                Prepared::Kept(file) => file,
                Prepared::Fresh {
                    file,
                    broken,
                    emissions,
                } => {
                    let source = Source::Location {
                        entity_ref: due.entity_ref.clone(),
                        file: file.location.clone(),
                    };
                    let finish = if broken {
                        Finish::BrokenFile(file.clone())
                    } else {
                        Finish::File(file.clone())
                    };
                    self.take_in(&source, &emissions, finish).await?;
                    file
                }
            };
            if let Some(text) = &file.errors {
                errors.extend(serde_json::from_str::<Vec<EntityError>>(text)?);
            }
        }
        errors.extend(self.errors_of_stillborn(&due.entity_ref).await?);
        self.finish_expansion(due, &errors, complete.then_some(&locations))
            .await
    }

    /// The errors of children that were never valid: nobody sees those, so their Location speaks for them.
    async fn errors_of_stillborn(&self, location_entity_ref: &str) -> Result<Vec<EntityError>, IngestError> {
        let mut errors = Vec::new();
        for child in entity_state::list_stillborn(&self.pool, location_entity_ref, MAX_STILLBORN).await? {
            let file = child.location_key.unwrap_or_default();
            for error in serde_json::from_str::<Vec<EntityError>>(&child.errors)? {
                errors.push(EntityError {
                    message: format!("{} ({} of {file})", error.message, child.entity_ref),
                    ..error
                });
            }
        }
        Ok(errors)
    }

    async fn prepare_file(
        self: &Arc<Self>,
        parent: &str,
        file: LocationRef,
        spec: &Arc<LocationSpec>,
        known: SourceFile,
    ) -> Result<Prepared, IngestError> {
        let known = SourceFile {
            location: file.to_string(),
            ..known
        };
        let unreadable = |error: EntityError| {
            tracing::warn!(location = known.location, %error, "a location could not be read");
            Prepared::Fresh {
                // Without a hash it is applied again as soon as it can be read.
                file: SourceFile {
                    location: known.location.clone(),
                    content_hash: None,
                    etag: None,
                    errors: Some(errors_json(&[error])),
                },
                broken: true,
                emissions: Vec::new(),
            }
        };
        let settings = canonical::sha1_hex(&format!("{}\n{}", self.fingerprint, spec.root));
        let validator = validator(&known, &settings);
        let (body, etag) = match self.readers.read(&file, validator).await {
            Ok(Read::NotModified) => return Ok(Prepared::Kept(known)),
            Ok(Read::Content { body, etag }) => (body, etag),
            Err(ReadError::NotFound(_)) if spec.optional => {
                let gone = SourceFile {
                    content_hash: None,
                    etag: None,
                    errors: None,
                    ..known
                };
                return Ok(Prepared::Fresh {
                    file: gone,
                    broken: false,
                    emissions: Vec::new(),
                });
            }
            Err(error) => return Ok(unreadable(error.into())),
        };
        let Ok(text) = String::from_utf8(body.into()) else {
            return Ok(unreadable(EntityError::plain(format!(
                "{file} could not be read, it is not UTF-8 text"
            ))));
        };
        let hash = format!("{settings}{HASH_SEPARATOR}{}", canonical::sha1_hex(&text));
        if known.content_hash.as_ref() == Some(&hash) {
            return Ok(Prepared::Kept(known));
        }
        let _busy = self.workload.busy();
        let Parsed { candidates, errors } = {
            let (this, spec, parent) = (Arc::clone(self), Arc::clone(spec), parent.to_owned());
            let parse = move || {
                let origin = Origin {
                    location: file,
                    origin: spec.root.clone(),
                };
                candidate::parse(&text, &origin, &parent, &this.rules)
            };
            tokio::task::spawn_blocking(parse).await?
        };
        for error in &errors {
            tracing::warn!(location = known.location, %error, "a document was refused");
        }
        let emissions = self.prepare(candidates).await?;
        let broken = !errors.is_empty();
        let errors = broken.then(|| errors_json(&errors));
        let file = SourceFile {
            location: known.location,
            content_hash: Some(hash),
            etag,
            errors,
        };
        Ok(Prepared::Fresh {
            file,
            broken,
            emissions,
        })
    }

    /// Records the errors, lets go of files that are no longer among the targets (`files`; `None`: some target could not be
    /// listed, so nothing is let go), and schedules the next round.
    async fn finish_expansion(
        &self,
        due: &DueEntity,
        errors: &[EntityError],
        files: Option<&Vec<String>>,
    ) -> Result<(), IngestError> {
        let errors = (!errors.is_empty()).then(|| errors_json(errors));
        let next = self.next_poll();
        retry_on_conflict(|| async {
            let mut transaction = self.pool.begin().await?;
            let mut stitches = Vec::new();
            if entity_state::set_errors(&mut transaction, &due.entity_ref, errors.as_deref()).await? {
                stitches.push(due.entity_ref.clone());
            }
            if entity_state::release(&mut transaction, due, Some(next)).await? {
                // Whoever asked for another round may have asked for everything to be applied again, and what was recorded of the
                // files since would hide that.
                source_file::forget_content(&mut transaction, std::slice::from_ref(&due.entity_ref)).await?;
            }
            if let Some(files) = files {
                stitches.extend(reference::abandon_other_files(&mut transaction, &due.entity_ref, files).await?);
                source_file::retain(&mut transaction, &due.entity_ref, files).await?;
            }
            stitch::request(&mut transaction, stitches).await?;
            transaction.commit().await?;
            Ok(())
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_applied_under_other_settings_is_not_asked_for_conditionally() {
        let known = |hash: Option<&str>| SourceFile {
            location: "url:https://example.com/a.yaml".to_owned(),
            content_hash: hash.map(str::to_owned),
            etag: Some("\"1\"".to_owned()),
            errors: None,
        };
        assert_eq!(validator(&known(Some("now:text")), "now"), Some("\"1\""));
        assert_eq!(validator(&known(Some("then:text")), "now"), None);
        assert_eq!(validator(&known(None), "now"), None);
    }
}
