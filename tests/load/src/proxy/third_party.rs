//! The third party: as little code as possible between the socket and the answer.

use std::convert::Infallible;

use anyhow::Result;
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full, StreamBody, combinators::BoxBody};
use hyper::{
    body::{Frame, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

const PIECE: usize = 256 * 1024;
/// An answer like that of many APIs: 1.1 KB of JSON.
const SMALL_BYTES: usize = 1100;

/// Serves `/small`, `/bytes/<length>` and whatever is sent to `/count`, for ever.
pub async fn serve(listener: TcpListener) -> Result<()> {
    let small = Bytes::from(format!("{{\"text\":\"{}\"}}", "x".repeat(SMALL_BYTES - 11)));
    let piece = Bytes::from(vec![b'x'; PIECE]);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let (small, piece) = (small.clone(), piece.clone());
        tokio::spawn(async move {
            let service = service_fn(move |request| answer(request, small.clone(), piece.clone()));
            // A client that goes away is no matter.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

type Body = BoxBody<Bytes, Infallible>;

async fn answer(request: Request<Incoming>, small: Bytes, piece: Bytes) -> Result<Response<Body>, hyper::Error> {
    let path = request.uri().path().to_owned();
    if request.method() == Method::POST {
        let mut body = request.into_body();
        let mut received = 0_u64;
        while let Some(frame) = body.frame().await {
            received += frame?.into_data().map_or(0, |data| data.len() as u64);
        }
        return Ok(json(Bytes::from(received.to_string())));
    }
    if let Some(length) = path.strip_prefix("/bytes/").and_then(|length| length.parse().ok()) {
        let mut response = Response::new(large(length, piece).boxed());
        response
            .headers_mut()
            .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        return Ok(response);
    }
    if path == "/small" {
        return Ok(json(small));
    }
    let mut response = json(Bytes::new());
    *response.status_mut() = StatusCode::NOT_FOUND;
    Ok(response)
}

fn json(body: Bytes) -> Response<Body> {
    let mut response = Response::new(Full::new(body).boxed());
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// A body of so many bytes, made as it is read.
pub(super) fn large(
    length: u64,
    piece: Bytes,
) -> StreamBody<impl futures::Stream<Item = Result<Frame<Bytes>, Infallible>>> {
    let mut left = length;
    StreamBody::new(futures::stream::poll_fn(move |_| {
        let size = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
        left -= size as u64;
        std::task::Poll::Ready((size > 0).then(|| Ok(Frame::data(piece.slice(..size)))))
    }))
}
