use std::{
    convert::Infallible,
    net::SocketAddr,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use callboard_service_kit::{
    config::Config,
    grpc::{Deadline, channel::BalancedChannel, server::GrpcServer},
    identity::{Caller, CallerTokens},
    lifecycle::Lifecycle,
};
use futures::{StreamExt, future::BoxFuture, stream::BoxStream};
use http::uri::PathAndQuery;
use tokio_stream::wrappers::IntervalStream;
use tonic::{
    Request, Response, Status,
    body::Body,
    client::Grpc as ClientGrpc,
    server::{Grpc, NamedService, ServerStreamingService, UnaryService},
};
use tonic_prost::ProstCodec;

pub(crate) const UNIT: &str = "catalog";
const SECRET: &str = "c2VjcmV0LXNlY3JldC1zZWNyZXQtb25l";

/// A variable that a test cannot do without.
pub(crate) fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set; ./dev test sets it"))
}

/// A configuration in which the unit listens on `listen` and is called at `address`.
pub(crate) fn config(listen: &str, address: &str) -> Config {
    config_with(listen, address, "{}")
}

/// The same, with the section `backend.grpc`.
pub(crate) fn config_with(listen: &str, address: &str, grpc: &str) -> Config {
    Config::from_yaml(&format!(
        "backend: {{auth: {{keys: [{{secret: {SECRET}}}]}}, grpc: {grpc}, \
         services: {{{UNIT}: {{listen: '{listen}', adminListen: '127.0.0.1:0', address: '{address}'}}}}}}"
    ))
    .unwrap()
}

/// A running gRPC server with the echo service.
pub(crate) struct TestServer {
    pub(crate) lifecycle: Lifecycle,
    pub(crate) address: SocketAddr,
    pub(crate) calls: Arc<AtomicU32>,
}

impl TestServer {
    pub(crate) async fn start(listen: &str) -> Self {
        Self::start_with(&config(listen, "127.0.0.1:1")).await
    }

    pub(crate) async fn start_with(config: &Config) -> Self {
        let tokens = CallerTokens::from_config(config, UNIT).unwrap();
        let echo = Echo::default();
        let calls = echo.calls.clone();
        let server = GrpcServer::bind(config, UNIT, tokens)
            .await
            .unwrap()
            .service(echo)
            .reflection(callboard_proto::FILE_DESCRIPTOR_SET)
            .unwrap();
        let address = server.local_address().unwrap();
        let lifecycle = Lifecycle::new(Duration::ZERO, Duration::from_secs(8));
        server.serve(&lifecycle);
        lifecycle.readiness().started();
        Self {
            lifecycle,
            address,
            calls,
        }
    }

    /// A channel to this server.
    pub(crate) fn channel(&self) -> BalancedChannel {
        BalancedChannel::connect(&config(":0", &self.address.to_string()), UNIT).unwrap()
    }

    pub(crate) async fn stop(self) {
        self.lifecycle.stop();
        self.lifecycle.run().await;
    }
}

/// Calls the echo service.
pub(crate) async fn call<S>(channel: S, request: Request<String>) -> Result<String, Status>
where
    S: tonic::client::GrpcService<Body>,
    S::ResponseBody: http_body::Body<Data = bytes::Bytes> + Send + 'static,
    <S::ResponseBody as http_body::Body>::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let mut client = ClientGrpc::new(channel);
    client.ready().await.map_err(|error| Status::from_error(error.into()))?;
    let path = PathAndQuery::from_static("/test.Echo/Say");
    client
        .unary(request, path, ProstCodec::<String, String>::default())
        .await
        .map(Response::into_inner)
}

/// Opens the endless stream of the echo service.
pub(crate) async fn stream(channel: BalancedChannel, request: Request<String>) -> tonic::Streaming<String> {
    let mut client = ClientGrpc::new(channel);
    client.ready().await.unwrap();
    let path = PathAndQuery::from_static("/test.Echo/Ticks");
    let codec = ProstCodec::<String, String>::default();
    client
        .server_streaming(request, path, codec)
        .await
        .unwrap()
        .into_inner()
}

