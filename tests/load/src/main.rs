//! The command line of the load generator.

use std::{path::PathBuf, time::Duration};

use anyhow::{Result, bail};
use callboard_load::{
    compare,
    corpus::Corpus,
    generate::{self, Layout},
    http_client::Target,
    ingestion::{self, Wait},
    memory,
    proxy::{
        measure::{self, Plan},
        third_party,
    },
    report::{Report, write_json},
    restart,
    run::{self, Load},
    scenario::Scenario,
    streams::{self, Streams},
};
use clap::{Args, Parser, Subcommand, ValueEnum};
use tokio::net::TcpListener;
use url::Url;

/// Synthetic catalogs, and how fast a catalog is that serves them.
#[derive(Parser)]
#[command(name = "callboard-load", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write a synthetic catalog of about N entities as YAML files; `all.yaml` lists them.
    Generate {
        /// About so many entities.
        entities: usize,
        /// Where to; made when missing.
        folder: PathBuf,
        /// Another organisation of the same size.
        #[arg(long, default_value_t = Layout::default().seed)]
        seed: u64,
        /// Documents a file.
        #[arg(long, default_value_t = Layout::default().per_file)]
        per_file: usize,
    },
    /// Wait until a server shows so many entities, and say how long it took.
    Ingest {
        #[command(flatten)]
        server: Server,
        /// As many entities, Locations included.
        #[arg(long)]
        expect: u64,
        /// How often to look, in milliseconds.
        #[arg(long, default_value_t = 50)]
        poll_ms: u64,
        /// When to give up, in seconds.
        #[arg(long, default_value_t = 3600)]
        timeout_seconds: u64,
        /// Processes whose memory to tell.
        #[arg(long)]
        pid: Vec<u32>,
        /// Write the figures as JSON.
        #[arg(long)]
        json: Option<PathBuf>,
    },
    /// Send queries to a server.
    Run {
        #[command(flatten)]
        server: Server,
        #[command(flatten)]
        load: LoadArguments,
        /// Processes whose memory to tell after the load.
        #[arg(long)]
        pid: Vec<u32>,
    },
    /// Send the same queries to two servers and compare.
    Compare {
        #[command(flatten)]
        server: Server,
        /// Root of the server to compare with.
        #[arg(long)]
        reference: Url,
        #[command(flatten)]
        load: LoadArguments,
    },
    /// Be a third party for `proxy`: print the address, and serve until killed.
    ThirdParty {
        /// Where to listen.
        #[arg(long, default_value = "127.0.0.1:0")]
        listen: String,
    },
    /// Measure a proxy in front of a third party, beside the third party itself.
    Proxy {
        /// Root of the third party.
        #[arg(long)]
        direct: Url,
        /// Root of the gateway.
        #[arg(long, default_value = "http://127.0.0.1:7007")]
        url: Url,
        /// Path of the endpoint that leads to the third party.
        #[arg(long, default_value = "/api/proxy/bench")]
        path: String,
        /// Root of another proxy with the same path, to compare with.
        #[arg(long)]
        reference: Option<Url>,
        /// Megabytes of the large bodies.
        #[arg(long, default_value_t = 1000)]
        megabytes: u64,
        /// Connections at once.
        #[arg(long, default_value_t = 16)]
        connections: usize,
        /// Seconds that count, a measurement.
        #[arg(long, default_value_t = 5)]
        seconds: u64,
        /// Processes whose memory to tell.
        #[arg(long)]
        pid: Vec<u32>,
    },
    /// Hold many idle streams of events, and tell the memory of processes before and with them.
    Streams {
        #[command(flatten)]
        server: Server,
        /// So many.
        #[arg(long, default_value_t = 5000)]
        count: usize,
        /// Path and query of each.
        #[arg(long, default_value = "/api/events/stream")]
        path: String,
        /// Seconds to hold them.
        #[arg(long, default_value_t = 5)]
        seconds: u64,
        /// Processes whose memory to tell.
        #[arg(long)]
        pid: Vec<u32>,
    },
    /// Kill the catalog, and say how long it takes until it was started again and answers.
    Restart {
        #[command(flatten)]
        server: Server,
        /// Process id of the catalog.
        #[arg(long)]
        pid: u32,
    },
    /// Tell the memory of processes.
    Memory {
        /// Process ids.
        #[arg(required = true)]
        pid: Vec<u32>,
    },
}

#[derive(Args)]
struct Server {
    /// Root of the server.
    #[arg(long, default_value = "http://127.0.0.1:7007")]
    url: Url,
    /// Bearer token for every request.
    #[arg(long, env = "CALLBOARD_TOKEN", hide_env_values = true)]
    token: Option<String>,
}

impl Server {
    fn target(&self) -> Result<Target> {
        Target::new(&self.url, self.token.as_deref())
    }
}

#[derive(Args)]
struct LoadArguments {
    /// Scenarios, one after the other; all of them by default.
    scenarios: Vec<Scenario>,
    /// Connections at once.
    #[arg(long, default_value_t = 16)]
    connections: usize,
    /// Seconds that count, a scenario.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Seconds of warm-up before.
    #[arg(long, default_value_t = 2)]
    warm_up: u64,
    /// Always the same request, instead of many different ones.
    #[arg(long)]
    fixed: bool,
    /// Write the figures as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
}

