//! Secrets that are made once and kept in the state folder, readable by their owner alone.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use base64::{Engine, prelude::BASE64_STANDARD};

use crate::LaunchError;

/// Reads the secret in a file; makes one of 32 random bytes, as base64, where there is none.
pub(crate) fn read_or_create(path: &Path) -> Result<String, LaunchError> {
    if let Ok(text) = fs::read_to_string(path) {
        let text = text.trim();
        if !text.is_empty() {
            return Ok(text.to_owned());
        }
    }
    let secret = BASE64_STANDARD.encode(rand::random::<[u8; 32]>());
    write_private(path, &secret)?;
    Ok(secret)
}

/// Writes a file that only its owner can read, in one step: a reader sees the old or the new text, never a part.
pub(crate) fn write_private(path: &Path, text: &str) -> Result<(), LaunchError> {
    let temporary = path.with_extension("new");
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&temporary)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(LaunchError::file(&temporary))?;
    fs::rename(&temporary, path).map_err(LaunchError::file(path))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_secret_is_made_once_and_only_its_owner_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        let first = read_or_create(&path).unwrap();
        assert_eq!(BASE64_STANDARD.decode(&first).unwrap().len(), 32);
        assert_eq!(read_or_create(&path).unwrap(), first);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
