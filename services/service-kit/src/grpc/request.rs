use std::time::Duration;

use tonic::Request;

use crate::identity::Caller;

/// Marks a unary call that may be made twice without harm: the channel then repeats it when an endpoint fails.
///
/// The channel holds the whole request and the whole response of such a call in memory, so it is not for streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Idempotent;

/// What a request to another unit can carry, for a [`BalancedChannel`](crate::grpc::channel::BalancedChannel).
pub trait RequestExt: Sized {
    /// The call may be made twice without harm; see [`Idempotent`].
    #[must_use]
    fn idempotent(self) -> Self;

    /// The call is made on behalf of this caller.
    #[must_use]
    fn on_behalf_of(self, caller: Caller) -> Self;

    /// The call must be over after this time. The time left of the call that is being served still bounds it.
    #[must_use]
    fn within(self, time: Duration) -> Self;
}

impl<T> RequestExt for Request<T> {
    fn idempotent(mut self) -> Self {
        self.extensions_mut().insert(Idempotent);
        self
    }

    fn on_behalf_of(mut self, caller: Caller) -> Self {
        self.extensions_mut().insert(caller);
        self
    }

    fn within(mut self, time: Duration) -> Self {
        self.set_timeout(time);
        self
    }
}
