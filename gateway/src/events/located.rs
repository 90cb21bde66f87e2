//! What happened where, as the catalog wants to be told.

use std::collections::BTreeMap;

use callboard_proto::catalog::v1::{LocationEvent, location_event::Kind};

/// More changed files than that are told as a change of their repository.
const MOST_FILES: usize = 1000;

/// A repository as a whole.
pub(super) fn repository(kind: Kind, url: &str) -> LocationEvent {
    LocationEvent {
        kind: kind.into(),
        url: url.trim_end_matches('/').to_owned(),
        to_url: String::new(),
        is_repository: true,
    }
}

/// A repository that has another address now.
pub(super) fn moved_repository(url: &str, to_url: &str) -> LocationEvent {
    LocationEvent {
        to_url: to_url.trim_end_matches('/').to_owned(),
        ..repository(Kind::Moved, url)
    }
}

/// The files that commits touched, each told once with what happened to it last.
#[derive(Debug, Default)]
pub(super) struct Files<'a> {
    by_path: BTreeMap<&'a str, Kind>,
}

impl<'a> Files<'a> {
    /// Takes in one commit; the oldest comes first.
    pub(super) fn commit(
        &mut self,
        added: impl Iterator<Item = &'a str>,
        modified: impl Iterator<Item = &'a str>,
        removed: impl Iterator<Item = &'a str>,
    ) {
        for path in added {
            self.by_path.insert(path, Kind::Created);
        }
        for path in modified {
            // New and changed at once is new.
            self.by_path
                .entry(path)
                .and_modify(|kind| {
                    if *kind == Kind::Deleted {
                        *kind = Kind::Updated;
                    }
                })
                .or_insert(Kind::Updated);
        }
        for path in removed {
            self.by_path.insert(path, Kind::Deleted);
        }
    }

    /// The events; `address` makes a path the file's address.
    pub(super) fn into_events(self, repository_url: &str, address: impl Fn(&str) -> String) -> Vec<LocationEvent> {
        if self.by_path.len() > MOST_FILES {
            return vec![repository(Kind::Updated, repository_url)];
        }
        let event = |(path, kind): (&str, Kind)| LocationEvent {
            kind: kind.into(),
            url: address(path),
            to_url: String::new(),
            is_repository: false,
        };
        self.by_path.into_iter().map(event).collect()
    }
}

/// `refs/heads/main` as `main`; `None` for tags and the like.
pub(super) fn branch(reference: &str) -> Option<&str> {
    reference.strip_prefix("refs/heads/")
}
