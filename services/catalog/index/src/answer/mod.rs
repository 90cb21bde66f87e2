//! From a question and the state of the catalog to the answer.

mod ancestry;
mod evaluation;
mod facets;
mod list;
mod page;
mod resolved;
mod scan;
mod visibility;

pub(crate) use ancestry::ancestry;
pub(crate) use facets::facet;
pub(crate) use list::list;
pub(crate) use page::page;
pub(crate) use visibility::Visibility;
