//! The catalog's gRPC API, spoken to directly.

use anyhow::{Context, Result};
use callboard_local::Unit;
use callboard_proto::catalog::v1::catalog_service_client::CatalogServiceClient;
use callboard_service_kit::{
    config::Config,
    identity::{Caller, CallerTokens},
};
use tonic::{
    Request, Status,
    service::{Interceptor, interceptor::InterceptedService},
    transport::Channel,
};

use crate::portal::Portal;

/// The catalog as a service of the installation calls it.
pub type CatalogClient = CatalogServiceClient<InterceptedService<Channel, SignedCalls>>;

/// Names the caller in every call.
#[derive(Debug, Clone)]
pub struct SignedCalls {
    tokens: CallerTokens,
}

impl Interceptor for SignedCalls {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        let caller = Caller::service("end-to-end");
        let token = self
            .tokens
            .sign(&caller, Unit::Catalog.name())
            .map_err(|error| Status::internal(error.to_string()))?;
        let value = format!("Bearer {token}")
            .parse()
            .map_err(|_| Status::internal("the token cannot stand in a header"))?;
        request.metadata_mut().insert("authorization", value);
        Ok(request)
    }
}

impl Portal {
    /// A client that signs its calls.
    pub async fn catalog(&self) -> Result<CatalogClient> {
        self.catalog_at(self.stack.catalog_grpc_address()).await
    }

    /// The same for one replica: `http://HOST:PORT`.
    pub async fn catalog_at(&self, address: String) -> Result<CatalogClient> {
        let config = Config::load(self.stack.config_files())?;
        let tokens = CallerTokens::from_config(&config, "end-to-end")?;
        Ok(CatalogServiceClient::with_interceptor(
            channel(address).await?,
            SignedCalls { tokens },
        ))
    }

    /// A client that says nothing about who calls.
    pub async fn catalog_as_stranger(&self) -> Result<CatalogServiceClient<Channel>> {
        let channel = channel(self.stack.catalog_grpc_address()).await?;
        Ok(CatalogServiceClient::new(channel))
    }
}

async fn channel(address: String) -> Result<Channel> {
    Channel::from_shared(address.clone())?
        .connect()
        .await
        .with_context(|| address)
}
