//! The measurements.

use std::{fmt, time::Instant};

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use http::{Request, StatusCode, header};
use http_body_util::{BodyExt, Empty, combinators::BoxBody};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use url::Url;

use super::third_party::large;
use crate::{
    http_client::{Call, Target},
    memory,
    run::{self, Load, Measurement},
    scenario::Planned,
};

/// What is measured.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The third party itself.
    pub direct: Url,
    /// The same through gateway and proxy: the gateway's root and the path of the endpoint.
    pub through: (Url, String),
    /// The same through another proxy, to compare.
    pub reference: Option<(Url, String)>,
    /// How hard, with small answers.
    pub load: Load,
    /// Length of the large bodies.
    pub large_bytes: u64,
    /// Processes whose memory to tell.
    pub pids: Vec<u32>,
}

/// Figures of one way to the third party.
#[derive(Debug)]
struct Way {
    name: &'static str,
    small: Measurement,
    single: Measurement,
    download: f64,
    upload: f64,
}

/// What came of it.
#[derive(Debug)]
pub struct Figures {
    ways: Vec<Way>,
    memory: Vec<(memory::Memory, memory::Memory)>,
}

/// Measures every way, one after the other.
pub async fn measure(plan: &Plan) -> Result<Figures> {
    let mut ways = vec![measure_way("direct", &plan.direct, "", plan).await?];
    let memory_of_all = || {
        plan.pids
            .iter()
            .map(|pid| memory::of_process(*pid))
            .collect::<Result<Vec<_>>>()
    };
    let (url, path) = &plan.through;
    // Once through, so that what every request needs is there before memory is looked at.
    transfer(url, path, Direction::Down, 1_000_000).await?;
    let before = memory_of_all()?;
    transfer(url, path, Direction::Down, plan.large_bytes).await?;
    transfer(url, path, Direction::Up, plan.large_bytes).await?;
    let memory = before.into_iter().zip(memory_of_all()?).collect();
    ways.push(measure_way("gateway and proxy", url, path, plan).await?);
    if let Some((url, path)) = &plan.reference {
        ways.push(measure_way("reference", url, path, plan).await?);
    }
    Ok(Figures { ways, memory })
}

async fn measure_way(name: &'static str, url: &Url, path: &str, plan: &Plan) -> Result<Way> {
    let target = Target::new(url, None)?;
    let planned = || vec![Planned::bytes(Call::get(format!("{path}/small")), 1000)];
    let single = Load {
        connections: 1,
        ..plan.load
    };
    let way = Way {
        name,
        small: run::run("small answers", &target, planned(), plan.load).await?,
        single: run::run("one at a time", &target, planned(), single).await?,
        download: transfer(url, path, Direction::Down, plan.large_bytes).await?,
        upload: transfer(url, path, Direction::Up, plan.large_bytes).await?,
    };
    for measured in [&way.small, &way.single] {
        ensure!(
            measured.errors == 0,
            "{name}: {}",
            measured.first_error.clone().unwrap_or_default()
        );
    }
    Ok(way)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Down,
    Up,
}

/// Sends or fetches a large body and answers megabytes a second.
async fn transfer(url: &Url, path: &str, direction: Direction, length: u64) -> Result<f64> {
    let host = url.host_str().context("a host")?;
    let address = format!("{host}:{}", url.port_or_known_default().context("a port")?);
    let stream = TcpStream::connect(&address).await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) =
        handshake::<_, BoxBody<Bytes, std::convert::Infallible>>(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let request = Request::builder().header(header::HOST, &address);
    let request = match direction {
        Direction::Down => request
            .uri(format!("{path}/bytes/{length}"))
            .body(Empty::new().boxed())?,
        Direction::Up => request
            .method("POST")
            .uri(format!("{path}/count"))
            .header(header::CONTENT_LENGTH, length)
            .body(large(length, Bytes::from(vec![b'x'; 256 * 1024])).boxed())?,
    };
    let begun = Instant::now();
    let response = sender.send_request(request).await?;
    ensure!(
        response.status() == StatusCode::OK,
        "{direction:?}: {}",
        response.status()
    );
    let mut body = response.into_body();
    let (mut received, mut text) = (0_u64, Vec::new());
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        received += data.len() as u64;
        if direction == Direction::Up {
            text.extend_from_slice(&data);
        }
    }
    let arrived = match direction {
        Direction::Down => received,
        Direction::Up => String::from_utf8_lossy(&text).parse()?,
    };
    ensure!(arrived == length, "{direction:?}: {arrived} bytes of {length} arrived");
    #[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^53")]
    Ok(length as f64 / 1e6 / begun.elapsed().as_secs_f64())
}

impl fmt::Display for Figures {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            formatter,
            "{:<18} {:>11} {:>8} {:>8} {:>14} {:>9} {:>9}",
            "", "requests/s", "p50 ms", "p99 ms", "p50 ms alone", "down MB/s", "up MB/s"
        )?;
        for way in &self.ways {
            writeln!(
                formatter,
                "{:<18} {:>11.0} {:>8.2} {:>8.2} {:>14.3} {:>9.0} {:>9.0}",
                way.name,
                way.small.requests_per_second,
                way.small.p50_ms,
                way.small.p99_ms,
                way.single.p50_ms,
                way.download,
                way.upload
            )?;
        }
        for (before, after) in &self.memory {
            writeln!(
                formatter,
                "process {}: {} KiB at most before the large bodies, {} KiB after: {} KiB more",
                after.pid,
                before.peak_kib,
                after.peak_kib,
                after.peak_kib - before.peak_kib
            )?;
        }
        Ok(())
    }
}
