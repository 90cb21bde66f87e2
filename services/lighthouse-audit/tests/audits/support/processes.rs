//! Processes of this machine, as `/proc` tells.

use std::{fs, time::Duration};

/// Parent, group and state of every process.
fn all() -> impl Iterator<Item = (i32, i32, i32, char)> {
    fs::read_dir("/proc").unwrap().filter_map(|entry| {
        let pid: i32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name stands in brackets and may hold anything.
        let mut fields = stat.rsplit_once(") ")?.1.split(' ');
        let state = fields.next()?.chars().next()?;
        Some((pid, fields.next()?.parse().ok()?, fields.next()?.parse().ok()?, state))
    })
}

/// The process that a process has started.
pub(crate) fn child_of(parent: i32) -> Option<i32> {
    all().find(|(_, ppid, ..)| *ppid == parent).map(|(pid, ..)| pid)
}

/// How many processes of a group have not ended. A zombie has: only nobody has asked for it yet.
pub(crate) fn group_size(group: i32) -> usize {
    all()
        .filter(|(_, _, pgrp, state)| *pgrp == group && *state != 'Z')
        .count()
}

/// Waits until every process of a group has ended.
pub(crate) async fn group_ended(group: i32) {
    let waiting = async {
        while group_size(group) > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting).await.unwrap();
}
