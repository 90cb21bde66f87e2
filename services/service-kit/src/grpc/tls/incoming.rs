use std::{io, sync::Arc, time::Duration};

use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc},
    time::timeout,
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};
use tokio_stream::wrappers::ReceiverStream;

use super::Tls;

/// A caller that takes longer to say who it is wants something else.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
/// Callers that are not known yet share this many places.
const HANDSHAKES: usize = 256;
/// The pause after the system could not accept a connection, for want of file descriptors as a rule.
const PAUSE: Duration = Duration::from_millis(100);

/// The connections of a listener whose callers have shown the right certificate, until nobody takes them any more.
pub(in crate::grpc) fn incoming(listener: TcpListener, tls: Tls) -> ReceiverStream<io::Result<TlsStream<TcpStream>>> {
    let (sender, receiver) = mpsc::channel(HANDSHAKES);
    let slots = Arc::new(Semaphore::new(HANDSHAKES));
    tokio::spawn(async move {
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                () = sender.closed() => return,
            };
            let (stream, peer) = match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "cannot accept a connection");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            };
            // The semaphore is never closed.
            let Ok(slot) = slots.clone().acquire_owned().await else {
                return;
            };
            let (sender, acceptor) = (sender.clone(), TlsAcceptor::from(tls.server()));
            tokio::spawn(async move {
                let handshake = async {
                    stream.set_nodelay(true)?;
                    acceptor.accept(stream).await
                };
                let result = timeout(HANDSHAKE_TIMEOUT, handshake).await;
                drop(slot);
                match result {
                    // Without a receiver the server is stopping.
                    Ok(Ok(stream)) => drop(sender.send(Ok(stream)).await),
                    Ok(Err(error)) => tracing::debug!(%peer, %error, "refused a connection"),
                    Err(_) => tracing::debug!(%peer, "refused a connection: its handshake took too long"),
                }
            });
        }
    });
    ReceiverStream::new(receiver)
}
