//! What becomes of news about files and repositories: what depends on them is read again, and nothing else.

use std::sync::Arc;

use callboard_catalog_model::{EntityError, LocationRef, refresh_key::stored_refresh_key};

use super::{Ingest, IngestError, expand::LocationSpec, retry_on_conflict, stitcher};
use crate::{
    reader,
    store::{
        feed,
        location::{self, Location},
        refresh::{self, TouchedFiles},
    },
};

/// Something that happened to a file or to a repository. Addresses are URLs as a browser shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocationEvent {
    /// What.
    pub change: Change,
    /// To whom.
    pub url: String,
    /// All files below the address are meant.
    pub is_repository: bool,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is there now.
    Created,
    /// It is another now.
    Updated,
    /// It is gone.
    Deleted,
    /// It is at this address now.
    Moved(String),
}

/// People or teams of an organisation on a source host changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationEvent {
    /// Address of the organisation.
    pub url: String,
    /// Slug of the team that is another now, or gone.
    pub team: Option<String>,
    /// Login of who joined, left, or is in other teams now.
    pub user: Option<String>,
    /// More changed than is named.
    pub is_whole: bool,
}

/// What happened elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct News {
    /// To files and repositories, in order.
    pub locations: Vec<LocationEvent>,
    /// To organisations.
    pub organizations: Vec<OrganizationEvent>,
}

/// What came of events.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Consequences {
    /// Entities due for reading and processing.
    pub refreshed: u64,
    /// Registered locations removed.
    pub unregistered: u64,
    /// Registered locations pointed elsewhere.
    pub moved: u64,
    /// The revision at which removals and moves can be seen.
    pub revision: i64,
}

impl Ingest {
    /// Follows news, in order, as far as `catalog.scmEvents` wants them followed. `refresh_keys` are looked up beside.
    pub async fn follow_news(
        self: &Arc<Self>,
        news: News,
        refresh_keys: &[String],
    ) -> Result<Consequences, IngestError> {
        let wanted = self.settings.scm_events;
        let mut consequences = Consequences::default();
        let mut touched = TouchedFiles {
            exact: refresh_keys.iter().map(|key| stored(key)).collect(),
            ..TouchedFiles::default()
        };
        let mut is_new_file = false;
        for event in &news.locations {
            match &event.change {
                Change::Deleted if wanted.unregister => self.unregister_at(event, &mut consequences).await?,
                Change::Moved(to) if wanted.relocate => self.relocate(event, to, &mut consequences).await?,
                _ => {}
            }
            if wanted.refresh {
                is_new_file |= !event.is_repository && event.change != Change::Updated;
                touch(&mut touched, &event.url, event.is_repository);
                if let Change::Moved(to) = &event.change {
                    touch(&mut touched, to, event.is_repository);
                }
            }
        }
        self.tell_providers(news).await;
        if is_new_file {
            touched.locations = self.globs_that_match(&touched.exact).await?;
        }
        consequences.refreshed = retry_on_conflict(|| async {
            let mut transaction = self.pool.begin().await?;
            let refreshed = refresh::schedule_dependents(&mut transaction, &touched).await?;
            transaction.commit().await?;
            Ok(refreshed)
        })
        .await?;
        Ok(consequences)
    }

    /// Locations whose globs may match one of the files, whoever holds them. That a glob starts like a file's address is enough: to
    /// list once more costs little.
    async fn globs_that_match(&self, files: &[String]) -> Result<Vec<String>, IngestError> {
        let mut matching = Vec::new();
        for (entity_ref, document) in refresh::list_glob_locations(&self.pool).await? {
            // One that makes no sense is none.
            let Ok((spec, _)) = LocationSpec::of(&serde_json::from_str(&document)?, self) else {
                continue;
            };
            let may_match = |target: &LocationRef| {
                let target = target.to_string().to_ascii_lowercase();
                let starts = |file: &String, (start, _): (&str, &str)| file.starts_with(start);
                target
                    .split_once('*')
                    .is_some_and(|glob| files.iter().any(|file| starts(file, glob)))
            };
            if spec.targets.iter().any(may_match) {
                matching.push(entity_ref);
            }
        }
        Ok(matching)
    }

