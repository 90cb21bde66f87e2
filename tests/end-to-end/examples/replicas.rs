//! Measures what docs/performance.md says of replicas of the catalog:
//! `cargo run --profile local -p callboard-end-to-end --example replicas`.
//! The executables of the catalog and the gateway have to be built with the same profile.

use std::{
    fmt::Write,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use axum::{Router, extract::Path, routing::get};
use callboard_end_to_end::{
    grpc::CatalogClient,
    portal::{Portal, Setup},
    replica::{Replica, free_port},
};
use callboard_local::Unit;
use callboard_proto::catalog::v1::GetEntityByNameRequest;
use serde_json::json;
use tokio::net::TcpListener;
use tonic::Code;

/// Files that are read over the network, each by a Location of its own.
const FILES: u64 = 600;
const ENTITIES_A_FILE: u64 = 5;
/// How long their host takes to answer.
const LATENCY: Duration = Duration::from_millis(500);
/// Changes whose way to every replica is timed.
const CHANGES: usize = 100;
const PATIENCE: Duration = Duration::from_mins(3);

/// A host whose root file declares a Location for each of the other files.
async fn slow_host() -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let base = format!("http://{}", listener.local_addr()?);
    let root = (0..FILES).try_fold(String::new(), |mut text, file| {
        write!(
            text,
            "---\napiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {{ name: file-{file} }}\nspec: {{ type: url, target: '{base}/files/{file}' }}\n"
        )?;
        anyhow::Ok(text)
    })?;
    let file = |Path(file): Path<u64>| async move {
        tokio::time::sleep(LATENCY).await;
        (0..ENTITIES_A_FILE)
            .map(|number| component(&format!("c-{file}-{number}")))
            .collect::<String>()
    };
    let app = Router::new()
        .route("/root.yaml", get(async || root))
        .route("/files/{file}", get(file))
        .route(
            "/quick/{file}",
            get(async |Path(file): Path<usize>| component(&format!("quick-{file}"))),
        );
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(base)
}

fn component(name: &str) -> String {
    format!(
        "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{ name: {name} }}\nspec: {{ type: service, lifecycle: production, owner: team }}\n"
    )
}

/// A Callboard whose catalog has several replicas.
struct Replicated {
    portal: Portal,
    others: Vec<Replica>,
    catalogs: Vec<CatalogClient>,
}

impl Replicated {
    async fn start(replicas: usize) -> Result<Self> {
        let ports = (0..replicas)
            .map(|_| Ok((free_port()?, free_port()?)))
            .collect::<Result<Vec<_>>>()?;
        let at = |(listen, admin): (u16, u16)| {
            let (listen, admin) = (format!("127.0.0.1:{listen}"), format!("127.0.0.1:{admin}"));
            json!({ "backend": { "services": { "catalog": { "listen": listen, "adminListen": admin } } } })
        };
        let addresses: Vec<String> = ports.iter().map(|(listen, _)| format!("127.0.0.1:{listen}")).collect();
        let all = json!({ "backend": { "services": { "catalog": { "address": addresses.join(",") } } } });
        let often = json!({ "catalog": { "processingInterval": { "hours": 1 } } });
        let portal = Setup::new()?
            .config(often)
            .config(at(ports[0]))
            .config(all)
            .start()
            .await?;
        let mut others = Vec::new();
        for port in &ports[1..] {
            let ready = format!("http://127.0.0.1:{}/readyz", port.1);
            others.push(Replica::start(&portal, Unit::Catalog, &at(*port), ready).await?);
        }
        let mut catalogs = Vec::new();
        for address in addresses {
            catalogs.push(portal.catalog_at(format!("http://{address}")).await?);
        }
        Ok(Self {
            portal,
            others,
            catalogs,
        })
    }

    /// How long it takes until every entity of the host is there. Kills a replica after a while where one is given.
    async fn ingest(&mut self, host: &str, kill_after: Option<Duration>) -> Result<Duration> {
        let before = self.portal.api.total().await?;
        // The root's own Location, those in it, and what they lead to.
        let expected = before + 1 + FILES + FILES * ENTITIES_A_FILE;
        let begun = Instant::now();
        self.portal.api.register(&format!("{host}/root.yaml")).await?;
        if let Some(after) = kill_after {
            tokio::time::sleep(after).await;
            self.others.first_mut().context("another replica")?.kill().await?;
        }
        loop {
            let total = self.portal.api.total().await?;
            if total == expected {
                return Ok(begun.elapsed());
            }
            ensure!(begun.elapsed() < PATIENCE, "{total} of {expected} entities");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// How long after a change was answered each replica has it.
    async fn spread(&self, host: &str) -> Result<Vec<Duration>> {
        let mut times = Vec::new();
        for change in 0..CHANGES {
            let (_, entity_ref) = self.portal.api.register(&format!("{host}/quick/{change}")).await?;
            let answered = Instant::now();
            let seen = self.catalogs.iter().map(|catalog| seen(catalog.clone(), &entity_ref));
            for result in futures::future::join_all(seen).await {
                times.push(result?.saturating_duration_since(answered));
            }
        }
        times.sort();
        Ok(times)
    }
}

/// When a replica has an entity.
async fn seen(mut catalog: CatalogClient, entity_ref: &str) -> Result<Instant> {
    let name = entity_ref.rsplit('/').next().context("a name")?;
    let begun = Instant::now();
    loop {
        let request = GetEntityByNameRequest {
            read: None,
            kind: "location".to_owned(),
            namespace: "default".to_owned(),
            name: name.to_owned(),
        };
        match catalog.get_entity_by_name(request).await {
            Ok(_) => return Ok(Instant::now()),
            Err(status) if status.code() == Code::NotFound => {}
            Err(status) => return Err(status.into()),
        }
        ensure!(begun.elapsed() < PATIENCE, "{entity_ref} is not seen");
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    callboard_service_kit::tls::install_provider();
    let host = slow_host().await?;
    for (replicas, kill_after) in [(1, None), (3, None), (3, Some(Duration::from_secs(2)))] {
        let mut callboard = Replicated::start(replicas).await?;
        let time = callboard.ingest(&host, kill_after).await?;
        let killed = kill_after.map_or_else(String::new, |after| format!(", one killed after {} s", after.as_secs()));
        println!(
            "{FILES} files from a host that takes {} ms, {replicas} replicas{killed}: {:.1} s",
            LATENCY.as_millis(),
            time.as_secs_f64()
        );
        if replicas > 1 && kill_after.is_none() {
            let times = callboard.spread(&host).await?;
            let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1000.0;
            println!(
                "a change on each of {replicas} replicas: p50 {:.1} ms, p99 {:.1} ms after its answer",
                at(50),
                at(99)
            );
        }
        callboard.portal.stop().await;
    }
    Ok(())
}
