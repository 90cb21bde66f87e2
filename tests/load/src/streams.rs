//! Many clients that listen and hear nothing: what an idle stream of events costs.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

use crate::{http_client::Target, memory, memory::Memory};

/// Connections made at the same time.
const AT_ONCE: usize = 64;
/// How long the server may take over one.
const OPEN_TIMEOUT: Duration = Duration::from_secs(30);
/// The first event of a stream.
const OPENED: &[u8] = b"event: ready";

/// How many streams, and of which processes to tell the memory.
#[derive(Debug, Clone)]
pub struct Streams {
    /// So many.
    pub count: usize,
    /// Path and query of each.
    pub path: String,
    /// How long they are held before memory is looked at.
    pub hold: Duration,
    /// Processes whose memory to tell.
    pub pids: Vec<u32>,
}

/// What they cost.
#[derive(Debug, Clone)]
pub struct Held {
    /// How long it took to open all of them.
    pub opening: Duration,
    /// Memory of each process before and with them.
    pub memory: Vec<(Memory, Memory)>,
}

/// Opens the streams, holds them, and looks.
pub async fn hold(target: &Target, streams: &Streams) -> Result<Held> {
    let look = || {
        let processes = streams.pids.iter().map(|pid| memory::of_process(*pid));
        processes.collect::<Result<Vec<Memory>>>()
    };
    let before = look()?;
    let begin = Instant::now();
    let mut opening = JoinSet::new();
    let mut open = Vec::with_capacity(streams.count);
    for _ in 0..streams.count {
        if opening.len() >= AT_ONCE
            && let Some(opened) = opening.join_next().await
        {
            open.push(opened??);
        }
        let (target, path) = (target.clone(), streams.path.clone());
        opening.spawn(async move {
            tokio::time::timeout(OPEN_TIMEOUT, open_one(&target, &path))
                .await
                .context("a stream does not open")?
        });
    }
    while let Some(opened) = opening.join_next().await {
        open.push(opened??);
    }
    let elapsed = begin.elapsed();
    tokio::time::sleep(streams.hold).await;
    let memory = before.into_iter().zip(look()?).collect();
    drop(open);
    Ok(Held {
        opening: elapsed,
        memory,
    })
}

/// Opens one and reads up to its first event.
async fn open_one(target: &Target, path: &str) -> Result<TcpStream> {
    let mut stream = TcpStream::connect(target.address()).await?;
    stream.write_all(&target.get_head(path)).await?;
    let mut read = Vec::with_capacity(2048);
    while !read.windows(OPENED.len()).any(|window| window == OPENED) {
        ensure!(
            stream.read_buf(&mut read).await? > 0 && read.len() < 64 * 1024,
            "{path}: {}",
            String::from_utf8_lossy(&read[..read.len().min(300)])
        );
    }
    Ok(stream)
}
