//! Figures as a table for people and as JSON for scripts.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result};
use serde::Serialize;

use crate::{memory::Memory, run::Measurement};

/// Everything a run found out.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Entities in the catalog under load.
    pub entities: usize,
    /// One a scenario.
    pub measurements: Vec<Measurement>,
    /// Memory of the processes asked for, after the load.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub memory: Vec<Memory>,
}

impl Report {
    /// The table.
    pub fn to_table(&self) -> String {
        let mut table = format!("{} entities\n", self.entities);
        let mut rows = vec![["scenario", "requests/s", "p50 ms", "p99 ms", "max ms", "errors"].map(str::to_owned)];
        rows.extend(self.measurements.iter().map(|measured| {
            [
                measured.scenario.clone(),
                format!("{:.0}", measured.requests_per_second),
                format!("{:.2}", measured.p50_ms),
                format!("{:.2}", measured.p99_ms),
                format!("{:.1}", measured.max_ms),
                measured.errors.to_string(),
            ]
        }));
        table += &aligned(&rows);
        for memory in &self.memory {
            // Writing into a String cannot fail.
            let _ = writeln!(
                table,
                "process {}: {} MB resident, {} MB at most",
                memory.pid,
                memory.resident_kib / 1024,
                memory.peak_kib / 1024
            );
        }
        table
    }

    /// The first thing that went wrong.
    pub fn first_error(&self) -> Option<String> {
        self.measurements.iter().find_map(|measured| {
            let error = measured
                .first_error
                .clone()
                .or_else(|| (measured.requests == 0).then(|| "no request was answered".to_owned()))?;
            Some(format!(
                "{}: {} errors, the first: {error}",
                measured.scenario, measured.errors
            ))
        })
    }
}

/// Columns under each other: the first to the left, numbers to the right.
pub fn aligned<const COLUMNS: usize>(rows: &[[String; COLUMNS]]) -> String {
    let widths: Vec<usize> = (0..COLUMNS)
        .map(|column| rows.iter().map(|row| row[column].len()).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            let width = widths[column];
            // Writing into a String cannot fail.
            let _ = if column == 0 {
                write!(text, "{cell:<width$}")
            } else {
                write!(text, "  {cell:>width$}")
            };
        }
        text.push('\n');
    }
    text
}

/// Writes any of the reports as JSON.
pub fn write_json(path: &Path, report: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(report)?;
    fs::write(path, text + "\n").with_context(|| path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other() {
        let rows = [["a", "1"], ["long", "100"]].map(|row| row.map(str::to_owned));
        assert_eq!(aligned(&rows), "a       1\nlong  100\n");
    }
}
