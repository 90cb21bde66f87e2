//! Replicas that crash, hang and restart while people work: nobody notices.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use callboard_end_to_end::{
    api::Api,
    portal::{Portal, Setup},
    proxy::third_party::ThirdParty,
    replica::{Replica, free_port, is_ready},
};
use callboard_load::http_client::Call;
use callboard_local::Unit;
use http::StatusCode;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::descriptors::{component, component_ref};

const WORKERS: usize = 8;
const READINESS: &str = "/.backstage/health/v1/readiness";

/// The units behind the gateway.
const BEHIND: [Unit; 3] = [Unit::Catalog, Unit::LighthouseAudit, Unit::Proxy];

/// A Callboard with a second replica of every unit.
struct Doubled {
    portal: Portal,
    /// Those of [`BEHIND`], then the gateway's.
    replicas: Vec<Replica>,
    gateways: [String; 2],
    _third: ThirdParty,
}

/// Where a replica of a unit listens.
fn at(unit: &str, listen: u16, admin: u16) -> Value {
    let (listen, admin) = (format!("127.0.0.1:{listen}"), format!("127.0.0.1:{admin}"));
    json!({ "backend": { "services": { unit: { "listen": listen, "adminListen": admin } } } })
}

async fn doubled() -> Result<Doubled> {
    let third = ThirdParty::start().await?;
    let mut setup = Setup::new()?
        .all_units()
        .config(json!({
            // Time for whoever balances the load to see that a replica is about to stop.
            "backend": { "lifecycle": { "serverShutdownDelay": { "milliseconds": 1500 } } },
            "lighthouse": { "maxConcurrency": 0 },
            "proxy": { "endpoints": { "/echo": third.url() } },
        }))
        .location("catalog-info.yaml", &component("shop"))?;
    let mut others = Vec::new();
    for unit in BEHIND {
        let [one, one_admin, two, two_admin] = [free_port()?, free_port()?, free_port()?, free_port()?];
        let both = format!("127.0.0.1:{one},127.0.0.1:{two}");
        setup = setup
            .config(at(unit.name(), one, one_admin))
            .config(json!({ "backend": { "services": { unit.name(): { "address": both } } } }));
        let ready = format!("http://127.0.0.1:{two_admin}/readyz");
        others.push((unit, at(unit.name(), two, two_admin), ready));
    }
    let portal = setup.start().await?;
    portal.entity(&component_ref("shop")).await?;
    let [gateway, gateway_admin] = [free_port()?, free_port()?];
    let mut overlay = at("gateway", gateway, gateway_admin);
    overlay["backend"]["listen"] = json!(format!("127.0.0.1:{gateway}"));
    let url = format!("http://127.0.0.1:{gateway}");
    others.push((Unit::Gateway, overlay, format!("{url}{READINESS}")));
    let mut replicas = Vec::new();
    for (unit, overlay, ready) in others {
        replicas.push(Replica::start(&portal, unit, &overlay, ready).await?);
    }
    let gateways = [portal.stack.gateway_url(), url];
    Ok(Doubled {
        portal,
        replicas,
        gateways,
        _third: third,
    })
}

/// Sends reads, and now and then a write, through whichever gateway says that it is ready, as a load balancer would.
struct Load {
    workers: JoinSet<Result<()>>,
    is_over: Arc<AtomicBool>,
    answered: Arc<AtomicU64>,
}

impl Load {
    fn start(gateways: &[String], writes: bool) -> Result<Self> {
        let mut load = Self {
            workers: JoinSet::new(),
            is_over: Arc::default(),
            answered: Arc::default(),
        };
        let ready: Vec<Arc<AtomicBool>> = gateways.iter().map(|_| Arc::new(AtomicBool::new(true))).collect();
        for (url, ready) in gateways.iter().zip(&ready) {
            let (url, ready, is_over) = (format!("{url}{READINESS}"), ready.clone(), load.is_over.clone());
            load.workers.spawn(async move {
                while !is_over.load(Ordering::Relaxed) {
                    ready.store(is_ready(&url).await?, Ordering::Relaxed);
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                Ok(())
            });
        }
        for worker in 0..WORKERS {
            let apis: Vec<Api> = gateways.iter().map(|url| Api::new(url)).collect::<Result<_>>()?;
            let (ready, is_over, answered) = (ready.clone(), load.is_over.clone(), load.answered.clone());
            load.workers.spawn(async move {
                for turn in 0_u64.. {
                    if is_over.load(Ordering::Relaxed) {
                        break;
                    }
                    let up: Vec<&Api> = apis
                        .iter()
                        .zip(&ready)
                        .filter(|(_, ready)| ready.load(Ordering::Relaxed))
                        .map(|(api, _)| api)
                        .collect();
                    let index = usize::try_from(turn)? + worker;
                    let api = up.get(index % up.len().max(1)).context("no gateway is ready")?;
                    // Never the same twice, so that the gateways' caches do not answer.
                    let number = turn * 100 + worker as u64;
                    let call = match turn % 16 {
                        0 if writes => {
                            Call::post("/api/catalog/refresh", &json!({ "entityRef": component_ref("shop") }))
                        }
                        4 | 12 => Call::get(format!("/api/lighthouse/v2/audits?limit=1&offset={number}")),
                        2 | 6 | 10 | 14 => Call::get(format!("/api/proxy/echo/{number}")),
                        _ => Call::get(format!("/api/catalog/entities/by-query?limit=1&offset={number}")),
                    };
                    let answer = api.send(&call).await?;
                    ensure!(
                        answer.status == StatusCode::OK,
                        "{}: {} {}",
                        call.path(),
                        answer.status,
                        answer.body
                    );
                    answered.fetch_add(1, Ordering::Relaxed);
                }
                Ok(())
            });
        }
        Ok(load)
    }

    /// Lets so many more requests be answered.
    async fn go_on(&mut self, requests: u64) -> Result<()> {
        let enough = self.answered.load(Ordering::Relaxed) + requests;
        while self.answered.load(Ordering::Relaxed) < enough {
            if let Some(ended) = self.workers.try_join_next() {
                ended??;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    async fn end(mut self) -> Result<()> {
        self.is_over.store(true, Ordering::Relaxed);
        while let Some(ended) = self.workers.join_next().await {
            ended??;
        }
        Ok(())
    }
}

#[tokio::test]
async fn a_replica_that_crashes_or_hangs_fails_no_read() -> Result<()> {
    let mut doubled = doubled().await?;
    let mut load = Load::start(&doubled.gateways, false)?;
    load.go_on(500).await?;
    for replica in doubled.replicas.iter_mut().take(BEHIND.len()) {
        replica.kill().await?;
        load.go_on(500).await?;
        replica.start_again().await?;
        load.go_on(200).await?;
    }
    doubled.portal.stack.pause(Unit::Catalog);
    load.go_on(500).await?;
    doubled.portal.stack.resume(Unit::Catalog);
    load.go_on(500).await?;
    load.end().await?;
    doubled.portal.stop().await;
    Ok(())
}

#[tokio::test]
async fn every_replica_restarts_in_turn_without_a_failed_request() -> Result<()> {
    let mut doubled = doubled().await?;
    let mut load = Load::start(&doubled.gateways, true)?;
    load.go_on(300).await?;
    for unit in BEHIND.into_iter().chain([Unit::Gateway]) {
        doubled.portal.stack.restart(unit).await?;
        load.go_on(300).await?;
    }
    for replica in &mut doubled.replicas {
        replica.stop().await?;
        replica.start_again().await?;
        load.go_on(300).await?;
    }
    load.end().await?;
    doubled.portal.stop().await;
    Ok(())
}
