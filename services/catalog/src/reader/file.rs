//! `file` locations: paths and globs on the machine the catalog runs on.

use std::{
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use bytes::Bytes;
use callboard_catalog_model::location_ref::LocationRef;
use globset::GlobBuilder;

use super::{Read, ReadError};
use crate::settings::{Settings, normalize};

/// How many folders and files a glob may look at, so that `/**` ends.
const GLOB_VISIT_LIMIT: usize = 200_000;

#[derive(Debug)]
pub(super) struct FileReader {
    /// Canonical folders that files must lie in.
    folders: Vec<PathBuf>,
    size_limit: usize,
}

impl FileReader {
    pub(super) fn new(settings: &Settings) -> Self {
        let configured = settings
            .locations
            .iter()
            .filter(|location| location.location_type == "file")
            .map(|location| static_prefix(&absolute(Path::new(&location.target))).0);
        let folders = settings
            .file_folders
            .iter()
            .map(|folder| absolute(folder))
            .chain(configured)
            .chain(std::env::current_dir())
            .map(|folder| folder.canonicalize().unwrap_or(folder))
            .collect();
        Self {
            folders,
            size_limit: settings.limits.file_bytes,
        }
    }

    pub(super) async fn list(&self, location: &LocationRef) -> Result<Vec<LocationRef>, ReadError> {
        if location.target.ends_with('/') {
            return Err(ReadError::Input(format!(
                "{location} is a folder; name files, or a glob such as {}**/catalog-info.yaml",
                location.target
            )));
        }
        let path = absolute(Path::new(&location.target));
        let (folder, pattern) = static_prefix(&path);
        let paths = match pattern {
            None => vec![path],
            Some(pattern) => {
                let matches = tokio::task::spawn_blocking(move || walk(&folder, &pattern))
                    .await
                    .map_err(|e| ReadError::Failed(format!("file {} could not be listed, {e}", location.target)))?;
                matches.map_err(|e| ReadError::Failed(format!("file {} could not be listed, {e}", location.target)))?
            }
        };
        if paths.is_empty() {
            return Err(ReadError::NotFound(format!("file {} does not exist", location.target)));
        }
        Ok(paths
            .into_iter()
            .map(|path| LocationRef {
                kind: "file".to_owned(),
                target: path.to_string_lossy().into_owned(),
            })
            .collect())
    }

    pub(super) async fn read(&self, location: &LocationRef) -> Result<Read, ReadError> {
        let path = absolute(Path::new(&location.target));
        let (folders, limit) = (self.folders.clone(), self.size_limit);
        let read = tokio::task::spawn_blocking(move || read_within(&folders, &path, limit)).await;
        read.map_err(|e| ReadError::Failed(format!("file {} could not be read, {e}", location.target)))?
    }
}

fn read_within(folders: &[PathBuf], path: &Path, limit: usize) -> Result<Read, ReadError> {
    let shown = path.display();
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            ReadError::NotFound(format!("file {shown} does not exist"))
        }
        _ => ReadError::Failed(format!("file {shown} could not be read, {error}")),
    };
    // Resolved before the check, so that neither `..` nor a symbolic link leads out of the allowed folders.
    let real = path.canonicalize().map_err(failed)?;
    if !folders.iter().any(|folder| real.starts_with(folder)) {
        return Err(ReadError::NotAllowed(format!(
            "file {shown} lies outside the folders that files may be read from; add its folder to 'catalog.fileFolders'"
        )));
    }
    if !real.is_file() {
        return Err(ReadError::Failed(format!(
            "file {shown} could not be read, it is not a regular file"
        )));
    }
    let file = std::fs::File::open(&real).map_err(failed)?;
    let mut body = Vec::new();
    // One byte more than allowed tells that there is more, whatever the file system says of the size.
    file.take(limit as u64 + 1).read_to_end(&mut body).map_err(failed)?;
    if body.len() > limit {
        return Err(too_large(&format!("file {shown}"), limit));
    }
    Ok(Read::Content {
        body: Bytes::from(body),
        etag: None,
    })
}

pub(super) fn too_large(what: &str, limit: usize) -> ReadError {
    ReadError::Failed(format!(
        "{what} is larger than {limit} bytes; split it, or raise 'catalog.limits.fileBytes'"
    ))
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).map_or_else(|_| path.to_owned(), |path| normalize(&path))
}

