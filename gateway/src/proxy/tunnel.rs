//! A connection with a client that has become something else, a WebSocket as a rule.

use bytes::Bytes;
use callboard_proto::proxy::v1::{ForwardResponse, forward_response::Part};
use futures::StreamExt;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf, split},
    sync::mpsc,
};
use tonic::Streaming;

/// The largest piece that is read at once.
const PIECE_BYTES: usize = 32 * 1024;

type Connection = TokioIo<hyper::upgrade::Upgraded>;

/// Carries bytes both ways until the third party's side ends, or the client is gone.
pub(super) async fn carry(
    on_upgrade: OnUpgrade,
    to_proxy: mpsc::Sender<Bytes>,
    from_proxy: Streaming<ForwardResponse>,
) {
    let upgraded = match on_upgrade.await {
        Ok(upgraded) => upgraded,
        Err(error) => {
            tracing::debug!(%error, "a client asked for a tunnel and went away");
            return;
        }
    };
    let (read, write) = split(TokioIo::new(upgraded));
    tokio::select! {
        () = outwards(read, to_proxy) => {}
        () = inwards(from_proxy, write) => {}
    }
}

/// From the client. An orderly end is passed on, and the other direction goes on; a break ends both.
async fn outwards(mut client: ReadHalf<Connection>, to_proxy: mpsc::Sender<Bytes>) {
    loop {
        let mut piece = bytes::BytesMut::with_capacity(PIECE_BYTES);
        match client.read_buf(&mut piece).await {
            Ok(0) => break,
            Ok(_) if to_proxy.send(piece.freeze()).await.is_ok() => {}
            _ => return,
        }
    }
    drop(to_proxy);
    std::future::pending::<()>().await;
}

/// To the client.
async fn inwards(mut from_proxy: Streaming<ForwardResponse>, mut client: WriteHalf<Connection>) {
    while let Some(Ok(ForwardResponse { part })) = from_proxy.next().await {
        let Some(Part::Body(piece)) = part else { continue };
        let written = async {
            client.write_all(&piece).await?;
            client.flush().await
        };
        if written.await.is_err() {
            return;
        }
    }
    // The client may have gone first.
    let _ = client.shutdown().await;
}
