//! `logs`: the log files of all processes, each line after the name of its process.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use clap::Args;
use tokio::time::sleep;

use crate::{LaunchError, process::log_tail, state::StateFolder};

/// The arguments of `logs`.
#[derive(Debug, Args)]
pub(crate) struct LogsArguments {
    /// One process: catalog, lighthouse-audit, proxy, gateway, postgres or launcher. All when left out.
    unit: Option<String>,
    /// Goes on showing what is added.
    #[arg(short, long)]
    follow: bool,
    /// How many lines of each to begin with.
    #[arg(short = 'n', long, default_value_t = 100)]
    lines: usize,
}

pub(crate) async fn run(state: &StateFolder, arguments: &LogsArguments) -> Result<ExitCode, LaunchError> {
    let files = log_files(&state.logs(), arguments.unit.as_deref())?;
    let width = files.keys().map(String::len).max().unwrap_or_default();
    let mut positions = BTreeMap::new();
    for (name, path) in &files {
        positions.insert(name.clone(), fs::metadata(path).map_or(0, |metadata| metadata.len()));
        if !show(name, width, &log_tail(path, arguments.lines)) {
            return Ok(ExitCode::SUCCESS);
        }
    }
    if !arguments.follow {
        return Ok(ExitCode::SUCCESS);
    }
    loop {
        for (name, path) in &files {
            let position = positions.entry(name.clone()).or_default();
            if let Ok(text) = read_whole_lines(path, position)
                && !show(name, width, &text)
            {
                return Ok(ExitCode::SUCCESS);
            }
        }
        sleep(Duration::from_millis(200)).await;
    }
}

fn log_files(folder: &Path, unit: Option<&str>) -> Result<BTreeMap<String, PathBuf>, LaunchError> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(LaunchError::file(folder))?.flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "log")
            && let Some(name) = path.file_stem().map(|name| name.to_string_lossy().into_owned())
        {
            files.insert(name, path);
        }
    }
    match unit {
        None => Ok(files),
        Some(unit) => match files.remove_entry(unit) {
            Some(file) => Ok(BTreeMap::from([file])),
            None => Err(LaunchError::Setting {
                key: "logs".to_owned(),
                message: format!(
                    "there is none of `{unit}`; there are: {}",
                    files.into_keys().collect::<Vec<_>>().join(", ")
                ),
            }),
        },
    }
}

/// Reads the complete lines from a position on, and moves the position behind them. A file that got shorter was started anew.
fn read_whole_lines(path: &Path, position: &mut u64) -> io::Result<String> {
    let mut file = File::open(path)?;
    if file.metadata()?.len() < *position {
        *position = 0;
    }
    file.seek(SeekFrom::Start(*position))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let complete = bytes
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |index| index + 1);
    bytes.truncate(complete);
    *position += complete as u64;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Prints lines with their origin; false when nobody reads any more (`./dev logs | head`).
fn show(name: &str, width: usize, text: &str) -> bool {
    let mut out = io::stdout().lock();
    text.lines()
        .all(|line| writeln!(out, "{name:<width$} | {line}").is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn following_shows_each_complete_line_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("catalog.log");
        let mut position = 0;
        fs::write(&path, "one\ntw").unwrap();
        assert_eq!(read_whole_lines(&path, &mut position).unwrap(), "one\n");
        fs::write(&path, "one\ntwo\n").unwrap();
        assert_eq!(read_whole_lines(&path, &mut position).unwrap(), "two\n");
        assert_eq!(read_whole_lines(&path, &mut position).unwrap(), "");
        fs::write(&path, "new\n").unwrap();
        assert_eq!(read_whole_lines(&path, &mut position).unwrap(), "new\n");
    }

    #[test]
    fn an_unknown_unit_is_answered_with_those_there_are() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("gateway.log"), "").unwrap();
        let message = log_files(folder.path(), Some("gatway")).unwrap_err().to_string();
        assert!(message.contains("gateway"), "{message}");
    }
}