/// A service that does as it is told: `sleep MILLISECONDS`, `panic`, `caller`, `remaining`, or the text back.
#[derive(Clone, Default)]
pub(crate) struct Echo {
    calls: Arc<AtomicU32>,
}

impl NamedService for Echo {
    const NAME: &'static str = "test.Echo";
}

impl tower::Service<http::Request<Body>> for Echo {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<http::Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let calls = self.calls.clone();
        Box::pin(async move {
            let codec = ProstCodec::<String, String>::default();
            Ok(match request.uri().path() {
                "/test.Echo/Say" => Grpc::new(codec).unary(Say(calls), request).await,
                "/test.Echo/Ticks" => Grpc::new(codec).server_streaming(Ticks, request).await,
                _ => Status::unimplemented("no such method").into_http(),
            })
        })
    }
}

struct Say(Arc<AtomicU32>);

impl UnaryService<String> for Say {
    type Response = String;
    type Future = BoxFuture<'static, Result<Response<String>, Status>>;

    fn call(&mut self, request: Request<String>) -> Self::Future {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move {
            let text = request.get_ref().as_str();
            let answer = match text.split_once(' ').unwrap_or((text, "")) {
                ("sleep", milliseconds) => {
                    tokio::time::sleep(Duration::from_millis(milliseconds.parse().unwrap())).await;
                    "slept".to_owned()
                }
                ("panic", _) => panic!("told to"),
                ("caller", _) => Caller::of(&request)?.to_string(),
                ("remaining", _) => {
                    Deadline::current().map_or(String::new(), |deadline| deadline.remaining().as_millis().to_string())
                }
                _ => text.to_owned(),
            };
            Ok(Response::new(answer))
        })
    }
}

struct Ticks;

impl ServerStreamingService<String> for Ticks {
    type Response = String;
    type ResponseStream = BoxStream<'static, Result<String, Status>>;
    type Future = BoxFuture<'static, Result<Response<Self::ResponseStream>, Status>>;

    fn call(&mut self, request: Request<String>) -> Self::Future {
        let panics = request.get_ref() == "panic";
        Box::pin(async move {
            let ticks = IntervalStream::new(tokio::time::interval(Duration::from_millis(20)));
            let stream = ticks.enumerate().map(move |(count, _)| {
                assert!(!(panics && count == 2), "told to");
                Ok("tick".to_owned())
            });
            Ok(Response::new(stream.boxed()))
        })
    }
}

/// A port that was free a moment ago.
pub(crate) fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

/// A server process of the test's own; it ends with the test.
pub(crate) struct TestProcess(Child);

impl TestProcess {
    pub(crate) async fn start(program: &str, arguments: &[&str], port: u16) -> Self {
        Self::start_with(program, arguments, &[], port).await
    }

    /// The same, with environment variables.
    pub(crate) async fn start_with(program: &str, arguments: &[&str], environment: &[(&str, &str)], port: u16) -> Self {
        let child = Command::new(program)
            .args(arguments)
            .envs(environment.iter().copied())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}"));
        let process = Self(child);
        for _ in 0..200 {
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return process;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("{program} does not listen on {port}");
    }

    /// Stops it in its tracks. The signal takes effect a moment after it is sent, one thread after the other, and until then
    /// the process answers.
    pub(crate) async fn freeze(&self) {
        self.signal("STOP");
        while !self.is_frozen() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    fn is_frozen(&self) -> bool {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.0.id())).unwrap();
        threads.into_iter().all(|thread| {
            let state = std::fs::read_to_string(thread.unwrap().path().join("stat")).unwrap();
            // The state follows the name, which stands in brackets.
            state.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with('T'))
        })
    }

    /// Lets it go on.
    pub(crate) fn thaw(&self) {
        self.signal("CONT");
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &self.0.id().to_string()])
            .status();
        assert!(sent.unwrap().success());
    }
}

impl Drop for TestProcess {
    fn drop(&mut self) {
        // A process that is gone already is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
