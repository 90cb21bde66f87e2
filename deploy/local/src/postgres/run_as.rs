//! Postgres refuses to run as root; this finds who it runs as instead.

use std::{
    fs,
    os::unix::fs::{MetadataExt, chown},
    path::{Path, PathBuf},
};

use rustix::process::geteuid;

use crate::LaunchError;

/// A system user that a process is started as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RunAs {
    pub(crate) name: String,
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    pub(crate) home: PathBuf,
}

impl RunAs {
    /// None unless this process is root; then the user `postgres`, or `nobody`.
    pub(crate) fn for_postgres() -> Result<Option<Self>, LaunchError> {
        if !geteuid().is_root() {
            return Ok(None);
        }
        let users = fs::read_to_string("/etc/passwd").map_err(LaunchError::file("/etc/passwd"))?;
        ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| find_user(&users, name))
            .map(Some)
            .ok_or_else(|| {
                LaunchError::Postgres(
                    "it does not run as root, and there is no user `postgres` or `nobody` here".to_owned(),
                )
            })
    }

    /// Hands a file or folder over to the user.
    pub(crate) fn own(&self, path: &Path) -> Result<(), LaunchError> {
        chown(path, Some(self.uid), Some(self.gid)).map_err(LaunchError::file(path))
    }

    /// Whether the user can reach what lies in a folder: every folder above lets others through.
    pub(crate) fn reaches(&self, folder: &Path) -> bool {
        const OTHERS_MAY_ENTER: u32 = 0o001;
        folder.ancestors().all(|ancestor| match fs::metadata(ancestor) {
            Ok(metadata) => metadata.mode() & OTHERS_MAY_ENTER != 0 || metadata.uid() == self.uid,
            // Not there yet: it is made by us, with the usual rights.
            Err(_) => true,
        })
    }
}

/// Finds a user in the text of `/etc/passwd`.
fn find_user(users: &str, name: &str) -> Option<RunAs> {
    users.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        match fields.as_slice() {
            [user, _, uid, gid, _, home, ..] if *user == name => Some(RunAs {
                name: name.to_owned(),
                uid: uid.parse().ok()?,
                gid: gid.parse().ok()?,
                home: PathBuf::from(home),
            }),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_user_is_found_by_its_whole_name() {
        let users = "root:x:0:0:root:/root:/bin/bash\npostgresql:x:5:5::/a:/b\npostgres:x:101:104:admin,,,:/var/lib/postgresql:/bin/bash\n";
        let found = find_user(users, "postgres").unwrap();
        assert_eq!((found.uid, found.gid), (101, 104));
        assert_eq!(found.home, PathBuf::from("/var/lib/postgresql"));
        assert_eq!(find_user(users, "nobody"), None);
    }

    #[test]
    fn a_closed_folder_above_is_noticed() {
        let folder = tempfile::tempdir_in("/tmp").unwrap();
        let user = RunAs {
            name: "somebody".to_owned(),
            uid: 54_321,
            gid: 54_321,
            home: PathBuf::from("/"),
        };
        let inside = folder.path().join("inside");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
        assert!(!user.reaches(&inside));
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o711)).unwrap();
        assert!(user.reaches(&inside));
    }
}
