//! What a running stack leaves in `.callboard/run` for `./dev status`, `./dev down` and the next `./dev up`.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{LaunchError, secret};

/// The folders of a stack's state.
#[derive(Debug, Clone)]
pub(crate) struct StateFolder(PathBuf);

/// What is known about a running stack.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct StackRecord {
    pub(crate) launcher_pid: i32,
    /// Set once everything answers.
    pub(crate) ready: bool,
    pub(crate) gateway_url: String,
    pub(crate) processes: Vec<ProcessRecord>,
}

/// One process of a running stack.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ProcessRecord {
    pub(crate) name: String,
    pub(crate) pid: Option<i32>,
    /// The executable's file name, to tell the process from another that was given its number.
    pub(crate) program: String,
    /// Where it tells whether it is ready; None for Postgres.
    pub(crate) health_url: Option<String>,
}

impl StateFolder {
    /// Makes the folders where they are missing.
    pub(crate) fn open(path: &Path) -> Result<Self, LaunchError> {
        for folder in [path.to_owned(), path.join("run"), path.join("logs")] {
            fs::create_dir_all(&folder).map_err(LaunchError::file(&folder))?;
        }
        let path = path.canonicalize().map_err(LaunchError::file(path))?;
        Ok(Self(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.0.join("logs").join(format!("{name}.log"))
    }

    pub(crate) fn logs(&self) -> PathBuf {
        self.0.join("logs")
    }

    pub(crate) fn secret(&self) -> PathBuf {
        self.0.join("secret")
    }

    pub(crate) fn generated_config(&self, name: &str) -> PathBuf {
        self.0.join("run").join(format!("{name}.yaml"))
    }

    fn record_path(&self) -> PathBuf {
        self.0.join("run").join("stack.json")
    }

    /// Holds the folder for this process; None when another process holds it. The lock goes with the process, however it ends.
    pub(crate) fn lock(&self) -> Result<Option<File>, LaunchError> {
        let path = self.0.join("run").join("lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(LaunchError::file(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(LaunchError::File { path, source }),
        }
    }

    /// The record of the running stack, or of one that died; None when the last one stopped in good order.
    pub(crate) fn record(&self) -> Option<StackRecord> {
        serde_json::from_slice(&fs::read(self.record_path()).ok()?).ok()
    }

    pub(crate) fn write_record(&self, record: &StackRecord) -> Result<(), LaunchError> {
        secret::write_private(&self.record_path(), &format!("{:#}\n", serde_json::json!(record)))
    }

    pub(crate) fn remove_record(&self) {
        // Missing is what is wanted.
        let _ = fs::remove_file(self.record_path());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_held_by_one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let state = StateFolder::open(folder.path()).unwrap();
        let held = state.lock().unwrap();
        assert!(held.is_some());
        assert!(state.lock().unwrap().is_none());
        drop(held);
        assert!(state.lock().unwrap().is_some());
    }

    #[test]
    fn a_record_is_read_back_until_it_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let state = StateFolder::open(folder.path()).unwrap();
        assert!(state.record().is_none());
        let record = StackRecord {
            launcher_pid: 7,
            ..StackRecord::default()
        };
        state.write_record(&record).unwrap();
        assert_eq!(state.record().unwrap().launcher_pid, 7);
        state.remove_record();
        assert!(state.record().is_none());
    }
}
