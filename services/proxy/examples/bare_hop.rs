//! The least that a hop over gRPC can cost: HTTP/1.1 in, one `Forward` call, HTTP/1.1 out, in two processes, by the same libraries
//! and with nothing of the gateway or the proxy service in it. Its rate beside theirs tells what their own work costs. Bodies of
//! requests are not passed on.
//!
//! ```text
//! callboard-load third-party
//! bare_hop proxy 127.0.0.1:7801 ADDRESS_OF_THE_THIRD_PARTY
//! bare_hop gateway 127.0.0.1:7802 http://127.0.0.1:7801
//! wrk -t1 -c16 -d4s http://127.0.0.1:7802/small
//! ```

use std::{
    convert::Infallible,
    error::Error,
    task::{Context, Poll},
};

use bytes::Bytes;
use callboard_proto::proxy::v1::{
    ForwardRequest, ForwardResponse, Header, RequestHead, ResponseHead, forward_request, forward_response::Part,
    proxy_service_client::ProxyServiceClient,
};
use futures::{
    FutureExt, StreamExt, TryStreamExt,
    future::BoxFuture,
    stream::{self, BoxStream},
};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use http_body_util::{BodyExt, Empty, StreamBody};
use hyper::{
    body::{Body, Frame, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioIo},
};
use mimalloc::MiMalloc;
use tokio::net::TcpListener;
use tonic::{
    Status, Streaming,
    server::{Grpc, NamedService, StreamingService},
    transport::{Channel, Endpoint, Server},
};
use tonic_prost::ProstCodec;
use tower::Service;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

type AnyError = Box<dyn Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), AnyError> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["gateway", listen, proxy] => gateway(listen, proxy).await,
        ["proxy", listen, target] => {
            let service = BareProxy {
                client: Client::builder(TokioExecutor::new()).build_http(),
                target: target.trim_end_matches('/').to_owned(),
            };
            let server = Server::builder().tcp_nodelay(true).add_service(service);
            Ok(server.serve(listen.parse()?).await?)
        }
        _ => Err("bare_hop gateway LISTEN PROXY | bare_hop proxy LISTEN TARGET".into()),
    }
}

async fn gateway(listen: &str, proxy: &str) -> Result<(), AnyError> {
    let channel = Endpoint::from_shared(proxy.to_owned())?
        .tcp_nodelay(true)
        .connect_lazy();
    let listener = TcpListener::bind(listen).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let channel = channel.clone();
        let service = service_fn(move |request| pass_on(channel.clone(), request));
        // A client that goes away is no matter.
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

async fn pass_on(
    channel: Channel,
    request: Request<Incoming>,
) -> Result<Response<impl Body<Data = Bytes, Error = Status>>, AnyError> {
    let head = RequestHead {
        method: request.method().to_string(),
        path_and_query: request
            .uri()
            .path_and_query()
            .map(ToString::to_string)
            .unwrap_or_default(),
        headers: to_proto(request.headers()),
        ..RequestHead::default()
    };
    let head = ForwardRequest {
        part: Some(forward_request::Part::Head(head)),
    };
    let answer = ProxyServiceClient::new(channel).forward(stream::iter([head])).await?;
    let mut messages = answer.into_inner();
    let Some(Part::Head(head)) = messages.message().await?.and_then(|message| message.part) else {
        return Err("no head".into());
    };
    let body = messages.try_filter_map(async |message| match message.part {
        Some(Part::Body(bytes)) => Ok(Some(Frame::data(bytes))),
        _ => Ok(None),
    });
    let mut response = Response::new(StreamBody::new(body));
    *response.status_mut() = StatusCode::from_u16(u16::try_from(head.status)?)?;
    *response.headers_mut() = of_proto(head.headers);
    Ok(response)
}

#[derive(Clone)]
struct BareProxy {
    client: Client<HttpConnector, Empty<Bytes>>,
    target: String,
}

impl NamedService for BareProxy {
    const NAME: &'static str = "callboard.proxy.v1.ProxyService";
}

impl Service<Request<tonic::body::Body>> for BareProxy {
    type Response = Response<tonic::body::Body>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<tonic::body::Body>) -> Self::Future {
        let service = self.clone();
        let codec = ProstCodec::<ForwardResponse, ForwardRequest>::default();
        async move { Ok(Grpc::new(codec).streaming(service, request).await) }.boxed()
    }
}

impl StreamingService<ForwardRequest> for BareProxy {
    type Response = ForwardResponse;
    type ResponseStream = BoxStream<'static, Result<ForwardResponse, Status>>;
    type Future = BoxFuture<'static, Result<tonic::Response<Self::ResponseStream>, Status>>;

    fn call(&mut self, request: tonic::Request<Streaming<ForwardRequest>>) -> Self::Future {
        let service = self.clone();
        async move {
            let message = request.into_inner().message().await?;
            let Some(forward_request::Part::Head(head)) = message.and_then(|message| message.part) else {
                return Err(Status::invalid_argument("no head"));
            };
            let mut outgoing = Request::builder()
                .method(head.method.as_str())
                .uri(format!("{}{}", service.target, head.path_and_query))
                .body(Empty::new())
                .map_err(|error| Status::invalid_argument(error.to_string()))?;
            *outgoing.headers_mut() = of_proto(head.headers);
            let away = |error: &dyn Error| Status::unavailable(error.to_string());
            let response = service.client.request(outgoing).await.map_err(|error| away(&error))?;
            let head = ResponseHead {
                status: response.status().as_u16().into(),
                headers: to_proto(response.headers()),
                ..ResponseHead::default()
            };
            let body = response.into_body().into_data_stream();
            let parts = body.map(move |bytes| bytes.map(Part::Body).map_err(|error| away(&error)));
            let parts = stream::iter([Ok(Part::Head(head))]).chain(parts);
            let messages = parts.map_ok(|part| ForwardResponse { part: Some(part) });
            Ok(tonic::Response::new(messages.boxed()))
        }
        .boxed()
    }
}

fn to_proto(headers: &HeaderMap) -> Vec<Header> {
    headers
        .iter()
        .map(|(name, value)| Header {
            name: name.to_string(),
            value: Bytes::copy_from_slice(value.as_bytes()),
        })
        .collect()
}

fn of_proto(headers: Vec<Header>) -> HeaderMap {
    let pair = |header: Header| {
        let name = HeaderName::try_from(header.name).ok()?;
        Some((name, HeaderValue::from_maybe_shared(header.value).ok()?))
    };
    headers.into_iter().filter_map(pair).collect()
}
