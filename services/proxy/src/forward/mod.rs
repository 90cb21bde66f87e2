//! One request on its way to the third party, and its answer on the way back, both as they arrive.
//!
//! ```text
//! head ─► choose endpoint ─► rate limit ─► cache ─► circuit ─► slot ─► send, perhaps again ─► head and body of the answer
//! ```

mod answer;
mod attempt;
mod exchange;
pub mod head;
pub mod request_body;
mod response_stream;
mod tunnel;

pub use self::{
    exchange::{Forwarder, Shared},
    response_stream::ResponseStream,
};
