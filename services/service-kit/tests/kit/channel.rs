use std::{
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use callboard_service_kit::grpc::{RequestExt, channel::BalancedChannel};
use tonic::{Code, Request};

use crate::support::{TestServer, UNIT, call, config, free_port, stream};

fn hello() -> Request<String> {
    Request::new("hello".to_owned())
}

#[tokio::test]
async fn load_is_spread_and_a_lost_replica_costs_no_idempotent_call() {
    // A runtime of its own can be torn down with everything in it, as a killed process would be.
    let doomed = tokio::runtime::Runtime::new().unwrap();
    let one = doomed.spawn(TestServer::start("127.0.0.1:0")).await.unwrap();
    let two = TestServer::start("127.0.0.1:0").await;
    let addresses = format!("{},{}", one.address, two.address);
    let channel = BalancedChannel::connect(&config(":0", &addresses), UNIT).unwrap();

    let mut workers = tokio::task::JoinSet::new();
    let end = Instant::now() + Duration::from_secs(3);
    for _ in 0..8 {
        let channel = channel.clone();
        workers.spawn(async move {
            let mut calls = 0_u32;
            while Instant::now() < end {
                let text = if calls.is_multiple_of(10) { "sleep 30" } else { "hello" };
                let request = Request::new(text.to_owned())
                    .idempotent()
                    .within(Duration::from_secs(5));
                call(channel.clone(), request).await.expect("an idempotent call");
                calls += 1;
            }
            calls
        });
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let (first, second) = (one.calls.load(Ordering::Relaxed), two.calls.load(Ordering::Relaxed));
    assert!(first > 0 && second > 0, "both serve: {first} and {second}");
    doomed.shutdown_background();
    let total: u32 = workers.join_all().await.into_iter().sum();
    assert!(total > 100, "{total}");
    two.stop().await;
}

#[tokio::test]
async fn a_stream_whose_replica_dies_ends_as_unavailable() {
    let doomed = tokio::runtime::Runtime::new().unwrap();
    let server = doomed.spawn(TestServer::start("127.0.0.1:0")).await.unwrap();
    let mut ticks = stream(server.channel(), hello()).await;
    assert_eq!(ticks.message().await.unwrap().unwrap(), "tick");
    doomed.shutdown_background();
    let status = loop {
        if let Err(status) = ticks.message().await {
            break status;
        }
    };
    assert_eq!(status.code(), Code::Unavailable, "{status}");
}

#[tokio::test]
async fn a_replica_that_hangs_holds_up_no_idempotent_call() {
    // It takes connections and never says a word.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = TestServer::start("127.0.0.1:0").await;
    let addresses = format!("{},{}", silent.local_addr().unwrap(), server.address);
    let channel = BalancedChannel::connect(&config(":0", &addresses), UNIT).unwrap();
    for _ in 0..40 {
        // Without a second attempt those that went to the silent one would run into this.
        let request = hello().idempotent().within(Duration::from_secs(10));
        assert_eq!(call(channel.clone(), request).await.unwrap(), "hello");
    }
    drop(silent);
    server.stop().await;
}

#[tokio::test]
async fn calls_succeed_again_when_the_only_endpoint_restarts() {
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let server = TestServer::start(&listen).await;
    let channel = server.channel();
    assert_eq!(call(channel.clone(), hello()).await.unwrap(), "hello");
    server.stop().await;

    let begin = Instant::now();
    let status = call(channel.clone(), hello().within(Duration::from_secs(10)))
        .await
        .unwrap_err();
    assert_eq!(status.code(), Code::Unavailable);
    assert!(
        begin.elapsed() < Duration::from_secs(3),
        "a refused connection is known at once"
    );
    for _ in 0..10 {
        assert!(call(channel.clone(), hello()).await.is_err());
    }

    let server = TestServer::start(&listen).await;
    // However long it was ejected for: a call that may be repeated gets through, and after it all do.
    assert_eq!(call(channel.clone(), hello().idempotent()).await.unwrap(), "hello");
    for _ in 0..10 {
        assert_eq!(call(channel.clone(), hello()).await.unwrap(), "hello");
    }
    server.stop().await;
}

#[tokio::test]
async fn repetitions_are_bounded() {
    let channel = BalancedChannel::connect(&config(":0", &format!("127.0.0.1:{}", free_port())), UNIT).unwrap();
    let begin = Instant::now();
    let status = call(channel, hello().idempotent()).await.unwrap_err();
    assert_eq!(status.code(), Code::Unavailable);
    assert!(begin.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_call_that_is_not_idempotent_is_made_once() {
    let server = TestServer::start("127.0.0.1:0").await;
    let channel = server.channel();
    let before = server.calls.load(Ordering::Relaxed);
    assert_eq!(
        call(channel, Request::new("panic".to_owned()))
            .await
            .unwrap_err()
            .code(),
        Code::Internal
    );
    assert_eq!(server.calls.load(Ordering::Relaxed), before + 1);
    server.stop().await;
}

#[tokio::test]
async fn every_replica_tells_how_it_is() {
    let server = TestServer::start("127.0.0.1:0").await;
    let unready = TestServer::start("127.0.0.1:0").await;
    unready.lifecycle.readiness().record("database", false);
    let nobody = free_port();
    let addresses = format!("{},{},127.0.0.1:{nobody}", server.address, unready.address);
    let channel = BalancedChannel::connect(&config(":0", &addresses), UNIT).unwrap();
    // It waits for the addresses.
    while call(channel.clone(), hello().idempotent()).await.is_err() {}
    let replicas = channel.replicas(Duration::from_secs(5)).await;
    assert_eq!(replicas.len(), 3);
    for replica in replicas {
        if replica.address.port() == nobody {
            assert_eq!(replica.answer.unwrap_err().code(), Code::Unavailable);
            continue;
        }
        let answer = replica.answer.unwrap();
        assert_eq!(answer.is_serving, replica.address == server.address);
        assert!(answer.version.is_some_and(|version| version.contains('.')));
        assert!(answer.started_at.is_some_and(|seconds| seconds > 1_700_000_000));
    }
    for stopped in [server, unready] {
        stopped.stop().await;
    }
}
