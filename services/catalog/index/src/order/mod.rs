//! Order without comparing texts: what stands where, and which rows come first.

mod nearest;
mod sorted_ids;

pub(crate) use nearest::{ELEMENT_VALUE, Key, NO_VALUE, Nearest, Row};
pub(crate) use sorted_ids::{Place, SortedIds, grow_gently};