    async fn unregister_at(&self, event: &LocationEvent, consequences: &mut Consequences) -> Result<(), IngestError> {
        for row in self.registered_at(event).await? {
            tracing::info!(location = row.target, "unregistered: its source is gone");
            let revision = self.unregister(&row).await?;
            consequences.unregistered += 1;
            consequences.revision = consequences.revision.max(revision);
        }
        Ok(())
    }

    async fn relocate(
        self: &Arc<Self>,
        event: &LocationEvent,
        to: &str,
        consequences: &mut Consequences,
    ) -> Result<(), IngestError> {
        for row in self.registered_at(event).await? {
            let rest = &row.target[base(&event.url).len().min(row.target.len())..];
            let target = if event.is_repository {
                format!("{}{rest}", base(to))
            } else {
                to.to_owned()
            };
            let moved = Location { target, ..row.clone() };
            let location = LocationRef::new(&moved.location_type, &moved.target)?;
            reader::check_length(&location).map_err(EntityError::from)?;
            tracing::info!(
                from = row.target,
                to = moved.target,
                "a registered location moves with its source"
            );
            if self.point_elsewhere(&moved).await? {
                self.emit_registered(&moved).await?;
                stitcher::stitch_now(&self.pool, std::slice::from_ref(&moved.entity_ref)).await?;
                consequences.moved += 1;
            } else {
                // It is registered where it is now: that registration stays.
                self.unregister(&row).await?;
                consequences.unregistered += 1;
            }
            consequences.revision = feed::latest_revision(&self.pool).await?;
        }
        Ok(())
    }

    /// The registered locations at exactly the address of an event, or in its repository.
    async fn registered_at(&self, event: &LocationEvent) -> Result<Vec<Location>, IngestError> {
        if !event.is_repository {
            return Ok(location::find(&self.pool, "url", &event.url)
                .await?
                .into_iter()
                .collect());
        }
        let inside = prefixes(&event.url);
        let all = location::list(&self.pool).await?;
        let is_inside =
            |row: &Location| row.location_type == "url" && inside.iter().any(|prefix| row.target.starts_with(prefix));
        Ok(all.into_iter().filter(is_inside).collect())
    }
}

fn stored(key: &str) -> String {
    stored_refresh_key(key).to_ascii_lowercase()
}

/// Adds a file, in both of its spellings, or all files of a repository.
fn touch(touched: &mut TouchedFiles, url: &str, is_repository: bool) {
    let key = |url: &str| stored(&format!("url:{url}"));
    if is_repository {
        touched.exact.push(key(base(url)));
        // Short enough for their beginnings to be stored as they are.
        touched.prefixes.extend(
            prefixes(url)
                .iter()
                .map(|prefix| format!("url:{prefix}").to_ascii_lowercase()),
        );
        return;
    }
    touched.exact.push(key(url));
    for (spelling, other) in [("/blob/", "/tree/"), ("/tree/", "/blob/")] {
        if url.contains(spelling) {
            touched.exact.push(key(&url.replacen(spelling, other, 1)));
        }
    }
}

/// A repository's address without what may follow it in spelling.
fn base(url: &str) -> &str {
    let url = url.trim_end_matches('/');
    url.strip_suffix(".git").unwrap_or(url)
}

/// What the addresses of a repository's files start with.
fn prefixes(url: &str) -> [String; 2] {
    [format!("{}/", base(url)), format!("{}?", base(url))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_touched_in_both_spellings() {
        let mut touched = TouchedFiles::default();
        touch(
            &mut touched,
            "https://github.com/Acme/shop/blob/main/Catalog.yaml",
            false,
        );
        assert_eq!(
            touched.exact,
            [
                "url:https://github.com/acme/shop/blob/main/catalog.yaml",
                "url:https://github.com/acme/shop/tree/main/catalog.yaml"
            ]
        );
        assert!(touched.prefixes.is_empty());
    }

    #[test]
    fn a_repository_is_touched_with_all_its_files_and_with_no_other_s() {
        let mut touched = TouchedFiles::default();
        touch(&mut touched, "https://github.com/acme/shop.git", true);
        assert_eq!(touched.exact, ["url:https://github.com/acme/shop"]);
        assert_eq!(
            touched.prefixes,
            ["url:https://github.com/acme/shop/", "url:https://github.com/acme/shop?"]
        );
    }
}
