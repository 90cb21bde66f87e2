//! Memory of a running process, as Linux counts it.

use std::fs;

use anyhow::{Context, Result};
use serde::Serialize;

/// Resident memory of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Memory {
    /// Process id.
    pub pid: u32,
    /// Now, in KiB.
    pub resident_kib: u64,
    /// The most it ever was, in KiB.
    pub peak_kib: u64,
}

/// Reads `/proc/<pid>/status`.
pub fn of_process(pid: u32) -> Result<Memory> {
    let path = format!("/proc/{pid}/status");
    let status = fs::read_to_string(&path).with_context(|| path.clone())?;
    let field = |name: &str| parse_field(&status, name).with_context(|| format!("{path} has no {name}"));
    Ok(Memory {
        pid,
        resident_kib: field("VmRSS")?,
        peak_kib: field("VmHWM")?,
    })
}

fn parse_field(status: &str, name: &str) -> Option<u64> {
    let value = status
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    value.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_has_some() {
        let memory = of_process(std::process::id()).unwrap();
        assert!(memory.resident_kib > 100);
        assert!(memory.peak_kib >= memory.resident_kib);
    }

    #[test]
    fn a_process_that_is_not_there_is_an_error() {
        assert!(of_process(u32::MAX).is_err());
    }
}
