//! Finds the programs of a Postgres that is installed on this machine.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::LaunchError;

/// The oldest version Callboard works with.
const OLDEST_MAJOR: u32 = 14;

/// The folder with `initdb` and `postgres` of one installed version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PostgresBinaries {
    pub(crate) folder: PathBuf,
    pub(crate) major: u32,
}

impl PostgresBinaries {
    /// The newest version installed, or exactly the one asked for.
    pub(crate) fn find(wanted_major: Option<u32>) -> Result<Self, LaunchError> {
        let mut found: Vec<Self> = candidate_folders()
            .into_iter()
            .filter_map(|folder| inspect(&folder))
            .collect();
        found.sort_by_key(|binaries| binaries.major);
        let newest = found.last().cloned();
        match wanted_major {
            None => newest
                .filter(|binaries| binaries.major >= OLDEST_MAJOR)
                .ok_or_else(|| LaunchError::Postgres(format!("no version {OLDEST_MAJOR} or later is installed"))),
            Some(wanted) => found.into_iter().find(|binaries| binaries.major == wanted).ok_or_else(|| {
                let there = newest.map_or_else(|| "none".to_owned(), |binaries| format!("version {}", binaries.major));
                LaunchError::Postgres(format!(
                    "the private database was made by version {wanted}, but {there} is installed; install version {wanted}, or \
                     remove the folder and let it be made anew (the catalog is read from its files again)"
                ))
            }),
        }
    }

    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

fn candidate_folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = env::var_os("PATH")
        .map(|path| env::split_paths(&path).collect())
        .unwrap_or_default();
    // Debian and its descendants keep the server's programs off the PATH; so does Homebrew for all but one version.
    for (parent, suffix) in [
        ("/usr/lib/postgresql", "bin"),
        ("/opt/homebrew/opt", "bin"),
        ("/usr/local/opt", "bin"),
    ] {
        let children = fs::read_dir(parent).into_iter().flatten().flatten();
        folders.extend(children.map(|child| child.path().join(suffix)));
    }
    folders
}

fn inspect(folder: &Path) -> Option<PostgresBinaries> {
    // A link on the PATH leads to the folder where `initdb` finds its companions.
    let postgres = folder.join("postgres").canonicalize().ok()?;
    let folder = postgres.parent()?.to_owned();
    if !folder.join("initdb").is_file() {
        return None;
    }
    let output = Command::new(&postgres).arg("--version").output().ok()?;
    let major = major_version(&String::from_utf8_lossy(&output.stdout))?;
    Some(PostgresBinaries { folder, major })
}

/// Reads the 15 of `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`.
fn major_version(text: &str) -> Option<u32> {
    let version = text.split_once(") ")?.1;
    let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_postgres_prints() {
        assert_eq!(
            major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(major_version("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major_version("something else"), None);
    }

    #[test]
    fn a_version_that_is_not_installed_is_refused_with_a_way_out() {
        let message = PostgresBinaries::find(Some(9)).unwrap_err().to_string();
        assert!(message.contains("made by version 9"), "{message}");
    }
}
