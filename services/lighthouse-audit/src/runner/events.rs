//! What the runner says: lines of JSON, and after the last of them the report.

use std::io;

use bytes::{Bytes, BytesMut};
use serde::Deserialize;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::ChildStdout,
};

use super::Summary;
use crate::audit::{FailureKind, Stage};

/// Longest line.
const LONGEST_LINE: u64 = 1024 * 1024;
/// Largest report.
const LARGEST_REPORT: usize = 64 * 1024 * 1024;

/// One event.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub(super) enum Event {
    Progress { stage: Stage, percent: u8 },
    Summary(Summary),
    Failure { kind: FailureKind, message: String },
    Report { bytes: usize },
}

/// Reads events.
pub(super) struct EventReader {
    output: BufReader<ChildStdout>,
}

impl EventReader {
    pub(super) fn new(output: ChildStdout) -> Self {
        Self {
            output: BufReader::with_capacity(64 * 1024, output),
        }
    }

    /// The next event; `None` at the end.
    pub(super) async fn next(&mut self) -> io::Result<Option<Event>> {
        let mut line = Vec::new();
        let mut limited = (&mut self.output).take(LONGEST_LINE);
        if limited.read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        serde_json::from_slice(&line).map(Some).map_err(io::Error::other)
    }

    /// The report of so many bytes.
    pub(super) async fn read_report(&mut self, bytes: usize) -> io::Result<Bytes> {
        if bytes > LARGEST_REPORT {
            return Err(io::Error::other(format!("a report of {bytes} bytes is too large")));
        }
        let mut report = BytesMut::zeroed(bytes);
        self.output.read_exact(&mut report).await?;
        Ok(report.freeze())
    }
}
