//! What a handler needs that is about one thing of a service.

use axum::extract::FromRequestParts;
use http::request::Parts;

use super::CallContext;
use crate::{error::ApiError, gateway::Gateway, http::path_parameters::PathParameters};

/// The thing that the one parameter of a route names, and the means to ask for it.
#[derive(Clone)]
pub(crate) struct ById {
    pub(crate) gateway: Gateway,
    pub(crate) context: CallContext,
    pub(crate) id: String,
}

impl FromRequestParts<Gateway> for ById {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, gateway: &Gateway) -> Result<Self, ApiError> {
        let context = CallContext::from_request_parts(parts, gateway).await?;
        let [id] = PathParameters::from_request_parts(parts, gateway).await?.decode()?;
        Ok(Self {
            gateway: gateway.clone(),
            context,
            id,
        })
    }
}