/// The folder that everything a path or glob can match lies in, and the glob itself when it is one.
fn static_prefix(path: &Path) -> (PathBuf, Option<String>) {
    const WILDCARDS: [char; 5] = ['*', '?', '[', '{', '!'];
    // A file that exists is meant literally, whatever characters its name holds: templates are full of braces.
    if path.is_file() {
        return (path.parent().unwrap_or(path).to_owned(), None);
    }
    let mut folder = PathBuf::new();
    for component in path.components() {
        if component.as_os_str().to_string_lossy().contains(WILDCARDS) {
            return (folder, Some(path.to_string_lossy().into_owned()));
        }
        folder.push(component);
    }
    (path.parent().unwrap_or(path).to_owned(), None)
}

/// All files below `folder` that match, sorted. Symbolic links to folders are not followed, so a walk ends.
fn walk(folder: &Path, pattern: &str) -> io::Result<Vec<PathBuf>> {
    let glob = GlobBuilder::new(pattern)
        .literal_separator(true)
        .build()
        .map_err(|e| io::Error::new(io::ErrorKind::InvalidInput, e))?
        .compile_matcher();
    let mut matches = Vec::new();
    let mut folders = vec![folder.to_owned()];
    let mut visited = 0;
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            visited += 1;
            if visited > GLOB_VISIT_LIMIT {
                return Err(io::Error::other(format!(
                    "the glob looks at more than {GLOB_VISIT_LIMIT} files; narrow it"
                )));
            }
            let (path, file_type) = (entry.path(), entry.file_type()?);
            if file_type.is_dir() {
                folders.push(path);
            } else if glob.is_match(&path) && path.is_file() {
                matches.push(path);
            }
        }
    }
    matches.sort_unstable();
    Ok(matches)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn location(target: &Path) -> LocationRef {
        LocationRef {
            kind: "file".to_owned(),
            target: target.to_string_lossy().into_owned(),
        }
    }

    fn reader(folder: &Path) -> FileReader {
        FileReader {
            folders: vec![folder.canonicalize().unwrap()],
            size_limit: 16,
        }
    }

    #[tokio::test]
    async fn a_glob_lists_what_it_matches_in_order() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b/catalog-info.yaml", "a/deep/catalog-info.yaml", "a/other.yaml"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let listed = reader(folder.path())
            .list(&location(&folder.path().join("**/catalog-info.yaml")))
            .await
            .unwrap();
        let expected: Vec<_> = ["a/deep/catalog-info.yaml", "b/catalog-info.yaml"]
            .iter()
            .map(|name| location(&folder.path().join(name)))
            .collect();
        assert_eq!(listed, expected);
    }

    #[tokio::test]
    async fn a_glob_without_a_match_is_not_found() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("*.yaml");
        let error = reader(folder.path()).list(&location(&target)).await.unwrap_err();
        assert_eq!(
            error,
            ReadError::NotFound(format!("file {} does not exist", target.display()))
        );
    }

    #[tokio::test]
    async fn a_name_full_of_wildcards_is_literal_when_the_file_exists() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("${{ values.name }}.yaml");
        fs::write(&path, "x").unwrap();
        assert_eq!(
            reader(folder.path()).list(&location(&path)).await.unwrap(),
            vec![location(&path)]
        );
    }

    #[tokio::test]
    async fn neither_dots_nor_links_lead_out_of_the_allowed_folders() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret"), "x").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(outside.path().join("secret"), &link).unwrap();
        let dots = folder
            .path()
            .join("..")
            .join(outside.path().file_name().unwrap())
            .join("secret");
        for path in [link, dots] {
            let error = reader(folder.path()).read(&location(&path)).await.unwrap_err();
            assert!(
                matches!(&error, ReadError::NotAllowed(message) if message.contains("catalog.fileFolders")),
                "{error}"
            );
        }
    }

    #[tokio::test]
    async fn a_file_over_the_limit_is_refused_with_the_key_to_raise() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("big.yaml");
        fs::write(&path, "12345678901234567").unwrap();
        let error = reader(folder.path()).read(&location(&path)).await.unwrap_err();
        assert!(error.to_string().contains("catalog.limits.fileBytes"), "{error}");
        fs::write(&path, "1234567890123456").unwrap();
        assert!(
            matches!(reader(folder.path()).read(&location(&path)).await, Ok(Read::Content { body, .. }) if body.len() == 16)
        );
    }
}