impl LoadArguments {
    fn load(&self) -> Load {
        Load {
            connections: self.connections.max(1),
            duration: Duration::from_secs(self.seconds.max(1)),
            warm_up: Duration::from_secs(self.warm_up),
        }
    }

    fn scenarios(&self) -> Vec<Scenario> {
        if self.scenarios.is_empty() {
            Scenario::value_variants().to_vec()
        } else {
            self.scenarios.clone()
        }
    }
}

// One thread: the load generator shares the machine with what it measures.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Generate {
            entities,
            folder,
            seed,
            per_file,
        } => {
            let written = generate::write(entities, &folder, Layout { seed, per_file })?;
            println!("{written} entities in {}", folder.display());
        }
        Command::Ingest {
            server,
            expect,
            poll_ms,
            timeout_seconds,
            pid,
            json,
        } => {
            let wait = Wait {
                expected: expect,
                poll: Duration::from_millis(poll_ms),
                timeout: Duration::from_secs(timeout_seconds),
                pids: pid,
            };
            let ingestion = ingestion::wait(&server.target()?, &wait).await?;
            println!(
                "{} entities in {:.1} s ({:.1} s after the first answer): {:.0}/s",
                ingestion.entities,
                ingestion.seconds,
                ingestion.seconds_since_first_answer,
                ingestion.entities_per_second
            );
            json.map_or(Ok(()), |path| write_json(&path, &ingestion))?;
        }
        Command::Run { server, load, pid } => run(&server.target()?, &load, &pid).await?,
        Command::Compare {
            server,
            reference,
            load,
        } => {
            let scenarios: Vec<_> = load.scenarios().into_iter().filter(|one| one.is_of_catalog()).collect();
            // The token is ours; the reference runs without authentication.
            let reference = Target::new(&reference, None)?;
            let comparison =
                compare::compare(&server.target()?, &reference, &scenarios, load.fixed, load.load()).await?;
            print!("{}", comparison.to_table());
            load.json
                .as_ref()
                .map_or(Ok(()), |path| write_json(path, &comparison))?;
            if let Some(error) = comparison.first_error() {
                bail!("{error}");
            }
        }
        Command::ThirdParty { listen } => {
            let listener = TcpListener::bind(&listen).await?;
            println!("http://{}", listener.local_addr()?);
            third_party::serve(listener).await?;
        }
        Command::Proxy {
            direct,
            url,
            path,
            reference,
            megabytes,
            connections,
            seconds,
            pid,
        } => {
            let plan = Plan {
                direct,
                reference: reference.map(|url| (url, path.clone())),
                through: (url, path),
                load: Load {
                    connections: connections.max(1),
                    duration: Duration::from_secs(seconds.max(1)),
                    warm_up: Duration::from_secs(1),
                },
                large_bytes: megabytes * 1_000_000,
                pids: pid,
            };
            print!("{}", measure::measure(&plan).await?);
        }
        Command::Streams {
            server,
            count,
            path,
            seconds,
            pid,
        } => {
            let streams = Streams {
                count,
                path,
                hold: Duration::from_secs(seconds),
                pids: pid,
            };
            let held = streams::hold(&server.target()?, &streams).await?;
            println!("{count} streams opened in {:.1} s", held.opening.as_secs_f64());
            for (before, with) in held.memory {
                println!(
                    "{}: {} KiB resident before, {} KiB with them",
                    before.pid, before.resident_kib, with.resident_kib
                );
            }
        }
        Command::Restart { server, pid } => {
            let restart = restart::kill_and_wait(&server.target()?, pid).await?;
            println!(
                "{} entities: started again after {:.2} s, ready {:.2} s later",
                restart.entities,
                restart.until_started.as_secs_f64(),
                restart.until_ready.as_secs_f64()
            );
        }
        Command::Memory { pid } => {
            for pid in pid {
                let memory = memory::of_process(pid)?;
                println!(
                    "{pid}: {} KiB resident, {} KiB at most",
                    memory.resident_kib, memory.peak_kib
                );
            }
        }
    }
    Ok(())
}

async fn run(target: &Target, arguments: &LoadArguments, pids: &[u32]) -> Result<()> {
    let corpus = Corpus::read(target).await?;
    let mut report = Report {
        entities: corpus.entities.len(),
        ..Report::default()
    };
    for scenario in arguments.scenarios() {
        let plan = scenario.plan(&corpus, arguments.fixed);
        report
            .measurements
            .push(run::run(scenario.name(), target, plan, arguments.load()).await?);
    }
    report.memory = pids.iter().map(|pid| memory::of_process(*pid)).collect::<Result<_>>()?;
    print!("{}", report.to_table());
    arguments
        .json
        .as_ref()
        .map_or(Ok(()), |path| write_json(path, &report))?;
    match report.first_error() {
        Some(error) => bail!("{error}"),
        None => Ok(()),
    }
}
