//! Several replicas on one queue.

use std::{collections::HashMap, time::Duration};

use callboard_local::{Stack, StackOptions, Unit};
use callboard_proto::lighthouse_audit::v1::AuditStatus;

use crate::support::{FastRunner, Service, Site};

/// Another replica on the database of the first.
async fn replica(service: &mut Service) -> Stack {
    let options = StackOptions {
        drop_databases: false,
        ..service.process.stack().options().clone()
    };
    Stack::start(options).await.unwrap()
}

#[tokio::test]
async fn three_replicas_run_each_audit_once_and_one_that_is_killed_loses_none() {
    const AUDITS: usize = 50;
    let (site, runner) = (Site::start().await, FastRunner::new());
    let mut service = Service::start(&runner.directory(), "maxConcurrency: 2, leaseDuration: 2s").await;
    let mut killed = replica(&mut service).await;
    let third = replica(&mut service).await;
    let mut ids = Vec::new();
    for index in 0..AUDITS {
        let url = site.url(&format!("/page-{index}?wait=150"));
        ids.push(service.create(&url).await.unwrap().id);
    }
    // In the middle.
    while runner.jobs().len() < AUDITS / 3 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    killed.kill(Unit::LighthouseAudit).await.unwrap();

    let mut attempts = 0;
    for id in &ids {
        let audit = service.ended(id).await;
        assert_eq!(audit.status(), AuditStatus::Completed, "{audit:?}");
        attempts += audit.attempts as usize;
    }
    let mut runs: HashMap<String, usize> = HashMap::new();
    for url in runner.jobs() {
        *runs.entry(url).or_default() += 1;
    }
    assert_eq!(runs.len(), AUDITS);
    // Only what the killed replica held was run again.
    let again = attempts - AUDITS;
    assert!(again <= 2, "{again} audits were tried again");
    assert!(runs.values().sum::<usize>() <= attempts, "{runs:?}");
    third.stop().await;
    killed.stop().await;
    service.process.stop().await;
}

#[tokio::test]
async fn a_replica_that_is_asked_to_stop_hands_its_audits_back() {
    let (site, runner) = (Site::start().await, FastRunner::new());
    let mut service = Service::start(&runner.directory(), "").await;
    let id = service.create(&site.url("/?wait=4000")).await.unwrap().id;
    service.until(&id, |audit| audit.attempts == 1).await;
    service.process.stack().restart(Unit::LighthouseAudit).await.unwrap();
    service.reconnect().await;
    let audit = service.ended(&id).await;
    assert_eq!(
        (audit.status(), audit.attempts),
        (AuditStatus::Completed, 1),
        "an orderly stop is no attempt"
    );
    service.process.stop().await;
}
