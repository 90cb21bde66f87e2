//! Unary calls on behalf of a request's caller.

use callboard_service_kit::{grpc::RequestExt, identity::Caller};
use tonic::Request;

use super::CallContext;

/// Defines a method a unary RPC: `read` calls may be made twice, `write` calls may not.
macro_rules! unary {
    ($($(#[$documentation:meta])* $nature:ident $name:ident($request:ident) -> $response:ident;)*) => {
        $(
            $(#[$documentation])*
            pub(crate) async fn $name(
                &self,
                context: &CallContext,
                message: proto::$request,
            ) -> Result<proto::$response, ApiError> {
                let request = $nature(context, message);
                let started = std::time::Instant::now();
                let result = self.client().$name(request).await;
                context.exchange.add_upstream(started.elapsed());
                Ok(result?.into_inner())
            }
        )*
    };
}

pub(super) use unary;

/// A request on behalf of a caller.
pub(super) fn on_behalf_of<T>(context: &CallContext, message: T) -> Request<T> {
    Request::new(message).on_behalf_of(Caller::clone(&context.caller))
}

/// The same with what is left of the caller's time as its deadline.
pub(super) fn write<T>(context: &CallContext, message: T) -> Request<T> {
    on_behalf_of(context, message).within(context.remaining())
}

/// The same again for a call that changes nothing, which is repeated elsewhere when a replica fails.
pub(super) fn read<T>(context: &CallContext, message: T) -> Request<T> {
    write(context, message).idempotent()
}
