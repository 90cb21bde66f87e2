//! A runner that answers at once: the real protocol and a real process, without a browser.

use std::{fs, path::PathBuf};

use tempfile::TempDir;

const SCRIPT: &str = include_str!("../../fast-runner.js");

pub(crate) struct FastRunner {
    folder: TempDir,
}

impl FastRunner {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("node_modules")).unwrap();
        fs::write(folder.path().join("runner.js"), SCRIPT).unwrap();
        fs::write(folder.path().join("package.json"), r#"{"type": "module"}"#).unwrap();
        Self { folder }
    }

    pub(crate) fn directory(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// The URLs it was run for, in order.
    pub(crate) fn jobs(&self) -> Vec<String> {
        let text = fs::read_to_string(self.folder.path().join("jobs.log")).unwrap_or_default();
        text.lines().map(ToOwned::to_owned).collect()
    }

    /// The process of the last `/hang`.
    pub(crate) fn leader(&self) -> Option<i32> {
        fs::read_to_string(self.folder.path().join("leader.pid"))
            .ok()?
            .parse()
            .ok()
    }
}
