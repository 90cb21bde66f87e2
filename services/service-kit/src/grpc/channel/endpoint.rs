use std::{
    fmt,
    net::SocketAddr,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use parking_lot::Mutex;
use tokio::{
    sync::watch,
    time::{Instant, timeout},
};
use tokio_util::task::AbortOnDropHandle;
use tonic::{
    Status,
    transport::{Channel, Endpoint as TonicEndpoint},
};

use super::{health, resolver::Addresses};
use crate::grpc::tls::{Tls, connector};
use crate::grpc::{CONNECTION_WINDOW_BYTES, FRAME_BYTES, STREAM_WINDOW_BYTES};

/// Errors travel in headers; the longest of ours has to fit, escaped and twice.
const MAX_HEADER_LIST_BYTES: u32 = 256 * 1024;
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(10);
const KEEPALIVE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long an endpoint is left alone after its first failure; doubled with each further one.
const FIRST_EJECTION: Duration = Duration::from_millis(200);
const LONGEST_EJECTION: Duration = Duration::from_secs(10);
/// While one call tries an endpoint that has failed, the others keep away for this long.
const PROBE: Duration = Duration::from_secs(1);
/// What was slow is forgotten by half in this time: an endpoint that nobody asks any more gets another chance.
const LATENCY_HALF_LIFE: Duration = Duration::from_secs(2);
/// How much longer than usual a call may take before it is made elsewhere too, and how long it may take at least.
const PATIENCE_FACTOR: f64 = 4.0;
const LEAST_PATIENCE: Duration = Duration::from_millis(25);
const MOST_PATIENCE: Duration = Duration::from_secs(5);
/// The weight of the newest latency in the running average.
const LATENCY_WEIGHT: f64 = 0.2;

/// The replicas of a unit, as the resolver sees them. Clones share them.
#[derive(Debug, Clone)]
pub(super) struct Endpoints {
    list: Arc<watch::Sender<Vec<Arc<Endpoint>>>>,
    connect_timeout: Duration,
    tls: Option<Tls>,
}

impl Endpoints {
    pub(super) fn new(connect_timeout: Duration, tls: Option<Tls>) -> Self {
        Self {
            list: Arc::new(watch::Sender::new(Vec::new())),
            connect_timeout,
            tls,
        }
    }

    /// Adds the addresses that are new and drops those that are gone; calls under way on a dropped one go on.
    pub(super) fn update(&self, addresses: &Addresses) {
        self.list.send_if_modified(|list| {
            let is_same =
                list.len() == addresses.len() && list.iter().all(|known| addresses.contains_key(&known.address));
            if is_same {
                return false;
            }
            let known = std::mem::take(list);
            *list = addresses
                .iter()
                .map(|(address, name)| {
                    known
                        .iter()
                        .find(|endpoint| endpoint.address == *address)
                        .cloned()
                        .unwrap_or_else(|| Arc::new(self.endpoint(*address, name.clone())))
                })
                .collect();
            true
        });
    }

    fn endpoint(&self, address: SocketAddr, name: Arc<str>) -> Endpoint {
        let endpoint = TonicEndpoint::from_shared(format!("http://{address}"))
            // A socket address always makes a URI; were it not so, the endpoint would fail and be ejected like any other.
            .unwrap_or_else(|_| TonicEndpoint::from_static("http://[::]:0"))
            .connect_timeout(self.connect_timeout)
            .tcp_nodelay(true)
            .initial_stream_window_size(STREAM_WINDOW_BYTES)
            .initial_connection_window_size(CONNECTION_WINDOW_BYTES)
            .max_frame_size(FRAME_BYTES)
            .http2_max_header_list_size(MAX_HEADER_LIST_BYTES)
            .http2_keep_alive_interval(KEEPALIVE_INTERVAL)
            .keep_alive_timeout(KEEPALIVE_TIMEOUT)
            .keep_alive_while_idle(true);
        let channel = match &self.tls {
            None => endpoint.connect_lazy(),
            Some(tls) => endpoint.connect_with_connector_lazy(connector(tls.clone(), address, name)),
        };
        Endpoint {
            address,
            channel,
            in_flight: AtomicUsize::new(0),
            health: Mutex::new(Health::default()),
            is_serving: AtomicBool::new(true),
            follower: OnceLock::new(),
        }
    }

    /// An endpoint for a call: the better of two random ones that are neither ejected nor already `tried`; failing that, any
    /// that is not ejected; failing that, the one whose ejection ends first.
    pub(super) async fn pick(&self, tried: &[SocketAddr]) -> Result<Arc<Endpoint>, Status> {
        let list = self.resolved().await?;
        let now = Instant::now();
        let healthy: Vec<&Arc<Endpoint>> = list.iter().filter(|endpoint| endpoint.admits(now)).collect();
        let fresh: Vec<&Arc<Endpoint>> = healthy
            .iter()
            .copied()
            .filter(|endpoint| !tried.contains(&endpoint.address))
            .collect();
        let candidates = if fresh.is_empty() { healthy } else { fresh };
        let picked = match candidates.as_slice() {
            [] => list.iter().min_by_key(|endpoint| endpoint.ejected_until()),
            [only] => Some(*only),
            several => {
                let first = rand::random_range(0..several.len());
                let second = (first + rand::random_range(1..several.len())) % several.len();
                Some(if several[first].cost() <= several[second].cost() {
                    several[first]
                } else {
                    several[second]
                })
            }
        };
        let picked = picked.ok_or_else(|| Status::unavailable("the unit has no address"))?;
        picked.reserve_probe(now);
        Ok(picked.clone())
    }

    /// Whether some endpoint would take a call at once that has not been tried yet.
    pub(super) fn has_alternative(&self, tried: &[SocketAddr]) -> bool {
        let now = Instant::now();
        self.list
            .borrow()
            .iter()
            .any(|endpoint| endpoint.admits(now) && !tried.contains(&endpoint.address))
    }

    /// The endpoints as they are known now.
    pub(super) fn known(&self) -> Vec<Arc<Endpoint>> {
        self.list.borrow().clone()
    }

    /// The endpoints; right after start it waits for the first answer of the resolver.
    async fn resolved(&self) -> Result<Vec<Arc<Endpoint>>, Status> {
        let mut receiver = self.list.subscribe();
        let found = timeout(self.connect_timeout, receiver.wait_for(|list| !list.is_empty())).await;
        match found {
            Ok(Ok(list)) => Ok(list.clone()),
            _ => Err(Status::unavailable("the unit's address cannot be resolved")),
        }
    }
}

/// One replica.
pub(super) struct Endpoint {
    pub(super) address: SocketAddr,
    channel: Channel,
    in_flight: AtomicUsize,
    health: Mutex<Health>,
    is_serving: AtomicBool,
    /// Follows what the endpoint says of itself, from the first call on.
    follower: OnceLock<AbortOnDropHandle<()>>,
}

#[derive(Debug, Default)]
struct Health {
    /// Running average, in seconds, of the time to the head of the answer.
    latency: f64,
    measured_at: Option<Instant>,
    failures: u32,
    ejected_until: Option<Instant>,
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Endpoint")
            .field("address", &self.address)
            .field("health", &*self.health.lock())
            .finish_non_exhaustive()
    }
}

