//! `/api/events`: what other programs report.

pub(crate) mod publish_event;
