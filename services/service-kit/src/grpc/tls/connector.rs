use std::{io, net::SocketAddr, sync::Arc};

use futures::future::BoxFuture;
use http::Uri;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};
use tower::{Service, service_fn};

use super::{Tls, other};

type Connecting = BoxFuture<'static, io::Result<TokioIo<TlsStream<TcpStream>>>>;

/// What connects to one address of a unit and checks that it holds a certificate for `name`.
pub(in crate::grpc) fn connector(
    tls: Tls,
    address: SocketAddr,
    name: Arc<str>,
) -> impl Service<Uri, Response = TokioIo<TlsStream<TcpStream>>, Error = io::Error, Future = Connecting> + Send + 'static
{
    service_fn(move |_uri| {
        let (tls, name) = (tls.clone(), name.clone());
        let connecting: Connecting = Box::pin(async move {
            let stream = TcpStream::connect(address).await?;
            stream.set_nodelay(true)?;
            let name = ServerName::try_from(name.to_string()).map_err(other)?;
            let stream = TlsConnector::from(tls.client()).connect(name, stream).await?;
            Ok(TokioIo::new(stream))
        });
        connecting
    })
}