impl Endpoint {
    /// The connection. It is made by the first call and made anew by the first call after it broke.
    pub(super) fn channel(&self) -> Channel {
        self.channel.clone()
    }

    /// Counts a call as under way until the guard is told how it ended or is dropped.
    pub(super) fn begin(self: &Arc<Self>) -> InFlight {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        self.follower
            .get_or_init(|| AbortOnDropHandle::new(tokio::spawn(health::follow(Arc::downgrade(self)))));
        InFlight {
            endpoint: self.clone(),
            begin: Instant::now(),
            is_over: false,
        }
    }

    fn admits(&self, now: Instant) -> bool {
        self.is_serving.load(Ordering::Relaxed) && self.health.lock().ejected_until.is_none_or(|until| until <= now)
    }

    /// Whether calls keep away because some failed here.
    pub(super) fn is_ejected(&self) -> bool {
        let now = Instant::now();
        let health = self.health.lock();
        health.failures > 0 && health.ejected_until.is_some_and(|until| until > now)
    }

    /// Notes what the endpoint says of itself.
    pub(super) fn set_serving(&self, is_serving: bool) {
        self.is_serving.store(is_serving, Ordering::Relaxed);
    }

    fn ejected_until(&self) -> Option<Instant> {
        self.health.lock().ejected_until
    }

    fn cost(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "the number of calls under way is small")]
        let load = (self.in_flight.load(Ordering::Relaxed) + 1) as f64;
        (self.health.lock().latency_at(Instant::now()) + f64::EPSILON) * load
    }

    /// How long to wait for an answer before asking somebody else too.
    pub(super) fn patience(&self) -> Duration {
        let latency = self.health.lock().latency_at(Instant::now());
        Duration::try_from_secs_f64(latency * PATIENCE_FACTOR)
            .unwrap_or(MOST_PATIENCE)
            .clamp(LEAST_PATIENCE, MOST_PATIENCE)
    }

    /// After a failure, lets one call in at a time until one succeeds.
    fn reserve_probe(&self, now: Instant) {
        let mut health = self.health.lock();
        if health.failures > 0 {
            health.ejected_until = Some(now + PROBE);
        }
    }
}

