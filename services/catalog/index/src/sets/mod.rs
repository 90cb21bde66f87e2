//! Sets of slots, in the form that suits their size and what is asked of them.

mod bits;
mod posting;
mod union;

pub(crate) use bits::Bits;
pub(crate) use posting::Posting;
pub(crate) use union::{Union, union_of_few};
