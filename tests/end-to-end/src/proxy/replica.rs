//! Another proxy beside that of a stack, spoken to directly.

use std::net::{SocketAddr, TcpListener};

use anyhow::{Context, Result};
use callboard_local::{Stack, StackOptions, Unit};
use callboard_proto::proxy::v1::{
    ForwardRequest, RequestHead, forward_request, proxy_service_client::ProxyServiceClient,
};
use callboard_service_kit::{
    config::Config,
    identity::{Caller, CallerTokens},
};
use tokio::process::{Child, Command};
use tonic::{Code, Request};

use crate::wait::eventually;

/// The process; it ends with its value.
#[derive(Debug)]
pub struct Replica {
    address: SocketAddr,
    tokens: CallerTokens,
    _process: Child,
}

impl Replica {
    /// Starts it on the configuration of a stack, on other ports, and waits until it answers.
    pub(super) async fn start(stack: &Stack) -> Result<Self> {
        let [listen, admin] = [free_address()?, free_address()?];
        let binaries = StackOptions::for_tests()?.binaries_dir;
        let mut command = Command::new(binaries.join(Unit::Proxy.binary()));
        for file in stack.config_files() {
            command.arg("--config").arg(file);
        }
        let process = command
            .env("APP_CONFIG_backend_services_proxy_listen", format!("\"{listen}\""))
            .env("APP_CONFIG_backend_services_proxy_adminListen", format!("\"{admin}\""))
            .kill_on_drop(true)
            .spawn()
            .context("another proxy")?;
        let replica = Self {
            address: listen,
            tokens: CallerTokens::from_config(&Config::load(stack.config_files())?, "gateway")?,
            _process: process,
        };
        eventually("the other proxy answers", async || {
            replica.forwards("/").await.map(Some)
        })
        .await?;
        Ok(replica)
    }

    /// Whether it has an endpoint that takes a GET of this path.
    pub async fn forwards(&self, path: &str) -> Result<bool> {
        let mut client = ProxyServiceClient::connect(format!("http://{}", self.address)).await?;
        let head = RequestHead {
            method: "GET".to_owned(),
            path_and_query: path.to_owned(),
            ..RequestHead::default()
        };
        let message = ForwardRequest {
            part: Some(forward_request::Part::Head(head)),
        };
        let mut request = Request::new(futures::stream::iter([message]));
        let token = self.tokens.sign(&Caller::service("end-to-end"), Unit::Proxy.name())?;
        request
            .metadata_mut()
            .insert("authorization", format!("Bearer {token}").parse()?);
        match client.forward(request).await {
            Ok(_) => Ok(true),
            Err(status) if status.code() == Code::NotFound => Ok(false),
            Err(status) => Err(status.into()),
        }
    }
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
