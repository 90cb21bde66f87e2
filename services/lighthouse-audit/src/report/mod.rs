//! Reports: how they are stored, read and shown.

mod comparison;
mod compression;
mod page;
mod pages;
mod pictures;
mod well_formed;

pub use self::{
    comparison::{CheckDifference, compare},
    compression::{compress, decompress},
    page::{PageTemplate, failure_page},
    pages::{Page, Pages},
};
