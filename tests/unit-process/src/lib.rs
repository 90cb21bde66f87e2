//! One unit as a real process on a real Postgres, for the unit's own tests: `tests/process.rs` of each unit.

#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "this is only used by tests, in which a failure is a panic"
)]

use callboard_local::{Stack, StackOptions, Unit};
use callboard_service_kit::{
    config::Config,
    identity::{Caller, CallerTokens},
};
use tokio_stream::StreamExt;
use tonic::{Request, transport::Channel};
use tonic_health::pb::{HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient};
use tonic_reflection::pb::v1::{
    ServerReflectionRequest, server_reflection_client::ServerReflectionClient,
    server_reflection_request::MessageRequest, server_reflection_response::MessageResponse,
};

/// A secret that no stack has.
const FOREIGN_SECRET: &str = "bm90IHRoZSBzZWNyZXQgb2YgdGhpcyBzdGFjaw==";

/// A running unit. Stop it at the end of the test: that drops its database.
#[derive(Debug)]
pub struct UnitProcess {
    stack: Stack,
    unit: Unit,
}

impl UnitProcess {
    /// Starts a unit alone, with additions to its configuration as YAML, and waits until it is ready.
    pub async fn start(unit: Unit, overlays: &[&str]) -> Self {
        let mut options = StackOptions::for_tests().unwrap();
        options.units = vec![unit];
        options.overlays = overlays.iter().map(ToString::to_string).collect();
        Self {
            stack: Stack::start(options).await.unwrap(),
            unit,
        }
    }

    /// The stack around the process: addresses, logs, pause and resume.
    pub fn stack(&mut self) -> &mut Stack {
        &mut self.stack
    }

    /// A plain connection to its gRPC port.
    pub async fn channel(&self) -> Channel {
        let address = self.stack.listen_address(self.unit).unwrap();
        Channel::from_shared(format!("http://{address}"))
            .unwrap()
            .connect()
            .await
            .unwrap()
    }

    /// A request that says, as the gateway signs it, that a guest calls.
    pub fn signed<T>(&self, message: T) -> Request<T> {
        let caller = Caller::user("user:default/guest", vec!["user:default/guest".to_owned()]);
        self.signed_for(&caller, message)
    }

    /// A request that says, as the gateway signs it, who calls.
    pub fn signed_for<T>(&self, caller: &Caller, message: T) -> Request<T> {
        signed(message, caller, self.stack.service_secret(), self.unit.name())
    }

    /// Requests that no unit may answer: without a token, with one of another installation, with one for another unit.
    pub fn strangers<T: Clone>(&self, message: &T) -> [Request<T>; 3] {
        let caller = Caller::anonymous();
        let sign = |secret, audience| signed(message.clone(), &caller, secret, audience);
        [
            Request::new(message.clone()),
            sign(FOREIGN_SECRET, self.unit.name()),
            sign(self.stack.service_secret(), "another-unit"),
        ]
    }

    /// Asserts that health and reflection of a service answer without credentials.
    pub async fn assert_open_to_everybody(&self, service: &str) {
        let channel = self.channel().await;
        let request = HealthCheckRequest {
            service: service.to_owned(),
        };
        let health = HealthClient::new(channel.clone())
            .check(request)
            .await
            .unwrap()
            .into_inner();
        assert_eq!(health.status(), ServingStatus::Serving);

        let request = ServerReflectionRequest {
            host: String::new(),
            message_request: Some(MessageRequest::ListServices(String::new())),
        };
        let mut answers = ServerReflectionClient::new(channel)
            .server_reflection_info(tokio_stream::once(request))
            .await
            .unwrap()
            .into_inner();
        let answer = answers.next().await.unwrap().unwrap().message_response.unwrap();
        let MessageResponse::ListServicesResponse(list) = answer else {
            panic!("not a list of services: {answer:?}");
        };
        assert!(list.service.iter().any(|found| found.name == service), "{list:?}");
    }

    /// Kills the process as a crash would, starts it again, and waits until it is ready.
    pub async fn crash_and_restart(&mut self) {
        self.stack.kill(self.unit).await.unwrap();
        self.stack.restart(self.unit).await.unwrap();
    }

    /// Asserts that the process ends by itself when asked, and removes what the test made.
    pub async fn stop(mut self) {
        let ended = self.stack.stop_unit(self.unit).await;
        self.stack.stop().await;
        assert!(ended, "it had to be killed");
    }
}

/// A request that carries a caller token, signed with a secret for an audience.
fn signed<T>(message: T, caller: &Caller, secret: &str, audience: &str) -> Request<T> {
    let config = Config::from_yaml(&format!("backend: {{ auth: {{ keys: [{{ secret: {secret} }}] }} }}")).unwrap();
    let tokens = CallerTokens::from_config(&config, "gateway").unwrap();
    let token = tokens.sign(caller, audience).unwrap();
    let mut request = Request::new(message);
    request
        .metadata_mut()
        .insert("authorization", format!("Bearer {token}").parse().unwrap());
    request
}
