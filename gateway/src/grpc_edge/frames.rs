//! A gRPC request's body, as far as the gateway has to know it.

use bytes::{BufMut, Bytes, BytesMut};
use http_body_util::{BodyExt, Limited};
use tonic::{Status, body::Body};

/// A flag and a length.
const HEAD_BYTES: usize = 5;

/// Bounds a body; a longer one fails the call.
pub(super) fn bounded(body: Body, limit_bytes: usize) -> Body {
    let body = Limited::new(body, limit_bytes).map_err(move |error| match error.downcast::<Status>() {
        Ok(status) => *status,
        Err(_) => too_large(limit_bytes),
    });
    Body::new(body)
}

/// Reads a body of one message and writes fields behind those of the message. In protobuf the same field later wins, and
/// messages in the same field are merged, so nothing has to be decoded.
pub(super) async fn with_fields(body: Body, fields: &[u8], limit_bytes: usize) -> Result<Body, Status> {
    let body = bounded(body, limit_bytes).collect().await?.to_bytes();
    let message = only_message(&body)?;
    let length = u32::try_from(message.len() + fields.len()).map_err(|_| too_large(limit_bytes))?;
    let mut frame = BytesMut::with_capacity(HEAD_BYTES + message.len() + fields.len());
    frame.put_u8(0);
    frame.put_u32(length);
    frame.put_slice(message);
    frame.put_slice(fields);
    Ok(Body::new(http_body_util::Full::new(frame.freeze())))
}

fn only_message(body: &Bytes) -> Result<&[u8], Status> {
    let (head, message) = body
        .split_at_checked(HEAD_BYTES)
        .ok_or_else(|| Status::invalid_argument("the request has no message"))?;
    if head[0] != 0 {
        return Err(Status::unimplemented("send this request without compression"));
    }
    let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]);
    if usize::try_from(length).ok() == Some(message.len()) {
        Ok(message)
    } else {
        Err(Status::invalid_argument("the request is not one whole message"))
    }
}

fn too_large(limit_bytes: usize) -> Status {
    Status::resource_exhausted(format!("a request may have {limit_bytes} bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(bytes: &[u8]) -> Body {
        Body::new(http_body_util::Full::new(Bytes::copy_from_slice(bytes)))
    }

    #[tokio::test]
    async fn fields_are_written_behind() {
        let written = with_fields(body(&[0, 0, 0, 0, 1, 7]), &[8, 9], 100)
            .await
            .expect("is fine");
        let written = written.collect().await.expect("is whole").to_bytes();
        assert_eq!(&written[..], [0, 0, 0, 0, 3, 7, 8, 9]);
    }

    #[tokio::test]
    async fn what_is_not_one_message_is_refused() {
        for wrong in [
            &[][..],
            &[0, 0, 0],
            &[1, 0, 0, 0, 0],
            &[0, 0, 0, 0, 2, 7],
            &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ] {
            assert!(with_fields(body(wrong), &[8], 100).await.is_err(), "{wrong:?}");
        }
        let long = with_fields(body(&[0; 101]), &[8], 100).await.expect_err("is too long");
        assert_eq!(long.code(), tonic::Code::ResourceExhausted);
    }
}
