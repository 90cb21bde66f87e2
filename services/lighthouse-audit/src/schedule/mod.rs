//! Audits that are asked for again and again: by people, by configuration, and for the catalog's websites.

mod catalog;
mod entity_websites;
mod scheduler;
mod timetable;

pub use self::{
    catalog::CatalogFollower,
    scheduler::{Scheduler, apply_configuration},
    timetable::{Timetable, TimetableError},
};
