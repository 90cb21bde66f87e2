//! `Forward`: one HTTP request on its way and its response on the way back.

use std::time::Duration;

use callboard_proto::proxy::v1::{ForwardRequest, RequestHead, forward_request::Part};
use callboard_service_kit::{error::ServiceError, identity::Caller};
use futures::StreamExt;
use tonic::{Request, Status, Streaming};

use super::ProxyServer;
use crate::forward::ResponseStream;

/// A caller that opens a call sends the head with it.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

pub(super) async fn forward(
    server: &ProxyServer,
    request: Request<Streaming<ForwardRequest>>,
) -> Result<ResponseStream, Status> {
    let caller = Caller::of(&request)?.clone();
    let mut messages = request.into_inner();
    let head = tokio::time::timeout(HEAD_TIMEOUT, head(&mut messages))
        .await
        .map_err(|_| ServiceError::input("The request has no head"))??;
    Ok(server.forwarder.forward(&caller, head, messages.boxed()).await?)
}

async fn head(messages: &mut Streaming<ForwardRequest>) -> Result<RequestHead, Status> {
    match messages.message().await?.and_then(|message| message.part) {
        Some(Part::Head(head)) => Ok(head),
        _ => Err(ServiceError::input("The first part of a request is its head").into()),
    }
}