impl Health {
    fn latency_at(&self, now: Instant) -> f64 {
        let age = self
            .measured_at
            .map_or(Duration::ZERO, |at| now.saturating_duration_since(at));
        self.latency * 0.5_f64.powf(age.as_secs_f64() / LATENCY_HALF_LIFE.as_secs_f64())
    }

    fn measured(&mut self, latency: f64, now: Instant) {
        let before = self.latency_at(now);
        self.latency = before + (latency - before) * LATENCY_WEIGHT;
        self.measured_at = Some(now);
    }
}

/// A call under way at an endpoint.
pub(super) struct InFlight {
    endpoint: Arc<Endpoint>,
    begin: Instant,
    is_over: bool,
}

impl InFlight {
    pub(super) fn succeeded(mut self) {
        self.is_over = true;
        let latency = self.begin.elapsed().as_secs_f64();
        let mut health = self.endpoint.health.lock();
        health.measured(latency, Instant::now());
        health.failures = 0;
        health.ejected_until = None;
    }

    pub(super) fn failed(mut self) {
        self.is_over = true;
        let mut health = self.endpoint.health.lock();
        let factor = 2_u32.saturating_pow(health.failures);
        health.failures = health.failures.saturating_add(1);
        let ejection = FIRST_EJECTION.saturating_mul(factor).min(LONGEST_EJECTION);
        health.ejected_until = Some(Instant::now() + ejection);
        metrics::counter!("callboard_grpc_channel_ejections_total").increment(1);
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.endpoint.in_flight.fetch_sub(1, Ordering::Relaxed);
        if self.is_over {
            return;
        }
        // Given up: it would have taken longer than this.
        let latency = self.begin.elapsed().as_secs_f64();
        let mut health = self.endpoint.health.lock();
        let now = Instant::now();
        if latency > health.latency_at(now) {
            health.measured(latency, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoints(ports: &[u16]) -> (Endpoints, Addresses) {
        let endpoints = Endpoints::new(Duration::from_millis(50), None);
        let addresses = ports
            .iter()
            .map(|port| (SocketAddr::from(([127, 0, 0, 1], *port)), "localhost".into()))
            .collect();
        endpoints.update(&addresses);
        (endpoints, addresses)
    }

    #[tokio::test]
    async fn a_failing_endpoint_is_left_alone_and_comes_back() {
        let (endpoints, _) = endpoints(&[1, 2]);
        let failing = endpoints.pick(&[]).await.unwrap();
        failing.begin().failed();
        for _ in 0..20 {
            assert_ne!(endpoints.pick(&[]).await.unwrap().address, failing.address);
        }
        tokio::time::sleep(FIRST_EJECTION * 2).await;
        let mut came_back = 0;
        for _ in 0..50 {
            if endpoints.pick(&[]).await.unwrap().address == failing.address {
                came_back += 1;
            }
        }
        assert_eq!(came_back, 1, "one call at a time probes it");
        failing.begin().succeeded();
        assert!(endpoints.has_alternative(&[]));
    }

    #[tokio::test]
    async fn the_only_endpoint_is_used_even_when_ejected() {
        let (endpoints, _) = endpoints(&[1]);
        let only = endpoints.pick(&[]).await.unwrap();
        only.begin().failed();
        assert_eq!(endpoints.pick(&[only.address]).await.unwrap().address, only.address);
        assert!(!endpoints.has_alternative(&[]));
    }

    #[tokio::test]
    async fn the_less_loaded_of_two_is_picked() {
        let (endpoints, _) = endpoints(&[1, 2]);
        let busy = endpoints.pick(&[]).await.unwrap();
        let _calls: Vec<_> = (0..5).map(|_| busy.begin()).collect();
        for _ in 0..20 {
            assert_ne!(endpoints.pick(&[]).await.unwrap().address, busy.address);
        }
    }

    #[tokio::test]
    async fn new_addresses_join_and_known_ones_keep_their_connection() {
        let (endpoints, mut addresses) = endpoints(&[1]);
        let first = endpoints.pick(&[]).await.unwrap();
        addresses.insert("127.0.0.1:2".parse().unwrap(), "localhost".into());
        endpoints.update(&addresses);
        let list = endpoints.resolved().await.unwrap();
        assert_eq!(list.len(), 2);
        assert!(list.iter().any(|endpoint| Arc::ptr_eq(endpoint, &first)));
        assert_ne!(endpoints.pick(&[first.address]).await.unwrap().address, first.address);
    }

    #[tokio::test]
    async fn without_any_address_the_wait_is_bounded() {
        let endpoints = Endpoints::new(Duration::from_millis(20), None);
        assert_eq!(endpoints.pick(&[]).await.unwrap_err().code(), tonic::Code::Unavailable);
    }
}
